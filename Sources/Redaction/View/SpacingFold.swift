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

/// Characters outside ASCII that stand for an ASCII character or for nothing, and bytes that are no character.
enum CharacterFold {
    /// What a byte that is not ASCII starts.
    enum Step {
        /// A character of so many bytes that stays.
        case stays(Int)
        /// Something that the view has otherwise.
        case folds(Fold)
    }

    /// What starts at `index`, whose byte is not ASCII.
    @inline(__always)
    static func step(_ text: Span<UInt8>, at index: Int) -> Step {
        // Letters of most alphabets have two bytes and no fold.
        if isPlainLead(text[index]), index + 1 < text.count, text[index + 1] & 0xC0 == 0x80 { return .stays(2) }
        return stepScalar(text, at: index)
    }

    private static func isPlainLead(_ lead: UInt8) -> Bool {
        switch lead {
        case 0xC3...0xCC, 0xCE...0xD5, 0xD7, 0xDA, 0xDC...0xDE: true
        default: false
        }
    }

    private static func stepScalar(_ text: Span<UInt8>, at index: Int) -> Step {
        // Where a character should be and is none, a reader sees a gap.
        guard let scalar = DecodedScalar(text, at: index) else { return .folds(Fold(1, to: UInt8(ascii: " "))) }
        if SpacingFold.isInvisible(scalar.value) { return .folds(.deletion(scalar.bytes)) }
        let ascii =
            isDashOfSentence(scalar, text, at: index)
            ? UInt8(ascii: " ")
            : SpacingFold.ascii(scalar.value) ?? CompatibilityFold.ascii(scalar.value) ?? DigitFold.digit(scalar.value)
        if let ascii { return .folds(Fold(scalar.bytes, to: ascii)) }
        guard let mark = SymbolFold.ascii(scalar.value), !isApostrophe(scalar, text, at: index) else {
            return .stays(scalar.bytes)
        }
        let isBullet = mark == UInt8(ascii: "*") && !isRepeated(scalar, text, at: index)
        return .folds(Fold(scalar.bytes, to: isBullet ? UInt8(ascii: " ") : mark))
    }

    /// Whether `scalar` is a long dash that does not join two words or numbers.
    private static func isDashOfSentence(_ scalar: DecodedScalar, _ text: Span<UInt8>, at index: Int) -> Bool {
        guard [0x2014, 0x2015, 0x2E3A, 0x2E3B].contains(scalar.value) else { return false }
        let end = index + scalar.bytes
        return index == 0 || !ByteClass.isAlphanumeric(text[index - 1]) || end == text.count
            || !ByteClass.isAlphanumeric(text[end])
    }

    private static func isRepeated(_ scalar: DecodedScalar, _ text: Span<UInt8>, at index: Int) -> Bool {
        let before = index - scalar.bytes
        let after = index + scalar.bytes
        return (after < text.count && DecodedScalar(text, at: after)?.value == scalar.value)
            || (before >= 0 && DecodedScalar(text, at: before)?.value == scalar.value)
    }

    /// Whether `scalar` is the apostrophe of a word, as in `don’t`: texts with nothing else need no view.
    private static func isApostrophe(_ scalar: DecodedScalar, _ text: Span<UInt8>, at index: Int) -> Bool {
        let end = index + scalar.bytes
        return scalar.value == 0x2019 && index > 0 && end < text.count && ByteClass.isLetter(text[index - 1])
            && ByteClass.isLetter(text[end])
    }
}
