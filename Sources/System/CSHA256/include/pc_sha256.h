// Two SHA-256 computations (FIPS 180-4) at once, on processors with instructions for it.
#ifndef PC_SHA256_H
#define PC_SHA256_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PC_SHA256_PREFIX_MAX = 64 };

// What is hashed: a prefix of at most PC_SHA256_PREFIX_MAX bytes, and then the bytes.
struct pc_sha256_message {
    const uint8_t *prefix;
    size_t prefix_count;
    const uint8_t *bytes;
    size_t count;
};

// Whether this processor can. Where not, pc_sha256_pair must not be called.
bool pc_sha256_pair_available(void);

// Writes the 32 bytes of both digests.
void pc_sha256_pair(
    const struct pc_sha256_message *first, const struct pc_sha256_message *second, uint8_t *first_digest,
    uint8_t *second_digest);
#endif
