internal import Bytes

/// Character classes of RFC 9110 and RFC 3986 as bit sets, and comparisons of bytes with literals, without tables in
/// memory and without `String` work.
enum Octets {
    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A
    static let space: UInt8 = 0x20
    static let tab: UInt8 = 0x09

    private static let digits: UInt64 = 0x03FF_0000_0000_0000
    private static let letters: UInt64 = 0x07FF_FFFE_07FF_FFFE

    /// Whether `byte` is in the ASCII set whose members below 64 are the bits of `low` and the others those of `high`.
    @inline(__always)
    private static func isMember(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
        byte < 0x80 && ((byte < 64 ? low : high) >> UInt64(byte & 63)) & 1 == 1
    }

    /// `tchar` (RFC 9110 §5.6.2): letters, digits and ``!#$%&'*+-.^_`|~``.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        isLetter(byte) || isMember(byte, low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    }

    /// A byte of a field value (RFC 9110 §5.5): visible ASCII, space, tab and `obs-text`; no control byte.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool { (byte >= 0x20 && byte != 0x7F) || byte == tab }

    /// `pchar`, `/`, `?` or `%` (RFC 3986 §3.3, §3.4); whether `%` begins a triplet is checked apart.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool {
        isLetter(byte) || isMember(byte, low: 0xAFFF_FFF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    }

    /// Asked first where most bytes are letters: one comparison.
    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// A byte of a host name as registries hand them out: letters, digits, `-`, `.` and `_`. RFC 3986 §3.2.2 allows
    /// more (`%` and `sub-delims`), which no name of a server needs and parsers disagree about.
    @inline(__always)
    static func isHostName(_ byte: UInt8) -> Bool {
        isMember(byte, low: digits | 0x0000_6000_0000_0000, high: letters | 0x0000_0000_8000_0000)
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- UInt8(ascii: "0") }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter + 10 : nil
    }
}

extension Octets {
    /// The first index from `start` whose byte no field value holds; `span.count` where all do.
    ///
    /// Eight bytes at a time: a byte below 0x20 or equal to 0x7F sets its high bit in `flags`. Borrows can set more of
    /// them only above the first, and the first is all that is asked for.
    @inline(__always)
    static func endOfFieldValue(_ span: Span<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = ones << 7
        var index = start
        while index < span.count {
            if span.count - index >= 8 {
                let word = span.word(at: index)
                let deleted = word ^ (ones &* 0x7F)
                let flags = (((word &- ones &* 0x20) & ~word) | ((deleted &- ones) & ~deleted)) & highs
                if flags == 0 {
                    index += 8
                    continue
                }
                index += flags.trailingZeroBitCount >> 3
            }
            guard isFieldValue(span[index]) else { return index }
            index += 1
        }
        return index
    }
}

extension Span<UInt8> {
    /// Whether these are exactly the UTF-8 bytes of `literal`.
    func isEqual(to literal: String) -> Bool {
        let wanted = literal.utf8Span.span
        guard count == wanted.count else { return false }
        for index in 0..<count where self[index] != wanted[index] { return false }
        return true
    }

    /// Whether these are the bytes of `literal`, which is in lower case, in any case of ASCII letters.
    func isEqualIgnoringCase(to literal: String) -> Bool { isEqualIgnoringCase(to: literal.utf8Span.span) }

    /// Whether both are the same bytes but for the case of ASCII letters.
    func isEqualIgnoringCase(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where Octets.lowercased(self[index]) != Octets.lowercased(other[index]) { return false }
        return true
    }

    /// The first index of `byte` from `start`, or nil.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        var index = start
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// Whether every byte is a member.
    @inline(__always)
    func allSatisfy(_ isMember: (UInt8) -> Bool) -> Bool {
        for index in 0..<count where !isMember(self[index]) { return false }
        return true
    }

    /// `range` without spaces and tabs at both ends (`OWS`, RFC 9110 §5.6.3).
    func trimmingSpace(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, self[start] == Octets.space || self[start] == Octets.tab { start += 1 }
        while start < end, self[end - 1] == Octets.space || self[end - 1] == Octets.tab { end -= 1 }
        return start..<end
    }

    /// The elements of a comma-separated list (RFC 9110 §5.6.1) without the white space around them.
    func listElements() -> [Range<Int>] {
        var elements: [Range<Int>] = []
        var start = 0
        while true {
            let end = firstIndex(of: UInt8(ascii: ","), from: start) ?? count
            elements.append(trimmingSpace(start..<end))
            guard end < count else { return elements }
            start = end + 1
        }
    }
}

extension [UInt8] {
    /// Appends a number in decimal.
    mutating func append(decimal value: Int) {
        if value >= 10 { append(decimal: value / 10) }
        append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
