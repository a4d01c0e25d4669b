// The GNU declarations are for this file alone: defined in a header they would change the C library's module for Swift.
#define _GNU_SOURCE
#include "pc_linux.h"

int pc_thread_start(void *(*body)(void *), void *argument) {
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t all, before;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&thread, &attributes, body, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return result;
}

void pc_thread_set_name(const char *name) { pthread_setname_np(pthread_self(), name); }

static _Thread_local uint32_t thread_number;
uint32_t *pc_thread_number(void) { return &thread_number; }

int pc_accept(int listener, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return accept4(listener, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static int signal_pipe[2] = {-1, -1};

// Only what a handler may do (signal-safety(7)); a full pipe loses a signal that many others came before.
static void note_signal(int signal) {
    int kept = errno;
    unsigned char number = (unsigned char)signal;
    ssize_t written = write(signal_pipe[1], &number, 1);
    (void)written;
    errno = kept;
}

int pc_signal_prepare(void) {
    static const int taken[] = {SIGTERM, SIGINT, SIGHUP};
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) sigaction(taken[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

int pc_signal_wait(int milliseconds) {
    struct pollfd watched = {.fd = signal_pipe[0], .events = POLLIN};
    unsigned char number = 0;
    if (poll(&watched, 1, milliseconds) != 1 || read(signal_pipe[0], &number, 1) != 1) return 0;
    return number;
}

int pc_file_rename_new(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int pc_file_reserve(int descriptor, off_t bytes) { return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, bytes); }

const char *pc_file_error_name(int code) { return strerrorname_np(code); }

const char *pc_file_error_text(int code) { return strerrordesc_np(code); }
