// TLS: contexts, connections and sessions.
#ifndef PC_TLS_H
#define PC_TLS_H
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <time.h>

// Macros over SSL_CTX_ctrl.
static inline long pc_ctx_set_min_version(SSL_CTX *c, int version) { return SSL_CTX_set_min_proto_version(c, version); }
static inline long pc_ctx_set_mode(SSL_CTX *c, long mode) { return SSL_CTX_set_mode(c, mode); }
static inline long pc_ctx_set_groups(SSL_CTX *c, const char *list) { return SSL_CTX_set1_groups_list(c, list); }
static inline long pc_ctx_set_cache_mode(SSL_CTX *c, long mode) { return SSL_CTX_set_session_cache_mode(c, mode); }
static inline long pc_ctx_set_cache_size(SSL_CTX *c, long size) { return SSL_CTX_sess_set_cache_size(c, size); }
static inline void pc_ctx_set_read_ahead(SSL_CTX *c, int on) { SSL_CTX_set_read_ahead(c, on); }
static inline uint64_t pc_ctx_options(void) {
    return SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET |
           SSL_OP_PRIORITIZE_CHACHA | SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1;
}
// The protocol names that this server speaks, as ALPN writes them (RFC 7301 §3.1); no overlap ends the handshake.
void pc_ctx_select_http1(SSL_CTX *c);
// The method of a socket BIO that tells when a read emptied its socket (shim_bio.c); NULL without memory.
BIO_METHOD *pc_bio_method(void);
int pc_ssl_attach(SSL *ssl, BIO_METHOD *method, int descriptor);
int pc_ssl_is_socket_emptied(SSL *ssl);
// Lets every later read find the end of the stream.
void pc_ssl_end_input(SSL *ssl);
// Whether what is written may wait in the kernel for what follows: only where that comes at once.
void pc_ssl_cork(SSL *ssl, int is_corked);
// Key updates taken from a peer on one connection; the next ends it (shim_key_update.c). Returns 1, or 0 without memory.
enum { PC_KEY_UPDATES_MAX = 256 };
int pc_ctx_bound_key_updates(SSL_CTX *context);
static inline void pc_ctx_set_max_cert_list(SSL_CTX *c, long bytes) { SSL_CTX_set_max_cert_list(c, bytes); }
// Asks for certificates by `mode` and keeps those that do not verify (shim_verify.c). Returns 1, or 0 without memory.
int pc_ctx_set_verify(SSL_CTX *c, int mode);
// Verifies the first certificate of a PEM text, which the others may lead to a root, at the context's settings for clients
// (shim_chain_verify.c): X509_V_OK or another X509_V_ERR_…; -1 where there is none or no memory.
int pc_ctx_verify_client(SSL_CTX *context, const char *pem, size_t length, time_t at);
// The certificate that the peer showed and that did not verify; NULL where there is none. The connection's.
X509 *pc_ssl_refused_certificate(const SSL *ssl);
// A bounded cache of verified client certificates (shim_chain_cache.c). Any thread may use it.
enum { PC_CHAIN_CACHE_MAX = 4096 };
typedef struct pc_chain_cache pc_chain_cache;
pc_chain_cache *pc_chain_cache_new(void);
void pc_chain_cache_free(pc_chain_cache *cache);
int pc_chain_cache_find(pc_chain_cache *cache, const unsigned char *digest, time_t now);
void pc_chain_cache_keep(pc_chain_cache *cache, const unsigned char *digest, time_t from, time_t until);
unsigned long pc_chain_cache_hits(pc_chain_cache *cache);
// Verifies client certificates through `cache`, which must outlive the context.
void pc_ctx_set_chain_cache(SSL_CTX *context, pc_chain_cache *cache);
static inline int pc_ssl_is_reused(SSL *s) { return SSL_session_reused(s); }
static inline int pc_err_reason(unsigned long e) { return ERR_GET_REASON(e); }
static inline int pc_err_library(unsigned long e) { return ERR_GET_LIB(e); }
#endif
