/// Characters that are not seen, and spaces and dashes that are not ASCII's.
enum SpacingFold {
    /// Whether `scalar` shows nothing: soft hyphen, joiners, marks of direction, variation selectors (Unicode's
    /// Default_Ignorable_Code_Point, fillers of Hangul and language tags apart), and the keycap that encloses a digit.
    static func isInvisible(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xAD, 0x34F, 0x61C, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x20E3,
            0xFE00...0xFE0F, 0xFEFF, 0xE_0001, 0xE_007F, 0xE_0100...0xE_01EF:
            true
        default: false
        }
    }

    /// The ASCII character for a space (general categories Zs, Zl, Zp) or dash (Pd, and the minus sign).
    static func ascii(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: UInt8(ascii: " ")
        case 0x85, 0x2028, 0x2029: UInt8(ascii: "\n")
        case 0x58A, 0x2010...0x2015, 0x2043, 0x2212, 0x2E3A, 0x2E3B, 0x301C, 0x30A0, 0xFE31, 0xFE32, 0xFE58:
            UInt8(ascii: "-")
        default: nil
        }
    }
}

/// Characters outside ASCII that stand for an ASCII character or for nothing.
enum CharacterFold {
    /// The fold for the character at `index`, whose first byte is not ASCII.
    @inline(__always)
    static func fold(_ text: Span<UInt8>, at index: Int) -> Fold? {
        guard mayFold(text[index]) else { return nil }
        return foldScalar(text, at: index)
    }

    /// Whether some character with this first byte has a fold: those of most alphabets have none.
    private static func mayFold(_ lead: UInt8) -> Bool {
        switch lead {
        case 0xC2, 0xCD, 0xD6, 0xD8, 0xD9, 0xDB, 0xDF, 0xE0...0xE3, 0xEA, 0xEF, 0xF0, 0xF3: true
        default: false
        }
    }

    private static func foldScalar(_ text: Span<UInt8>, at index: Int) -> Fold? {
        guard let scalar = DecodedScalar(text, at: index) else { return nil }
        if SpacingFold.isInvisible(scalar.value) { return .deletion(scalar.bytes) }
        let ascii =
            SpacingFold.ascii(scalar.value) ?? CompatibilityFold.ascii(scalar.value) ?? DigitFold.digit(scalar.value)
        return ascii.map { Fold(scalar.bytes, to: $0) }
    }
}
