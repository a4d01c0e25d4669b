/// Percent-encoded bytes (RFC 3986 §2.1). Those of a character outside ASCII are one fold, so that none is cut apart.
enum PercentEscape {
    /// The fold for the `%` at `index`; nil where no whole character is encoded.
    static func fold(_ text: Span<UInt8>, at index: Int) -> Fold? {
        guard let lead = byte(text, at: index) else { return nil }
        if lead < 0x80 { return Fold(3, to: lead) }
        let length: Int
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        var character = InlineArray<4, UInt8>(repeating: 0)
        character[0] = lead
        for place in 1..<length {
            guard let tail = byte(text, at: index + 3 * place) else { return nil }
            character[place] = tail
        }
        guard let scalar = DecodedScalar(character.span, at: 0) else { return nil }
        return Fold(3 * length, toScalar: scalar.value)
    }

    private static func byte(_ text: Span<UInt8>, at index: Int) -> UInt8? {
        guard index < text.count, text[index] == UInt8(ascii: "%") else { return nil }
        return Hex.value(text, index + 1..<index + 3).map { UInt8(truncatingIfNeeded: $0) }
    }
}
