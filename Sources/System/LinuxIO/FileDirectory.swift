internal import CLinux

/// Names in the file system: directories, renames, removal.
public enum FileDirectory {
    /// The names in the directory at `path`, without `.` and `..`, in no order.
    public static func names(in path: String) throws(FileError) -> [String] {
        guard let directory = unsafe opendir(path) else { throw .last("opendir", path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// What stands at `path`; a symbolic link is not followed.
    public static func status(of path: String) throws(FileError) -> FileStatus {
        var raw = stat()
        guard unsafe pc_file_stat(path, &raw) == 0 else { throw .last("lstat", path) }
        return FileStatus(raw)
    }

    /// Makes the directory at `path` with exactly these permission bits. Its parent must exist.
    public static func make(_ path: String, mode: UInt32) throws(FileError) {
        guard unsafe mkdir(path, mode) == 0 else { throw .last("mkdir", path) }
        // Not by path: a confined process may not.
        try File.open(path, for: .read).setMode(mode)
    }

    /// Renames `old` to `new`, which must not exist (`RENAME_NOREPLACE`).
    public static func rename(_ old: String, toNew new: String) throws(FileError) {
        guard unsafe pc_file_rename_new(old, new) == 0 else { throw .last("renameat2", new) }
    }

    /// Renames `old` to `new`, which is replaced if it exists.
    public static func replace(_ new: String, by old: String) throws(FileError) {
        guard unsafe pc_file_rename(old, new) == 0 else { throw .last("rename", new) }
    }

    /// Removes the file at `path`.
    public static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 else { throw .last("unlink", path) }
    }

    /// Brings the names in the directory at `path` to the disk.
    public static func synchronise(_ path: String) throws(FileError) {
        try File.open(path, for: .read).synchronise()
    }
}
