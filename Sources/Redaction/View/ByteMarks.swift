internal import Bytes

/// Eight bytes at a time, each byte's answer in its top bit.
///
/// A borrow can mark a byte behind a right one as well, so that a mark is a candidate; none is left out.
struct ByteMarks {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Offset from the first byte of each marked one times 8, plus 7.
    private(set) var bits: UInt64

    /// The bytes from `index` on that may mean something to a pass: what is not ASCII, what opens escapes and brackets,
    /// `+` and `@`, and what ends the words that spell a dot, or an at in capitals.
    @inline(__always)
    init(_ text: Span<UInt8>, at index: Int) {
        let word = text.word(at: index)
        let lower = word | Self.ones &* 0x20
        let next = text.word(at: index + 1)
        let nextLower = next | Self.ones &* 0x20
        let escapes =
            Self.zeros(word, "\\") | Self.zeros(word, "%") | Self.zeros(word, "&") | Self.zeros(word, "+")
            | Self.zeros(word, "(") | Self.zeros(lower, "{")
        let letterT = Self.zeros(nextLower, "t")
        let dots = letterT & (Self.zeros(lower, "o") | Self.zeros(lower, "k") | Self.zeros(lower, "n"))
        let ats = Self.zeros(word, "A") & Self.zeros(next, "T")
        let arroba = Self.zeros(lower, "o") & Self.zeros(nextLower, "b")
        bits = (word | escapes | dots | ats | arroba) & Self.tops
    }

    /// Takes out the first mark: its byte's offset from the first one; nil where none is left.
    @inline(__always)
    mutating func next() -> Int? {
        guard bits != 0 else { return nil }
        let offset = bits.trailingZeroBitCount / 8
        bits &= bits &- 1
        return offset
    }

    @inline(__always)
    private static func zeros(_ word: UInt64, _ character: Unicode.Scalar) -> UInt64 {
        let difference = word ^ ones &* UInt64(UInt8(ascii: character))
        return (difference &- ones) & ~difference
    }
}

/// What a text may hold that whole words tell.
struct WordSigns: OptionSet {
    let rawValue: UInt8

    /// Cyrillic or Greek letters.
    static let otherAlphabet = WordSigns(rawValue: 1)
    /// A word or bracket that stands for an at or a dot.
    static let spelledAddress = WordSigns(rawValue: 2)
}
