internal import LinuxIO
internal import OpenSSL

/// A part of a segment that one thread reads and checks: the lines that begin in it.
struct BlockJob<OpenFile: StorageFile>: Sendable {
    let file: OpenFile
    /// Where in the file the lines begin.
    let range: Range<UInt64>
    /// The file's size when it was opened: what a writer has added since is not looked at.
    let size: UInt64
    /// The number of the next segment's first record: lines from it on are not this segment's.
    let limit: UInt64

    /// Bytes of a block: the memory of a thread, and small enough for its core's cache.
    static var bytes: UInt64 { 1 << 19 }
}

/// What a thread has found in a block.
struct BlockResult: Sendable {
    /// From left to right; more than one only where a walk goes on after what is wrong.
    var runs: [BlockRun] = []
    /// Line feeds that ended a line of this block.
    var lines: UInt64 = 0
    /// Why the block could not be read.
    var failure: FileError?
}

/// Neighbouring lines that are records and follow one another. Whether the first one follows what came before the block is for
/// the walk to say, which alone knows.
struct BlockRun: Sendable {
    /// What the first line says of itself.
    struct Start: Sendable {
        var seq: UInt64
        /// 64 hex digits: the hash of the record before.
        var previousHex: [UInt8]
        var previousStart: Int
        /// Of a line whose time can be read.
        var time: WallTime?
        var timeStart: Int
        /// Where in the line `clock_skew_us` has its value.
        var clockSkew: Int?
    }

    /// A line that decides what may follow.
    struct Notable: Sendable {
        var seq: UInt64
        var type: NotableType
        var offset: UInt64
        /// The line, where its members matter.
        var line: [UInt8]
        /// Offset in the file of what follows.
        var end: UInt64
    }

    /// What ended the run.
    enum Stop: Sendable {
        /// The block's end.
        case blockEnd
        /// The number of the next segment's first record.
        case limit
        /// A line that is wrong, or that does not follow the one before.
        case fault(LineFault)
        /// Bytes at the end of the file without a line feed.
        case unterminated(count: Int)
    }

    /// Offset in the file of its first line.
    var offset: UInt64
    /// Lines of the block before it.
    var line: UInt64
    /// Nil where not even the first line could be read that far.
    var start: Start?
    /// Lines that are right.
    var count: UInt64 = 0
    /// Offset after the last of them.
    var end: UInt64
    /// 64 hex digits: the hash of the last one.
    var lastHex: [UInt8] = []
    var lastTime: WallTime?
    var leaves = FoldedLeaves()
    var notables: [Notable] = []
    var stop = Stop.blockEnd
}

/// Types of records that the rules of a log are about; all others may stand anywhere.
enum NotableType: String, CaseIterable, Sendable {
    case genesis = "log.genesis"
    case segmentOpen = "segment.open"
    case gatewayStart = "gateway.start"
    case gatewayStop = "gateway.stop"
    case keyRotate = "key.rotate"
    case prune = "log.prune"
    /// Any other.
    case other = "another record"

    /// Whether more of the line than its type matters.
    var hasMembers: Bool {
        switch self {
        case .genesis, .segmentOpen, .keyRotate, .prune: true
        case .gatewayStart, .gatewayStop, .other: false
        }
    }

    private static let names = allCases.map { (type: $0, bytes: Array($0.rawValue.utf8)) }

    /// The type that stands at `range` of `line`.
    init?(_ line: Span<UInt8>, _ range: Range<Int>) {
        // Nearly every line is a request's: one look tells.
        guard line[range.lowerBound] != UInt8(ascii: "r") else { return nil }
        for name in Self.names where name.bytes.count == range.count && line.matches(name.bytes, at: range.lowerBound) {
            self = name.type
            return
        }
        return nil
    }
}
