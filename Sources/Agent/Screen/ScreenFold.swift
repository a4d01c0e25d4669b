/// Characters that people or models read as ASCII ones.
enum ScreenFold {
    /// The part of NFKC (UAX #15) that yields an ASCII letter or digit, and invisible tags, which copy ASCII.
    static func ascii(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFF01 + 0x21)
        case 0x1_D400...0x1_D6A3: letter((scalar - 0x1_D400) % 52)
        case 0x1_D7CE...0x1_D7FF: UInt8(0x30 + (scalar - 0x1_D7CE) % 10)
        case 0x24B6...0x24E9: letter(scalar - 0x24B6)
        case 0x2460...0x2468: UInt8(0x31 + scalar - 0x2460)
        case 0x1_F110...0x1_F129: letter(scalar - 0x1_F110)
        case 0x1_F130...0x1_F149: letter(scalar - 0x1_F130)
        case 0x1_F150...0x1_F169: letter(scalar - 0x1_F150)
        case 0x1_F170...0x1_F189: letter(scalar - 0x1_F170)
        case 0x249C...0x24B5: letter(26 + scalar - 0x249C)
        case 0xE_0020...0xE_007E: UInt8(scalar - 0xE_0000)
        default: nil
        }
    }

    /// 0 to 25 are the capitals, 26 to 51 the small letters.
    private static func letter(_ index: UInt32) -> UInt8 {
        index < 26 ? UInt8(0x41 + index) : UInt8(0x61 + index - 26)
    }

    /// The small Latin letter that a Cyrillic, Greek or other letter looks like (UTS #39, confusables), whatever its case.
    static func lookAlike(_ scalar: UInt32) -> UInt8? {
        lookAlikes[scalar]
    }

    private static let lookAlikes: [UInt32: UInt8] = {
        let rows: [(UInt8, String)] = [
            (UInt8(ascii: "a"), "аΑАαɑ"), (UInt8(ascii: "b"), "ВΒЬ"), (UInt8(ascii: "c"), "сСϲϹ"),
            (UInt8(ascii: "d"), "ԁԀ"), (UInt8(ascii: "e"), "еЕΕε"), (UInt8(ascii: "g"), "ɡԌ"),
            (UInt8(ascii: "h"), "НΗһ"), (UInt8(ascii: "i"), "іІΙιı"), (UInt8(ascii: "j"), "јЈ"),
            (UInt8(ascii: "k"), "кКΚκ"), (UInt8(ascii: "l"), "ӏӀ"), (UInt8(ascii: "m"), "МΜм"),
            (UInt8(ascii: "n"), "Νп"), (UInt8(ascii: "o"), "оОΟο"), (UInt8(ascii: "p"), "рРΡρ"),
            (UInt8(ascii: "q"), "ԛԚ"), (UInt8(ascii: "r"), "г"), (UInt8(ascii: "s"), "ѕЅ"),
            (UInt8(ascii: "t"), "ТΤт"), (UInt8(ascii: "u"), "υ"), (UInt8(ascii: "v"), "νѵ"),
            (UInt8(ascii: "w"), "ѡԝ"), (UInt8(ascii: "x"), "хХΧ"), (UInt8(ascii: "y"), "уУΥү"),
            (UInt8(ascii: "z"), "Ζ"),
        ]
        var table: [UInt32: UInt8] = [:]
        for (latin, others) in rows { for scalar in others.unicodeScalars { table[scalar.value] = latin } }
        return table
    }()
}
