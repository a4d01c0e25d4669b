internal import Bytes
internal import OpenSSL

/// What a line has to continue.
package struct LineExpectation: Sendable {
    /// The number it must have.
    package var seq: UInt64
    /// The 64 hex digits of the record before, or zeros.
    package var previousHex: [UInt8]
    /// The time it must not be before; nil for the first record.
    package var notBefore: WallTime?

    package init(seq: UInt64 = 0, previousHex: [UInt8] = Chain.noHash, notBefore: WallTime? = nil) {
        self.seq = seq
        self.previousHex = previousHex
        self.notBefore = notBefore
    }
}

/// A line that is one record in its place.
package struct CheckedLine: Sendable {
    /// Its place in the line of records.
    package var seq: UInt64
    /// Its type; nil for one that this version does not know.
    package var type: RecordType?
    /// Its time.
    package var time: WallTime
}

/// Checks one line against the format and the record before it, in the order of `docs/formats/audit-log.md` §13.
///
/// A pure function of bytes: no files, no clock. It keeps its hash context and its memory between lines.
package struct LineChecker: ~Copyable {
    private var hasher = SHA256()
    private var scanner = ProfileScanner()
    private var computedHex = ByteBuffer(capacity: 64)

    package init() {}

    /// The hash, in hex, of the line that `check` last accepted.
    package var hashHex: [UInt8] { computedHex.array() }

    /// Checks `line`, which is without its LF.
    package mutating func check(
        _ line: Span<UInt8>, against expected: LineExpectation
    ) throws(LineFault) -> CheckedLine {
        try Self.checkBytes(line)
        let frame = try Self.frame(of: line)
        guard frame.seq == expected.seq else {
            throw LineFault(.seq, at: Chain.head.count, "found seq \(frame.seq)")
        }
        guard line.matches(expected.previousHex, at: frame.previousStart) else {
            throw LineFault(.previousMismatch, at: frame.previousStart, "prev is not the hash of the record before")
        }
        guard isHashRight(line) else { throw LineFault(.hashMismatch, "the hash is not that of the record") }
        try scanner.check(line)
        let time = try checkTime(line, frame, notBefore: expected.notBefore)
        return CheckedLine(seq: frame.seq, type: Self.type(line, frame), time: time)
    }

    /// Whether `line` is shaped like a record and its hash is that of its bytes, whatever its place.
    package mutating func isRecord(_ line: Span<UInt8>) -> Bool {
        guard line.count > Chain.tailBytes, line.count <= Chain.bodyBytesMax, line.matches(Chain.head, at: 0),
            line.matches(Chain.hashMember, at: line.count - Chain.hashTailBytes - 1),
            line.matches(Chain.end, at: line.count - 2)
        else { return false }
        return isHashRight(line)
    }

    /// The number and type that `line` claims, unchecked; nil where it is not shaped like a record.
    static func peek(_ line: Span<UInt8>) -> (seq: UInt64, type: RecordType?)? {
        guard let frame = try? frame(of: line) else { return nil }
        return (frame.seq, type(line, frame))
    }

    private mutating func isHashRight(_ line: Span<UInt8>) -> Bool {
        let part = line.extracting(0..<(line.count - Chain.hashTailBytes))
        computedHex.truncate(to: 0)
        LineAssembler.hash(part, with: &hasher).appendHex(to: &computedHex)
        return computedHex.withSpan { hex in
            hex.indices.allSatisfy { hex[$0] == line[line.count - 66 + $0] }
        }
    }

    private func checkTime(
        _ line: Span<UInt8>, _ frame: Frame, notBefore: WallTime?
    ) throws(LineFault) -> WallTime {
        guard let time = WallTime(line, at: frame.timeStart) else {
            throw LineFault(.timeFormat, at: frame.timeStart, "not a time of the form YYYY-MM-DDTHH:MM:SS.ffffffZ")
        }
        if let notBefore, time < notBefore {
            throw LineFault(.timeOrder, at: frame.timeStart, "before the record before it, \(notBefore.text)")
        }
        if let skew = scanner.clockSkew {
            let isPositive = line[skew.lowerBound] &- UInt8(ascii: "1") < 9
            guard isPositive, time == notBefore else {
                throw LineFault(
                    .clockSkew, at: skew.lowerBound,
                    "clock_skew_us without the time of the record before, or not above 0")
            }
        }
        return time
    }

    private static func type(_ line: Span<UInt8>, _ frame: Frame) -> RecordType? {
        for (bytes, type) in types where bytes.count == frame.typeEnd - frame.typeStart {
            if line.matches(bytes, at: frame.typeStart) { return type }
        }
        return nil
    }

    /// The common types first.
    private static let types: [([UInt8], RecordType)] =
        [.requestEnd, .connectionReject].map { (Array($0.rawValue.utf8), $0) }
        + RecordType.allCases.map { (Array($0.rawValue.utf8), $0) }
}

