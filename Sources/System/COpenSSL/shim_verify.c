// Keeps the certificate that a peer showed where it does not verify: OpenSSL keeps only those that do, and a refusal's
// record names the certificate that was refused.
#include "pc_openssl.h"

static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;
static int refused_index = -1;

static void free_refused(void *parent, void *pointer, CRYPTO_EX_DATA *data, int index, long number, void *argument) {
    (void)parent, (void)data, (void)index, (void)number, (void)argument;
    X509_free(pointer);
}

static void make_index(void) { refused_index = SSL_get_ex_new_index(0, NULL, NULL, NULL, free_refused); }

static int note_refused(int is_good, X509_STORE_CTX *store) {
    if (is_good) return is_good;
    SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    X509 *leaf = X509_STORE_CTX_get0_cert(store);
    if (ssl && leaf && !SSL_get_ex_data(ssl, refused_index) && X509_up_ref(leaf) == 1) {
        if (SSL_set_ex_data(ssl, refused_index, leaf) != 1) X509_free(leaf);
    }
    return is_good;
}

int pc_ctx_set_verify(SSL_CTX *c, int mode) {
    if (CRYPTO_THREAD_run_once(&once, make_index) != 1 || refused_index < 0) return 0;
    SSL_CTX_set_verify(c, mode, note_refused);
    return 1;
}

X509 *pc_ssl_refused_certificate(const SSL *ssl) {
    return refused_index < 0 ? NULL : SSL_get_ex_data(ssl, refused_index);
}
