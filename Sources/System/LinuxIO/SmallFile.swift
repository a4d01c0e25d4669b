internal import CLinux

/// Why a file or stream could not be read or written.
public struct StreamFailure: Error, Equatable, Sendable {
    /// The path as it was given.
    public let path: String
    /// The system's error number; `EFBIG` where there is more than the reader allows.
    public let code: Int32

    /// Whether nothing is there.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    /// Whether there is more than the reader allows.
    public var isTooLarge: Bool { code == EFBIG }
    /// The system's words for the error number.
    public var reason: String { unsafe String(cString: strerror(code)) }

    static func last(_ path: String) -> StreamFailure { StreamFailure(path: path, code: pc_stream_errno()) }
}

/// Files that fit in memory and hold no secret: policies, tables, texts.
public enum SmallFile {
    /// The whole content of the file at `path`.
    /// - Parameter bytesMax: a larger file is refused (`EFBIG`), not cut.
    public static func read(_ path: String, bytesMax: Int) throws(StreamFailure) -> [UInt8] {
        let descriptor = unsafe pc_stream_open(path)
        guard descriptor >= 0 else { throw .last(path) }
        defer { _ = close(descriptor) }
        return try readUntilEnd(of: descriptor, bytesMax: bytesMax, at: path)
    }

    /// Makes the directory at `path` and those above it that are missing, for the owner alone.
    public static func makeDirectory(_ path: String) throws(StreamFailure) {
        if unsafe mkdir(path, 0o700) == 0 || pc_stream_errno() == EEXIST { return }
        guard pc_stream_errno() == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw .last(path)
        }
        try makeDirectory(String(path[..<slash]))
        if unsafe mkdir(path, 0o700) != 0 && pc_stream_errno() != EEXIST { throw .last(path) }
    }

    /// Whether something is at `path`.
    public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
}

func writeAll(_ bytes: [UInt8], to descriptor: Int32, at path: String) throws(StreamFailure) {
    var done = 0
    while done < bytes.count {
        let count = unsafe bytes[done...].withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && pc_stream_errno() == EINTR { continue }
        if count < 0 && pc_stream_errno() == EAGAIN {
            // A stream that somebody shares with us and made non-blocking: it is full, not broken.
            var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&waited, 1, -1)
            continue
        }
        guard count > 0 else { throw .last(path) }
        done += count
    }
}

func readUntilEnd(of descriptor: Int32, bytesMax: Int, at path: String) throws(StreamFailure) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && pc_stream_errno() == EINTR { continue }
        guard count >= 0 else { throw .last(path) }
        if count == 0 { return content }
        guard content.count + count <= bytesMax else { throw StreamFailure(path: path, code: EFBIG) }
        content.append(contentsOf: chunk[..<count])
    }
}
