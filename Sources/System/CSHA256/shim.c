#include "pc_sha256.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <string.h>

// One computation has each round wait for the one before, while the unit that does the rounds could begin another. So two
// messages are hashed in turn, four rounds of each.

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))
#define INLINE static inline __attribute__((always_inline)) WITH_SHA

enum { BLOCK = 64, LENGTH_AT = 56 };

// FIPS 180-4, 4.2.2 and 5.3.3.
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t initial[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

// The eight words as the instructions want them, the highest first: a, b, e, f and c, d, g, h.
struct state {
    __m128i abef, cdgh;
};

INLINE struct state begin(void) {
    return (struct state){
        .abef = _mm_set_epi32(initial[0], initial[1], initial[4], initial[5]),
        .cdgh = _mm_set_epi32(initial[2], initial[3], initial[6], initial[7]),
    };
}

// Words are big-endian in messages and digests.
INLINE __m128i turned(__m128i words) {
    return _mm_shuffle_epi8(words, _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
}

INLINE void end(struct state state, uint8_t *digest) {
    __m128i feba = _mm_shuffle_epi32(state.abef, 0x1b), dchg = _mm_shuffle_epi32(state.cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)digest, turned(_mm_blend_epi16(feba, dchg, 0xf0)));
    _mm_storeu_si128((__m128i *)(digest + 16), turned(_mm_alignr_epi8(dchg, feba, 8)));
}

INLINE void load(__m128i words[4], const uint8_t *block) {
    for (int i = 0; i < 4; i++) words[i] = turned(_mm_loadu_si128((const __m128i *)block + i));
}

INLINE void four_rounds(struct state *state, const __m128i words[4], int group) {
    __m128i sum = _mm_add_epi32(words[group & 3], _mm_load_si128((const __m128i *)constants + group));
    state->cdgh = _mm_sha256rnds2_epu32(state->cdgh, state->abef, sum);
    state->abef = _mm_sha256rnds2_epu32(state->abef, state->cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

// Replaces the four words that were used by those for four groups later.
INLINE void extend(__m128i words[4], int group) {
    __m128i *first = &words[group & 3], second = words[(group + 1) & 3];
    __m128i third = words[(group + 2) & 3], fourth = words[(group + 3) & 3];
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(*first, second), _mm_alignr_epi8(fourth, third, 4));
    *first = _mm_sha256msg2_epu32(sum, fourth);
}

INLINE void add(struct state *state, struct state before) {
    state->abef = _mm_add_epi32(state->abef, before.abef);
    state->cdgh = _mm_add_epi32(state->cdgh, before.cdgh);
}

INLINE void take_two(struct state *first, const uint8_t *first_block, struct state *second, const uint8_t *second_block) {
    struct state first_before = *first, second_before = *second;
    __m128i first_words[4], second_words[4];
    load(first_words, first_block);
    load(second_words, second_block);
#pragma unroll
    for (int group = 0; group < 16; group++) {
        four_rounds(first, first_words, group);
        four_rounds(second, second_words, group);
        if (group < 12) {
            extend(first_words, group);
            extend(second_words, group);
        }
    }
    add(first, first_before);
    add(second, second_before);
}

INLINE void take_one(struct state *state, const uint8_t *block) {
    struct state before = *state;
    __m128i words[4];
    load(words, block);
#pragma unroll
    for (int group = 0; group < 16; group++) {
        four_rounds(state, words, group);
        if (group < 12) extend(words, group);
    }
    add(state, before);
}

// Blocks of the padded message (FIPS 180-4, 5.1.1).
static size_t block_count(const struct pc_sha256_message *message) {
    return (message->prefix_count + message->count + 1 + 8 + BLOCK - 1) / BLOCK;
}

// Puts the block `index` of the padded message together, which has `count` blocks.
static __attribute__((noinline)) const uint8_t *made_block(
    const struct pc_sha256_message *message, size_t index, size_t count, uint8_t scratch[BLOCK]) {
    size_t start = index * BLOCK, total = message->prefix_count + message->count;
    size_t filled = 0;
    memset(scratch, 0, BLOCK);
    if (start < message->prefix_count) {
        filled = message->prefix_count - start;
        memcpy(scratch, message->prefix + start, filled);
    }
    if (start + filled < total) {
        size_t rest = total - start - filled, room = BLOCK - filled, taken = rest < room ? rest : room;
        memcpy(scratch + filled, message->bytes + (start + filled - message->prefix_count), taken);
        filled += taken;
    }
    if (start + filled == total && filled < BLOCK && start <= total) scratch[filled] = 0x80;
    if (index == count - 1) {
        uint64_t bits = (uint64_t)total * 8;
        for (int i = 0; i < 8; i++) scratch[LENGTH_AT + i] = (uint8_t)(bits >> (56 - 8 * i));
    }
    return scratch;
}

// The block where it lies whole among the bytes, or put together in `scratch`.
INLINE const uint8_t *block_at(
    const struct pc_sha256_message *message, size_t index, size_t count, uint8_t scratch[BLOCK]) {
    size_t start = index * BLOCK;
    if (start >= message->prefix_count && start + BLOCK <= message->prefix_count + message->count)
        return message->bytes + (start - message->prefix_count);
    return made_block(message, index, count, scratch);
}

WITH_SHA void pc_sha256_pair(
    const struct pc_sha256_message *first, const struct pc_sha256_message *second, uint8_t *first_digest,
    uint8_t *second_digest) {
    uint8_t first_scratch[BLOCK], second_scratch[BLOCK];
    size_t first_count = block_count(first), second_count = block_count(second), index = 0;
    struct state first_state = begin(), second_state = begin();
    for (; index < first_count && index < second_count; index++)
        take_two(
            &first_state, block_at(first, index, first_count, first_scratch), &second_state,
            block_at(second, index, second_count, second_scratch));
    for (size_t i = index; i < first_count; i++) take_one(&first_state, block_at(first, i, first_count, first_scratch));
    for (size_t i = index; i < second_count; i++)
        take_one(&second_state, block_at(second, i, second_count, second_scratch));
    end(first_state, first_digest);
    end(second_state, second_digest);
}

bool pc_sha256_pair_available(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}
#else
bool pc_sha256_pair_available(void) { return false; }

void pc_sha256_pair(
    const struct pc_sha256_message *first, const struct pc_sha256_message *second, uint8_t *first_digest,
    uint8_t *second_digest) {
    (void)first, (void)second, (void)first_digest, (void)second_digest;
}
#endif
