// SQLite 3, and its destructor constants that Swift cannot import.
#ifndef PC_SQLITE_H
#define PC_SQLITE_H
#include <sqlite3.h>
static inline sqlite3_destructor_type pc_sqlite_transient(void) { return SQLITE_TRANSIENT; }
#endif
