// OpenBLAS by name: nothing is linked with it, for the library starts threads as soon as it is in a process, and only a
// process with a model wants it.
#ifndef PC_OPENBLAS_H
#define PC_OPENBLAS_H

#include <stddef.h>

typedef struct pc_openblas pc_openblas;

// Loads a library for good, for one thread a call. Returns NULL where it cannot: `message` then says why, cut to its
// capacity. Sets OPENBLAS_NUM_THREADS where it is not 1, so other threads must not read the environment meanwhile.
const pc_openblas *pc_openblas_load(const char *name, char *message, size_t capacity);
// 0: serial, 1: POSIX threads, 2: OpenMP.
int pc_openblas_parallel(const pc_openblas *library);
// The version and how it was built.
const char *pc_openblas_config(const pc_openblas *library);
// result = scale * left * right, all in rows; `right` is given transposed where `is_transposed` is not 0.
void pc_openblas_sgemm(
    const pc_openblas *library, int is_transposed, int rows, int columns, int inner, float scale, const float *left,
    int left_stride, const float *right, int right_stride, float *result, int result_stride);

#endif
