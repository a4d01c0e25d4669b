/// Passport numbers: six to ten letters and digits, digits for the most part, behind a word for a passport. States agree
/// on no more (ICAO Doc 9303-3 §4.2.2.2 allows any nine).
enum PassportNumber {
    static let labels: [Label] = [.passport]
    private static let digits = 6...10
    private static let characters = 6...10
    private static let digitsOfCodeMin = 4
    /// Words between the word for it and the number.
    private static let wordsMax = 4

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard labels.nearest == .passport, labels.wordsBefore <= wordsMax, groups.lead == .free, !groups.hasPlus,
            digits.contains(groups.count(0)), groups.isFree(text, after: 0)
        else { return nil }
        return Match(range: seriesStart(text, before: groups.start)..<groups.end(0), confidencePPM: 920_000)
    }

    /// The start of one or two capitals that stand apart before the digits, as in `AB 1234567`; `NO` and `NR` are none.
    private static func seriesStart(_ text: Span<UInt8>, before digits: Int) -> Int {
        var start = digits - 1
        guard start > 1, text[start] == UInt8(ascii: " ") else { return digits }
        while start > 0, digits - start < 4, ByteClass.isUpper(text[start - 1]) { start -= 1 }
        guard (2...3).contains(digits - start), CodeWord.mayBegin(text, at: start) else { return digits }
        let isNumero =
            digits - start == 3 && text[start] == UInt8(ascii: "N")
            && (text[start + 1] == UInt8(ascii: "O") || text[start + 1] == UInt8(ascii: "R"))
        return isNumero ? digits : start
    }

    static func recognise(_ text: Span<UInt8>, _ word: Range<Int>, _ labels: Context.Labels) -> Match? {
        guard labels.nearest == .passport, labels.wordsBefore <= wordsMax, characters.contains(word.count),
            CodeWord.digitCount(text, word) >= digitsOfCodeMin, CodeWord.isAlone(text, word)
        else { return nil }
        return Match(range: word, confidencePPM: 920_000)
    }
}

/// Numbers of driving licences: British and Indian ones by their shape, others behind a word for a licence.
enum DrivingLicence {
    static let labels: [Label] = [.drivingLicence]
    private static let digits = 6...14
    private static let characters = 6...18
    private static let digitsOfCodeMin = 4
    /// Words between the word for it and the number.
    private static let wordsMax = 4

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard labels.nearest == .drivingLicence, labels.wordsBefore <= wordsMax, !groups.hasPlus else { return nil }
        if let range = indian(text, groups) ?? british(text, groups) {
            return Match(range: range, confidencePPM: 930_000)
        }
        guard groups.lead == .free,
            !CalendarDate.isDate(groups), let last = last(groups), groups.isFree(text, after: last)
        else { return nil }
        return Match(range: groups.start..<groups.end(last), confidencePPM: 910_000)
    }

    /// The last of the groups that hyphens join.
    private static func last(_ groups: DigitGroups) -> Int? {
        var last = 0
        while last + 1 < groups.groupCount, groups.separator(last + 1) == .hyphen { last += 1 }
        return digits.contains(groups.digits(upTo: last)) && !CalendarDate.isYears(groups, last: last) ? last : nil
    }

    static func recognise(_ text: Span<UInt8>, _ word: Range<Int>, _ labels: Context.Labels) -> Match? {
        guard labels.nearest == .drivingLicence, labels.wordsBefore <= wordsMax,
            CodeWord.mayBegin(text, at: word.lowerBound)
        else { return nil }
        if let range = indian(text, word) { return Match(range: range, confidencePPM: 930_000) }
        let code = word.lowerBound..<joinedEnd(text, from: word.upperBound)
        guard characters.contains(code.count), CodeWord.digitCount(text, code) >= digitsOfCodeMin,
            CodeWord.isAlone(text, code)
        else { return nil }
        return Match(range: code, confidencePPM: 920_000)
    }

    /// The end of the groups that hyphens join, as in `S123-456-78-901-0`.
    private static func joinedEnd(_ text: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end + 1 < text.count, end - start < characters.upperBound, text[end] == UInt8(ascii: "-"),
            ByteClass.isDigit(text[end + 1])
        {
            end += 1
            while end < text.count, end - start < characters.upperBound, ByteClass.isAlphanumeric(text[end]) {
                end += 1
            }
        }
        return end
    }

    /// `UP44 19986145141`: state, office, year and number (Ministry of Road Transport and Highways, Sarathi).
    private static func indian(_ text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
        CodeReader(text, at: word.lowerBound).range(text, count: 15, letters: 0b11)
    }

    /// The same with the office apart: `MH-12 20110012345`.
    private static func indian(_ text: Span<UInt8>, _ groups: DigitGroups) -> Range<Int>? {
        let start = groups.start - 3
        guard groups.count(0) == 2, start >= 0, CodeWord.mayBegin(text, at: start) else { return nil }
        return CodeReader(text, at: start).range(text, count: 15, letters: 0b11)
    }

    // MARK: British

    private static let britishCount = 16

    /// `MORGA657054SM9IJ`: five letters of the surname, the birth date's decade, month (50 more for women), day and
    /// year, two initials, and three characters (DVLA). Nines fill what a name lacks.
    static func recogniseBritish(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == britishCount, CodeWord.isAlone(text, word) else { return nil }
        return isBritish(CodeReader(text, at: word.lowerBound)) ? Match(range: word, confidencePPM: 910_000) : nil
    }

    /// The same with its digits apart: `MORGA 657054 SM9IJ`.
    private static func british(_ text: Span<UInt8>, _ groups: DigitGroups) -> Range<Int>? {
        let start = groups.start - 6
        guard groups.count(0) == 6, start >= 0, ByteClass.isLetter(text[start]), CodeWord.mayBegin(text, at: start)
        else {
            return nil
        }
        let code = CodeReader(text, at: start)
        return isBritish(code) ? code.range(text, count: britishCount) : nil
    }

    private static func isBritish(_ code: CodeReader) -> Bool {
        code.count >= britishCount && (0..<5).allSatisfy({ isName(code[$0]) }) && ByteClass.isLetter(code[0])
            && (5..<11).allSatisfy({ ByteClass.isDigit(code[$0]) }) && (1...12).contains(code.value(6, 2) % 50)
            && code.value(6, 2) < 63 && (1...31).contains(code.value(8, 2)) && isName(code[11]) && isName(code[12])
            && ByteClass.isLetter(code[14]) && ByteClass.isLetter(code[15])
    }

    private static func isName(_ character: UInt8) -> Bool {
        ByteClass.isLetter(character) || character == UInt8(ascii: "9")
    }
}
