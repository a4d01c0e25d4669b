/// The checks that a policy's own type can name in `validator`.
enum CheckDigit: String, CaseIterable, Sendable {
    /// The digits end with their check digit (ISO/IEC 7812-1 annex B).
    case luhn
    /// The digits end with their check digit by J. Verhoeff's method.
    case verhoeff
    /// The digits end with their check digit (ISO/IEC 7064 MOD 11,10).
    case mod11_10
    /// Letters and digits leave 1 by 97 (ISO/IEC 7064 MOD 97-10), as in legal entity identifiers (ISO 17442).
    case mod97
    /// The same, the first four moved to the end (ISO 13616).
    case iban

    /// Whether the value at `range` passes. What stands between its letters and digits does not count, nor do letters
    /// where only digits are checked.
    func isPassed(by text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let takesLetters = self == .mod97 || self == .iban
        var characters: [UInt8] = []
        characters.reserveCapacity(range.count)
        for index in range {
            let byte = text[index]
            if ByteClass.isDigit(byte) || (takesLetters && ByteClass.isLetter(byte)) { characters.append(byte) }
        }
        let count = characters.count
        let digit = { (place: Int) in characters[place] - UInt8(ascii: "0") }
        switch self {
        case .luhn: return Luhn.isValid(count: count, digit: digit)
        case .verhoeff: return Verhoeff.isValid(count: count, digit: digit)
        case .mod11_10: return count > 1 && ISO7064.isValidMod11To10(count: count, digit: digit)
        case .mod97:
            let turned = Array(characters.suffix(4) + characters.dropLast(4))
            return Mod97.isValid(turned.span, count: count)
        case .iban: return Mod97.isValid(characters.span, count: count)
        }
    }
}
