internal import CLinux

/// An open file: the owner of one descriptor, closed when the last reference goes.
///
/// Every operation may be called from any thread; the descriptor never changes and reads name their offset.
public final class File: Sendable {
    /// What a file is opened for.
    public enum Access: Sendable {
        /// Reading a file that exists; a symbolic link is refused, a fifo does not block.
        case read
        /// Appending to a file that must not exist yet.
        case appendNew
        /// Writing a file that must not exist yet.
        case writeNew
        /// Holding a lock; the file is made if it is not there.
        case lock
        /// Changing a file's reserved space.
        case reserve
    }

    /// The path it was opened by.
    public let path: String
    private let descriptor: Int32

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { _ = close(descriptor) }

    /// Opens `path`, close-on-exec.
    /// - Parameter mode: permission bits of a new file, exact: the process's umask is not applied.
    public static func open(_ path: String, for access: Access, mode: UInt32 = 0o600) throws(FileError) -> File {
        let flags =
            switch access {
            case .read: O_RDONLY | O_NONBLOCK
            case .appendNew: O_WRONLY | O_APPEND | O_CREAT | O_EXCL
            case .writeNew: O_WRONLY | O_CREAT | O_EXCL
            case .lock: O_RDWR | O_CREAT
            case .reserve: O_WRONLY
            }
        let descriptor = unsafe pc_file_open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw .last("open", path) }
        let file = File(descriptor: descriptor, path: path)
        switch access {
        case .appendNew, .writeNew: try file.check("fchmod", fchmod(descriptor, mode))
        case .read, .lock, .reserve: break
        }
        return file
    }

    /// Writes `bytes` with one `write(2)`.
    /// - Returns: the number of bytes taken, which may be smaller.
    public func write(_ bytes: Span<UInt8>) throws(FileError) -> Int {
        let written = unsafe bytes.withUnsafeBufferPointer { unsafe CLinux.write(descriptor, $0.baseAddress, $0.count) }
        guard written >= 0 else { throw .last("write", path) }
        return written
    }

    /// Reads at most `count` bytes at `offset` and appends them to `buffer`.
    /// - Returns: how many came; 0 at the end of the file.
    public func read(into buffer: inout [UInt8], count: Int, at offset: UInt64) throws(FileError) -> Int {
        var got = 0
        buffer.append(addingCapacity: count) { output in
            unsafe output.withUnsafeMutableBufferPointer { room, initialized in
                got = unsafe pread(descriptor, room.baseAddress, count, off_t(clamping: offset))
                initialized = max(0, got)
            }
        }
        guard got >= 0 else { throw .last("pread", path) }
        return got
    }

    /// Brings the file's data, and the metadata needed to read it, to the disk (`fdatasync`).
    ///
    /// Never call it again after it failed: the kernel may have dropped the pages, and a second call would succeed
    /// without them.
    public func synchroniseData() throws(FileError) { try check("fdatasync", fdatasync(descriptor)) }

    /// Brings a directory's entries to the disk (`fsync`).
    public func synchronise() throws(FileError) { try check("fsync", fsync(descriptor)) }

    /// Reserves `bytes` from the start of the file without changing its size (`fallocate`, `FALLOC_FL_KEEP_SIZE`).
    public func reserve(bytes: UInt64) throws(FileError) {
        try check("fallocate", pc_file_reserve(descriptor, off_t(clamping: bytes)))
    }

    /// Gives back what is reserved after `size`, which must be the file's size.
    public func releaseReservation(after size: UInt64) throws(FileError) {
        try check("ftruncate", ftruncate(descriptor, off_t(clamping: size)))
    }

    /// Sets the permission bits.
    public func setMode(_ mode: UInt32) throws(FileError) { try check("fchmod", fchmod(descriptor, mode)) }

    /// Asks the kernel to forget its clean copy of the file, so that reads come from the disk.
    public func dropCache() { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }

    /// Takes the exclusive lock (`flock`) for the life of this object.
    /// - Returns: false where someone else holds it.
    public func lockExclusively() throws(FileError) -> Bool { try lock(LOCK_EX) }

    /// Whether someone holds the exclusive lock. Takes a shared lock for an instant to find out.
    public func isLockedByOther() throws(FileError) -> Bool {
        guard try lock(LOCK_SH) else { return true }
        _ = pc_file_lock(descriptor, LOCK_UN)
        return false
    }

    /// What `fstat` says.
    public func status() throws(FileError) -> FileStatus {
        var raw = stat()
        try check("fstat", unsafe pc_file_fstat(descriptor, &raw))
        return FileStatus(raw)
    }

    /// Bytes that an unprivileged writer can still put on this file's file system.
    public func freeBytes() throws(FileError) -> UInt64 {
        var raw = statvfs()
        try check("fstatvfs", unsafe pc_file_statvfs(descriptor, &raw))
        return UInt64(raw.f_bavail) * UInt64(raw.f_frsize)
    }

    /// The kind of file system that holds this file.
    public func fileSystem() throws(FileError) -> FileSystemKind {
        var raw = statfs()
        try check("fstatfs", unsafe pc_file_statfs(descriptor, &raw))
        return FileSystemKind(magic: UInt32(truncatingIfNeeded: raw.f_type))
    }

    private func lock(_ kind: Int32) throws(FileError) -> Bool {
        if pc_file_lock(descriptor, kind | LOCK_NB) == 0 { return true }
        let error = FileError.last("flock", path)
        guard error.code == EWOULDBLOCK else { throw error }
        return false
    }

    private func check(_ operation: String, _ result: Int32) throws(FileError) {
        guard result == 0 else { throw .last(operation, path) }
    }
}
