/// What a byte can start in the trigger pass. Most bytes start nothing.
enum ByteClass: UInt8, Comparable {
    case plain
    /// A byte within a letter; between words it says nothing.
    case continuation
    case digit, at, colon
    /// A byte that some prefix of a key is recognised by.
    case anchor
    /// A letter of ASCII, or the first byte of a letter of another alphabet.
    case letter
    /// Both.
    case letterAnchor

    static func < (left: ByteClass, right: ByteClass) -> Bool { left.rawValue < right.rawValue }

    /// The class of every byte value.
    static func table(anchors: [UInt8]) -> [ByteClass] {
        var table = [ByteClass](repeating: .plain, count: 256)
        for byte in table.indices where isLetterStart(UInt8(byte)) { table[byte] = .letter }
        for byte in 0x80...0xBF { table[byte] = .continuation }
        for anchor in anchors { table[Int(anchor)] = isLetter(anchor) ? .letterAnchor : .anchor }
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(digit)] = .digit }
        table[Int(UInt8(ascii: "@"))] = .at
        table[Int(UInt8(ascii: ":"))] = .colon
        return table
    }
}

extension ByteClass {
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always)
    static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    @inline(__always)
    static func isLower(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// A letter of ASCII, or the first byte of U+00C0 to U+07FF or U+1000 to U+1FFF, where most are letters.
    @inline(__always)
    static func isLetterStart(_ byte: UInt8) -> Bool { isLetter(byte) || (0xC3...0xDF).contains(byte) || byte == 0xE1 }

    /// What goes on a word that has begun.
    @inline(__always)
    static func isWordByte(_ byte: UInt8) -> Bool { isLetterStart(byte) || byte & 0xC0 == 0x80 }

    @inline(__always)
    static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }
}

/// Pairs of bytes.
struct BytePairs: Sendable {
    private var bits = [UInt64](repeating: 0, count: 256 * 256 / 64)

    mutating func add(_ first: UInt8, _ second: UInt8) {
        bits[Int(second) << 2 | Int(first >> 6)] |= 1 << UInt64(first & 63)
    }

    /// Whether the pair was added.
    @inline(__always)
    func holds(_ first: UInt8, _ second: UInt8) -> Bool {
        bits[Int(second) << 2 | Int(first >> 6)] >> UInt64(first & 63) & 1 == 1
    }
}

/// White space and invisible characters outside ASCII that stand inside numbers copied from pages and documents.
enum Gap {
    /// Length in bytes of the invisible character at `index`: soft hyphen, zero-width space and joiners, word joiner,
    /// byte order mark; 0 where there is none.
    static func invisible(_ text: Span<UInt8>, at index: Int) -> Int {
        guard index + 1 < text.count, text[index] >= 0xC2 else { return 0 }
        if text[index] == 0xC2 { return text[index + 1] == 0xAD ? 2 : 0 }
        guard index + 2 < text.count else { return 0 }
        return switch (text[index], text[index + 1], text[index + 2]) {
        case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): 3
        default: 0
        }
    }

    /// The separator at `index` that is not ASCII, and its length in bytes.
    static func separator(_ text: Span<UInt8>, at index: Int) -> (Separator, Int)? {
        guard index + 1 < text.count, text[index] >= 0xC2 else { return nil }
        if text[index] == 0xC2 {
            switch text[index + 1] {
            case 0xA0: return (.space, 2)
            case 0xB7: return (.other, 2)
            default: return nil
            }
        }
        guard index + 2 < text.count else { return nil }
        return switch (text[index], text[index + 1], text[index + 2]) {
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): (.space, 3)
        case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92): (.hyphen, 3)
        case (0xE2, 0x80, 0xA2): (.other, 3)
        default: nil
        }
    }
}

/// What stands between two groups of digits. Where several stand together, the greatest one names them.
enum Separator: UInt8, Comparable {
    case none, space, dot, hyphen, other, slash, parenthesis, lineBreak

    static func < (left: Separator, right: Separator) -> Bool { left.rawValue < right.rawValue }

    /// The ASCII separator `byte`, or nil where it is none.
    init?(ascii byte: UInt8) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): self = .space
        case UInt8(ascii: "."): self = .dot
        case UInt8(ascii: "-"): self = .hyphen
        case UInt8(ascii: "_"): self = .other
        case UInt8(ascii: "/"): self = .slash
        case UInt8(ascii: "("), UInt8(ascii: ")"): self = .parenthesis
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): self = .lineBreak
        default: return nil
        }
    }
}
