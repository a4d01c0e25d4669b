#include "pc_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
    __typeof__(&archive_read_new) make;
    __typeof__(&archive_read_support_format_zip_seekable) support_zip;
    __typeof__(&archive_read_open_memory) open_memory;
    __typeof__(&archive_read_next_header) next_header;
    __typeof__(&archive_entry_pathname) pathname;
    __typeof__(&archive_entry_is_data_encrypted) is_encrypted;
    __typeof__(&archive_read_data) data;
    __typeof__(&archive_read_free) release;
} library;

struct pc_archive {
    struct archive *reader;
    struct archive_entry *entry;
};

int pc_archive_load(const char *name, char *message, size_t capacity) {
    if (library.release != NULL) return 0;
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *reason = dlerror();
        snprintf(message, capacity, "%s", reason != NULL ? reason : "it cannot be loaded");
        return -1;
    }
    *(void **)&library.make = dlsym(handle, "archive_read_new");
    *(void **)&library.support_zip = dlsym(handle, "archive_read_support_format_zip_seekable");
    *(void **)&library.open_memory = dlsym(handle, "archive_read_open_memory");
    *(void **)&library.next_header = dlsym(handle, "archive_read_next_header");
    *(void **)&library.pathname = dlsym(handle, "archive_entry_pathname");
    *(void **)&library.is_encrypted = dlsym(handle, "archive_entry_is_data_encrypted");
    *(void **)&library.data = dlsym(handle, "archive_read_data");
    *(void **)&library.release = dlsym(handle, "archive_read_free");
    if (library.make && library.support_zip && library.open_memory && library.next_header && library.pathname
        && library.is_encrypted && library.data && library.release)
        return 0;
    library.release = NULL;
    snprintf(message, capacity, "it is not libarchive with ZIP");
    return -1;
}

pc_archive *pc_archive_open(const void *bytes, size_t size) {
    pc_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL) return NULL;
    archive->reader = library.make();
    if (archive->reader != NULL && library.support_zip(archive->reader) == ARCHIVE_OK
        && library.open_memory(archive->reader, bytes, size) == ARCHIVE_OK)
        return archive;
    pc_archive_close(archive);
    return NULL;
}

int pc_archive_next(pc_archive *archive) {
    int code = library.next_header(archive->reader, &archive->entry);
    if (code == ARCHIVE_EOF) return 0;
    // A warning is about a name that this locale cannot show, not about the content.
    return code == ARCHIVE_OK || code == ARCHIVE_WARN ? 1 : -1;
}

const char *pc_archive_name(const pc_archive *archive) {
    const char *name = archive->entry != NULL ? library.pathname(archive->entry) : NULL;
    return name != NULL ? name : "";
}

int pc_archive_is_encrypted(const pc_archive *archive) {
    return archive->entry != NULL && library.is_encrypted(archive->entry) > 0;
}

long pc_archive_read(pc_archive *archive, void *bytes, size_t size) {
    la_ssize_t count = library.data(archive->reader, bytes, size);
    return count < 0 ? -1 : (long)count;
}

void pc_archive_close(pc_archive *archive) {
    if (archive->reader != NULL) library.release(archive->reader);
    free(archive);
}
