// Sockets, epoll, signals.
#ifndef PC_NET_H
#define PC_NET_H
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

// epoll_event is packed and its data a union: neither is visible to Swift as it should be.
static inline int pc_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data.u64 = token};
    return epoll_ctl(epoll, operation, descriptor, &event);
}
static inline uint64_t pc_epoll_token(const struct epoll_event *events, int index) { return events[index].data.u64; }
static inline uint32_t pc_epoll_flags(const struct epoll_event *events, int index) { return events[index].events; }

// The socket calls whose address argument is a transparent union in glibc.
int pc_accept(int listener, struct sockaddr_storage *peer);
static inline int pc_local_address(int descriptor, struct sockaddr_storage *address) {
    socklen_t length = sizeof *address;
    return getsockname(descriptor, (struct sockaddr *)address, &length);
}
static inline int pc_bind(int descriptor, const struct sockaddr_storage *address, socklen_t length) {
    return bind(descriptor, (const struct sockaddr *)address, length);
}

static inline int pc_errno(void) { return errno; }

// Notes SIGTERM, SIGINT, SIGHUP and SIGUSR1 in a pipe for pc_signal_wait, in whatever thread they arrive; ignores SIGPIPE
// and SIGXFSZ, whose writes fail with EPIPE and EFBIG instead.
// Returns 0 without a descriptor for the pipe.
int pc_signal_prepare(void);
// The next noted signal, or 0 after `milliseconds`; and the user whose process sent it, or -1 where none did.
int pc_signal_wait(int milliseconds, int64_t *user);
#endif
