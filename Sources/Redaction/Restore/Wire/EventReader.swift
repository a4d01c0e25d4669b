/// Why a stream of events was given up. Holds nothing of it.
public enum EventStreamError: Error, Equatable, Sendable {
    /// One event is longer than this.
    case eventTooLong(limitBytes: Int)
}

/// Reads Server-Sent Events from bytes, wherever they are cut (WHATWG HTML §9.2.5 and §9.2.6).
///
/// ```
///          byte                 line end, line not empty       line end, line empty
/// inLine ────────► inLine      ────────────────► inLine      ────────────► event; inLine
/// ```
/// A line ends at CR, LF or both; the LF of a CR that ended a line is swallowed (`isBehindReturn`), wherever it comes.
/// What the standard leaves open: an event has a greatest length, and the bytes of each are kept as they came, so that
/// those in which nothing is to be done go on unchanged.
public struct EventReader: Hashable, Sendable {
    /// One event, or a block of comments and fields without data.
    public struct Event: Hashable, Sendable {
        /// The bytes as they came, the empty line included.
        public internal(set) var raw: [UInt8] = []
        /// The data lines, joined by line feeds; nil where there is none.
        public internal(set) var data: [UInt8]?
        /// The value of the last `event` field; empty where there is none.
        public internal(set) var type: [UInt8] = []
        /// All other lines than data, each with a line feed.
        public internal(set) var otherLines: [UInt8] = []
    }

    /// Bytes of an event: 1 MiB, some thousand times what a model's delta has.
    public static let eventBytesMax = 1_048_576

    private var event = Event()
    /// Where the line that is being read begins in the event's bytes.
    private var lineStart = 0
    private var isBehindReturn = false
    /// Bytes of a byte order mark that were seen; nil once the stream has begun otherwise or behind it.
    private var markBytes: Int? = 0

    /// At the beginning of a stream.
    public init() {}

    /// Bytes of the event that has not ended.
    public var pending: [UInt8] { event.raw }

    /// Takes the next bytes, any number.
    /// - Returns: the events that ended, in order.
    /// - Complexity: linear in `chunk`.
    public mutating func feed(_ chunk: [UInt8]) throws(EventStreamError) -> [Event] {
        var events: [Event] = []
        for byte in chunk {
            if isBehindReturn {
                isBehindReturn = false
                if byte == UInt8(ascii: "\n") {
                    takeLineFeed(&events)
                    continue
                }
            }
            if isMark(byte) { continue }
            guard event.raw.count < Self.eventBytesMax else { throw .eventTooLong(limitBytes: Self.eventBytesMax) }
            event.raw.append(byte)
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
            isBehindReturn = byte == UInt8(ascii: "\r")
            if endLine() {
                events.append(event)
                event = Event()
            }
            lineStart = event.raw.count
        }
        return events
    }

    /// The line feed of a line that is ended: where its event is given out already, the return alone has to do.
    private mutating func takeLineFeed(_ events: inout [Event]) {
        if !event.raw.isEmpty {
            event.raw.append(UInt8(ascii: "\n"))
            lineStart = event.raw.count
        } else if let last = events.indices.last {
            events[last].raw.append(UInt8(ascii: "\n"))
        }
    }

    /// Whether `byte` belongs to a byte order mark at the beginning, which says nothing (§9.2.6, "decode").
    private mutating func isMark(_ byte: UInt8) -> Bool {
        guard let seen = markBytes else { return false }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard byte == mark[seen] else {
            // Some of the mark and not all: it was text.
            event.raw.append(contentsOf: mark.prefix(seen))
            markBytes = nil
            return false
        }
        markBytes = seen + 1 < mark.count ? seen + 1 : nil
        return true
    }

    /// - Returns: whether the line was empty, and so ended the event.
    private mutating func endLine() -> Bool {
        let line = event.raw[lineStart..<event.raw.count - 1]
        guard !line.isEmpty else { return true }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        if line[..<colon].elementsEqual("data".utf8) {
            if event.data == nil { event.data = [] } else { event.data?.append(UInt8(ascii: "\n")) }
            event.data?.append(contentsOf: value)
        } else {
            if line[..<colon].elementsEqual("event".utf8) { event.type = Array(value) }
            event.otherLines.append(contentsOf: line)
            event.otherLines.append(UInt8(ascii: "\n"))
        }
        return false
    }
}

extension EventReader.Event {
    /// Writes an event: other lines, data line by line, and the line that ends it.
    static func write(_ data: [UInt8], otherLines: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: otherLines)
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd) {
            output.append(contentsOf: "data: ".utf8)
            output.append(contentsOf: line)
            output.append(UInt8(ascii: "\n"))
        }
        output.append(UInt8(ascii: "\n"))
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
