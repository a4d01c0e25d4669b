internal import CLinux

/// Paths and ports that the process is bound to (landlock(7)). It binds the calling thread and those that it starts, so
/// the one thread that there is at the start calls it.
public struct Landlock: Sendable {
    /// Files that are read, and folders with all that is in them.
    public var readable: [String] = []
    /// Folders whose files are read, written, made, renamed and removed, and in which folders are made.
    public var writable: [String] = []
    /// Ports that TCP connections may be made to.
    public var connectPorts: [UInt16] = []

    /// Nothing at all.
    public init() {}

    /// The first version that has rules for ports.
    public static let portsVersion = 4

    /// The version of the kernel's interface: 1 and 2 have no rule for truncation, those before 4 none for the network.
    /// - Throws: `SandboxError` where the kernel has none, or did not start it (`lsm=`).
    public static func version() throws(SandboxError) -> Int {
        let version = pc_landlock_version()
        try SandboxError.check("Landlock", version)
        return Int(version)
    }

    private enum Files {
        static let writeFile: UInt64 = 1 << 1
        static let readFile: UInt64 = 1 << 2
        static let readFolder: UInt64 = 1 << 3
        static let removeFile: UInt64 = 1 << 5
        static let makeFolder: UInt64 = 1 << 7
        static let makeFile: UInt64 = 1 << 8
        static let truncate: UInt64 = 1 << 14

        /// All rights that a version knows: what is not allowed by a rule is then refused.
        static func all(version: Int) -> UInt64 {
            let count = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13
            return (1 << count) - 1
        }

        static let ofFolders = readFolder | removeFile | makeFile | makeFolder
        static let read = readFile | readFolder
        static let write = read | writeFile | removeFile | makeFile | makeFolder | truncate
    }

    private enum Network {
        static let bind: UInt64 = 1 << 0
        static let connect: UInt64 = 1 << 1
    }

    /// Abstract sockets of others, and signals to others.
    private static let scopes: UInt64 = 0b11

    /// Puts the rules in force, for good. No port can be bound afterwards. A path that does not exist is left out: nothing is
    /// there to be opened, and whoever needs it will say so.
    /// - Throws: `SandboxError`
    public func enforce() throws(SandboxError) {
        let version = try Self.version()
        let handled = Files.all(version: version)
        let ruleset = pc_landlock_create(
            handled, version >= Self.portsVersion ? Network.bind | Network.connect : 0, version >= 6 ? Self.scopes : 0)
        try SandboxError.check("Landlock", ruleset)
        defer { _ = close(ruleset) }
        for path in readable { try allow(path, Files.read & handled, in: ruleset) }
        for path in writable { try allow(path, Files.write & handled, in: ruleset) }
        if version >= Self.portsVersion {
            for port in connectPorts {
                try SandboxError.check("Landlock", pc_landlock_allow_port(ruleset, port, Network.connect))
            }
        }
        try SandboxError.check("Landlock", pc_landlock_enforce(ruleset))
    }

    private func allow(_ path: String, _ access: UInt64, in ruleset: Int32) throws(SandboxError) {
        let result = unsafe pc_landlock_allow_path(ruleset, path, access, Files.ofFolders)
        if result == -ENOENT || result == -EACCES || result == -ENOTDIR { return }
        try SandboxError.check("Landlock: \(path)", result)
    }

    /// Keeps the kernel's node for `path` as it is for the life of the process, without a right to it: those of `/proc` may
    /// otherwise be made anew, and a rule would be about one that is gone.
    public static func pin(_ path: String) { _ = unsafe pc_path_open(path) }
}
