internal import Bytes

/// The one way in which a string is written in a record (`docs/formats/audit-log.md` §4).
///
/// Besides what JSON demands, it escapes what could make one line look like two, or a reviewer's terminal show
/// something else: C1 controls, U+2028 and U+2029, the byte order mark, and the bidirectional controls.
enum TextProfile {
    /// Appends `text` as the inside of a string: at most `bytesMax` bytes of it, cut at a character.
    ///
    /// Each maximal ill-formed part (Unicode 15, §3.9, U+FFFD substitution) becomes U+FFFD and counts as three bytes.
    /// - Returns: whether something was cut.
    static func append(_ text: [UInt8], bytesMax: Int, to output: inout ByteBuffer) -> Bool {
        var index = 0
        var room = bytesMax
        while index < text.count {
            let runStart = index
            let runEnd = min(text.count, index + room)
            index = text.span.extracting(..<runEnd).plainRunEnd(from: index)
            if index > runStart {
                output.append(text.span.extracting(runStart..<index))
                room -= index - runStart
                continue
            }
            if room == 0 { return true }
            let (count, isWellFormed) = sequence(in: text.span, at: index)
            let written = isWellFormed ? count : 3
            if written > room { return true }
            if isWellFormed {
                appendScalar(text.span, at: index, count: count, to: &output)
            } else {
                output.append(replacement)
            }
            room -= written
            index += count
        }
        return false
    }

    /// Printable ASCII that stands for itself.
    static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// The well-formed sequence, or else the maximal ill-formed part, that starts at `index`.
    static func sequence(in text: Span<UInt8>, at index: Int) -> (count: Int, isWellFormed: Bool) {
        let lead = text[index]
        if lead < 0x80 { return (1, true) }
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        default: return (1, false)
        }
        guard index + 1 < text.count, second.contains(text[index + 1]) else { return (1, false) }
        for offset in 2..<max(2, length) {
            guard index + offset < text.count, text[index + offset] & 0xC0 == 0x80 else { return (offset, false) }
        }
        return (length, true)
    }

    /// The four hex digits that the character at `index` is escaped with, or nil where it is written as it is.
    ///
    /// The characters that have a short escape, `"`, `\`, U+0008, U+0009, U+000A, U+000C and U+000D, are not asked about.
    static func escapedScalar(_ text: Span<UInt8>, at index: Int, count: Int) -> UInt16? {
        switch count {
        case 1: return text[index] < 0x20 || text[index] == 0x7F ? UInt16(text[index]) : nil
        case 2: return text[index] == 0xC2 && text[index + 1] < 0xA0 ? UInt16(text[index + 1]) : nil
        case 3:
            let scalar =
                UInt16(text[index] & 0x0F) << 12 | UInt16(text[index + 1] & 0x3F) << 6 | UInt16(text[index + 2] & 0x3F)
            return mustEscape(scalar) ? scalar : nil
        default: return nil
        }
    }

    /// Whether a character has to be written as `\u` and four digits.
    static func mustEscape(_ scalar: UInt16) -> Bool {
        switch scalar {
        case 0x00...0x1F: ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(scalar)
        case 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private static func appendScalar(_ text: Span<UInt8>, at index: Int, count: Int, to output: inout ByteBuffer) {
        switch text[index] {
        case UInt8(ascii: "\""): output.append(literal: #"\""#)
        case UInt8(ascii: "\\"): output.append(literal: #"\\"#)
        case 0x08: output.append(literal: #"\b"#)
        case 0x09: output.append(literal: #"\t"#)
        case 0x0A: output.append(literal: #"\n"#)
        case 0x0C: output.append(literal: #"\f"#)
        case 0x0D: output.append(literal: #"\r"#)
        default:
            guard let scalar = escapedScalar(text, at: index, count: count) else {
                for offset in 0..<count { output.append(text[index + offset]) }
                return
            }
            output.append(literal: #"\u"#)
            output.append(hex: UInt64(scalar), digits: 4)
        }
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
}
