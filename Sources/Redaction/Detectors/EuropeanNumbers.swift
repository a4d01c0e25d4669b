/// German taxpayer numbers (Steuer-Identifikationsnummer, § 139b AO): ten digits of which one comes two or three times
/// and the others at most once, and a check digit.
enum SteuerID {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.digitCount >= 11, groups.digit(0) != 0, let range = groups.range(ofDigits: 11, text),
            isRepeatedOnce(groups), ISO7064.isValidMod11To10(count: 11, digit: groups.digit)
        else { return nil }
        switch groups.label(text) {
        case .taxID, .socialSecurity: return Match(range: range, confidencePPM: 960_000)
        case .none where groups.lead == .free && !groups.hasPlus:
            if groups.isGrouped(2, 3, 3, 3) { return Match(range: range, confidencePPM: 900_000) }
            return groups.isWhole(count: 11) ? Match(range: range, confidencePPM: 700_000) : nil
        default: return nil
        }
    }

    /// Numbers given out until 2015 have one digit twice; since 2016 it may come three times, but not in a row.
    private static func isRepeatedOnce(_ groups: DigitGroups) -> Bool {
        var counts = SIMD16<UInt8>()
        for index in 0..<10 { counts[Int(groups.digit(index))] += 1 }
        var repeated = 0
        for value in 0..<10 where counts[value] > 1 { repeated += counts[value] <= 3 ? 1 : 2 }
        guard repeated == 1 else { return false }
        for index in 2..<10
        where groups.digit(index) == groups.digit(index - 1) && groups.digit(index) == groups.digit(index - 2) {
            return false
        }
        return true
    }
}

/// Check characters of ISO/IEC 7064.
enum ISO7064 {
    /// Whether the first `count` digits end with their check digit by MOD 11,10.
    static func isValidMod11To10(count: Int, digit: (Int) -> UInt8) -> Bool {
        var product = 10
        for index in 0..<count - 1 {
            let sum = (Int(digit(index)) + product) % 10
            product = 2 * (sum == 0 ? 10 : sum) % 11
        }
        return (product + Int(digit(count - 1))) % 10 == 1
    }
}

/// French social security numbers (NIR, décret 82-103): sex, year, month, department (2A and 2B for Corsica), commune,
/// order, and a key modulo 97.
enum RegistrationNumber {
    private static let count = 15
    /// Where Corsica has its letter.
    private static let corsicanLetter: UInt32 = 1 << 6

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead != .joined, mayBegin(text, groups) else { return nil }
        let code = CodeReader(text, at: groups.start)
        guard
            let range = code.range(text, count: count, letters: 0)
                ?? code.range(text, count: count, letters: corsicanLetter),
            isRegistered(code), isKeyRight(code)
        else { return nil }
        let label = groups.label(text)
        if label == .socialSecurity || label == .taxID { return Match(range: range, confidencePPM: 970_000) }
        let isPrinted = groups.isGrouped(1, 2, 2, 2, 3) || groups.isGrouped(1, 2, 2, 1)
        if isPrinted { return Match(range: range, confidencePPM: 910_000) }
        guard label == .none, groups.lead == .free, groups.isWhole(count: count) else { return nil }
        return Match(range: range, confidencePPM: 700_000)
    }

    /// A sex, and digits enough before Corsica's letter or in all.
    private static func mayBegin(_ text: Span<UInt8>, _ groups: DigitGroups) -> Bool {
        guard (1...4).contains(groups.digit(0)) || (7...8).contains(groups.digit(0)) else { return false }
        guard groups.endings & 1 << UInt32(count) == 0 else { return true }
        let end = groups.end(groups.groupCount - 1)
        return groups.digitCount == 6 && end < text.count && (text[end] | 0x20 == 0x61 || text[end] | 0x20 == 0x62)
    }

    /// Months above 12 stand for records that are incomplete.
    private static func isRegistered(_ code: CodeReader) -> Bool {
        if code.letters & corsicanLetter != 0 {
            guard code[5] == UInt8(ascii: "2"), code[6] == UInt8(ascii: "A") || code[6] == UInt8(ascii: "B") else {
                return false
            }
        } else if code.value(5, 2) == 0 {
            return false
        }
        switch code.value(3, 2) {
        case 1...12, 20, 30...42, 50...99: return code.value(7, 3) > 0
        default: return false
        }
    }

    /// 2A counts as 19 and 2B as 18.
    private static func isKeyRight(_ code: CodeReader) -> Bool {
        var number = code.value(0, 5) * 100
        switch code[6] {
        case UInt8(ascii: "A"): number += 19
        case UInt8(ascii: "B"): number += 18
        default: number += code.value(5, 2)
        }
        number = number * 1_000_000 + code.value(7, 6)
        return code.value(13, 2) == 97 - number % 97
    }
}

