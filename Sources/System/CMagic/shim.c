#include "pc_magic.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

magic_t pc_magic_load(const char *path, char *message, size_t capacity) {
    magic_t handle = magic_open(
        MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_APPTYPE
        | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_JSON);
    if (handle == NULL) {
        snprintf(message, capacity, "%s", strerror(errno));
        return NULL;
    }
    if (magic_load(handle, path) != 0) {
        const char *reason = magic_error(handle);
        snprintf(message, capacity, "%s", reason != NULL ? reason : "the database cannot be loaded");
        magic_close(handle);
        return NULL;
    }
    return handle;
}
