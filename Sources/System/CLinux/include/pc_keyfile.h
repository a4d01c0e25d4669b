// What KeyFile needs that glibc keeps behind macros or feature tests.
#ifndef PC_KEYFILE_H
#define PC_KEYFILE_H
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// open(2) is variadic, which Swift cannot call. Returns the descriptor or -errno.
static inline int pc_key_open(const char *path, int flags, mode_t mode) {
    int descriptor = open(path, flags | O_CLOEXEC, mode);
    return descriptor < 0 ? -errno : descriptor;
}
// errno is a macro.
static inline int pc_key_errno(void) { return errno; }
#endif
