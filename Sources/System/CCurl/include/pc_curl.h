// libcurl, and what Swift cannot import of it: variadic options and information, the type checks' macros.
#ifndef PC_CURL_H
#define PC_CURL_H
#include <curl/curl.h>

CURLcode pc_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode pc_curl_set_size(CURL *handle, CURLoption option, curl_off_t value);
CURLcode pc_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode pc_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode pc_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode pc_curl_set_receiver(CURL *handle, CURLoption option, curl_write_callback value);
CURLcode pc_curl_get_long(CURL *handle, CURLINFO info, long *value);
// A body that libcurl copies.
CURLcode pc_curl_set_body(CURL *handle, const void *bytes, curl_off_t count);
CURLcode pc_curl_resume(CURL *handle);

// The multi interface: whoever has the sockets and the clock is told by `watch` and `alarm`, which get `box`.
CURLMcode pc_curl_multi_set_hooks(
    CURLM *multi, curl_socket_callback watch, curl_multi_timer_callback alarm, void *box);
CURLMcode pc_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode pc_curl_multi_act(CURLM *multi, curl_socket_t socket, int events);
CURLMcode pc_curl_multi_time_up(CURLM *multi);
// The next handle whose transfer has ended and how; NULL where there is none.
CURL *pc_curl_multi_ended(CURLM *multi, CURLcode *result);
#endif
