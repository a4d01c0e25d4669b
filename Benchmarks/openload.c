/* Open-loop load: POST /v1/ask at a fixed rate of Poisson arrivals, over keep-alive connections with a client certificate,
 * whatever the server's answers. One thread, epoll.
 *   openload HOST PORT SECONDS CONNECTIONS RATE DEADLINE_MS
 *   environment: CLIENT_CERT CLIENT_KEY TOKENS (file, one a line)
 * An arrival that finds every connection busy is not sent: the server would never have seen it. Take enough connections.
 * prints: offered=N good=N late=N shed=N errors=N unsent=N secs=S good_per_s=N p50_us=N p99_us=N
 * good is 200 within the deadline; late is 200 after it; shed is 503. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUF = 8192, EVENTS = 256, SLOTS = 1 << 16 };
typedef struct {
    int fd, got, closes;
    SSL *ssl;
    const char *out;
    double arrival;
    char buf[BUF];
} Conn;

static SSL_CTX *ctx;
static struct sockaddr_in addr;
static int ep, idles, connected;
static Conn **idle;
static long good, late, shed, errors, unsent, offered;
static unsigned latency[SLOTS]; /* by 100 us, of the good */
static double deadline;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void die(const char *what) {
    fprintf(stderr, "openload: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(2);
}

static int accept_chain(X509_STORE_CTX *x, void *arg) {
    (void)x, (void)arg;
    return 1;
}

static void start(Conn *c) {
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) die("socket");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (struct sockaddr *)&addr, sizeof addr) && errno != EINPROGRESS) die("connect");
    c->ssl = SSL_new(ctx);
    SSL_set_fd(c->ssl, c->fd);
    SSL_set_connect_state(c->ssl);
    c->got = 0, c->out = NULL, c->arrival = 0, c->closes = 0;
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
}

static void again(Conn *c) {
    SSL_free(c->ssl);
    close(c->fd);
    start(c);
}

static int complete(Conn *c) {
    c->buf[c->got] = 0;
    char *end = strstr(c->buf, "\r\n\r\n"), *length = strcasestr(c->buf, "content-length:");
    return end && length && length < end && c->got >= (end + 4 - c->buf) + atoi(length + 15);
}

/* 1: an answer is complete, 2: the connection became usable, -1: it failed, 0: it waits for the socket */
static int step(Conn *c) {
    int r;
    if (!SSL_is_init_finished(c->ssl)) {
        if ((r = SSL_do_handshake(c->ssl)) != 1) goto check;
        return 2;
    }
    if (c->out) {
        if ((r = SSL_write(c->ssl, c->out, (int)strlen(c->out))) <= 0) goto check;
        c->out = NULL;
    }
    while ((r = SSL_read(c->ssl, c->buf + c->got, BUF - 1 - c->got)) > 0) {
        c->got += r;
        if (complete(c)) return 1;
    }
check:
    r = SSL_get_error(c->ssl, r);
    ERR_clear_error();
    return r == SSL_ERROR_WANT_READ || r == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

static void count(Conn *c) {
    double took = now() - c->arrival;
    if (!strncmp(c->buf, "HTTP/1.1 503", 12)) shed++;
    else if (strncmp(c->buf, "HTTP/1.1 200", 12)) errors++;
    else if (took > deadline) late++;
    else good++, latency[(int)(took * 1e4) < SLOTS ? (int)(took * 1e4) : SLOTS - 1]++;
    c->closes = strcasestr(c->buf, "connection: close") != NULL;
    c->got = 0;
}

static void drive(Conn *c) {
    int r = step(c);
    if (r == 2) {
        connected++;
        idle[idles++] = c;
        r = step(c); /* what came with the handshake's last bytes */
        if (r >= 0) return;
        idles--;
    }
    if (r == 1) {
        count(c);
        if (!c->closes) {
            idle[idles++] = c;
            return;
        }
        again(c);
    } else if (r < 0) {
        int wasIdle = 0;
        for (int i = 0; i < idles; i++)
            if (idle[i] == c) idle[i] = idle[--idles], wasIdle = 1;
        if (!wasIdle && c->arrival) errors++;
        again(c);
    }
}

static long quantile(double q) {
    long seen = 0;
    for (int i = 0; i < SLOTS; i++)
        if ((seen += latency[i]) >= q * good) return i * 100L;
    return SLOTS * 100L;
}

int main(int argc, char **argv) {
    if (argc != 7) die("usage: openload HOST PORT SECONDS CONNECTIONS RATE DEADLINE_MS");
    int n = atoi(argv[4]), kinds = 0;
    double seconds = atof(argv[3]), rate = atof(argv[5]);
    deadline = atof(argv[6]) / 1000;
    signal(SIGPIPE, SIG_IGN);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) die("HOST is not an IPv4 address");
    ctx = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
    if (SSL_CTX_use_certificate_chain_file(ctx, getenv("CLIENT_CERT")) != 1 ||
        SSL_CTX_use_PrivateKey_file(ctx, getenv("CLIENT_KEY"), SSL_FILETYPE_PEM) != 1) die("TLS settings");
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_cert_verify_callback(ctx, accept_chain, NULL);
    char **requests = NULL, token[BUF];
    const char *body = "{\"message\": \"How do I activate my new card?\"}";
    FILE *tokens = fopen(getenv("TOKENS") ? getenv("TOKENS") : "", "r");
    if (!tokens) die("reading TOKENS");
    for (; fscanf(tokens, "%8191s", token) == 1; kinds++) {
        requests = realloc(requests, (kinds + 1) * sizeof *requests);
        if (asprintf(&requests[kinds], "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Authorization: Bearer %s\r\nContent-Length: %zu\r\n\r\n%s", token, strlen(body), body) < 0) die("memory");
    }
    if (!kinds) die("no token");
    ep = epoll_create1(0);
    idle = calloc(n, sizeof *idle);
    Conn *conns = calloc(n, sizeof *conns);
    struct epoll_event ev[EVENTS];
    unsigned turn = 0;
    int started = 0;
    double begin = now(), next = 0;
    while (connected < n) { /* a few at a time: this is no handshake flood */
        while (started < n && started < connected + 32) start(&conns[started++]);
        int ready = epoll_wait(ep, ev, EVENTS, 100);
        for (int i = 0; i < ready; i++) drive(ev[i].data.ptr);
        if (now() > begin + 60) die("not connected after 60 s");
    }
    begin = next = now();
    for (;;) {
        double t = now();
        if (t > begin + seconds) break;
        for (; next <= t; next += -log(1 - drand48()) / rate) {
            offered++;
            if (!idles) {
                unsent++;
                continue;
            }
            Conn *c = idle[--idles];
            c->arrival = next;
            c->out = requests[turn++ % kinds];
            drive(c);
        }
        double pause = next - now();
        struct timespec ts = {0, pause > 0 ? (long)(pause * 1e9) % 1000000000 : 0};
        int ready = epoll_pwait2(ep, ev, EVENTS, &ts, NULL);
        for (int i = 0; i < ready; i++) drive(ev[i].data.ptr);
    }
    double secs = now() - begin;
    printf("offered=%ld good=%ld late=%ld shed=%ld errors=%ld unsent=%ld secs=%.2f good_per_s=%.0f p50_us=%ld p99_us=%ld\n",
           offered, good, late, shed, errors, unsent, secs, good / secs, quantile(0.5), quantile(0.99));
    return good ? 0 : 1;
}
