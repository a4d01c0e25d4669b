// System call filters by libseccomp.
#ifndef PC_SECCOMP_H
#define PC_SECCOMP_H

// Allows what the gateway needs while it serves, in every thread; see shim.c for the lists.
//   may_connect  also what a client of other hosts needs (sockets, name resolution)
// Returns 0 or -errno; the filter is then not in force.
int pc_seccomp_enforce(int may_connect);
// Allows what takes to read from one descriptor, calculate and write to another, in every thread; any call that opens,
// connects or starts something is refused, and those that only an intruder makes end the process. 0 or -errno.
int pc_seccomp_enforce_calculation(void);
// 1 where the kernel has filters, and can put one on every thread at once.
int pc_seccomp_is_available(void);
#endif
