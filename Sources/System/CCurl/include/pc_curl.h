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
#endif
