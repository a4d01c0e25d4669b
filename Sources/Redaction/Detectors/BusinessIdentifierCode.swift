/// Business identifier codes of banks (ISO 9362) behind `BIC` or `SWIFT`: four letters for the institution, two for the
/// country, two letters or digits for the place, and three more for a branch.
///
/// Eight letters alone can be a word, so the search starts at the word for it.
enum BusinessIdentifierCode {
    static let labels = [
        "bic", "swift", "biccode", "swiftcode", "bankbic", "swiftbic", "bicswift", "creditorbic", "debtorbic",
        "beneficiarybic",
    ]
    /// Words between, as in `the BIC of the receiving bank is`.
    private static let wordsMax = 8
    /// Bytes looked at behind the word for it.
    private static let bytesMax = 64

    static func recognise(_ text: Span<UInt8>, behind label: Range<Int>) -> Match? {
        var index = label.upperBound
        let floor = min(text.count, index + bytesMax)
        var words = 0
        while words <= wordsMax {
            while index < floor, !ByteClass.isAlphanumeric(text[index]) {
                if isStop(text, at: index) { return nil }
                index += 1
            }
            var end = index
            while end < text.count, end - index <= 11, ByteClass.isAlphanumeric(text[end]) { end += 1 }
            guard index < floor, end > index else { return nil }
            if isCode(text, index..<end), CodeWord.isAlone(text, index..<end) {
                return Match(range: index..<end, confidencePPM: 930_000)
            }
            index = end
            words += 1
        }
        return nil
    }

    /// The end of a sentence.
    private static func isStop(_ text: Span<UInt8>, at index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"):
            index + 1 < text.count && Separator(ascii: text[index + 1]) != nil
        default: false
        }
    }

    private static func isCode(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard word.count == 8 || word.count == 11, CodeWord.isUpper(text, word) else { return false }
        let start = word.lowerBound
        for index in start..<start + 6 where !ByteClass.isLetter(text[index]) { return false }
        guard Country.isAssigned(text[start + 4], text[start + 5]) else { return false }
        return CodeWord.digitCount(text, word) > 0 || !words.contains { Bytes.equal(text, word, $0) }
    }

    /// Words of banking that have a country's letters in the right place, for texts all in capitals.
    private static let words = [
        "CUSTOMER", "INTEREST", "BUSINESS", "OVERSEAS", "DOMESTIC", "REQUIRED", "DELIVERY", "CHECKING", "PLATINUM",
        "BRANCHES", "DATABASE", "BENEFICIARY", "DESTINATION", "INSTITUTION", "INVESTMENTS", "TRANSACTION",
    ].map { Array($0.utf8) }
}

/// Countries by their two letters.
enum Country {
    /// Whether ISO 3166-1 gives the letters to a country; `XK`, which banks use for Kosovo, counts.
    static func isAssigned(_ first: UInt8, _ second: UInt8) -> Bool {
        let row = Int(first &- UInt8(ascii: "A"))
        let column = Int(second &- UInt8(ascii: "A"))
        guard row < 26, column < 26 else { return false }
        return seconds[row] & (1 << UInt32(column)) != 0
    }

    /// ISO 3166-1 alpha-2, by first letter: the second letters.
    private static let codes = [
        "DEFGILMOQRSTUWXZ", "ABDEFGHIJLMNOQRSTVWYZ", "ACDFGHIKLMNORUVWXYZ", "EJKMOZ", "CEGHRST", "IJKMOR",
        "ABDEFGHILMNPQRSTUWY", "KMNRTU", "DELMNOQRST", "EMOP", "EGHIMNPRWYZ", "ABCIKRSTUVY", "ACDEFGHKLMNOPQRSTUVWXYZ",
        "ACEFGILOPRUZ", "M", "AEFGHKLMNRSTWY", "A", "EOSUW", "ABCDEGHIJKLMNORSTVXYZ", "CDFGHJKLMNORTVWZ", "AGMSYZ",
        "ACEGINU", "FS", "K", "ET", "AMW",
    ]

    private static let seconds: [UInt32] = codes.map { letters in
        letters.utf8.reduce(0) { $0 | 1 << UInt32($1 - UInt8(ascii: "A")) }
    }
}