/// Spanish identity numbers (Real Decreto 1553/2005): eight digits and a letter (DNI), or X, Y or Z, seven digits and a
/// letter (NIE).
enum SpanishIdentityNumber {
    /// The letter by the number's rest by 23.
    private static let checkLetters = Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)
    private static let dni: UInt32 = 0b1_0000_0000
    private static let nie: UInt32 = 0b1_0000_0001

    /// From a word such as `X1234567L`; a number with a letter behind comes by its digits.
    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == 9, ByteClass.isLetter(text[word.lowerBound]) else { return nil }
        return recognise(text, from: word.lowerBound)
    }

    /// From the digits of a number such as `12345678Z`, `12.345.678-Z` and `X-1234567-L`.
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        let end = groups.end(groups.groupCount - 1)
        guard end < text.count, ByteClass.isLetter(text[end]) || text[end] == UInt8(ascii: "-") else { return nil }
        switch groups.digitCount {
        case 8 where groups.isWhole(count: 8) || groups.isGrouped(2, 3, 3): return recognise(text, from: groups.start)
        case 7 where groups.isWhole(count: 7) && groups.start >= 2 && ByteClass.isLetter(text[groups.start - 2]):
            return recognise(text, from: groups.start - 2)
        default: return nil
        }
    }

    private static func recognise(_ text: Span<UInt8>, from start: Int) -> Match? {
        guard CodeWord.mayBegin(text, at: start) else { return nil }
        let code = CodeReader(text, at: start)
        guard let range = range(text, code) else { return nil }
        let label = Context.shared.label(text, before: start)
        if label == .identityDocument || label == .taxID || label == .nationalID {
            return Match(range: range, confidencePPM: 960_000)
        }
        guard label == .none, range.count <= 12, CodeWord.isUpper(text, range),
            !isSpaced(text, range)
        else { return nil }
        return Match(range: range, confidencePPM: 600_000)
    }

    private static func range(_ text: Span<UInt8>, _ code: CodeReader) -> Range<Int>? {
        if let range = code.range(text, count: 9, letters: dni) {
            return code[8] == checkLetters[code.value(0, 8) % 23] ? range : nil
        }
        let first = Int(code[0] &- UInt8(ascii: "X"))
        guard first < 3, let range = code.range(text, count: 9, letters: nie) else { return nil }
        return code[8] == checkLetters[(first * 10_000_000 + code.value(1, 7)) % 23] ? range : nil
    }

    private static func isSpaced(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where text[index] == UInt8(ascii: " ") { return true }
        return false
    }
}

/// Italian tax codes (codice fiscale, decreto ministeriale 23 dicembre 1976): sixteen letters and digits, the last a check
/// letter.
enum CodiceFiscale {
    private static let count = 16
    /// Which of the characters are letters at all events.
    private static let letters: UInt32 = 0b1000_1001_0011_1111
    private static let months = Array("ABCDEHLMPRST".utf8)
    /// What stands for the digits 0 to 9 where two people would have the same code.
    private static let digitLetters = Array("LMNPQRSTUV".utf8)
    /// The value of a digit, or of a letter by its place in the alphabet, where it stands first, third and so on.
    private static let oddValues = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]

    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == count, CodeWord.isAlone(text, word) else { return nil }
        let code = CodeReader(text, at: word.lowerBound)
        guard code.count >= count, code.letters & letters == letters, months.contains(code[8]), isValid(code) else {
            return nil
        }
        return Match(range: word, confidencePPM: 960_000)
    }

    private static func isValid(_ code: CodeReader) -> Bool {
        var sum = 0
        for index in 0..<count - 1 {
            let character = code[index]
            let isDigit = ByteClass.isDigit(character)
            if !isDigit, letters & (1 << UInt32(index)) == 0, !digitLetters.contains(character) { return false }
            let value = isDigit ? code.digit(index) : Int(character - UInt8(ascii: "A"))
            sum += index % 2 == 0 ? oddValues[value] : value
        }
        return Int(code[count - 1] - UInt8(ascii: "A")) == sum % 26
    }
}

/// Dutch citizen service numbers (BSN): nine digits that pass the eleven test, behind a word for them.
enum CitizenServiceNumber {
    static let labels: [Label] = [.citizenService]
    private static let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard let range = groups.range(ofDigits: 9, text), groups.value(0, 9) > 0,
            groups.weightedSum(weights) % 11 == 0
        else { return nil }
        return Match(range: range, confidencePPM: 930_000)
    }
}

/// Polish PESEL numbers: date of birth, order and sex, and a check digit, behind a word for them (ustawa o ewidencji
/// ludności, 24 September 2010).
enum PESEL {
    static let labels: [Label] = [.citizenService]
    private static let weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard let range = groups.range(ofDigits: 11, text), groups.weightedSum(weights) % 10 == 0,
            (1...12).contains(groups.value(2, 2) % 20), (1...31).contains(groups.value(4, 2))
        else { return nil }
        return Match(range: range, confidencePPM: 950_000)
    }
}
