// Two SHA-256 digests at once (FIPS 180-4) by the processor's own instructions, which leave half of their time unused where
// one round waits for the one before. OpenSSL hashes one message at a time. Where the instructions are missing, nothing is
// done, and the caller asks OpenSSL.
#include "pc_openssl.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

// clang-format off
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
// clang-format on

// A message in two parts, cut into blocks without being copied, but for the first and the last ones.
struct message {
    const unsigned char *data;
    size_t prefix, count, blocks, whole;
    unsigned char first[64], last[128];
    __m128i abef, cdgh;
};

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

WITH_SHA static void begin(struct message *m, const unsigned char *prefix, size_t prefix_count, const unsigned char *data,
                           size_t count) {
    size_t total = prefix_count + count;
    m->data = data, m->prefix = prefix_count, m->count = count;
    m->blocks = (total + 9 + 63) / 64;
    m->whole = total / 64;
    if (m->whole > 0) {
        memcpy(m->first, prefix, prefix_count);
        memcpy(m->first + prefix_count, data, 64 - prefix_count);
    }
    size_t rest = total - 64 * m->whole, padded = 64 * (m->blocks - m->whole);
    memset(m->last, 0, sizeof m->last);
    if (m->whole > 0) {
        memcpy(m->last, data + count - rest, rest);
    } else {
        memcpy(m->last, prefix, prefix_count);
        if (count > 0) memcpy(m->last + prefix_count, data, count);
    }
    m->last[rest] = 0x80;
    for (int i = 0; i < 8; i++) m->last[padded - 1 - i] = (unsigned char)((uint64_t)total * 8 >> (8 * i));
    m->abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
    m->cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
}

static const unsigned char *block(const struct message *m, size_t number) {
    if (number >= m->whole) return m->last + 64 * (number - m->whole);
    return number == 0 ? m->first : m->data + 64 * number - m->prefix;
}

#define LOAD(p, i) _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p) + (i)), big_endian)
// The next four words of the schedule, from the sixteen before them.
#define NEXT(w0, w1, w2, w3) \
    _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4)), w3)
// Four rounds with the words w and the constants k.
#define ROUNDS(s, w)                                        \
    do {                                                    \
        __m128i t = _mm_add_epi32(w, k);                    \
        s##1 = _mm_sha256rnds2_epu32(s##1, s##0, t);        \
        t = _mm_shuffle_epi32(t, 0x0E);                     \
        s##0 = _mm_sha256rnds2_epu32(s##0, s##1, t);        \
    } while (0)

WITH_SHA static void one_block(struct message *m, const unsigned char *p) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i a0 = m->abef, a1 = m->cdgh, w[4];
    for (int i = 0; i < 4; i++) w[i] = LOAD(p, i);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
        const __m128i k = _mm_loadu_si128((const __m128i *)round_constants + i);
        __m128i now = w[i % 4];
        if (i < 12) w[i % 4] = NEXT(now, w[(i + 1) % 4], w[(i + 2) % 4], w[(i + 3) % 4]);
        ROUNDS(a, now);
    }
    m->abef = _mm_add_epi32(m->abef, a0), m->cdgh = _mm_add_epi32(m->cdgh, a1);
}

WITH_SHA static void two_blocks(struct message *m, const unsigned char *p, struct message *n, const unsigned char *q) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i a0 = m->abef, a1 = m->cdgh, b0 = n->abef, b1 = n->cdgh, w[4], v[4];
    for (int i = 0; i < 4; i++) w[i] = LOAD(p, i), v[i] = LOAD(q, i);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
        const __m128i k = _mm_loadu_si128((const __m128i *)round_constants + i);
        __m128i now = w[i % 4], then = v[i % 4];
        if (i < 12) {
            w[i % 4] = NEXT(now, w[(i + 1) % 4], w[(i + 2) % 4], w[(i + 3) % 4]);
            v[i % 4] = NEXT(then, v[(i + 1) % 4], v[(i + 2) % 4], v[(i + 3) % 4]);
        }
        ROUNDS(a, now);
        ROUNDS(b, then);
    }
    m->abef = _mm_add_epi32(m->abef, a0), m->cdgh = _mm_add_epi32(m->cdgh, a1);
    n->abef = _mm_add_epi32(n->abef, b0), n->cdgh = _mm_add_epi32(n->cdgh, b1);
}

WITH_SHA static void finish(const struct message *m, unsigned char *digest) {
    uint32_t high[4], low[4];
    _mm_storeu_si128((__m128i *)high, m->abef);
    _mm_storeu_si128((__m128i *)low, m->cdgh);
    const uint32_t words[8] = {high[3], high[2], low[3], low[2], high[1], high[0], low[1], low[0]};
    for (int i = 0; i < 32; i++) digest[i] = (unsigned char)(words[i / 4] >> (24 - 8 * (i % 4)));
}

static int is_supported(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

int pc_sha256_pair_is_supported(void) { return is_supported(); }

WITH_SHA void pc_sha256_pair(const unsigned char *prefix1, size_t prefix1_count, const unsigned char *data1, size_t count1,
                             const unsigned char *prefix2, size_t prefix2_count, const unsigned char *data2, size_t count2,
                             unsigned char *digest1, unsigned char *digest2) {
    struct message m, n;
    begin(&m, prefix1, prefix1_count, data1, count1);
    begin(&n, prefix2, prefix2_count, data2, count2);
    size_t i = 0;
    for (; i < m.blocks && i < n.blocks; i++) two_blocks(&m, block(&m, i), &n, block(&n, i));
    for (size_t j = i; j < m.blocks; j++) one_block(&m, block(&m, j));
    for (size_t j = i; j < n.blocks; j++) one_block(&n, block(&n, j));
    finish(&m, digest1);
    finish(&n, digest2);
}
#else
int pc_sha256_pair_is_supported(void) { return 0; }

void pc_sha256_pair(const unsigned char *prefix1, size_t prefix1_count, const unsigned char *data1, size_t count1,
                    const unsigned char *prefix2, size_t prefix2_count, const unsigned char *data2, size_t count2,
                    unsigned char *digest1, unsigned char *digest2) {
    (void)prefix1, (void)prefix1_count, (void)data1, (void)count1, (void)prefix2, (void)prefix2_count, (void)data2;
    (void)count2, (void)digest1, (void)digest2;
}
#endif
