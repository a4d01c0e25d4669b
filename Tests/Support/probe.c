// Loaded before the gateway (LD_PRELOAD): what somebody who has taken the process over would try. On SIGRTMIN the main
// thread tries what PROBE names, words with blanks between them, and writes a line `probe NAME=ERRNO` to standard error for
// each (0: it worked); then every other thread tries to open PROBE_SECRET and writes `thread NAME/NUMBER=ERRNO`.
//   PROBE_SECRET  a file that is none of the gateway's      PROBE_POLICY  a file that it reads only
//   PROBE_SPARE   a file that may be removed                PROBE_OTHER   another process
//   PROBE_HIDE    "landlock", "seccomp" or "ports": what the kernel is to lack
//   PROBE_SLOW    any value: the filter of system calls comes when PROBE_SPARE is gone; lines `filter begins=0` and
//                 `filter accepted=COUNT` say when, and how many connections were accepted by then
// Where the process runs what atexit(3) was given, it writes `ending atexit=0`.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int listening(void) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return fd < 0 || bind(fd, (struct sockaddr *)&any, sizeof any) != 0 ? -1 : listen(fd, 1);
}

static long opened(const char *name, int flags) {
    return syscall(SYS_openat, AT_FDCWD, getenv(name), flags | O_CLOEXEC, 0600);
}

// A socket that was never connected, which is what one is that was shut down, and where somebody listens: from before the
// process was confined.
static int idle = -1;
static struct sockaddr_in listener;

static void prepare_connections(void) {
    socklen_t length = sizeof listener;
    int waiting = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    listener = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(waiting, (struct sockaddr *)&listener, length) != 0 || listen(waiting, 8) != 0 ||
        getsockname(waiting, (struct sockaddr *)&listener, &length) != 0)
        _exit(99);
    idle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static long connected_by_message(int many) {
    struct iovec bytes = {"x", 1};
    struct mmsghdr message = {.msg_hdr = {.msg_name = &listener, .msg_namelen = sizeof listener, .msg_iov = &bytes, .msg_iovlen = 1}};
    int flags = MSG_FASTOPEN | MSG_NOSIGNAL;
    long result = many ? sendmmsg(idle, &message, 1, flags) : sendmsg(idle, &message.msg_hdr, flags);
    // A try before made it a connection: that the kernel looked shows in its other error.
    return result < 0 && errno == EISCONN ? 0 : result;
}

static long connected_by_send(int flags) {
    long result = sendto(idle, "x", 1, flags | MSG_NOSIGNAL, (struct sockaddr *)&listener, sizeof listener);
    return result < 0 && (errno == EISCONN || errno == EPIPE) ? 0 : result;
}

