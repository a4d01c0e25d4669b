#define _GNU_SOURCE
#include "pc_process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/securebits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int pc_thread_count(void) {
    DIR *tasks = opendir("/proc/self/task");
    if (!tasks) return -errno;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(tasks));)
        if (entry->d_name[0] != '.') count++;
    closedir(tasks);
    return count;
}

// A whole decimal number that fits, or -1.
static long long number(const char *text) {
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    return errno || *text < '0' || *text > '9' || *end || value >= UINT32_MAX ? -1 : value;
}

int pc_user_find(const char *name, uid_t *user, gid_t *group) {
    long long value = number(name);
    errno = 0;
    struct passwd *found = value < 0 ? getpwnam(name) : getpwuid((uid_t)value);
    if (!found && (errno != 0 && errno != ENOENT && errno != ESRCH)) return -errno;
    if (!found && value < 0) return -ENOENT;
    *user = found ? found->pw_uid : (uid_t)value;
    *group = found ? found->pw_gid : (gid_t)value;
    return 0;
}

int pc_user_name(uid_t user, void *name, size_t size) {
    // Unlike those below it may be called on any thread.
    struct passwd entry, *found = NULL;
    char texts[16384];
    int code = getpwuid_r(user, &entry, texts, sizeof texts, &found);
    if (!found) return code != 0 && code != ESRCH ? -code : -ENOENT;
    size_t length = strlen(entry.pw_name);
    if (length > size) length = size;
    memcpy(name, entry.pw_name, length);
    return (int)length;
}

int pc_group_find(const char *name, gid_t *group) {
    long long value = number(name);
    if (value >= 0) {
        *group = (gid_t)value;
        return 0;
    }
    errno = 0;
    struct group *found = getgrnam(name);
    if (!found) return errno != 0 && errno != ESRCH ? -errno : -ENOENT;
    *group = found->gr_gid;
    return 0;
}

int pc_user_become(const char *name, uid_t user, gid_t group) {
    int groups = number(name) < 0 ? initgroups(name, group) : setgroups(1, &group);
    if (groups != 0 || setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0) return -errno;
    return 0;
}

int pc_user_is_final(uid_t user, gid_t group) {
    uid_t users[3];
    gid_t groups[3];
    if (getresuid(users, users + 1, users + 2) != 0 || getresgid(groups, groups + 1, groups + 2) != 0) return 0;
    for (int i = 0; i < 3; i++)
        if (users[i] != user || groups[i] != group) return 0;
    // What must not work: if it does, it is not undone, for the caller ends the process.
    return user == 0 || (setresuid(0, 0, 0) != 0 && setresgid(0, 0, 0) != 0 && setgroups(0, NULL) != 0);
}

int pc_capabilities_drop(void) {
    // Without CAP_SETPCAP the bounding set stays; with no_new_privs nothing can be got out of it.
    for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
        (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    // Root without capabilities stays so: no set is filled because of the user id.
    (void)prctl(PR_SET_SECUREBITS,
        SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED
            | SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED,
        0, 0, 0);
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 && errno != EINVAL) return -errno;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    return syscall(SYS_capset, &header, none) == 0 ? 0 : -errno;
}

int pc_capabilities_are_none(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct has[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, has) != 0) return 0;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        if (has[i].effective || has[i].permitted || has[i].inheritable) return 0;
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

int pc_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno; }

int pc_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : -errno; }

int pc_no_core_files(void) {
    struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none) == 0 ? 0 : -errno;
}

// The kernel's structures as of version 6: what the installed headers know may be older than the running kernel.
struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};
struct path_rule {
    uint64_t access;
    int32_t descriptor;
} __attribute__((packed));
struct port_rule {
    uint64_t access;
    uint64_t port;
};
enum { path_rule_type = 1, port_rule_type = 2 };

int pc_landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version < 0 ? -errno : (int)version;
}

int pc_landlock_create(uint64_t files, uint64_t network, uint64_t scopes) {
    // Members that the kernel does not know are zero, which it takes at any size.
    struct ruleset rules = {files, network, scopes};
    long descriptor = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    return descriptor < 0 ? -errno : (int)descriptor;
}

int pc_landlock_allow_path(int ruleset, const char *path, uint64_t access, uint64_t of_directories) {
    struct path_rule rule = {.access = access, .descriptor = pc_path_open(path)};
    if (rule.descriptor < 0) return rule.descriptor;
    struct stat status;
    int code = fstat(rule.descriptor, &status) == 0 ? 0 : -errno;
    if (code == 0 && !S_ISDIR(status.st_mode)) rule.access &= ~of_directories;
    if (code == 0 && syscall(SYS_landlock_add_rule, ruleset, path_rule_type, &rule, 0) != 0) code = -errno;
    close(rule.descriptor);
    return code;
}

int pc_landlock_allow_port(int ruleset, uint16_t port, uint64_t access) {
    struct port_rule rule = {.access = access, .port = port};
    return syscall(SYS_landlock_add_rule, ruleset, port_rule_type, &rule, 0) == 0 ? 0 : -errno;
}

int pc_landlock_enforce(int ruleset) { return syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 ? 0 : -errno; }

int pc_path_open(const char *path) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}
