/// Character references of HTML: numeric ones, and the named ones for what stands in and around values.
enum CharacterReference {
    /// Digits of a number, leading zeros included.
    private static let digitsMax = 7
    /// Letters of a name.
    private static let nameBytesMax = 8

    /// From the HTML standard's list of named character references.
    private static let names: [(name: [UInt8], scalar: UInt32)] = [
        ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("quot", 0x22), ("apos", 0x27), ("nbsp", 0xA0), ("shy", 0xAD),
        ("commat", 0x40), ("period", 0x2E), ("comma", 0x2C), ("colon", 0x3A), ("semi", 0x3B), ("num", 0x23),
        ("sol", 0x2F), ("bsol", 0x5C), ("lowbar", 0x5F), ("plus", 0x2B), ("percnt", 0x25), ("equals", 0x3D),
        ("lpar", 0x28), ("rpar", 0x29), ("lsqb", 0x5B), ("rsqb", 0x5D), ("ast", 0x2A), ("hyphen", 0x2010),
        ("dash", 0x2010), ("ndash", 0x2013), ("mdash", 0x2014), ("minus", 0x2212), ("ensp", 0x2002), ("emsp", 0x2003),
        ("thinsp", 0x2009), ("zwnj", 0x200C), ("zwj", 0x200D), ("lrm", 0x200E), ("rlm", 0x200F), ("Tab", 0x09),
        ("NewLine", 0x0A),
    ].map { (Array($0.utf8), $1) }

    /// The fold for the `&` at `index`.
    static func fold(_ text: Span<UInt8>, at index: Int) -> Fold? {
        guard index + 2 < text.count else { return nil }
        if text[index + 1] == UInt8(ascii: "#") { return number(text, at: index) }
        return ByteClass.isLetter(text[index + 1]) ? named(text, at: index) : nil
    }

    /// As browsers do, takes a number that no semicolon ends.
    private static func number(_ text: Span<UInt8>, at index: Int) -> Fold? {
        let isHex = text[index + 2] | 0x20 == UInt8(ascii: "x")
        let first = isHex ? index + 3 : index + 2
        var end = first
        var value: UInt32 = 0
        while end < text.count, end - first < digitsMax,
            isHex ? ByteClass.isHex(text[end]) : ByteClass.isDigit(text[end])
        {
            value = isHex ? (Hex.value(text, first..<end + 1) ?? 0) : value * 10 + UInt32(text[end] - UInt8(ascii: "0"))
            end += 1
        }
        guard end > first, value > 0 else { return nil }
        if end < text.count, text[end] == UInt8(ascii: ";") {
            end += 1
        } else if end < text.count, ByteClass.isDigit(text[end]) {
            return nil
        }
        return Fold(end - index, toScalar: value)
    }

    private static func named(_ text: Span<UInt8>, at index: Int) -> Fold? {
        var end = index + 1
        while end < text.count, end - index <= nameBytesMax, ByteClass.isLetter(text[end]) { end += 1 }
        guard end < text.count, text[end] == UInt8(ascii: ";") else { return nil }
        for (name, scalar) in names where Bytes.equal(text, index + 1..<end, name) {
            return Fold(end + 1 - index, toScalar: scalar)
        }
        return nil
    }
}
