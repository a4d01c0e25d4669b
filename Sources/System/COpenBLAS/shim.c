#include "pc_openblas.h"

#include <cblas.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pc_openblas {
    __typeof__(&cblas_sgemm) sgemm;
    int (*parallel)(void);
    char *(*config)(void);
    void (*set_threads)(int);
};

const pc_openblas *pc_openblas_load(const char *name, char *message, size_t capacity) {
    // The library reads it while it is loaded and starts so many threads less one. They would be there before the sandbox.
    const char *threads = getenv("OPENBLAS_NUM_THREADS");
    if (threads == NULL || strcmp(threads, "1") != 0) setenv("OPENBLAS_NUM_THREADS", "1", 1);
    // Never unloaded: it has handlers for fork and exit.
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(message, capacity, "%s", reason != NULL ? reason : "it cannot be loaded");
        return NULL;
    }
    pc_openblas *loaded = malloc(sizeof *loaded);
    if (loaded == NULL) {
        snprintf(message, capacity, "out of memory");
        return NULL;
    }
    // Function pointers out of object pointers, as dlsym(3) says.
    *(void **)&loaded->sgemm = dlsym(library, "cblas_sgemm");
    *(void **)&loaded->parallel = dlsym(library, "openblas_get_parallel");
    *(void **)&loaded->config = dlsym(library, "openblas_get_config");
    *(void **)&loaded->set_threads = dlsym(library, "openblas_set_num_threads");
    if (loaded->sgemm == NULL || loaded->parallel == NULL || loaded->config == NULL || loaded->set_threads == NULL) {
        free(loaded);
        snprintf(message, capacity, "it has no cblas_sgemm or no openblas_get_parallel, so it is not OpenBLAS");
        return NULL;
    }
    // Where something else had loaded it before, with more.
    loaded->set_threads(1);
    return loaded;
}

int pc_openblas_parallel(const pc_openblas *library) { return library->parallel(); }

const char *pc_openblas_config(const pc_openblas *library) { return library->config(); }

void pc_openblas_sgemm(
    const pc_openblas *library, int is_transposed, int rows, int columns, int inner, float scale, const float *left,
    int left_stride, const float *right, int right_stride, float *result, int result_stride) {
    library->sgemm(
        CblasRowMajor, CblasNoTrans, is_transposed ? CblasTrans : CblasNoTrans, rows, columns, inner, scale, left,
        left_stride, right, right_stride, 0, result, result_stride);
}
