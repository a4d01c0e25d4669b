internal import CLinux

/// What the system says about this process and this boot.
public enum FileProcess {
    /// The process id.
    public static var identifier: Int32 { getpid() }

    /// The random id of the running boot, from `/proc/sys/kernel/random/boot_id`, 36 characters.
    public static func bootIdentifier() throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try File.open("/proc/sys/kernel/random/boot_id", for: .read).read(into: &bytes, count: 64, at: 0)
        return Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
    }
}

extension FileProcess {
    /// The path of this process's executable file.
    public static func executablePath() throws(FileError) -> String {
        let link = "/proc/self/exe"
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink(link, &path, path.count)
        guard count > 0, count < path.count else { throw FileError("readlink", link, code: pc_file_errno()) }
        return String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The path that `path` leads to when every link is followed; nil where nothing is there.
    public static func resolvedPath(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// `path` from the root: one that is relative begins at the working folder of this process.
    public static func absolutePath(_ path: String) throws(FileError) -> String {
        if path.hasPrefix("/") { return path }
        var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard unsafe getcwd(&folder, folder.count) != nil else { throw FileError("getcwd", ".", code: pc_file_errno()) }
        let base = String(decoding: folder.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path == "." ? base : (base == "/" ? "" : base) + "/" + path
    }
}

extension FileProcess {
    /// A variable of the environment that the process was started with.
    public static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
