// The service manager's datagram socket.
#ifndef PC_NOTIFY_H
#define PC_NOTIFY_H
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// A socket connected to `name`, `count` bytes; the abstract one of that name where `is_abstract`. Returns the descriptor
// or -errno.
static inline int pc_notify_connect(const char *name, size_t count, int is_abstract) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    // An abstract name begins with a zero byte and ends with the address, a path with a zero byte.
    if (count == 0 || count + 1 > sizeof address.sun_path) return -ENAMETOOLONG;
    memcpy(address.sun_path + (is_abstract ? 1 : 0), name, count);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + count + 1);
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    if (connect(descriptor, (const struct sockaddr *)&address, length) == 0) return descriptor;
    int code = errno;
    close(descriptor);
    return -code;
}
#endif
