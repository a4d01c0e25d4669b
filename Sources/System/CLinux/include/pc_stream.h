// What the standard streams and small files need that glibc keeps behind macros or variadics.
#ifndef PC_STREAM_H
#define PC_STREAM_H
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline int pc_stream_open(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY); }
static inline int pc_stream_errno(void) { return errno; }
#endif
