/// The trace that a request belongs to, from its `traceparent` field (W3C Trace Context, level 1, §3.2).
struct Traceparent: Sendable {
    /// 32 lowercase hexadecimal digits.
    let trace: ArraySlice<UInt8>
    /// The caller's span: 16 lowercase hexadecimal digits.
    let span: ArraySlice<UInt8>

    /// Reads version 00; nil for anything else, which the standard says to ignore.
    init?(_ field: ArraySlice<UInt8>) {
        let dash = UInt8(ascii: "-")
        guard field.count == 55, field.starts(with: "00-".utf8) else { return nil }
        let start = field.startIndex
        trace = field[start + 3..<start + 35]
        span = field[start + 36..<start + 52]
        guard field[start + 35] == dash, field[start + 52] == dash, Self.isIdentifier(trace), Self.isIdentifier(span),
            field[(start + 53)...].allSatisfy(Self.isHex)
        else { return nil }
    }

    private static func isIdentifier(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.allSatisfy(isHex) && !digits.allSatisfy { $0 == UInt8(ascii: "0") }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
