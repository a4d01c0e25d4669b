internal import Bytes

/// Rules out, eight bytes at a time, that the word at an offset is one for a digit. A Bloom filter of one hash: what it
/// lets pass has to be looked at.
struct DigitWordFilter {
    private static let tops = LetterMarks.tops
    /// Bits of a hash.
    private static let hashBits = 13

    static let shared = DigitWordFilter()

    /// A bit for each value of the words' hashes.
    private var bits = [UInt64](repeating: 0, count: 1 << (hashBits - 6))

    private init() {
        for (word, _) in DigitWord.table {
            let hash = Self.hash(word)
            bits[hash / 64] |= 1 << UInt64(hash % 64)
        }
    }

    /// Whether the byte at `index` may belong to a word for a digit, or to the separators before one.
    @inline(__always)
    func mayHold(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard index >= 8, text.count - index >= 16 else { return true }
        let word = text.word(at: index)
        let gap = Self.letters(word).trailingZeroBitCount / 8
        let before = gap > 0 ? 0 : (~Self.letters(text.word(at: index - 8)) & Self.tops).leadingZeroBitCount / 8
        guard gap < 8, before < 8 else { return false }
        let first = text.word(at: index + gap - before)
        let letters = Self.letters(first)
        let length = (~letters & Self.tops).trailingZeroBitCount / 8
        guard length < 8 else { return false }
        let small = first | (letters & ~first) >> 2
        let hash = Self.hash(small & ((1 << UInt64(8 * length)) - 1))
        return bits[hash / 64] >> UInt64(hash % 64) & 1 == 1
    }

    /// The top bit of each byte that is a letter or not ASCII.
    @inline(__always)
    private static func letters(_ word: UInt64) -> UInt64 {
        (LetterMarks.letters(word) | word) & tops
    }

    @inline(__always)
    private static func hash(_ word: UInt64) -> Int {
        Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - hashBits))
    }
}
