#define _GNU_SOURCE
#include "pc_spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t pc_spawn(char *const words[], int *output) {
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *const environment[] = {path, NULL};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    pid_t process = -1;
    if (posix_spawnattr_init(&attributes) != 0) return close(ends[0]), close(ends[1]), -1;
    // A group of its own, to be ended with all that it starts; no signal blocked, whatever this thread blocks.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    if (posix_spawn_file_actions_init(&actions) == 0) {
        if (posix_spawn_file_actions_adddup2(&actions, ends[1], 1) != 0 ||
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) != 0 ||
            posix_spawn(&process, words[0], &actions, &attributes, words, environment) != 0)
            process = -1;
        posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawnattr_destroy(&attributes);
    close(ends[1]);
    if (process < 0) close(ends[0]);
    else *output = ends[0];
    return process;
}

pid_t pc_spawn_fed(char *const words[], int input, int *output) {
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", no_reporter[] = "SWIFT_BACKTRACE=enable=no";
    char *const environment[] = {path, no_reporter, NULL};
    int ends[2] = {-1, input};
    if (output != NULL && pipe2(ends, O_CLOEXEC) != 0) return -1;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    pid_t process = -1;
    // What we ignore, a program would ignore as well.
    sigset_t none, usual;
    sigemptyset(&none);
    sigfillset(&usual);
    if (posix_spawnattr_init(&attributes) == 0) {
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &usual);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        if (posix_spawn_file_actions_init(&actions) == 0) {
            if (posix_spawn_file_actions_adddup2(&actions, input, 0) != 0 ||
                posix_spawn_file_actions_adddup2(&actions, ends[1], 1) != 0 ||
                posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) != 0 ||
                posix_spawn(&process, words[0], &actions, &attributes, words, environment) != 0)
                process = -1;
            posix_spawn_file_actions_destroy(&actions);
        }
        posix_spawnattr_destroy(&attributes);
    }
    if (output == NULL) return process;
    close(ends[1]);
    if (process < 0) close(ends[0]);
    else *output = ends[0];
    return process;
}

int pc_memory_file(const void *bytes, size_t size) {
    int file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0) return -1;
    for (size_t done = 0; done < size;) {
        ssize_t count = write(file, (const char *)bytes + done, size - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return close(file), -1;
        done += (size_t)count;
    }
    if (lseek(file, 0, SEEK_SET) == 0) return file;
    return close(file), -1;
}

int pc_stream_pair(int ends[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends); }

static int limit(int resource, rlim_t value) {
    struct rlimit bound = {value, value};
    return setrlimit(resource, &bound) == 0 ? 0 : -errno;
}

int pc_limit_self(unsigned long long address_bytes, unsigned cpu_seconds, unsigned long long file_bytes) {
    int code = limit(RLIMIT_AS, address_bytes);
    if (code == 0) code = limit(RLIMIT_CPU, cpu_seconds);
    if (code == 0) code = limit(RLIMIT_FSIZE, file_bytes);
    if (code == 0) code = limit(RLIMIT_CORE, 0);
    return code;
}

void pc_end_self_after(unsigned seconds) {
    signal(SIGALRM, SIG_DFL);
    alarm(seconds);
}

int pc_reap(pid_t process, int waits, int *status) {
    pid_t ended;
    do ended = waitpid(process, status, waits ? 0 : WNOHANG);
    while (ended < 0 && errno == EINTR);
    return ended == process ? 1 : ended == 0 ? 0 : -1;
}
