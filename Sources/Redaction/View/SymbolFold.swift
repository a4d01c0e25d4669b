/// Punctuation and symbols outside ASCII, which stand beside a value and say nothing of it: `“4321”`, `→ 4321`, `📞0300…`.
///
/// In the view they are quotation marks or a space, so that recognisers need to know ASCII's alone. Currency signs stay.
enum SymbolFold {
    /// The ASCII character for `scalar`; nil where it is no such character.
    static func ascii(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xAB, 0xBB, 0x2018...0x201F, 0x2039, 0x203A, 0x275B...0x275E, 0x300C...0x300F, 0x301D...0x301F:
            UInt8(ascii: "\"")
        // Minutes and seconds of an angle.
        case 0x2032...0x2037: nil
        // What programs draw in the place of hidden digits.
        case 0x2022, 0x2217, 0x25CF, 0x2731: UInt8(ascii: "*")
        case 0xA1, 0xA6...0xA9, 0xAC, 0xAE, 0xAF, 0xB6, 0xBF: UInt8(ascii: " ")
        case 0x60C, 0x61B, 0x61F, 0x66A, 0x6D4, 0x964, 0x965: UInt8(ascii: " ")
        case 0x2016...0x2BFF: isCurrency(scalar) ? nil : UInt8(ascii: " ")
        case 0x2E00...0x2E7F, 0x3001...0x3020, 0x3030, 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFF5F...0xFF65:
            UInt8(ascii: " ")
        case 0xFFF9...0xFFFD, 0x1_F000...0x1_FAFF: UInt8(ascii: " ")
        default: nil
        }
    }

    private static func isCurrency(_ scalar: UInt32) -> Bool { (0x20A0...0x20CF).contains(scalar) }
}
