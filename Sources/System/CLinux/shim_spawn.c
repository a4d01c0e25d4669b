#define _GNU_SOURCE
#include "pc_spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
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

int pc_reap(pid_t process, int waits, int *status) {
    pid_t ended;
    do ended = waitpid(process, status, waits ? 0 : WNOHANG);
    while (ended < 0 && errno == EINTR);
    return ended == process ? 1 : ended == 0 ? 0 : -1;
}
