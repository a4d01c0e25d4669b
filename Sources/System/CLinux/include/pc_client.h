// Connections of a client that waits: what glibc keeps behind unions of addresses.
#ifndef PC_CLIENT_H
#define PC_CLIENT_H
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

static inline int pc_stream_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

// Begins to connect to an address of 4 or 16 bytes: 0, or what is wrong with it, which EINPROGRESS is not.
static inline int pc_stream_connect(int descriptor, const uint8_t *bytes, size_t count, uint16_t port) {
    struct sockaddr_storage address;
    memset(&address, 0, sizeof address);
    socklen_t length;
    if (count == 4) {
        struct sockaddr_in *four = (struct sockaddr_in *)&address;
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        memcpy(&four->sin_addr, bytes, 4);
        length = sizeof *four;
    } else {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        memcpy(&six->sin6_addr, bytes, 16);
        length = sizeof *six;
    }
    return connect(descriptor, (const struct sockaddr *)&address, length) == 0 ? 0 : errno;
}

// What became of a connection that was begun.
static inline int pc_stream_failure(int descriptor) {
    int code = 0;
    socklen_t length = sizeof code;
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno;
}
#endif
