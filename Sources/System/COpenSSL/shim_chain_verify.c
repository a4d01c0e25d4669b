// Judges a client's certificates outside of a handshake, as libssl does within one (ssl_verify_cert_chain).
#include "pc_openssl.h"

static STACK_OF(X509) *read_all(const char *pem, size_t length) {
    STACK_OF(X509) *all = sk_X509_new_null();
    BIO *bio = length > INT_MAX ? NULL : BIO_new_mem_buf(pem, (int)length);
    X509 *next;
    while (all && bio && (next = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
        if (sk_X509_push(all, next) > 0) continue;
        X509_free(next);
        break;
    }
    BIO_free(bio);
    return all;
}

int pc_ctx_verify_client(SSL_CTX *context, const char *pem, size_t length, time_t at) {
    int result = -1;
    STACK_OF(X509) *chain = read_all(pem, length);
    X509_STORE_CTX *store = X509_STORE_CTX_new();
    if (chain && sk_X509_num(chain) > 0 && store &&
        X509_STORE_CTX_init(store, SSL_CTX_get_cert_store(context), sk_X509_value(chain, 0), chain) == 1) {
        X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(store);
        X509_VERIFY_PARAM_set_auth_level(parameters, SSL_CTX_get_security_level(context));
        if (X509_STORE_CTX_set_default(store, "ssl_client") == 1 &&
            X509_VERIFY_PARAM_set1(parameters, SSL_CTX_get0_param(context)) == 1) {
            X509_VERIFY_PARAM_set_time(parameters, at);
            int is_good = X509_verify_cert(store);
            result = X509_STORE_CTX_get_error(store);
            // Without a reason of its own, what does not verify is still not good.
            if (is_good != 1 && result == X509_V_OK) result = X509_V_ERR_UNSPECIFIED;
        }
    }
    X509_STORE_CTX_free(store);
    sk_X509_pop_free(chain, X509_free);
    ERR_clear_error();
    return result;
}
