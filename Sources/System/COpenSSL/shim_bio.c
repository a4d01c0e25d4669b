// A socket BIO that remembers whether the last read emptied the socket, which OpenSSL's own does not tell: a server on
// edge-triggered events then needs no further read to learn that there is nothing.
#include "pc_openssl.h"
#include <errno.h>
#include <sys/socket.h>

// A BIO's application data: the descriptor and, above it, whether the socket was emptied and whether input has ended.
enum { EMPTIED = 1 << 30, ENDED = 1 << 29 };

static int descriptor_of(BIO *bio) { return (int)((intptr_t)BIO_get_data(bio) & ~(intptr_t)(EMPTIED | ENDED)); }

static int socket_read(BIO *bio, char *buffer, int size) {
    int descriptor = descriptor_of(bio);
    BIO_clear_retry_flags(bio);
    if ((intptr_t)BIO_get_data(bio) & ENDED) return 0;
    ssize_t count = recv(descriptor, buffer, (size_t)size, 0);
    int is_emptied = count < size;
    BIO_set_data(bio, (void *)((intptr_t)descriptor | (is_emptied ? EMPTIED : 0)));
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    return (int)count;
}

static int socket_write(BIO *bio, const char *buffer, int size) {
    BIO_clear_retry_flags(bio);
    ssize_t count = send(descriptor_of(bio), buffer, (size_t)size, MSG_NOSIGNAL);
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

void pc_ssl_end_input(SSL *ssl) {
    BIO *bio = SSL_get_rbio(ssl);
    BIO_set_data(bio, (void *)((intptr_t)BIO_get_data(bio) | ENDED));
}

int pc_ssl_is_socket_emptied(SSL *ssl) { return ((intptr_t)BIO_get_data(SSL_get_rbio(ssl)) & EMPTIED) != 0; }
