/// What the redactor itself put in a value's place: `[EMAIL_1]`, `<EMAIL>`, `<EMAIL_ADDRESS>`, `<EMAIL:c3f9a1c07b>`.
///
/// A pattern of a policy may fit such a mark, or a part of one; found again, it would be replaced again.
enum ReplacementMark {
    /// Bytes of the longest mark between its brackets: a name, a colon or underscore, and a hash or number.
    private static let bytesMax = InlineName.bytesMax + 1 + HashMark.digits

    /// Whether `range` lies within such a mark, or is one.
    static func holds(_ text: Span<UInt8>, _ range: Range<Int>, _ types: [CustomType]) -> Bool {
        let floor = max(0, range.lowerBound - bytesMax)
        var start = range.lowerBound
        while start >= floor {
            let byte = text[start]
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "<") {
                guard let end = markEnd(text, at: start, types) else { return false }
                return end >= range.upperBound
            }
            guard isInner(byte) || start == range.lowerBound else { return false }
            start -= 1
        }
        return false
    }

    private static func isInner(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }

    /// The offset behind the mark that the bracket at `start` opens.
    private static func markEnd(_ text: Span<UInt8>, at start: Int, _ types: [CustomType]) -> Int? {
        var end = start + 1
        while end < text.count, end - start <= bytesMax + 1, isInner(text[end]) { end += 1 }
        guard end < text.count else { return nil }
        let inner = start + 1..<end
        switch (text[start], text[end]) {
        case (UInt8(ascii: "["), UInt8(ascii: "]")):
            guard let joint = lastIndex(of: UInt8(ascii: "_"), text, inner),
                (joint + 1..<end).allSatisfy({ ByteClass.isDigit(text[$0]) }), joint + 1 < end
            else { return nil }
            return isStem(text, inner.lowerBound..<joint, types) ? end + 1 : nil
        case (UInt8(ascii: "<"), UInt8(ascii: ">")):
            let isKnown: Bool
            if let colon = lastIndex(of: UInt8(ascii: ":"), text, inner) {
                // Anybody can write brackets around a value: a hash has its own form.
                isKnown = HashMark.holds(text, colon + 1..<end, types)
            } else {
                isKnown =
                    isStem(text, inner, types) || Catalogue.detectors.contains { equal(text, inner, $0.name) }
            }
            return isKnown ? end + 1 : nil
        default: return nil
        }
    }

    private static func lastIndex(of byte: UInt8, _ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        range.last { text[$0] == byte }
    }

    private static func isStem(_ text: Span<UInt8>, _ range: Range<Int>, _ types: [CustomType]) -> Bool {
        Catalogue.tokenStems.contains { Bytes.equal(text, range, $0) }
            || types.contains { Bytes.equal(text, range, $0.type.tokenStem) }
    }

    private static func equal(_ text: Span<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
        Bytes.equal(text, range, Array("\(name)".utf8))
    }
}
