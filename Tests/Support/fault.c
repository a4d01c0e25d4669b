// Loaded before the gateway (LD_PRELOAD): makes the disk under one directory fail on command.
//   FAULT_DIRECTORY  calls on files below it are affected
//   FAULT_CONTROL    a file whose content is read at each call:
//                      "write N"  write, writev, pwrite fail with errno N     "sync N"  fdatasync, fsync fail with errno N
//                      "short N"  write takes at most N bytes                 "free N"  statvfs and statfs report N bytes free
//                      "slow N"   fdatasync, fsync take N milliseconds longer
//                      "hang N"   fdatasync, fsync do not return before the order changes
//                      "loop N"   epoll_wait fails in the thread edge-N
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int below(const char *path) {
    const char *directory = getenv("FAULT_DIRECTORY");
    return directory && strncmp(path, directory, strlen(directory)) == 0;
}

static int affected(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count < 0) return 0;
    path[count] = 0;
    return below(path);
}

// The number after `word` in the control file; -1 where it says something else.
static long long ordered(const char *word) {
    const char *control = getenv("FAULT_CONTROL");
    char text[64] = "", found[16] = "";
    long long number = -1;
    int fd = control ? (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return -1;
    if (syscall(SYS_read, fd, text, sizeof text - 1) < 0) text[0] = 0;
    syscall(SYS_close, fd);
    if (sscanf(text, "%15s %lld", found, &number) != 2 || strcmp(found, word) != 0) return -1;
    return number;
}

static int fails(int fd, const char *word) {
    if (!affected(fd)) return 0;
    long long code = ordered(word);
    if (code <= 0) return 0;
    errno = (int)code;
    return 1;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (fails(fd, "write")) return -1;
    long long most = affected(fd) ? ordered("short") : -1;
    if (most >= 0 && (size_t)most < count) count = (size_t)most;
    return syscall(SYS_write, fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    return fails(fd, "write") ? -1 : syscall(SYS_writev, fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    return fails(fd, "write") ? -1 : syscall(SYS_pwrite64, fd, bytes, count, offset);
}

// SQLite's.
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    return fails(fd, "write") ? -1 : syscall(SYS_pwrite64, fd, bytes, count, offset);
}

static void hang(int fd) {
    long long milliseconds = affected(fd) ? ordered("slow") : -1;
    if (milliseconds > 0) usleep((useconds_t)milliseconds * 1000);
    while (affected(fd) && ordered("hang") > 0) usleep(10000);
}

int fdatasync(int fd) {
    hang(fd);
    return fails(fd, "sync") ? -1 : (int)syscall(SYS_fdatasync, fd);
}
int fsync(int fd) {
    hang(fd);
    return fails(fd, "sync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int epoll_wait(int fd, struct epoll_event *events, int most, int milliseconds) {
    char name[16] = "", failing[32];
    snprintf(failing, sizeof failing, "edge-%lld", ordered("loop"));
    if (pthread_getname_np(pthread_self(), name, sizeof name) == 0 && strcmp(name, failing) == 0) {
        errno = EBADF;
        return -1;
    }
    return (int)syscall(SYS_epoll_wait, fd, events, most, milliseconds);
}

#define FAKE(status, unit)                                            \
    do {                                                              \
        long long bytes = ordered("free");                            \
        if (bytes >= 0) (status)->f_bfree = (status)->f_bavail = (unsigned long)bytes / (unsigned long)(unit); \
    } while (0)

int fstatvfs(int fd, struct statvfs *status) {
    int result = REAL(fstatvfs)(fd, status);
    if (result == 0 && affected(fd)) FAKE(status, status->f_frsize);
    return result;
}

int statvfs(const char *path, struct statvfs *status) {
    int result = REAL(statvfs)(path, status);
    if (result == 0 && below(path)) FAKE(status, status->f_frsize);
    return result;
}

int fstatfs(int fd, struct statfs *status) {
    int result = REAL(fstatfs)(fd, status);
    if (result == 0 && affected(fd)) FAKE(status, status->f_bsize);
    return result;
}
