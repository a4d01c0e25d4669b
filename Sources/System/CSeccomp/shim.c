#define _GNU_SOURCE
#include "pc_seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT(list) (sizeof list / sizeof *list)
#define CALL(name) SCMP_SYS(name)

// Whatever their arguments: they touch only what the process has open, its own memory and its own threads. Paths are
// Landlock's business.
static const int allowed[] = {
    // Sockets that are open, and the loop.
    CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(recvfrom), CALL(recvmsg),
    CALL(accept4), CALL(shutdown), CALL(close), CALL(getsockname), CALL(getpeername), CALL(getsockopt),
    CALL(setsockopt), CALL(epoll_wait), CALL(epoll_pwait), CALL(epoll_ctl), CALL(epoll_create1), CALL(eventfd2),
    CALL(timerfd_create), CALL(timerfd_settime), CALL(timerfd_gettime), CALL(poll), CALL(ppoll), CALL(select),
    CALL(pselect6), CALL(pipe2),
    // Files.
    CALL(openat), CALL(open), CALL(stat), CALL(fstat), CALL(lstat), CALL(newfstatat), CALL(statx), CALL(lseek),
    CALL(pread64), CALL(pwrite64), CALL(flock), CALL(ftruncate), CALL(fallocate), CALL(fsync),
    CALL(fdatasync), CALL(unlink), CALL(unlinkat), CALL(rename), CALL(renameat), CALL(renameat2), CALL(mkdir),
    CALL(mkdirat), CALL(getdents64), CALL(readlink), CALL(readlinkat), CALL(access), CALL(faccessat),
    CALL(faccessat2), CALL(fchmod), CALL(statfs), CALL(fstatfs), CALL(getcwd),
    // Memory that is not code.
    CALL(munmap), CALL(mremap), CALL(madvise), CALL(brk),
    // Threads and signals.
    CALL(futex), CALL(set_robust_list), CALL(rseq), CALL(set_tid_address), CALL(exit), CALL(exit_group),
    CALL(sched_yield), CALL(sched_getaffinity), CALL(sched_getparam), CALL(sched_getscheduler),
    CALL(sched_get_priority_max), CALL(sched_get_priority_min), CALL(getcpu), CALL(rt_sigaction),
    CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(sigaltstack), CALL(restart_syscall), CALL(nanosleep),
    CALL(clock_nanosleep), CALL(clock_gettime), CALL(clock_getres), CALL(gettimeofday), CALL(time),
    // What the process is.
    CALL(getpid), CALL(gettid), CALL(getppid), CALL(getuid), CALL(geteuid), CALL(getgid), CALL(getegid),
    CALL(getrandom), CALL(getrusage), CALL(getrlimit), CALL(sysinfo), CALL(uname), CALL(times), CALL(umask),
};

// What only a client of other hosts calls, whatever its arguments; Landlock looks at ports.
static const int for_clients[] = {CALL(connect), CALL(bind), CALL(recvmmsg)};

// No library calls these in good faith. Whoever does has taken the process over, and what it would do next is worse than
// that it ends; the log is whole up to here. All else that is not allowed is answered with ENOSYS, which is what a C
// library expects of a kernel that is older than itself and has a way around.
static const int deadly[] = {
    CALL(execve), CALL(execveat), CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(kexec_load),
    CALL(kexec_file_load), CALL(init_module), CALL(finit_module), CALL(delete_module), CALL(bpf), CALL(mount),
    CALL(umount2), CALL(pivot_root), CALL(chroot), CALL(setns), CALL(unshare), CALL(userfaultfd),
    CALL(perf_event_open), CALL(open_by_handle_at), CALL(keyctl), CALL(add_key), CALL(request_key), CALL(reboot),
};

// A thread of this process: it shares memory, files and handlers, and takes no namespace of its own.
#define THREAD_FLAGS (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
#define NAMESPACE_FLAGS \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

// Each adds a rule or ends its function with why it could not. What no rule allows is answered with ENOSYS.
#define ALLOW(...) do { int code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, __VA_ARGS__); if (code != 0) return code; } while (0)
#define REFUSE(code_, ...) do { int code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(code_), __VA_ARGS__); if (code != 0) return code; } while (0)
// The kind of socket, without SOCK_NONBLOCK and SOCK_CLOEXEC.
#define KIND_MASK 0xf

// With MSG_FASTOPEN a send connects, and Landlock does not hear of it.
#define NO_FAST_OPEN(argument) argument(SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0)

static int judged_server_sockets(scmp_filter_ctx filter) {
    // send(2) on a connection that is open: no address.
    ALLOW(CALL(sendto), 2, NO_FAST_OPEN(SCMP_A3), SCMP_A4(SCMP_CMP_EQ, 0, 0));
    REFUSE(EAFNOSUPPORT, CALL(socket), 0);
    return 0;
}

