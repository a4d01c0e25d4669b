extension Span<UInt8> {
    /// The eight bytes from `index`, the first lowest: what lets a scanner look at eight bytes at a time.
    /// - Precondition: they are inside the span.
    @inlinable
    @inline(__always)
    public func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The same, with zeros for what is behind the span's end.
    /// - Precondition: `index` is inside the span or its end.
    @inlinable
    @inline(__always)
    public func paddedWord(at index: Int) -> UInt64 {
        let rest = count - index
        if rest >= 8 { return word(at: index) }
        if count >= 8 { return word(at: count - 8) >> UInt64(8 * (8 - rest)) }
        return wordOfShort(at: index)
    }

    @usableFromInline
    func wordOfShort(at index: Int) -> UInt64 {
        var word: UInt64 = 0
        for place in index..<count { word |= UInt64(self[place]) << UInt64(8 * (place - index)) }
        return word
    }

    /// The sixteen bytes from `index`, for what compares all of them at once.
    /// - Precondition: they are inside the span.
    @inlinable
    @inline(__always)
    public func vector(at index: Int) -> SIMD16<UInt8> {
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
    }
}

/// Answers for each of sixteen bytes, in its top bit; the other bits are left over from how it was found.
///
/// The standard library's comparisons of vectors go lane by lane, where these are a few instructions.
extension SIMD16<UInt8> {
    /// Which bytes are `byte`.
    @inlinable
    @inline(__always)
    public func marks(of byte: UInt8) -> SIMD16<UInt8> {
        let difference = self ^ SIMD16(repeating: byte)
        return (difference &- SIMD16(repeating: 1)) & ~difference
    }

    /// Which bytes are in `range`, of at most 128.
    @inlinable
    @inline(__always)
    public func marks(in range: ClosedRange<UInt8>) -> SIMD16<UInt8> {
        let above = self &- SIMD16(repeating: range.lowerBound)
        return ~(above | (above &+ SIMD16(repeating: 0x7F - (range.upperBound - range.lowerBound))))
    }

    /// The top bits as those of two words, the first byte lowest.
    @inlinable
    @inline(__always)
    public var marks: (UInt64, UInt64) {
        let halves = unsafe unsafeBitCast(self & SIMD16(repeating: 0x80), to: SIMD2<UInt64>.self)
        return (UInt64(littleEndian: halves[0]), UInt64(littleEndian: halves[1]))
    }
}

/// The letters and digits of ASCII among eight bytes.
public enum LetterMarks {
    @usableFromInline
    static let ones: UInt64 = 0x0101_0101_0101_0101
    /// The top bit of each byte.
    public static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The top bit of each byte of `word` that is a letter of ASCII.
    @inlinable
    @inline(__always)
    public static func letters(_ word: UInt64) -> UInt64 {
        let seven = (word | ones &* 0x20) & ~tops
        let isFromA = seven &+ ones &* (0x80 - UInt64(UInt8(ascii: "a")))
        let isAfterZ = seven &+ ones &* (0x7F - UInt64(UInt8(ascii: "z")))
        return isFromA & ~isAfterZ & ~word & tops
    }

    /// The top bit of each byte of `word` that is a small letter of ASCII.
    @inlinable
    @inline(__always)
    public static func smallLetters(_ word: UInt64) -> UInt64 {
        let seven = word & ~tops
        let isFromA = seven &+ ones &* (0x80 - UInt64(UInt8(ascii: "a")))
        let isAfterZ = seven &+ ones &* (0x7F - UInt64(UInt8(ascii: "z")))
        return isFromA & ~isAfterZ & ~word & tops
    }

    /// The top bit of each byte of `word` that is a digit of ASCII.
    @inlinable
    @inline(__always)
    public static func digits(_ word: UInt64) -> UInt64 {
        let seven = word & ~tops
        let isFrom0 = seven &+ ones &* (0x80 - UInt64(UInt8(ascii: "0")))
        let isAfter9 = seven &+ ones &* (0x7F - UInt64(UInt8(ascii: "9")))
        return isFrom0 & ~isAfter9 & ~word & tops
    }
}
