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
        while index < count, Self.special(UInt64(self[index]) | 0x2020_2020_2020_2000) == 0 { index += 1 }
        return index
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
