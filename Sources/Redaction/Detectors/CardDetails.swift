/// A payment card's security code (CVV2, CVC2, CID): three digits, or four of American Express, behind a word for it.
enum CardSecurityCode {
    static let labels: [Label] = [.cardSecurity]
    /// Words between the word for it and the code, as in `security code on the back`.
    private static let wordsMax = 4

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard labels.nearest.isOf(.card, or: .cardSecurity), labels.wordsBefore <= wordsMax, groups.lead == .free,
            !groups.hasPlus,
            let last = last(groups), groups.isFree(text, after: last),
            // Four digits right behind "card" are the card's last.
            labels.nearest == .cardSecurity || groups.digits(upTo: last) == 3
        else { return nil }
        return Match(range: groups.start..<groups.end(last), confidencePPM: 950_000)
    }

    /// The last of one group, or of three or four of one digit.
    private static func last(_ groups: DigitGroups) -> Int? {
        if (3...4).contains(groups.count(0)) { return 0 }
        guard (3...4).contains(groups.digitCount), groups.groupCount == groups.digitCount else { return nil }
        return groups.groupCount - 1
    }
}

/// A payment card's expiry date behind a word for it: month and year, in either order and with two or four digits.
enum CardExpiry {
    static let labels: [Label] = [.cardExpiry]
    /// Words between the word for it and the date.
    private static let wordsMax = 3
    /// Years of cards that somebody may still have in a file.
    private static let years = 2_000...2_059

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard labels.nearest.isOf(.card, or: .cardExpiry), labels.wordsBefore <= wordsMax, groups.lead == .free,
            !groups.hasPlus,
            let last = last(groups, isDirect: labels.nearest == .cardExpiry && labels.wordsBefore <= 1),
            isFree(text, groups, after: last)
        else { return nil }
        return Match(range: groups.start..<groups.end(last), confidencePPM: 940_000)
    }

    private static func last(_ groups: DigitGroups, isDirect: Bool) -> Int? {
        switch (groups.count(0), groups.groupCount > 1 ? groups.count(1) : 0) {
        case (1...2, 2), (1...2, 4):
            let month = groups.value(0, groups.count(0))
            return isDate(month: month, year: groups.value(groups.first(1), groups.count(1))) ? 1 : nil
        case (4, 2) where isDate(month: groups.value(4, 2), year: groups.value(0, 4)): return 1
        case (4, _) where isDirect && isDate(month: groups.value(0, 2), year: groups.value(2, 2)): return 0
        default: return nil
        }
    }

    private static func isDate(month: Int, year: Int) -> Bool {
        (1...12).contains(month) && years.contains(year < 100 ? 2_000 + year : year)
    }

    /// A third number joined to the two makes a calendar date, which is no card's.
    private static func isFree(_ text: Span<UInt8>, _ groups: DigitGroups, after last: Int) -> Bool {
        if last == 1, groups.separator(1) >= .parenthesis { return false }
        return groups.isFree(text, after: last)
    }
}
