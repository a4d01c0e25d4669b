// What a disk and a core allow: N producers hand records to one writer, which writes all that wait with one write and one
// fdatasync, and then wakes them. No chain, no tree, no encoding: groupcommit DIR PRODUCERS SECONDS BYTES
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { BATCH_RECORDS = 512, RESERVED = 64 << 20 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER, drained = PTHREAD_COND_INITIALIZER;
static char *batch, *other;
static size_t record_bytes;
static int waiting, is_ending, fd;
// Batches that were begun and that are durable: a producer waits for the one that took its record.
static unsigned long begun, durable;
static unsigned long long end_ns;
static struct rusage writer_usage;

struct producer {
    pthread_t thread;
    unsigned long count;
    unsigned *took_us;
    size_t capacity;
};

static unsigned long long now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static void *produce(void *argument) {
    struct producer *self = argument;
    char record[record_bytes];
    memset(record, 'x', record_bytes);
    record[record_bytes - 1] = '\n';
    for (unsigned long long start = now_ns(), end; start < end_ns; start = end) {
        pthread_mutex_lock(&mutex);
        while (waiting == BATCH_RECORDS) pthread_cond_wait(&drained, &mutex);
        memcpy(batch + record_bytes * waiting++, record, record_bytes);
        unsigned long mine = begun + 1;
        if (waiting == 1) pthread_cond_signal(&filled);
        while (durable < mine) pthread_cond_wait(&drained, &mutex);
        pthread_mutex_unlock(&mutex);
        end = now_ns();
        if (self->count < self->capacity) self->took_us[self->count] = (end - start) / 1000;
        self->count++;
    }
    return NULL;
}

static void *write_all(void *argument) {
    (void)argument;
    pthread_mutex_lock(&mutex);
    while (1) {
        while (waiting == 0 && !is_ending) pthread_cond_wait(&filled, &mutex);
        if (waiting == 0) break;
        char *taken = batch;
        size_t bytes = record_bytes * waiting;
        batch = other;
        other = taken;
        waiting = 0;
        begun++;
        pthread_mutex_unlock(&mutex);
        if (write(fd, taken, bytes) != (ssize_t)bytes || fdatasync(fd) != 0) {
            perror("groupcommit: write");
            exit(74);
        }
        pthread_mutex_lock(&mutex);
        durable = begun;
        pthread_cond_broadcast(&drained);
    }
    pthread_mutex_unlock(&mutex);
    getrusage(RUSAGE_THREAD, &writer_usage);
    return NULL;
}

static double seconds_of(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

static int ascending(const void *a, const void *b) { return *(unsigned *)a > *(unsigned *)b ? 1 : -1; }

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "groupcommit: DIR PRODUCERS SECONDS BYTES\n");
        return 64;
    }
    int producers = atoi(arguments[2]);
    double seconds = atof(arguments[3]);
    record_bytes = atoi(arguments[4]);
    char path[4096];
    snprintf(path, sizeof path, "%s/groupcommit.tmp", arguments[1]);
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);
    batch = malloc(record_bytes * BATCH_RECORDS);
    other = malloc(record_bytes * BATCH_RECORDS);
    struct producer *all = calloc(producers, sizeof *all);
    if (fd < 0 || !batch || !other || !all || fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, RESERVED) != 0) {
        perror("groupcommit: no file to write");
        return 74;
    }
    unsigned long long start = now_ns();
    end_ns = start + (unsigned long long)(seconds * 1e9);
    pthread_t writer;
    pthread_create(&writer, NULL, write_all, NULL);
    for (int i = 0; i < producers; i++) {
        all[i].capacity = 1 << 18;
        all[i].took_us = malloc(sizeof(unsigned) << 18);
        pthread_create(&all[i].thread, NULL, produce, &all[i]);
    }
    unsigned long records = 0;
    size_t samples = 0;
    unsigned *took = malloc(sizeof(unsigned) * (((size_t)producers) << 18));
    for (int i = 0; i < producers; i++) {
        pthread_join(all[i].thread, NULL);
        records += all[i].count;
        size_t kept = all[i].count < all[i].capacity ? all[i].count : all[i].capacity;
        memcpy(took + samples, all[i].took_us, kept * sizeof *took);
        samples += kept;
    }
    pthread_mutex_lock(&mutex);
    is_ending = 1;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&mutex);
    pthread_join(writer, NULL);
    double ran = (now_ns() - start) / 1e9;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    qsort(took, samples, sizeof *took, ascending);
    printf("peer=c work=append-%d rps=%.0f p50_us=%u p99_us=%u cpu_us_op=%.2f log_user_us=%.2f log_kernel_us=%.2f batch=%.1f errors=0\n",
        producers, records / ran, took[samples / 2], took[samples * 99 / 100], cpu * 1e6 / records,
        seconds_of(writer_usage.ru_utime) * 1e6 / records, seconds_of(writer_usage.ru_stime) * 1e6 / records,
        (double)records / begun);
    unlink(path);
    return 0;
}
