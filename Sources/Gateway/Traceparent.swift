internal import Bytes

/// The trace that a request belongs to, from its `traceparent` field (W3C Trace Context, level 1, §3.2).
struct Traceparent: Sendable {
    /// 32 lowercase hexadecimal digits.
    let trace: ArraySlice<UInt8>
    /// The caller's span: 16 lowercase hexadecimal digits.
    let span: ArraySlice<UInt8>
    /// Whether the caller records the trace (§3.2.2.5.1).
    let isSampled: Bool

    /// Reads version 00, and of a later version what version 00 has (§3.2.4, "Versioning of traceparent"); nil for
    /// anything else, which the standard says to ignore.
    init?(_ field: ArraySlice<UInt8>) {
        let dash = UInt8(ascii: "-")
        guard field.count >= 55 else { return nil }
        let start = field.startIndex
        let version = field[start..<start + 2]
        trace = field[start + 3..<start + 35]
        span = field[start + 36..<start + 52]
        let flags = field[start + 53..<start + 55]
        guard field[start + 2] == dash, field[start + 35] == dash, field[start + 52] == dash,
            version.allSatisfy(Self.isHex), !version.elementsEqual("ff".utf8),
            Self.isIdentifier(trace), Self.isIdentifier(span), flags.allSatisfy(Self.isHex)
        else { return nil }
        // A later version may go on, after a dash.
        if field.count > 55, version.elementsEqual("00".utf8) || field[start + 55] != dash { return nil }
        // Of the flags only this one means anything here; the value of a digit's last bit is its ASCII code's.
        let low = field[start + 54]
        isSampled = (low >= UInt8(ascii: "a") ? low - UInt8(ascii: "a") + 10 : low) & 1 == 1
    }

    /// The field for what follows from the request here: `span` is ours.
    static func field(trace: [UInt8], span: UInt64, isSampled: Bool) -> [UInt8] {
        var field = ByteBuffer(capacity: 55)
        field.append(literal: "00-")
        field.append(trace)
        field.append(UInt8(ascii: "-"))
        field.append(hex: span)
        field.append(literal: isSampled ? "-01" : "-00")
        return field.array()
    }

    private static func isIdentifier(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.allSatisfy(isHex) && !digits.allSatisfy { $0 == UInt8(ascii: "0") }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

/// What other tracing systems say of the trace, from `tracestate` fields (§3.3): passed on as it is, or not at all.
enum Tracestate {
    /// The bytes that the standard says to pass on at least; more is dropped whole, which it allows.
    static let bytesMax = 512
    static let membersMax = 32

    /// The fields as one list; empty where there is none, or where it is no list of `key=value`.
    static func combined(_ fields: [ArraySlice<UInt8>]) -> [UInt8] {
        let list = Array(fields.joined(separator: [UInt8(ascii: ",")]))
        guard !list.isEmpty, list.count <= bytesMax else { return [] }
        let members = list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(trimmed)
            .filter { !$0.isEmpty }
        guard (1...membersMax).contains(members.count), members.allSatisfy(isMember) else { return [] }
        guard Set(members.map { Array(key(of: $0)) }).count == members.count else { return [] }
        return Array(members.joined(separator: [UInt8(ascii: ",")]))
    }

    private static func trimmed(_ member: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var member = member.drop(while: isBlank)
        while let last = member.last, isBlank(last) { member.removeLast() }
        return member
    }

    private static func key(of member: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        member.prefix { $0 != UInt8(ascii: "=") }
    }

    /// §3.3.1.3: a key of lower-case letters, digits and `_-*/@`, 256 at most; a value of printable ASCII without comma,
    /// equals sign or a blank at its end, 1 to 256 bytes.
    private static func isMember(_ member: ArraySlice<UInt8>) -> Bool {
        let key = key(of: member)
        let value = member.dropFirst(key.count + 1)
        guard (1...256).contains(key.count), (1...256).contains(value.count), let first = key.first else {
            return false
        }
        let isLetterOrDigit = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return isLetterOrDigit(first) && key.allSatisfy { isLetterOrDigit($0) || "_-*/@".utf8.contains($0) }
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
    }
}
