internal import Bytes
internal import LinuxIO

/// Reads a file's lines through one buffer of 1 MiB, whatever the file's size.
struct LineReader<File: StorageFile> {
    /// What comes next. Ranges are of `buffer` and hold until the next call.
    enum Next {
        /// A line, without its LF.
        case line(Range<Int>)
        /// Bytes at the end of the file without an LF.
        case unterminated(Range<Int>)
        /// The start of a line that is longer than any record.
        case tooLong(Range<Int>)
        case end
    }

    /// Bytes of one read.
    static var chunkBytesDefault: Int { 1 << 20 }

    private(set) var buffer: [UInt8] = []
    /// Offset in the file of the line that `next` returned last.
    private(set) var lineOffset: UInt64
    private let file: File
    private var start = 0
    private var bufferOffset: UInt64
    private var isAtEnd = false
    private let chunkBytes: Int

    init(_ file: File, chunkBytes: Int = chunkBytesDefault) {
        self.file = file
        self.chunkBytes = chunkBytes
        bufferOffset = 0
        lineOffset = 0
        buffer.reserveCapacity(chunkBytes + Chain.bodyBytesMax + 1)
    }

    mutating func next() throws(FileError) -> Next {
        while true {
            lineOffset = bufferOffset + UInt64(start)
            if let end = lineEnd() {
                let line = start..<end
                start = end + 1
                return line.count > Chain.bodyBytesMax ? .tooLong(line) : .line(line)
            }
            if buffer.count - start > Chain.bodyBytesMax {
                let line = start..<buffer.count
                start = buffer.count
                return .tooLong(line)
            }
            if isAtEnd {
                let rest = start..<buffer.count
                start = buffer.count
                return rest.isEmpty ? .end : .unterminated(rest)
            }
            try fill()
        }
    }

    private func lineEnd() -> Int? { buffer.span.firstIndex(of: 0x0A, from: start) }

    private mutating func fill() throws(FileError) {
        buffer.removeFirst(start)
        bufferOffset += UInt64(start)
        start = 0
        let offset = bufferOffset + UInt64(buffer.count)
        isAtEnd = try file.read(into: &buffer, count: chunkBytes, at: offset) == 0
    }
}
