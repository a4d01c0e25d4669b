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

static void ending_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
}

void pc_signal_prepare(void) {
    sigset_t set;
    ending_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int pc_signal_wait(int milliseconds) {
    sigset_t set;
    struct timespec limit = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
    ending_signals(&set);
    int result = sigtimedwait(&set, NULL, &limit);
    return result < 0 ? 0 : result;
}

int pc_file_rename_new(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int pc_file_reserve(int descriptor, off_t bytes) { return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, bytes); }

const char *pc_file_error_name(int code) { return strerrorname_np(code); }

const char *pc_file_error_text(int code) { return strerrordesc_np(code); }
