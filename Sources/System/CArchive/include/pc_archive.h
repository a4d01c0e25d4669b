// libarchive by name, for ZIP alone: only the process that takes text out of documents loads it.
#ifndef PC_ARCHIVE_H
#define PC_ARCHIVE_H

#include <stddef.h>
#include <string.h>

int pc_archive_load(const char *name, char *message, size_t capacity);

typedef struct pc_archive pc_archive;

// Opens a ZIP file that lies in memory, which must stay until it is closed. NULL where it is none.
pc_archive *pc_archive_open(const void *bytes, size_t size);
// 1 at the next entry, 0 after the last, -1 where the archive is broken.
int pc_archive_next(pc_archive *archive);
// The entry's name as it stands in the archive; zero-ended, never NULL.
const char *pc_archive_name(const pc_archive *archive);
// 1 where the entry's content is encrypted.
int pc_archive_is_encrypted(const pc_archive *archive);
// Reads on in the entry: how many bytes came, 0 at its end, -1 where it is broken.
long pc_archive_read(pc_archive *archive, void *bytes, size_t size);
void pc_archive_close(pc_archive *archive);

#endif
