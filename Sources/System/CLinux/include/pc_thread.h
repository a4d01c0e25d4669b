// Threads, clocks, the process.
#ifndef PC_THREAD_H
#define PC_THREAD_H
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// A detached thread with every signal blocked. Returns 0 or an errno.
int pc_thread_start(void *(*body)(void *), void *argument);
// The calling thread's name, at most 15 bytes.
void pc_thread_set_name(const char *name);

// A small number that a thread gives itself, 0 until it does: cheaper to compare than thread handles.
uint32_t *pc_thread_number(void);

// RLIMIT_NOFILE with its own type: glibc declares the resources as an enumeration for C++ and GNU C only.
static inline int pc_descriptor_limit(struct rlimit *limit) { return getrlimit(RLIMIT_NOFILE, limit); }
static inline int pc_set_descriptor_limit(const struct rlimit *limit) { return setrlimit(RLIMIT_NOFILE, limit); }
static inline int pc_process_usage(struct rusage *usage) { return getrusage(RUSAGE_SELF, usage); }

static inline int64_t pc_clock_nanoseconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}
#endif