static long try(const char *name) {
    pid_t other = atoi(getenv("PROBE_OTHER") ? getenv("PROBE_OTHER") : "0");
    char byte, made[4096];
    struct iovec here = {&byte, 1}, there = {(void *)0x1000, 1};
    struct rlimit limit = {64, 64};
    static char page[8192] __attribute__((aligned(4096)));
    char *arguments[] = {"sh", "-c", "echo executed >&2", NULL};
#define IS(word) (strcmp(name, word) == 0)
    if (IS("open")) return opened("PROBE_SECRET", O_RDONLY);
    if (IS("open-root")) return syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (IS("overwrite")) return opened("PROBE_SECRET", O_WRONLY);
    if (IS("write-policy")) return opened("PROBE_POLICY", O_WRONLY);
    if (IS("create")) {
        snprintf(made, sizeof made, "%s.made", getenv("PROBE_SECRET"));
        return syscall(SYS_openat, AT_FDCWD, made, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    }
    if (IS("remove")) return syscall(SYS_unlink, getenv("PROBE_SPARE"));
    if (IS("truncate")) return syscall(SYS_truncate, getenv("PROBE_SECRET"), 0);
    if (IS("socket")) return socket(AF_INET, SOCK_STREAM, 0);
    if (IS("listen")) return listening();
    if (IS("connect-fastopen")) return connected_by_send(MSG_FASTOPEN);
    if (IS("connect-message")) return connected_by_message(0);
    if (IS("connect-messages")) return connected_by_message(1);
    if (IS("send-to-address")) return connected_by_send(0);
    if (IS("own-signals")) return fcntl(2, F_SETOWN, other);
    if (IS("own-signals-ex")) return fcntl(2, F_SETOWN_EX, &(struct f_owner_ex){F_OWNER_PID, other});
    if (IS("choose-signal")) return fcntl(2, F_SETSIG, SIGUSR1);
    if (IS("chmod")) return syscall(SYS_chmod, getenv("PROBE_SECRET"), 0600);
    if (IS("fchmodat")) return syscall(SYS_fchmodat, AT_FDCWD, getenv("PROBE_SECRET"), 0600);
    if (IS("fork")) {
        long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
        if (child == 0) syscall(SYS_exit, 0);
        return child;
    }
    if (IS("map-code")) return mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
    if (IS("make-code")) return mprotect(page, 4096, PROT_READ | PROT_EXEC);
    if (IS("memory-file")) return syscall(SYS_memfd_create, "x", 0);
    if (IS("become-root")) return syscall(SYS_setresuid, 0, 0, 0);
    if (IS("signal-other")) return syscall(SYS_kill, other, 0);
    if (IS("dumpable")) return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    if (IS("set-limit")) return syscall(SYS_prlimit64, 0, RLIMIT_MSGQUEUE, &limit, NULL);
    if (IS("exec")) return syscall(SYS_execve, "/bin/sh", arguments, NULL);
    if (IS("ptrace")) return ptrace(PTRACE_SEIZE, other, 0, 0) == 0 ? ptrace(PTRACE_INTERRUPT, other, 0, 0) : -1;
    // Nothing is at that address: that the call is made shows in its other error.
    if (IS("read-memory")) return syscall(SYS_process_vm_readv, other, &here, 1, &there, 1, 0) < 0 && errno == EFAULT ? 0 : -1;
    if (IS("namespace")) return syscall(SYS_unshare, CLONE_NEWUTS);
    errno = EINVAL;
    return -1;
}

static void say(const char *kind, const char *name, int code) {
    char line[256];
    int count = snprintf(line, sizeof line, "%s %s=%d\n", kind, name, code);
    if (write(2, line, (size_t)count) < 0) _exit(99);
}

static pid_t threads[256];
static int thread_count;

static void in_thread(int number) {
    (void)number;
    int before = errno;
    char name[32] = "", named[64];
    errno = 0;
    long result = opened("PROBE_SECRET", O_RDONLY);
    int code = result < 0 ? errno : 0;
    pthread_getname_np(pthread_self(), name, sizeof name);
    snprintf(named, sizeof named, "%s/%ld", name, syscall(SYS_gettid));
    say("thread", named, code);
    errno = before;
}

static void in_main(int number) {
    (void)number;
    int before = errno;
    char words[1024], *rest = words;
    snprintf(words, sizeof words, "%s", getenv("PROBE"));
    for (char *word; (word = strsep(&rest, " "));) {
        errno = 0;
        long result = try(word);
        say("probe", word, result < 0 ? errno : 0);
    }
    for (int i = 0; i < thread_count; i++) syscall(SYS_tgkill, getpid(), threads[i], SIGRTMIN + 1);
    say("probe", "done", 0);
    errno = before;
}

struct start {
    void *(*body)(void *);
    void *argument;
};

static void *begin(void *raw) {
    struct start start = *(struct start *)raw;
    free(raw);
    threads[__atomic_fetch_add(&thread_count, 1, __ATOMIC_SEQ_CST)] = (pid_t)syscall(SYS_gettid);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN + 1);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    return start.body(start.argument);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    __typeof__(&pthread_create) real = (__typeof__(&pthread_create))dlsym(RTLD_NEXT, "pthread_create");
    struct start *start = malloc(sizeof *start);
    *start = (struct start){body, argument};
    int before = __atomic_load_n(&thread_count, __ATOMIC_SEQ_CST);
    int result = real(thread, attributes, begin, start);
    // One that has not run yet could not be told to try anything.
    while (result == 0 && __atomic_load_n(&thread_count, __ATOMIC_SEQ_CST) == before) sched_yield();
    return result;
}

static int accepted;

int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
    long result = syscall(SYS_accept4, fd, address, length, flags);
    if (result >= 0) __atomic_fetch_add(&accepted, 1, __ATOMIC_SEQ_CST);
    return (int)result;
}

static void at_exit(void) { say("ending", "atexit", 0); }

long syscall(long number, ...) {
    static __typeof__(&syscall) real;
    if (!real) real = (__typeof__(&syscall))dlsym(RTLD_NEXT, "syscall");
    va_list list;
    va_start(list, number);
    long a[6];
    for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
    va_end(list);
    const char *hidden = getenv("PROBE_HIDE");
    if (hidden && strcmp(hidden, "ports") == 0) {
        // The version is asked for by the call's last flag.
        if (number == SYS_landlock_create_ruleset && a[2] == LANDLOCK_CREATE_RULESET_VERSION) return 3;
        hidden = NULL;
    }
    if (getenv("PROBE_SLOW") && number == SYS_seccomp && a[0] == SECCOMP_SET_MODE_FILTER && a[2] != 0) {
        say("filter", "begins", 0);
        for (int i = 0; i < 2000 && access(getenv("PROBE_SPARE"), F_OK) == 0; i++) usleep(10000);
        usleep(300000);
        say("filter", "accepted", accepted);
    }
    if (hidden && number == (strcmp(hidden, "landlock") == 0 ? SYS_landlock_create_ruleset : SYS_seccomp)) {
        errno = ENOSYS;
        return -1;
    }
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

__attribute__((constructor)) static void prepare(void) {
    struct sigaction action = {.sa_handler = in_main, .sa_flags = SA_RESTART};
    sigaction(SIGRTMIN, &action, NULL);
    action.sa_handler = in_thread;
    sigaction(SIGRTMIN + 1, &action, NULL);
    // Whoever started us may have had it blocked.
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    prepare_connections();
    atexit(at_exit);
}
