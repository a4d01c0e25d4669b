/// What a keyed hash leaves in a value's place: `<EMAIL:c3f9a1c07b>`.
///
/// Its stem is a word that names numbers, so that without a look at the whole its digits would be found again.
enum HashMark {
    /// Hexadecimal digits of a mark; the first is a letter, so that no number has this form.
    static let digits = 2 * Replacement.hashBytes
    /// The most bytes of a stem.
    private static let stemBytesMax = 32

    /// Whether `range` lies among the digits of a mark, of a type of the catalogue or of a policy's own.
    static func holds(_ text: Span<UInt8>, _ range: Range<Int>, _ custom: [CustomType]) -> Bool {
        var first = range.lowerBound
        let floor = max(0, first - digits)
        while first > floor, ByteClass.isHex(text[first - 1]) { first -= 1 }
        let end = first + digits
        guard first > 0, text[first - 1] == UInt8(ascii: ":"), range.upperBound <= end, end < text.count,
            text[end] == UInt8(ascii: ">"), text[first] &- UInt8(ascii: "a") < 6
        else { return false }
        guard (first..<end).allSatisfy({ ByteClass.isHex(text[$0]) }) else { return false }
        return isStem(text, endingAt: first - 1, custom)
    }

    private static func isStem(_ text: Span<UInt8>, endingAt end: Int, _ custom: [CustomType]) -> Bool {
        var start = end
        let floor = max(0, end - stemBytesMax)
        while start > floor, ByteClass.isUpper(text[start - 1]) || text[start - 1] == UInt8(ascii: "_") { start -= 1 }
        guard start > 0, text[start - 1] == UInt8(ascii: "<") else { return false }
        return Catalogue.tokenStems.contains { Bytes.equal(text, start..<end, $0) }
            || custom.contains { Bytes.equal(text, start..<end, $0.type.tokenStem) }
    }
}
