// Files, directories, file systems.
#ifndef PC_FILE_H
#define PC_FILE_H
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

static inline int pc_file_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
static inline int pc_file_errno(void) { return errno; }
static inline int pc_file_lock(int descriptor, int operation) { return flock(descriptor, operation); }
static inline int pc_file_stat(const char *path, struct stat *status) { return lstat(path, status); }
static inline int pc_file_fstat(int descriptor, struct stat *status) { return fstat(descriptor, status); }
static inline int pc_file_statvfs(int descriptor, struct statvfs *status) { return fstatvfs(descriptor, status); }
static inline int pc_file_statfs(int descriptor, struct statfs *status) { return fstatfs(descriptor, status); }
static inline int pc_file_rename(const char *from, const char *to) { return rename(from, to); }
// A copy-on-write view of a whole file for reading; NULL where the system refuses.
static inline const void *pc_file_map(int descriptor, size_t bytes) {
    const void *start = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
    return start == MAP_FAILED ? NULL : start;
}
static inline int pc_file_unmap(const void *start, size_t bytes) { return munmap((void *)(uintptr_t)start, bytes); }
// GNU extensions, in shim.c.
int pc_file_rename_new(const char *from, const char *to);
int pc_file_reserve(int descriptor, off_t bytes);
const char *pc_file_error_name(int code);
const char *pc_file_error_text(int code);
#endif
