/// Escapes of JSON strings (RFC 8259 §7), and the `\xHH` and `\u{H}` of programs.
enum JSONEscape {
    /// Digits in `\u{…}`.
    private static let bracedDigitsMax = 6

    /// The fold for the backslash at `index`.
    static func fold(_ text: Span<UInt8>, at index: Int) -> Fold? {
        guard index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case UInt8(ascii: "u"): return unicode(text, at: index)
        case UInt8(ascii: "x"): return Hex.value(text, index + 2..<index + 4).flatMap { Fold(4, toScalar: $0) }
        case UInt8(ascii: "n"): return Fold(2, to: UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): return Fold(2, to: UInt8(ascii: "\r"))
        case UInt8(ascii: "t"): return Fold(2, to: UInt8(ascii: "\t"))
        case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            return Fold(2, to: text[index + 1])
        default: return nil
        }
    }

    private static func unicode(_ text: Span<UInt8>, at index: Int) -> Fold? {
        if index + 2 < text.count, text[index + 2] == UInt8(ascii: "{") { return braced(text, at: index) }
        guard let first = Hex.value(text, index + 2..<index + 6) else { return nil }
        guard (0xD800...0xDBFF).contains(first) else { return Fold(6, toScalar: first) }
        guard index + 8 <= text.count, text[index + 6] == UInt8(ascii: "\\"), text[index + 7] == UInt8(ascii: "u"),
            let second = Hex.value(text, index + 8..<index + 12), (0xDC00...0xDFFF).contains(second)
        else { return nil }
        return Fold(12, toScalar: 0x1_0000 + (first & 0x3FF) << 10 + (second & 0x3FF))
    }

    private static func braced(_ text: Span<UInt8>, at index: Int) -> Fold? {
        var end = index + 3
        while end < text.count, end - index - 3 < bracedDigitsMax, ByteClass.isHex(text[end]) { end += 1 }
        guard end < text.count, text[end] == UInt8(ascii: "}"), let value = Hex.value(text, index + 3..<end) else {
            return nil
        }
        return Fold(end + 1 - index, toScalar: value)
    }
}

/// Hexadecimal digits.
enum Hex {
    /// The number that the bytes of `range` write; nil where they are outside the text, none, or no digits.
    static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
        guard range.upperBound <= text.count, !range.isEmpty else { return nil }
        var value: UInt32 = 0
        for index in range {
            guard ByteClass.isHex(text[index]) else { return nil }
            value = value &* 16 &+ UInt32(digit(text[index]))
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt8 {
        ByteClass.isDigit(byte) ? byte - UInt8(ascii: "0") : (byte | 0x20) - UInt8(ascii: "a") + 10
    }
}
