// Ends a connection whose peer asks for new keys again and again (RFC 8446 §4.6.3, §5.5): each costs a key derivation, and
// OpenSSL 3.0 does not count them.
#include "pc_openssl.h"

static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;
static int count_index = -1;

static void make_index(void) { count_index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL); }

static void note(int is_written, int version, int content, const void *message, size_t size, SSL *ssl, void *argument) {
    (void)version, (void)argument;
    if (is_written || content != SSL3_RT_HANDSHAKE || size == 0) return;
    if (*(const unsigned char *)message != SSL3_MT_KEY_UPDATE) return;
    intptr_t count = (intptr_t)SSL_get_ex_data(ssl, count_index) + 1;
    // Nothing can be refused from here, but no further byte needs to come in.
    if (SSL_set_ex_data(ssl, count_index, (void *)count) != 1 || count > PC_KEY_UPDATES_MAX) pc_ssl_end_input(ssl);
}

int pc_ctx_bound_key_updates(SSL_CTX *context) {
    if (CRYPTO_THREAD_run_once(&once, make_index) != 1 || count_index < 0) return 0;
    SSL_CTX_set_msg_callback(context, note);
    return 1;
}
