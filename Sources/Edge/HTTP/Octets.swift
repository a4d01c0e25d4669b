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
        isMember(byte, low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    }

    /// A byte of a field value (RFC 9110 §5.5): visible ASCII, space, tab and `obs-text`; no control byte.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool { (byte >= 0x20 && byte != 0x7F) || byte == tab }

    /// `pchar`, `/`, `?` or `%` (RFC 3986 §3.3, §3.4); whether `%` begins a triplet is checked apart.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool {
        isMember(byte, low: 0xAFFF_FFF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    }

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

extension ArraySlice<UInt8> {
    /// Whether these are exactly the UTF-8 bytes of `literal`.
    func isEqual(to literal: String) -> Bool {
        let wanted = literal.utf8Span.span
        guard count == wanted.count else { return false }
        for offset in 0..<wanted.count where self[startIndex + offset] != wanted[offset] { return false }
        return true
    }

    /// Whether these are the bytes of `literal`, which is in lower case, in any case of ASCII letters.
    func isEqualIgnoringCase(to literal: String) -> Bool {
        let wanted = literal.utf8Span.span
        guard count == wanted.count else { return false }
        for offset in 0..<wanted.count where Octets.lowercased(self[startIndex + offset]) != wanted[offset] {
            return false
        }
        return true
    }

    /// Whether both are the same bytes but for the case of ASCII letters.
    func isEqualIgnoringCase(to other: ArraySlice<UInt8>) -> Bool {
        count == other.count && zip(self, other).allSatisfy { Octets.lowercased($0) == Octets.lowercased($1) }
    }

    /// These bytes without spaces and tabs at both ends (`OWS`, RFC 9110 §5.6.3).
    var trimmingSpace: ArraySlice<UInt8> {
        var rest = self
        while let first = rest.first, first == Octets.space || first == Octets.tab { rest.removeFirst() }
        while let last = rest.last, last == Octets.space || last == Octets.tab { rest.removeLast() }
        return rest
    }
}

extension [UInt8] {
    /// Appends `range` of `span`.
    @inline(__always)
    mutating func append(copying span: Span<UInt8>, _ range: Range<Int>) {
        append(addingCapacity: range.count) { output in
            for index in range { output.append(span[index]) }
        }
    }

    /// Appends `range` of `span` with ASCII letters in lower case.
    @inline(__always)
    mutating func append(lowercasing span: Span<UInt8>, _ range: Range<Int>) {
        append(addingCapacity: range.count) { output in
            for index in range { output.append(Octets.lowercased(span[index])) }
        }
    }

    /// Appends a number in decimal.
    mutating func append(decimal value: Int) {
        if value >= 10 { append(decimal: value / 10) }
        append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
