#include "pc_re2.h"

#include <cstring>
#include <string>

#include <re2/re2.h>

struct pc_re2 {
    RE2 pattern;
    pc_re2(const re2::StringPiece &text, const RE2::Options &options) : pattern(text, options) {}
};

namespace {
void copy(const std::string &text, char *target, size_t capacity) {
    if (capacity == 0) return;
    const size_t count = text.size() < capacity - 1 ? text.size() : capacity - 1;
    std::memcpy(target, text.data(), count);
    target[count] = 0;
}

RE2::Options options(int64_t memory_max) {
    RE2::Options options;
    // UTF-8: a class such as [é] or a full stop then takes whole characters, so that no match ends within one. Bytes that
    // are not UTF-8 match nothing, and what stands beside them is still found.
    options.set_encoding(RE2::Options::EncodingUTF8);
    // The longest of the alternatives: the first that fits would leave the rest of a longer value to be read.
    options.set_longest_match(true);
    options.set_never_nl(false);
    options.set_never_capture(true);
    // The pattern is a part of the policy, and goes into no log.
    options.set_log_errors(false);
    options.set_max_mem(memory_max);
    return options;
}
}  // namespace

pc_re2 *pc_re2_compile(
    const uint8_t *pattern, size_t count, int64_t memory_max, char *message, size_t message_capacity, char *fragment,
    size_t fragment_capacity) {
    try {
        const re2::StringPiece text(reinterpret_cast<const char *>(pattern), count);
        pc_re2 *compiled = new pc_re2(text, options(memory_max));
        if (compiled->pattern.ok()) return compiled;
        copy(compiled->pattern.error(), message, message_capacity);
        copy(compiled->pattern.error_arg(), fragment, fragment_capacity);
        delete compiled;
    } catch (...) {
        copy("out of memory", message, message_capacity);
        copy("", fragment, fragment_capacity);
    }
    return nullptr;
}

void pc_re2_free(pc_re2 *pattern) { delete pattern; }

int pc_re2_program_size(const pc_re2 *pattern) { return pattern->pattern.ProgramSize(); }

int pc_re2_find(
    const pc_re2 *pattern, const uint8_t *text, size_t count, size_t from, size_t *start, size_t *end) {
    try {
        const re2::StringPiece whole(reinterpret_cast<const char *>(text), count);
        re2::StringPiece match;
        if (from > count || !pattern->pattern.Match(whole, from, count, RE2::UNANCHORED, &match, 1)) return 0;
        *start = static_cast<size_t>(match.data() - whole.data());
        *end = *start + match.size();
        return 1;
    } catch (...) {
        return -1;
    }
}
