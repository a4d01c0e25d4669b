/// International bank account numbers (ISO 13616): a registered country's length and the check digits.
enum IBAN {
    /// Letters and digits of the longest (Saint Lucia's 32, Russia's 33) and a margin for what ISO 13616 allows.
    private static let charactersMax = 34
    /// Separating bytes between two characters.
    private static let separatorsMax = 4

    static func recognise(_ text: Span<UInt8>, at start: Int) -> Match? {
        let length = length(text[start], text[start + 1])
        guard length > 0, mayBegin(text, at: start), let end = end(text, from: start, length: length) else {
            return nil
        }
        return Match(range: start..<end, confidencePPM: 990_000)
    }

    private static func mayBegin(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start > 1 else { return true }
        return text[start - 1] != UInt8(ascii: "-") || !ByteClass.isDigit(text[start - 2])
    }

    /// The offset behind the IBAN, where its characters from `start` on have the right check digits.
    private static func end(_ text: Span<UInt8>, from start: Int, length: Int) -> Int? {
        var characters = InlineArray<34, UInt8>(repeating: 0)
        var count = 0
        var index = start
        while count < length {
            guard index < text.count, ByteClass.isAlphanumeric(text[index]) else { return nil }
            characters[count] = text[index]
            count += 1
            index += 1
            if count < length { index = skipSeparators(text, from: index) }
        }
        guard DigitGroups.mayEnd(text, at: index), Mod97.isValid(characters.span, count: length) else { return nil }
        return index
    }

    private static func skipSeparators(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, index - start <= separatorsMax {
            if Separator(ascii: text[index]) != nil {
                index += 1
            } else if let (_, length) = Gap.separator(text, at: index) {
                index += length
            } else {
                let invisible = Gap.invisible(text, at: index)
                guard invisible > 0 else { break }
                index += invisible
            }
        }
        return index
    }

    /// The registered length of the country with these two letters, 0 where it has none.
    static func length(_ first: UInt8, _ second: UInt8) -> Int {
        let row = Int((first & 0xDF) &- UInt8(ascii: "A"))
        let column = Int((second & 0xDF) &- UInt8(ascii: "A"))
        guard row < 26, column < 26 else { return 0 }
        return Int(lengths[row * 26 + column])
    }

    /// The lengths of the SWIFT IBAN registry, release 99.
    static let registry: [(country: String, length: Int)] = [
        ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22),
        ("BI", 27), ("BR", 29), ("BY", 28), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DJ", 27),
        ("DK", 18), ("DO", 28), ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18), ("FK", 18), ("FO", 18), ("FR", 27),
        ("GB", 22), ("GE", 22), ("GI", 23), ("GL", 18), ("GR", 27), ("GT", 28), ("HN", 28), ("HR", 21), ("HU", 28),
        ("IE", 22), ("IL", 23), ("IQ", 23), ("IS", 26), ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28),
        ("LC", 32), ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21), ("LY", 25), ("MC", 27), ("MD", 24), ("ME", 22),
        ("MK", 19), ("MN", 20), ("MR", 27), ("MT", 31), ("MU", 30), ("NI", 28), ("NL", 18), ("NO", 15), ("OM", 23),
        ("PK", 24), ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("RU", 33), ("SA", 24),
        ("SC", 31), ("SD", 18), ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("SO", 23), ("ST", 25), ("SV", 28),
        ("TL", 23), ("TN", 24), ("TR", 26), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20), ("YE", 30),
    ]

    private static let lengths: [UInt8] = {
        var lengths = [UInt8](repeating: 0, count: 26 * 26)
        for (country, length) in registry {
            let letters = country.utf8.map { Int($0 - UInt8(ascii: "A")) }
            lengths[letters[0] * 26 + letters[1]] = UInt8(length)
        }
        return lengths
    }()
}

/// The check of ISO/IEC 7064 MOD 97-10 as ISO 13616 applies it.
enum Mod97 {
    /// Whether the first `count` letters and digits, the first four moved to the end, leave 1 by 97.
    static func isValid(_ characters: Span<UInt8>, count: Int) -> Bool {
        guard count > 4 else { return false }
        var rest = 0
        for step in 0..<count {
            let byte = characters[step + 4 < count ? step + 4 : step + 4 - count]
            rest =
                ByteClass.isDigit(byte)
                ? (rest * 10 + Int(byte - UInt8(ascii: "0"))) % 97
                : (rest * 100 + Int(byte & 0xDF) - 55) % 97
        }
        return rest == 1
    }
}
