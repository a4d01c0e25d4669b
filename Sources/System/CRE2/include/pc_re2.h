// RE2's patterns behind a C interface: no exception and no C++ type crosses it.
#ifndef PC_RE2_H
#define PC_RE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pc_re2 pc_re2;

// Compiles `pattern`, which is UTF-8, for leftmost-longest matches within `memory_max` bytes.
// Returns NULL where it cannot: `message` then holds what is wrong and `fragment` the part of the pattern that it is
// about, both cut to their capacity and ended by a zero byte.
pc_re2 *pc_re2_compile(
    const uint8_t *pattern, size_t count, int64_t memory_max, char *message, size_t message_capacity, char *fragment,
    size_t fragment_capacity);
void pc_re2_free(pc_re2 *pattern);
// Instructions of the compiled program.
int pc_re2_program_size(const pc_re2 *pattern);
// Finds the first match that starts at `from` or later; what is before `from` counts for word boundaries.
// Returns 1 with its bounds, 0 where there is none, -1 where memory ran out.
int pc_re2_find(
    const pc_re2 *pattern, const uint8_t *text, size_t count, size_t from, size_t *start, size_t *end);

#ifdef __cplusplus
}
#endif
#endif
