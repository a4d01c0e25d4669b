#include "pc_openssl.h"

static int select_http1(SSL *ssl, const unsigned char **out, unsigned char *out_length, const unsigned char *in,
                        unsigned int in_length, void *argument) {
    static const unsigned char spoken[] = "\x08http/1.1";
    (void)ssl, (void)argument;
    int result = SSL_select_next_proto((unsigned char **)out, out_length, spoken, sizeof spoken - 1, in, in_length);
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void pc_ctx_select_http1(SSL_CTX *c) { SSL_CTX_set_alpn_select_cb(c, select_http1, NULL); }
