/// United Kingdom national insurance numbers: two letters, six digits and a letter from A to D.
enum NationalInsuranceNumber {
    /// Which of the nine characters are letters.
    private static let letters: UInt32 = 0b1_0000_0011

    /// From a word such as `AB123456C` or `AB12`.
    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count >= 4, ByteClass.isLetter(text[word.lowerBound]), ByteClass.isDigit(text[word.lowerBound + 2])
        else { return nil }
        return recognise(text, from: word.lowerBound)
    }

    /// From the digits of a number whose letters stand apart, as in `AB 12 34 56 C`.
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.count(0) == 2 || groups.count(0) == 6, groups.start >= 3 else { return nil }
        let gap = text[groups.start - 1] == 0xA0 ? 2 : 1
        let start = groups.start - gap - 2
        guard start >= 0, Separator(ascii: text[groups.start - 1]) != nil || gap == 2,
            ByteClass.isLetter(text[start]), ByteClass.isLetter(text[start + 1])
        else { return nil }
        return recognise(text, from: start)
    }

    private static func recognise(_ text: Span<UInt8>, from start: Int) -> Match? {
        guard CodeWord.mayBegin(text, at: start) else { return nil }
        let code = CodeReader(text, at: start)
        guard let range = code.range(text, count: 9, letters: letters), isAllocated(code[0], code[1]),
            (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(code[8])
        else { return nil }
        let label = Context.shared.label(text, around: range)
        if label == .nationalInsurance { return Match(range: range, confidencePPM: 970_000) }
        guard label != .reference, CodeWord.isUpper(text, range) else { return nil }
        return Match(range: range, confidencePPM: 910_000)
    }

    /// HMRC, National Insurance Manual NIM39110: no D, F, I, Q, U or V, no O second, and none of seven pairs.
    private static func isAllocated(_ first: UInt8, _ second: UInt8) -> Bool {
        guard !neither.contains(first), !neither.contains(second), second != UInt8(ascii: "O") else { return false }
        return !pairs.contains(UInt16(first) << 8 | UInt16(second))
    }

    private static let neither = Array("DFIQUV".utf8)
    private static let pairs: Set<UInt16> = Set(
        ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].map { $0.utf8.reduce(0) { $0 << 8 | UInt16($1) } })
}

/// Numbers of the British National Health Service: nine digits and a check digit modulo 11, behind a word for them (NHS
/// Data Dictionary, NHS NUMBER).
enum HealthServiceNumber {
    static let labels: [Label] = [.healthService]
    private static let weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard let range = groups.range(ofDigits: 10, text) else { return nil }
        let check = (11 - groups.weightedSum(weights) % 11) % 11
        guard check == Int(groups.digit(9)) else { return nil }
        return Match(range: range, confidencePPM: 950_000)
    }
}
