// What a process may do: user, capabilities, Landlock, and what cannot be had back. All of them answer 0 or -errno unless
// they say otherwise.
#ifndef PC_PROCESS_H
#define PC_PROCESS_H
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Threads of this process, or -errno.
int pc_thread_count(void);

// The user of this name or number; `group` is its own. -ENOENT where there is none.
int pc_user_find(const char *name, uid_t *user, gid_t *group);
// Writes the user's name without a zero after it, at most `size` bytes of it, and gives back how many; -errno, or -ENOENT
// where the system knows none.
int pc_user_name(uid_t user, void *name, size_t size);
int pc_group_find(const char *name, gid_t *group);
// Takes the user's groups, then `group`, then `user`, each in real, effective and saved form.
int pc_user_become(const char *name, uid_t user, gid_t group);
// 1 where the process has these ids in every form and can get no others.
int pc_user_is_final(uid_t user, gid_t group);

// Drops every capability of the calling thread, from every set.
int pc_capabilities_drop(void);
// 1 where the calling thread has none, and nothing that it could get one by.
int pc_capabilities_are_none(void);

int pc_no_new_privileges(void);
int pc_not_dumpable(void);
int pc_no_core_files(void);

// Landlock (landlock(7)). The version of its interface, or -errno.
int pc_landlock_version(void);
// A ruleset's descriptor.
int pc_landlock_create(uint64_t files, uint64_t network, uint64_t scopes);
// Allows `access` at `path` and below. Rights that only a directory has are left out where it is none.
int pc_landlock_allow_path(int ruleset, const char *path, uint64_t access, uint64_t of_directories);
int pc_landlock_allow_port(int ruleset, uint16_t port, uint64_t access);
// Binds the calling thread and those that it starts.
int pc_landlock_enforce(int ruleset);
// A descriptor that stands for the path and grants nothing.
int pc_path_open(const char *path);
#endif