static int judged_client_sockets(scmp_filter_ctx filter) {
    ALLOW(CALL(sendto), 1, NO_FAST_OPEN(SCMP_A3));
    ALLOW(CALL(sendmsg), 1, NO_FAST_OPEN(SCMP_A2));
    ALLOW(CALL(sendmmsg), 1, NO_FAST_OPEN(SCMP_A3));
    // TCP and UDP by name: Landlock's rules for ports hold for TCP and neither for SCTP nor for Multipath TCP.
    static const int families[] = {AF_INET, AF_INET6};
    static const int kinds[][2] = {
        {SOCK_STREAM, 0}, {SOCK_STREAM, IPPROTO_TCP}, {SOCK_DGRAM, 0}, {SOCK_DGRAM, IPPROTO_UDP}};
    for (size_t i = 0; i < COUNT(families); i++)
        for (size_t j = 0; j < COUNT(kinds); j++)
            ALLOW(CALL(socket), 3, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0),
                  SCMP_A1(SCMP_CMP_MASKED_EQ, KIND_MASK, (scmp_datum_t)kinds[j][0]),
                  SCMP_A2(SCMP_CMP_EQ, (scmp_datum_t)kinds[j][1], 0));
    // Name resolution asks the kernel which addresses this host has: routes, and no other netlink.
    ALLOW(CALL(socket), 2, SCMP_A0(SCMP_CMP_EQ, AF_NETLINK, 0), SCMP_A2(SCMP_CMP_EQ, NETLINK_ROUTE, 0));
    // libcurl wakes itself up by a pair. One of datagrams could be turned to a socket of another process.
    ALLOW(CALL(socketpair), 2, SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0), SCMP_A1(SCMP_CMP_MASKED_EQ, KIND_MASK, SOCK_STREAM));
    return 0;
}

static int judged(scmp_filter_ctx filter) {
    ALLOW(CALL(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    REFUSE(EACCES, CALL(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
    ALLOW(CALL(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    REFUSE(EACCES, CALL(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
    // clone3 hides its flags from a filter: without it the C library takes clone.
    ALLOW(CALL(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, THREAD_FLAGS | NAMESPACE_FLAGS, THREAD_FLAGS));
    REFUSE(EPERM, CALL(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, THREAD_FLAGS, 0));
    // abort(3) and signals between our threads.
    ALLOW(CALL(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
    ALLOW(CALL(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME, 0));
    ALLOW(CALL(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_GET_NAME, 0));
    // Reading limits; setting them is another matter.
    ALLOW(CALL(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0, 0));
    static const unsigned long terminal[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO};
    for (size_t i = 0; i < COUNT(terminal); i++) ALLOW(CALL(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, terminal[i], 0));
    // Flags and locks. Not who gets a descriptor's signal (F_SETOWN, F_SETOWN_EX) and which (F_SETSIG): that is kill(2).
    static const int controls[] = {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK,
                                   F_OFD_SETLK, F_OFD_SETLKW, F_DUPFD_CLOEXEC};
    for (size_t i = 0; i < COUNT(controls); i++)
        ALLOW(CALL(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)controls[i], 0));
    return 0;
}
#undef ALLOW
#undef REFUSE

static int fill(scmp_filter_ctx filter, int may_connect) {
    int code;
    if ((code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1)) != 0) return code;
    // What is refused is in the kernel's log.
    if ((code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_LOG, 1)) != 0) return code;
    if ((code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2)) != 0) return code;
    for (size_t i = 0; i < COUNT(allowed); i++)
        if ((code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0)) != 0) return code;
    for (size_t i = 0; may_connect && i < COUNT(for_clients); i++)
        if ((code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, for_clients[i], 0)) != 0) return code;
    for (size_t i = 0; i < COUNT(deadly); i++)
        if ((code = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0)) != 0) return code;
    if ((code = judged(filter)) != 0) return code;
    return may_connect ? judged_client_sockets(filter) : judged_server_sockets(filter);
}

int pc_seccomp_enforce(int may_connect) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter) return -ENOMEM;
    int code = fill(filter, may_connect);
    if (code == 0) code = seccomp_load(filter);
    seccomp_release(filter);
    return code;
}

// Descriptors that are open, memory that is not code, and the clock. No path, no socket, no thread.
static const int for_calculation[] = {
    CALL(read), CALL(write), CALL(close), CALL(fstat), CALL(lseek), CALL(poll), CALL(munmap), CALL(mremap),
    CALL(madvise), CALL(brk), CALL(futex), CALL(rseq), CALL(exit), CALL(exit_group), CALL(sched_yield),
    CALL(sched_getaffinity), CALL(getcpu), CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn),
    CALL(sigaltstack), CALL(restart_syscall), CALL(nanosleep), CALL(clock_nanosleep), CALL(clock_gettime),
    CALL(clock_getres), CALL(gettimeofday), CALL(time), CALL(getpid), CALL(gettid), CALL(getuid), CALL(geteuid),
    CALL(getgid), CALL(getegid), CALL(getrandom), CALL(getrusage), CALL(getrlimit), CALL(sysinfo), CALL(uname),
    CALL(times),
};

static int fill_for_calculation(scmp_filter_ctx filter) {
    int code;
    if ((code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1)) != 0) return code;
    if ((code = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2)) != 0) return code;
    for (size_t i = 0; i < COUNT(for_calculation); i++)
        if ((code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, for_calculation[i], 0)) != 0) return code;
    for (size_t i = 0; i < COUNT(deadly); i++)
        if ((code = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0)) != 0) return code;
    if ((code = seccomp_rule_add(
             filter, SCMP_ACT_ALLOW, CALL(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))) != 0)
        return code;
    if ((code = seccomp_rule_add(
             filter, SCMP_ACT_ALLOW, CALL(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))) != 0)
        return code;
    // abort(3).
    if ((code = seccomp_rule_add(
             filter, SCMP_ACT_ALLOW, CALL(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0))) != 0)
        return code;
    // Reading limits; setting them is another matter.
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0, 0));
}

int pc_seccomp_enforce_calculation(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter) return -ENOMEM;
    int code = fill_for_calculation(filter);
    if (code == 0) code = seccomp_load(filter);
    seccomp_release(filter);
    return code;
}

int pc_seccomp_is_available(void) {
    unsigned action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}
