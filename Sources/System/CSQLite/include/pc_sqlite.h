// SQLite 3, and what Swift cannot import of it: destructor constants, variadics, pointer values.
#ifndef PC_SQLITE_H
#define PC_SQLITE_H
#include <sqlite3.h>

static inline sqlite3_destructor_type pc_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// The FTS5 extension's interface of this connection (sqlite.org/fts5.html §7), or NULL where FTS5 is missing.
fts5_api *pc_sqlite_fts5(sqlite3 *database);

// Makes the file readable and writable by its owner alone, if it does not exist. Returns 0 or an errno.
int pc_sqlite_create_private(const char *path);
#endif
