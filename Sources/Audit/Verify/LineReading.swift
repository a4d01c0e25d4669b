internal import Bytes
internal import OpenSSL

/// What a line that is a record says of itself, whatever came before it.
struct LineFacts {
    /// Its number.
    var seq: UInt64
    /// Its time.
    var time: WallTime
    /// Where in the line the time, the hash of the record before and its own hash begin.
    var timeStart: Int
    var previousStart: Int
    var hashStart: Int
    /// Where its type is.
    var type: Range<Int>
    /// Where `clock_skew_us` has its value.
    var clockSkew: Int?
    /// Its leaf hash (RFC 6962 §2.1).
    var leaf: SHA256Digest
}

/// Reads lines as fast as it can and says of each only whether it is a record: for what is wrong with one, ask `LineChecker`,
/// which takes the rules in the order in which the format names them.
///
/// Both must agree about every line; `Tests/Fuzz` compares them.
struct LineReading: ~Copyable {
    private var hasher = SHA256Pair()
    private var scanner = ProfileScanner()
    private var computedHex = ByteBuffer(capacity: 64)
    /// The time up to its second that was read last, which most lines share with the one before.
    private var second: (start: [UInt8], microseconds: Int64) = ([], 0)

    init() {}

    /// What `line`, which is without its LF, says of itself, or nil where it is no record.
    mutating func read(_ line: Span<UInt8>) -> LineFacts? {
        guard line.count <= Chain.bodyBytesMax, let frame = LineChecker.Frame(of: line), let time = time(line, frame)
        else { return nil }
        let hashStart = line.count - 66
        computedHex.truncate(to: 0)
        let (hash, leaf) = hasher.digests(
            Chain.domain, line.extracting(0..<(line.count - Chain.hashTailBytes)), MerkleTree.leafPrefix, line)
        hash.appendHex(to: &computedHex)
        let isRight = computedHex.withSpan { line.equals(at: hashStart, $0, at: 0, count: 64) }
        guard isRight, scanner.accepts(line) else { return nil }
        if let skew = scanner.clockSkew, line[skew.lowerBound] &- UInt8(ascii: "1") >= 9 { return nil }
        return LineFacts(
            seq: frame.seq, time: time, timeStart: frame.timeStart, previousStart: frame.previousStart,
            hashStart: hashStart, type: frame.typeStart..<frame.typeEnd, clockSkew: scanner.clockSkew?.lowerBound,
            leaf: leaf)
    }

    /// Reads the time, of which the part up to the second is most often the same as in the line before.
    private mutating func time(_ line: Span<UInt8>, _ frame: LineChecker.Frame) -> WallTime? {
        let start = frame.timeStart
        if second.start.count == Self.secondBytes,
            line.equals(at: start, second.start.span, at: 0, count: Self.secondBytes),
            line[start + WallTime.byteCount - 1] == UInt8(ascii: "Z")
        {
            var fraction: Int64 = 0
            for index in (start + Self.secondBytes)..<(start + WallTime.byteCount - 1) {
                let digit = line[index] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                fraction = fraction * 10 + Int64(digit)
            }
            return WallTime(microseconds: second.microseconds + fraction)
        }
        guard let time = WallTime(line, at: start) else { return nil }
        second.start.removeAll(keepingCapacity: true)
        RawBytes.append(line.extracting(start..<(start + Self.secondBytes)), to: &second.start)
        second.microseconds = time.microseconds - time.microseconds % 1_000_000
        return time
    }

    /// Bytes of `2026-11-20T08:00:00.`.
    private static let secondBytes = 20
}
