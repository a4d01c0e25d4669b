/// Numbers of bank accounts, which every bank makes in its own way: a run of digits behind a word for an account, behind
/// a payment's `from` or `to`, or behind a British sort code.
enum BankAccount {
    static let labels: [Label] = [.account, .transfer]
    /// From short Pakistani and American ones to the 18 digits of an Indian or Mexican one.
    private static let digits = 7...18
    /// Digits where the word for it is right before the number.
    private static let digitsDirect = 6...18
    /// Digits of what somebody pays from or to.
    private static let digitsOfPayment = 9...18
    /// Words between the word for it and the number.
    private static let wordsMax = 4

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard !groups.hasPlus, mayBegin(text, groups), !CalendarDate.isDate(groups) else { return nil }
        if labels.nearest == .account, labels.wordsBefore <= wordsMax {
            let digits = labels.wordsBefore <= 1 ? digitsDirect : digits
            guard let last = last(groups), !CalendarDate.isYears(groups, last: last),
                digits.contains(groups.digits(upTo: last)),
                isFree(text, groups, after: last)
            else { return nil }
            return Match(
                range: groups.start..<groups.end(last), confidencePPM: labels.wordsBefore <= 1 ? 910_000 : 800_000)
        }
        guard labels.all.contains(.transfer), labels.nearest != .reference, labels.nearest != .phone,
            digitsOfPayment.contains(groups.count(0)), isFree(text, groups, after: 0),
            isTarget(text, before: groups.begin)
        else { return nil }
        return Match(range: groups.start..<groups.end(0), confidencePPM: 700_000)
    }

    /// Eight digits behind a sort code, as in `20-00-00 12345678`.
    static func recogniseBehindSortCode(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        var end = groups.start
        while end > 0, groups.start - end < SortCode.gapBytesMax, !ByteClass.isAlphanumeric(text[end - 1]) { end -= 1 }
        guard groups.count(0) == 8, groups.isFree(text, after: 0), end < groups.start,
            SortCode.isWritten(text, at: end - 8), SortCode.mayStandAlone(text, at: end - 8)
        else { return nil }
        return Match(range: groups.start..<groups.end(0), confidencePPM: 910_000)
    }

    private static func mayBegin(_ text: Span<UInt8>, _ groups: DigitGroups) -> Bool {
        guard groups.begin > 0 else { return true }
        let before = text[groups.begin - 1]
        if groups.lead == .tagged { return before == UInt8(ascii: "#") || before == UInt8(ascii: "_") }
        // The last byte of £, €, ₹ and their like, and $.
        return groups.lead == .free && before < 0x80 && before != UInt8(ascii: "$") || before == 0xA0
    }

    /// The last group of the number: over hyphens from a long first group, over spaces too from a short one.
    private static func last(_ groups: DigitGroups) -> Int? {
        let isSpelled = groups.count(0) == 1
        let mayHaveSpaces = groups.count(0) < digitsDirect.lowerBound
        var last = 0
        while last + 1 < groups.groupCount, groups.digits(upTo: last + 1) <= digits.upperBound {
            let separator = groups.separator(last + 1)
            let count = groups.count(last + 1)
            guard separator == .hyphen || (separator == .space && mayHaveSpaces) || (separator == .dot && isSpelled),
                isSpelled ? count == 1 : count >= 2
            else { break }
            last += 1
        }
        return last
    }

    private static func isFree(_ text: Span<UInt8>, _ groups: DigitGroups, after last: Int) -> Bool {
        if last + 1 < groups.groupCount, groups.separator(last + 1) != .space,
            groups.separator(last + 1) < .parenthesis
        {
            return false
        }
        let end = groups.end(last)
        return groups.isFree(text, after: last)
            && !(end < text.count && text[end] == UInt8(ascii: ",") && end + 1 < text.count
                && ByteClass.isDigit(text[end + 1]))
    }

    /// Whether `from` or `to` stands right before the number.
    private static func isTarget(_ text: Span<UInt8>, before offset: Int) -> Bool {
        prepositions.contains { word in
            let start = offset - word.count
            guard start >= 0 else { return false }
            for index in word.indices where text[start + index] | 0x20 != word[index] { return false }
            return true
        }
    }

    /// With the spaces around them, in lower case.
    private static let prepositions = [
        " from ", " to ", " into ", " von ", " auf ", " an ", " du ", " vers ", " desde ", " a ", " da ", " van ",
        " naar ",
        " se ", " ko ",
    ].map { Array($0.utf8) }
}

