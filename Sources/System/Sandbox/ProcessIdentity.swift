internal import CLinux

/// User and group of the process, and what it may do because of them. For the time before a second thread is started.
public struct ProcessIdentity: Hashable, Sendable {
    /// The user's number.
    public let user: UInt32
    /// The group's number.
    public let group: UInt32
    private let name: String

    /// Looks a user up by name or number, and a group; without one, the user's own.
    /// - Throws: `SandboxError` with `ENOENT` where there is none.
    public static func find(user name: String, group: String?) throws(SandboxError) -> ProcessIdentity {
        var user: uid_t = 0
        var number: gid_t = 0
        try SandboxError.check("user \(name)", unsafe pc_user_find(name, &user, &number))
        if let group { try SandboxError.check("group \(group)", unsafe pc_group_find(group, &number)) }
        return ProcessIdentity(user: user, group: number, name: name)
    }

    private init(user: UInt32, group: UInt32, name: String) {
        self.user = user
        self.group = group
        self.name = name
    }

    /// Whether the process runs as root.
    public static var isRoot: Bool { geteuid() == 0 }

    /// Looks whether the calling thread is the only one: capabilities and Landlock are a thread's, and one that was there
    /// before would stay free.
    /// - Throws: `SandboxError`
    public static func expectOneThread() throws(SandboxError) {
        let count = pc_thread_count()
        try SandboxError.check("/proc/self/task", count)
        guard count == 1 else { throw SandboxError(what: "\(count) threads before the sandbox", code: EBUSY) }
    }

    /// Becomes this user with its groups, for good.
    /// - Throws: `SandboxError`; the process may then be half changed and must end.
    public func become() throws(SandboxError) {
        if getuid() != user || geteuid() != user || getgid() != group || getegid() != group {
            try SandboxError.check("setresuid", unsafe pc_user_become(name, user, group))
        }
        guard pc_user_is_final(user, group) == 1 else { throw SandboxError(what: "setresuid", code: 0) }
    }

    /// Gives up every capability and every way to get one, also by programs that grant some (`no_new_privs`); lets nobody
    /// read the process's memory: not debuggable, no core files.
    public static func giveUpPrivileges() throws(SandboxError) {
        try SandboxError.check("no_new_privs", pc_no_new_privileges())
        try SandboxError.check("capset", pc_capabilities_drop())
        guard pc_capabilities_are_none() == 1 else { throw SandboxError(what: "capset", code: 0) }
        try SandboxError.check("RLIMIT_CORE", pc_no_core_files())
        try SandboxError.check("PR_SET_DUMPABLE", pc_not_dumpable())
    }
}
