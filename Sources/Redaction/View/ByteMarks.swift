internal import Bytes

/// Sixteen bytes at a time, and which of them may mean something to a pass.
struct ByteMarks {
    /// Bytes read at once: sixteen and the one behind.
    static let windowBytes = 17

    /// The top bit of each marked byte; of the first eight, and of the others.
    private var first: UInt64
    private var second: UInt64

    /// The bytes from `index` on that may mean something: what is not ASCII, what opens escapes and brackets, `+`, and
    /// what ends the words that spell a dot, or an at in capitals. Some that mean nothing are marked too.
    @inline(__always)
    init(_ text: Span<UInt8>, at index: Int) {
        let bytes = text.vector(at: index)
        let caseBit = SIMD16<UInt8>(repeating: 0x20)
        let lower = bytes | caseBit
        let next = text.vector(at: index + 1)
        let nextLower = next | caseBit
        // `%&'()*+`, and `[\` with `{|`, which the case bit makes the same.
        let escapes =
            bytes.marks(in: UInt8(ascii: "%")...UInt8(ascii: "+"))
            | lower.marks(in: UInt8(ascii: "{")...UInt8(ascii: "|"))
        let letterO = lower.marks(of: UInt8(ascii: "o"))
        let beforeT = letterO | lower.marks(of: UInt8(ascii: "k")) | lower.marks(of: UInt8(ascii: "n"))
        let dots = nextLower.marks(of: UInt8(ascii: "t")) & beforeT
        let ats = bytes.marks(of: UInt8(ascii: "A")) & next.marks(of: UInt8(ascii: "T"))
        let arroba = letterO & nextLower.marks(of: UInt8(ascii: "b"))
        (first, second) = (bytes | escapes | dots | ats | arroba).marks
    }

    /// Forgets the marks of the first `count` bytes, at most sixteen.
    mutating func skip(_ count: Int) {
        first = count < 8 ? first & (UInt64.max << UInt64(8 * count)) : 0
        if count > 8 { second &= UInt64.max << UInt64(8 * (count - 8)) }
    }

    /// Takes out the first mark: its byte's offset from the first one; nil where none is left.
    @inline(__always)
    mutating func next() -> Int? {
        if first != 0 {
            let offset = first.trailingZeroBitCount / 8
            first &= first &- 1
            return offset
        }
        guard second != 0 else { return nil }
        let offset = second.trailingZeroBitCount / 8
        second &= second &- 1
        return 8 + offset
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
