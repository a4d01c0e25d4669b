// A bounded cache of verified client certificates: checking a chain again costs one ECDSA or RSA verification a link.
//
// The key is the digest of the whole leaf certificate. An entry says that this leaf chained to a trusted root, for this
// purpose, at this context's settings; it holds only while every certificate of that chain is valid. A context never
// changes its roots, so the cache lives and dies with it.
#include "pc_openssl.h"
#include <pthread.h>
#include <stdatomic.h>

enum { WAYS = 4, SETS = PC_CHAIN_CACHE_MAX / WAYS };

typedef struct {
    unsigned char digest[32];
    time_t valid_from, valid_until;
} entry;

struct pc_chain_cache {
    pthread_mutex_t lock;
    // The newest entry of a set comes first; an entry without `valid_until` is empty.
    entry sets[SETS][WAYS];
    atomic_ulong hits;
};

static size_t set_of(const unsigned char *digest) { return ((size_t)digest[0] << 8 | digest[1]) % SETS; }

int pc_chain_cache_find(pc_chain_cache *cache, const unsigned char *digest, time_t now) {
    entry *set = cache->sets[set_of(digest)];
    int is_found = 0;
    pthread_mutex_lock(&cache->lock);
    for (int way = 0; way < WAYS && !is_found; way++) {
        is_found = set[way].valid_until != 0 && memcmp(set[way].digest, digest, 32) == 0 &&
                   set[way].valid_from <= now && now < set[way].valid_until;
    }
    pthread_mutex_unlock(&cache->lock);
    if (is_found) atomic_fetch_add_explicit(&cache->hits, 1, memory_order_relaxed);
    return is_found;
}

void pc_chain_cache_keep(pc_chain_cache *cache, const unsigned char *digest, time_t from, time_t until) {
    if (from > until || until <= 0) return;
    entry *set = cache->sets[set_of(digest)];
    pthread_mutex_lock(&cache->lock);
    int way = 0;
    while (way < WAYS - 1 && memcmp(set[way].digest, digest, 32) != 0) way++;
    for (; way > 0; way--) set[way] = set[way - 1];
    memcpy(set[0].digest, digest, 32);
    set[0].valid_from = from;
    set[0].valid_until = until;
    pthread_mutex_unlock(&cache->lock);
}

unsigned long pc_chain_cache_hits(pc_chain_cache *cache) {
    return atomic_load_explicit(&cache->hits, memory_order_relaxed);
}

pc_chain_cache *pc_chain_cache_new(void) {
    pc_chain_cache *cache = calloc(1, sizeof *cache);
    if (cache && pthread_mutex_init(&cache->lock, NULL) != 0) {
        free(cache);
        cache = NULL;
    }
    return cache;
}

void pc_chain_cache_free(pc_chain_cache *cache) {
    if (!cache) return;
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static int seconds_of(const ASN1_TIME *time, time_t *seconds) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    *seconds = timegm(&parts);
    return *seconds != (time_t)-1;
}

// The time in which every certificate of the chain is valid. Returns 0 where one of them does not say.
static int window_of(STACK_OF(X509) *chain, time_t *from, time_t *until) {
    int count = chain ? sk_X509_num(chain) : 0;
    *from = 0;
    *until = (time_t)INT64_MAX;
    for (int index = 0; index < count; index++) {
        X509 *certificate = sk_X509_value(chain, index);
        time_t before, after;
        if (!seconds_of(X509_get0_notBefore(certificate), &before)) return 0;
        if (!seconds_of(X509_get0_notAfter(certificate), &after)) return 0;
        if (before > *from) *from = before;
        if (after < *until) *until = after;
    }
    return count > 0;
}

static int verify(X509_STORE_CTX *store, void *argument) {
    pc_chain_cache *cache = argument;
    X509 *leaf = X509_STORE_CTX_get0_cert(store);
    unsigned char digest[EVP_MAX_MD_SIZE];
    int has_digest = leaf && X509_digest(leaf, EVP_sha256(), digest, NULL) == 1;
    if (has_digest && pc_chain_cache_find(cache, digest, time(NULL))) {
        X509_STORE_CTX_set_error(store, X509_V_OK);
        return 1;
    }
    int result = X509_verify_cert(store);
    time_t from, until;
    if (result == 1 && has_digest && X509_STORE_CTX_get_error(store) == X509_V_OK &&
        window_of(X509_STORE_CTX_get0_chain(store), &from, &until)) {
        pc_chain_cache_keep(cache, digest, from, until);
    }
    return result;
}

void pc_ctx_set_chain_cache(SSL_CTX *context, pc_chain_cache *cache) {
    SSL_CTX_set_cert_verify_callback(context, verify, cache);
}
