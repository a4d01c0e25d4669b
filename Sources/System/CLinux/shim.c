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

// A handler that only notes the signal: whichever thread the kernel picks, also one that a library started without
// blocking anything, the process is not ended by it.
static int signal_pipe[2] = {-1, -1};

struct noted_signal {
    int signal;
    // -1 where no process sent it.
    int64_t user;
};

static void note_signal(int signal, siginfo_t *info, void *context) {
    (void)context;
    int before = errno;
    struct noted_signal noted = {.signal = signal, .user = info->si_code <= 0 ? (int64_t)info->si_uid : -1};
    // A full pipe already holds more signals than will be read. So few bytes are written whole or not at all.
    ssize_t written = write(signal_pipe[1], &noted, sizeof noted);
    (void)written;
    errno = before;
}

int pc_signal_prepare(void) {
    static const int noted[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};
    struct sigaction action = {.sa_sigaction = note_signal, .sa_flags = SA_RESTART | SA_SIGINFO};
    if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return 0;
    sigfillset(&action.sa_mask);
    sigset_t unblocked;
    sigemptyset(&unblocked);
    for (unsigned i = 0; i < sizeof noted / sizeof *noted; i++) {
        sigaction(noted[i], &action, NULL);
        sigaddset(&unblocked, noted[i]);
    }
    // Whoever started us may have had them blocked, and a process inherits that.
    pthread_sigmask(SIG_UNBLOCK, &unblocked, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return 1;
}

int pc_signal_wait(int milliseconds, int64_t *user) {
    struct pollfd waited = {.fd = signal_pipe[0], .events = POLLIN};
    struct noted_signal noted = {.user = -1};
    *user = -1;
    if (poll(&waited, 1, milliseconds) <= 0) return 0;
    if (read(signal_pipe[0], &noted, sizeof noted) != sizeof noted) return 0;
    *user = noted.user;
    return noted.signal;
}

int pc_file_rename_new(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int pc_file_reserve(int descriptor, off_t bytes) { return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, bytes); }

const char *pc_file_error_name(int code) { return strerrorname_np(code); }

const char *pc_file_error_text(int code) { return strerrordesc_np(code); }
