// A socket BIO that remembers whether the last read emptied the socket, which OpenSSL's own does not tell: a server on
// edge-triggered events then needs no further read to learn that there is nothing.
#include "pc_openssl.h"
#include <errno.h>
#include <sys/socket.h>

// A BIO's application data: the descriptor and, above it, whether the socket was emptied, whether input has ended, and
// whether the kernel may keep a last incomplete segment, for more follows at once.
enum { EMPTIED = 1 << 30, ENDED = 1 << 29, CORKED = 1 << 28 };

static intptr_t flags_of(BIO *bio) { return (intptr_t)BIO_get_data(bio); }

static void mark(BIO *bio, intptr_t flag, int is_set) {
    BIO_set_data(bio, (void *)(is_set ? flags_of(bio) | flag : flags_of(bio) & ~flag));
}

static int descriptor_of(BIO *bio) { return (int)(flags_of(bio) & ~(intptr_t)(EMPTIED | ENDED | CORKED)); }

static int socket_read(BIO *bio, char *buffer, int size) {
    BIO_clear_retry_flags(bio);
    if (flags_of(bio) & ENDED) return 0;
    ssize_t count = recv(descriptor_of(bio), buffer, (size_t)size, 0);
    mark(bio, EMPTIED, count < size);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    return (int)count;
}

static int socket_write(BIO *bio, const char *buffer, int size) {
    BIO_clear_retry_flags(bio);
    ssize_t count = send(descriptor_of(bio), buffer, (size_t)size, MSG_NOSIGNAL | (flags_of(bio) & CORKED ? MSG_MORE : 0));
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
    return (int)count;
}

static long socket_control(BIO *bio, int command, long number, void *pointer) {
    (void)bio, (void)number, (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

BIO_METHOD *pc_bio_method(void) {
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK | BIO_TYPE_DESCRIPTOR, "socket");
    if (!method) return NULL;
    BIO_meth_set_read(method, socket_read);
    BIO_meth_set_write(method, socket_write);
    BIO_meth_set_ctrl(method, socket_control);
    return method;
}

int pc_ssl_attach(SSL *ssl, BIO_METHOD *method, int descriptor) {
    BIO *bio = BIO_new(method);
    if (!bio) return 0;
    BIO_set_data(bio, (void *)(intptr_t)descriptor);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    return 1;
}

void pc_ssl_end_input(SSL *ssl) { mark(SSL_get_rbio(ssl), ENDED, 1); }

void pc_ssl_cork(SSL *ssl, int is_corked) { mark(SSL_get_wbio(ssl), CORKED, is_corked); }

int pc_ssl_is_socket_emptied(SSL *ssl) { return (flags_of(SSL_get_rbio(ssl)) & EMPTIED) != 0; }