extension LineChecker.Frame {
    /// The frame of `line`, or nil where it has none.
    init?(of line: Span<UInt8>) {
        guard let frame = try? LineChecker.frame(of: line) else { return nil }
        self = frame
    }
}

extension LineChecker {
    /// Where the fixed members of a line are.
    struct Frame {
        var seq: UInt64
        var timeStart: Int
        var typeStart: Int
        var typeEnd: Int
        var previousStart: Int
    }

    private static func checkBytes(_ line: Span<UInt8>) throws(LineFault) {
        guard line.count <= Chain.bodyBytesMax else { throw LineFault(.lineTooLong, "\(line.count) bytes") }
        guard line.count > 0 else { throw LineFault(.blankLine, "an empty line") }
        var index = 0
        while index < line.count {
            let byte = line[index]
            if byte &- 0x20 < 0x5F {
                index += 1
                continue
            }
            if byte == 0x0D { throw LineFault(.carriageReturn, at: index, "a carriage return") }
            if byte < 0x80 { throw LineFault(.controlByte, at: index, "byte \(byte)") }
            let (count, isWellFormed) = TextProfile.sequence(in: line, at: index)
            guard isWellFormed else { throw LineFault(.notUTF8, at: index, "not UTF-8") }
            index += count
        }
        if line.matches([0xEF, 0xBB, 0xBF], at: 0) { throw LineFault(.byteOrderMark, "a byte order mark") }
    }

    fileprivate static func frame(of line: Span<UInt8>) throws(LineFault) -> Frame {
        guard line.matches(Chain.head, at: 0) else { throw LineFault(.shape, "does not begin with v and seq") }
        var index = Chain.head.count
        let seqStart = index
        var seq: UInt64 = 0
        while index < line.count, line[index] &- UInt8(ascii: "0") < 10, index - seqStart < 16 {
            seq = seq * 10 + UInt64(line[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard index > seqStart, line[seqStart] != UInt8(ascii: "0") || index == seqStart + 1 else {
            throw LineFault(.shape, at: seqStart, "seq is not an integer in its shortest form")
        }
        let timeStart = index + Chain.timeMember.count
        let typeStart = timeStart + WallTime.byteCount + Chain.typeMember.count
        guard line.matches(Chain.timeMember, at: index),
            line.matches(Chain.typeMember, at: timeStart + WallTime.byteCount)
        else { throw LineFault(.shape, at: index, "time and type do not follow seq") }
        index = typeStart
        while index < line.count, isTypeByte(line[index]), index - typeStart < 64 { index += 1 }
        let tail = line.count - Chain.tailBytes
        guard index > typeStart, index + 1 <= tail, line[index] == UInt8(ascii: "\""),
            line[index + 1] == UInt8(ascii: ",")
        else { throw LineFault(.shape, at: typeStart, "the type is not a name") }
        try checkTail(line, at: tail)
        return Frame(
            seq: seq, timeStart: timeStart, typeStart: typeStart, typeEnd: index,
            previousStart: tail + Chain.previousMember.count)
    }

    private static func checkTail(_ line: Span<UInt8>, at tail: Int) throws(LineFault) {
        let previousStart = tail + Chain.previousMember.count
        let hashMember = previousStart + 64
        let hashStart = hashMember + Chain.hashMember.count
        guard line.matches(Chain.previousMember, at: tail), isHex(line, previousStart),
            line.matches(Chain.hashMember, at: hashMember), isHex(line, hashStart),
            line.matches(Chain.end, at: line.count - 2)
        else { throw LineFault(.shape, at: tail, "does not end with prev and hash") }
    }

    private static func isTypeByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_")
    }

    private static func isHex(_ line: Span<UInt8>, _ start: Int) -> Bool {
        var index = start
        while index < start + 64 {
            guard areHexDigits(line.word(at: index)) else { return false }
            index += 8
        }
        return true
    }

    /// Whether all eight bytes are lowercase hexadecimal digits, without looking at each.
    private static func areHexDigits(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        // In ASCII, adding to seven bits tells by the eighth whether a byte is at least a bound.
        let isDigit = (word &+ ones &* (0x80 - 0x30)) & ~(word &+ ones &* (0x80 - 0x3A))
        let isLetter = (word &+ ones &* (0x80 - 0x61)) & ~(word &+ ones &* (0x80 - 0x67))
        return word & tops == 0 && (isDigit | isLetter) & tops == tops
    }
}