/// Sort codes of British and Irish banks: six digits behind a word for them, or in pairs before an account number.
enum SortCode {
    static let labels: [Label] = [.sortCode]
    /// Words between the word for it and the code.
    private static let wordsMax = 3
    /// Bytes between the code and an account number, as in `20-00-00 / 12345678`.
    static let gapBytesMax = 3

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard labels.nearest == .sortCode, labels.wordsBefore <= wordsMax, groups.lead != .joined, !groups.hasPlus,
            let range = range(text, groups)
        else { return nil }
        return Match(range: range, confidencePPM: 950_000)
    }

    private static func range(_ text: Span<UInt8>, _ groups: DigitGroups) -> Range<Int>? {
        // An account number may follow behind any separator.
        if groups.isGrouped(2, 2, 2), groups.groupCount > 3 { return groups.start..<groups.end(2) }
        guard groups.isWhole(count: 6) || groups.isGrouped(2, 2, 2) || groups.isGrouped(1, 1, 1, 1, 1) else {
            return nil
        }
        return groups.range(ofDigits: 6, text)
    }

    static func recogniseBeforeAccount(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.isGrouped(2, 2, 2, 8), groups.lead == .free, groups.isFree(text, after: 3),
            isWritten(text, at: groups.start), mayStandAlone(text, at: groups.start)
        else { return nil }
        return Match(range: groups.start..<groups.end(2), confidencePPM: 850_000)
    }

    /// `sort 12-34-56`; other numbers are sorted by.
    static func recogniseBehindSort(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard let value = Announced(text, after: word.upperBound), isWritten(text, at: value.start),
            value.start + 8 == text.count || !ByteClass.isAlphanumeric(text[value.start + 8])
        else { return nil }
        return Match(range: value.start..<value.start + 8, confidencePPM: 900_000)
    }

    /// Whether `12-34-56` stands at `start`.
    static func isWritten(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start >= 0, start + 8 <= text.count, start == 0 || !ByteClass.isAlphanumeric(text[start - 1]) else {
            return false
        }
        for place in 0..<8 {
            let byte = text[start + place]
            guard place % 3 == 2 ? byte == UInt8(ascii: "-") : ByteClass.isDigit(byte) else { return false }
        }
        return true
    }

    private static func pair(_ text: Span<UInt8>, _ start: Int) -> Int {
        Int(text[start] &- UInt8(ascii: "0")) * 10 + Int(text[start + 1] &- UInt8(ascii: "0"))
    }

    /// Whether the code at `start` cannot be a date, or is one in the words of a payment.
    static func mayStandAlone(_ text: Span<UInt8>, at start: Int) -> Bool {
        let (first, second, third) = (pair(text, start), pair(text, start + 3), pair(text, start + 6))
        let isDate =
            (1...31).contains(first) && (1...12).contains(second)
            || (1...12).contains(first) && (1...31).contains(second)
            || (1...12).contains(second) && (1...31).contains(third)
        guard isDate else { return true }
        let labels = Context.shared.labels(text, before: start)
        return [.sortCode, .account, .transfer].contains(labels.nearest)
    }
}

/// Routing numbers of banks in the United States (ABA): a Federal Reserve prefix, a check digit, and a word for it.
enum RoutingNumber {
    static let labels: [Label] = [.routing]
    private static let weights = [3, 7, 1, 3, 7, 1, 3, 7, 1]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard let range = groups.range(ofDigits: 9, text), isValid(groups) else { return nil }
        return Match(range: range, confidencePPM: labels.nearest == .routing ? 960_000 : 900_000)
    }

    /// The prefixes of the ABA's key to routing numbers: the United States' own, the twelve districts, thrift
    /// institutions', electronic ones, and traveller's cheques.
    private static func isValid(_ groups: DigitGroups) -> Bool {
        switch groups.value(0, 2) {
        case 0...12, 21...32, 61...72, 80: groups.weightedSum(weights) % 10 == 0 && groups.value(0, 9) > 0
        default: false
        }
    }
}
