// Digests, MACs and randomness.
#ifndef PC_DIGEST_H
#define PC_DIGEST_H
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stddef.h>

// Whether `pc_sha256_pair` can be called on this processor.
int pc_sha256_pair_is_supported(void);
// The SHA-256 digests of two messages, each a prefix of at most 63 bytes and data, at once.
void pc_sha256_pair(const unsigned char *prefix1, size_t prefix1_count, const unsigned char *data1, size_t count1,
                    const unsigned char *prefix2, size_t prefix2_count, const unsigned char *data2, size_t count2,
                    unsigned char *digest1, unsigned char *digest2);
#endif
