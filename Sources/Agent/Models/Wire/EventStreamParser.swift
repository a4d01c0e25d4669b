/// Cuts a stream of Server-Sent Events (HTML Living Standard §9.2.6) into the data of its events.
///
/// ```
///            CR, LF, CRLF                       empty line
/// bytes ──────────────────► lines ─► data ──────────────────► event
/// ```
/// What the standard leaves open: an event may have `modelEventBytesMax` bytes, and so may a line; comments are dropped as
/// they come. Names, ids and retry times of events are ignored. An event that the stream's end cuts off is dropped, as the
/// standard has it.
struct EventStreamParser: Hashable {
    /// A line or an event is longer than it may be.
    struct TooLong: Error, Hashable {}

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    /// A line feed that comes next belongs to the line's end before it.
    private var isAfterReturn = false
    private var isComment = false
    /// Bytes of a byte order mark that were seen at the stream's start; nil once it has begun.
    private var markBytes: Int? = 0
    private let bytesMax: Int

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(bytesMax: Int = AgentLimits.modelEventBytesMax) { self.bytesMax = bytesMax }

    /// Takes the next bytes and hands each event that ends in them to `event`.
    mutating func take(_ bytes: [UInt8], event: ([UInt8]) -> Void) throws(TooLong) {
        for byte in bytes {
            if let seen = markBytes {
                if byte == Self.byteOrderMark[seen] {
                    markBytes = seen == 2 ? nil : seen + 1
                    continue
                }
                markBytes = nil
                line = Array(Self.byteOrderMark[..<seen])
            }
            if byte == 0x0A && isAfterReturn {
                isAfterReturn = false
                continue
            }
            isAfterReturn = byte == 0x0D
            guard byte == 0x0A || byte == 0x0D else {
                try append(byte)
                continue
            }
            try endLine(event)
        }
    }

    private mutating func append(_ byte: UInt8) throws(TooLong) {
        if line.isEmpty && byte == UInt8(ascii: ":") { isComment = true }
        if isComment { return }
        guard line.count < bytesMax else { throw TooLong() }
        line.append(byte)
    }

    private mutating func endLine(_ event: ([UInt8]) -> Void) throws(TooLong) {
        defer {
            line.removeAll(keepingCapacity: true)
            isComment = false
        }
        if isComment { return }
        guard !line.isEmpty else {
            if hasData { event(data) }
            data.removeAll(keepingCapacity: true)
            hasData = false
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        guard line[..<colon].elementsEqual("data".utf8) else { return }
        var value = line.dropFirst(colon + 1)
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        guard data.count + value.count < bytesMax else { throw TooLong() }
        if hasData { data.append(0x0A) }
        data += value
        hasData = true
    }
}
