extension Span<UInt8> {
    /// The end of the run from `start` of printable ASCII (0x20 to 0x7E) without quote and backslash: what every JSON
    /// writer copies as it is. Looks at eight bytes at a time.
    @inlinable
    public func plainRunEnd(from start: Int) -> Int {
        var index = start
        while count - index >= 8 {
            let special = Self.special(word(at: index))
            guard special == 0 else { return index + special.trailingZeroBitCount / 8 }
            index += 8
        }
        let rest = count - index
        guard rest > 0 else { return index }
        if count >= 8 {
            // The last eight bytes again, those before `index` moved out and spaces moved in.
            let shift = UInt64(8 * (8 - rest))
            let special = Self.special(word(at: count - 8) >> shift | ~(UInt64.max >> shift) & 0x2020_2020_2020_2020)
            return special == 0 ? count : index + special.trailingZeroBitCount / 8
        }
        while index < count, isPlain(self[index]) { index += 1 }
        return index
    }

    @inlinable
    @inline(__always)
    func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// The first byte from `start` that is at most `limit` or is `other`; nil where there is none.
    @inlinable
    public func firstIndex(from start: Int, upTo limit: UInt8, or other: UInt8) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while count - index >= 8 {
            let word = word(at: index)
            let low = (word &- ones &* UInt64(limit &+ 1)) & ~word
            let same = word ^ ones &* UInt64(other)
            let found = (low | (same &- ones) & ~same) & tops
            guard found == 0 else { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            if self[index] <= limit || self[index] == other { return index }
            index += 1
        }
        return nil
    }

    /// The top bit of each byte that is not plain, right up to the first of them: what a borrow may set lies above it.
    @inlinable
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let control = word &- ones &* 0x20
        let quote = (word ^ ones &* 0x22) &- ones
        let backslash = (word ^ ones &* 0x5C) &- ones
        let delete = (word ^ ones &* 0x7F) &- ones
        return (word | control | quote | backslash | delete) & tops
    }
}
