internal import CLinux

/// A file of numbers that stays on the disk: the kernel brings its pages when they are read and may drop them again, so that
/// processes share them and none pays for them in memory of its own.
///
/// Who can shorten the file while it is mapped can end the process (SIGBUS): it belongs into a folder that only the deployer
/// writes to, and is replaced by renaming another over it.
///
/// `@safe` and `@unchecked Sendable`: the mapping is made once, for reading alone, and undone with the last reference; spans
/// end with the closure that they are lent to, while this object is held.
@safe public final class MappedFile: @unchecked Sendable {
    /// The path it was opened by.
    public let path: String
    /// Bytes of the file when it was opened; at least 1.
    public let byteCount: Int
    private let start: UnsafeRawPointer

    private init(adopting start: UnsafeRawPointer, byteCount: Int, path: String) {
        unsafe self.start = start
        self.byteCount = byteCount
        self.path = path
    }

    deinit { _ = unsafe pc_file_unmap(start, byteCount) }

    /// Maps the regular file at `path`; a symbolic link is followed.
    /// - Parameter bytesMax: a larger file is refused (`FileError.tooLargeCode`).
    public static func open(_ path: String, bytesMax: Int) throws(FileError) -> MappedFile {
        let descriptor = unsafe pc_file_open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0)
        guard descriptor >= 0 else { throw .last("open", path) }
        // The mapping keeps the file, not the descriptor.
        defer { _ = close(descriptor) }
        var raw = stat()
        guard unsafe pc_file_fstat(descriptor, &raw) == 0 else { throw .last("fstat", path) }
        let status = FileStatus(raw)
        guard status.kind == .regular else { throw FileError("mmap", path, code: ENODEV) }
        guard status.size <= UInt64(max(0, bytesMax)) else { throw FileError("mmap", path, code: EFBIG) }
        // mmap(2) refuses no bytes as well, with EINVAL.
        let byteCount = Int(status.size)
        guard let start = unsafe pc_file_map(descriptor, byteCount) else { throw .last("mmap", path) }
        return unsafe MappedFile(adopting: start, byteCount: byteCount, path: path)
    }

    /// Lends the bytes in `range`.
    /// - Precondition: they are inside the file.
    public func withBytes<Value, Failure: Error>(
        in range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "bytes inside the file")
        let bytes = unsafe UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
        return try unsafe body(bytes.bindMemory(to: UInt8.self).span)
    }

    /// Lends the bytes in `range` as numbers of single precision, lowest byte first (as each machine here has them).
    /// - Precondition: they are inside the file, begin at a multiple of four bytes and are whole numbers.
    public func withFloats<Value, Failure: Error>(
        in range: Range<Int>, _ body: (Span<Float>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "numbers inside the file")
        precondition(range.lowerBound % 4 == 0 && range.count % 4 == 0, "numbers at their alignment")
        let bytes = unsafe UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
        return try unsafe body(bytes.assumingMemoryBound(to: Float.self).span)
    }
}
