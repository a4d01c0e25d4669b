/// Compatibility forms of ASCII characters: the part of NFKC (UAX #15) that yields one of them, and the negative circled
/// digits, which look alike.
enum CompatibilityFold {
    /// The ASCII character for `scalar`.
    static func ascii(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFF01 + 0x21)
        case 0x1_D400...0x1_D6A3: letter((scalar - 0x1_D400) % 52)
        case 0x1_D7CE...0x1_D7FF: UInt8(ascii: "0") + UInt8((scalar - 0x1_D7CE) % 10)
        case 0x2460...0x2468: UInt8(ascii: "1") + UInt8(scalar - 0x2460)
        case 0x24B6...0x24E9: letter(scalar - 0x24B6)
        case 0x24EA, 0x24FF: UInt8(ascii: "0")
        case 0x24F5...0x24FD: UInt8(ascii: "1") + UInt8(scalar - 0x24F5)
        case 0x2776...0x277E: UInt8(ascii: "1") + UInt8(scalar - 0x2776)
        case 0x2780...0x2788: UInt8(ascii: "1") + UInt8(scalar - 0x2780)
        case 0x278A...0x2792: UInt8(ascii: "1") + UInt8(scalar - 0x278A)
        case 0x1_F130...0x1_F149: UInt8(ascii: "A") + UInt8(scalar - 0x1_F130)
        case 0x1_F150...0x1_F169: UInt8(ascii: "A") + UInt8(scalar - 0x1_F150)
        case 0x1_F170...0x1_F189: UInt8(ascii: "A") + UInt8(scalar - 0x1_F170)
        // Invisible tags, which language models read as the ASCII characters that they copy.
        case 0xE_0020...0xE_007E: UInt8(scalar - 0xE_0000)
        default: raised(scalar) ?? letterlike(scalar) ?? small(scalar)
        }
    }

    /// 0 to 25 are the capitals, 26 to 51 the small letters.
    private static func letter(_ index: UInt32) -> UInt8 {
        index < 26 ? UInt8(ascii: "A") + UInt8(index) : UInt8(ascii: "a") + UInt8(index - 26)
    }

    /// Superscripts and subscripts.
    private static func raised(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xB2, 0xB3: UInt8(ascii: "0") + UInt8(scalar - 0xB0)
        case 0xB9: UInt8(ascii: "1")
        case 0x2070, 0x2074...0x2079: UInt8(ascii: "0") + UInt8(scalar - 0x2070)
        case 0x2080...0x2089: UInt8(ascii: "0") + UInt8(scalar - 0x2080)
        case 0x207A, 0x208A: UInt8(ascii: "+")
        case 0x207B, 0x208B: UInt8(ascii: "-")
        case 0x207D, 0x208D: UInt8(ascii: "(")
        case 0x207E, 0x208E: UInt8(ascii: ")")
        default: nil
        }
    }

    /// The letters that the mathematical alphabets leave out because they were encoded before.
    private static func letterlike(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x212C: UInt8(ascii: "B")
        case 0x2102, 0x212D: UInt8(ascii: "C")
        case 0x2130: UInt8(ascii: "E")
        case 0x2131: UInt8(ascii: "F")
        case 0x210B, 0x210C, 0x210D: UInt8(ascii: "H")
        case 0x2110, 0x2111: UInt8(ascii: "I")
        case 0x2112: UInt8(ascii: "L")
        case 0x2133: UInt8(ascii: "M")
        case 0x2115: UInt8(ascii: "N")
        case 0x2119: UInt8(ascii: "P")
        case 0x211A: UInt8(ascii: "Q")
        case 0x211B, 0x211C, 0x211D: UInt8(ascii: "R")
        case 0x2124, 0x2128: UInt8(ascii: "Z")
        case 0x212A: UInt8(ascii: "K")
        case 0x212F: UInt8(ascii: "e")
        case 0x210A: UInt8(ascii: "g")
        case 0x210E: UInt8(ascii: "h")
        case 0x2113: UInt8(ascii: "l")
        case 0x2134: UInt8(ascii: "o")
        default: nil
        }
    }

    /// Small form variants and the vertical forms' plain ones.
    private static func small(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xFE50: UInt8(ascii: ",")
        case 0xFE52: UInt8(ascii: ".")
        case 0xFE55: UInt8(ascii: ":")
        case 0xFE59: UInt8(ascii: "(")
        case 0xFE5A: UInt8(ascii: ")")
        case 0xFE5F: UInt8(ascii: "#")
        case 0xFE60: UInt8(ascii: "&")
        case 0xFE62: UInt8(ascii: "+")
        case 0xFE63: UInt8(ascii: "-")
        case 0xFE66: UInt8(ascii: "=")
        case 0xFE68: UInt8(ascii: "\\")
        case 0xFE6A: UInt8(ascii: "%")
        case 0xFE6B: UInt8(ascii: "@")
        case 0x2024: UInt8(ascii: ".")
        default: nil
        }
    }
}
