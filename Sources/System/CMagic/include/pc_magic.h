// libmagic: what kind of file some bytes are. Handles share nothing: one thread at a time for each.
#ifndef PC_MAGIC_H
#define PC_MAGIC_H

#include <magic.h>
#include <stddef.h>

// A handle with the compiled database at `path` loaded, which names media types. NULL where it cannot: `message` then says
// why, cut to its capacity. What it would do beyond looking at the bytes by the database's rules and as text is off: to
// decompress, to read archives, programs and compound documents.
magic_t pc_magic_load(const char *path, char *message, size_t capacity);

#endif
