internal import CLinux

/// A file or standard input that is read piece by piece, so that it may be larger than memory.
public final class ChunkedInput {
    /// The path as it was given.
    public let path: String
    /// Bytes of a regular file; nil where the end is not known.
    public let byteCount: Int?
    private let descriptor: Int32
    private var chunk: [UInt8]

    /// Opens the file at `path`; `-` is standard input.
    /// - Parameter chunkBytes: bytes that are read at once, at most.
    public init(_ path: String, chunkBytes: Int = 65_536) throws(StreamFailure) {
        self.path = path == "-" ? "standard input" : path
        descriptor = path == "-" ? StandardStream.input.rawValue : unsafe pc_stream_open(path)
        guard descriptor >= 0 else { throw .last(path) }
        chunk = [UInt8](repeating: 0, count: chunkBytes)
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0 && status.st_mode & UInt32(S_IFMT) == UInt32(S_IFREG)
        byteCount = isKnown ? Int(status.st_size) : nil
    }

    deinit { if descriptor != StandardStream.input.rawValue { _ = close(descriptor) } }

    /// The next bytes as soon as there are some; none at the end.
    public func read() throws(StreamFailure) -> [UInt8] {
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes {
                unsafe CLinux.read(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 { return Array(chunk[..<count]) }
            guard pc_stream_errno() == EINTR else { throw .last(path) }
        }
    }
}
