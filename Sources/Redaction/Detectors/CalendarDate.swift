/// Dates as people and programs write them.
enum CalendarDate {
    /// Years in which somebody who is alive can have been born, and those to come that a typing error or a date that is
    /// no birth date may show.
    private static let years = 1_890...2_099

    /// Whether the first three groups are year, month and day in an order that is in use.
    static func isDate(_ groups: DigitGroups) -> Bool {
        guard groups.groupCount >= 3, groups.separator(1) == groups.separator(2) else { return false }
        switch (groups.count(0), groups.count(1), groups.count(2)) {
        case (4, 1...2, 1...2): return isDate(year: value(groups, 0), month: value(groups, 1), day: value(groups, 2))
        case (1...2, 1...2, 2), (1...2, 1...2, 4):
            let (first, second, year) = (value(groups, 0), value(groups, 1), value(groups, 2))
            return isDate(year: year, month: second, day: first) || isDate(year: year, month: first, day: second)
        default: return false
        }
    }

    private static func value(_ groups: DigitGroups, _ index: Int) -> Int {
        groups.value(groups.first(index), groups.count(index))
    }

    /// Whether eight digits together are year, month and day, or day, month and year.
    static func isCompactDate(_ groups: DigitGroups) -> Bool {
        isDate(year: groups.value(0, 4), month: groups.value(4, 2), day: groups.value(6, 2))
            || isDate(year: groups.value(4, 4), month: groups.value(2, 2), day: groups.value(0, 2))
    }

    /// Whether the groups up to `last` are a span of years, as `2024-25` or `2003-2004`.
    static func isYears(_ groups: DigitGroups, last: Int) -> Bool {
        guard last == 1, groups.isGrouped(4, 2) || groups.isGrouped(4, 4) else { return false }
        return isYear(groups.value(0, 4)) && (groups.count(1) == 2 || isYear(groups.value(4, 4)))
    }

    static func isYear(_ value: Int) -> Bool { years.contains(value) }

    /// A year below 100 has lost its century.
    private static func isDate(year: Int, month: Int, day: Int) -> Bool {
        (year < 100 || isYear(year)) && (1...12).contains(month) && (1...31).contains(day)
    }
}

/// Dates of birth: a date behind a word that speaks of a birth.
enum DateOfBirth {
    static let labels: [Label] = [.birth]
    /// Words between the word for it and the date, the month among them.
    private static let wordsMax = 4
    /// Bytes between a year and the day or month before it.
    private static let gapBytesMax = 6

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard labels.nearest == .birth, labels.wordsBefore <= wordsMax, !groups.hasPlus,
            let range = numeric(text, groups) ?? written(text, groups)
        else { return nil }
        return Match(range: range, confidencePPM: 930_000)
    }

    private static func numeric(_ text: Span<UInt8>, _ groups: DigitGroups) -> Range<Int>? {
        guard groups.lead != .joined else { return nil }
        if CalendarDate.isDate(groups), groups.separator(1) < .parenthesis, mayEnd(text, at: groups.end(2)),
            groups.groupCount == 3 || groups.separator(3) == .space || groups.separator(3) >= .parenthesis
        {
            return groups.start..<groups.end(2)
        }
        guard groups.isWhole(count: 8), CalendarDate.isCompactDate(groups), mayEnd(text, at: groups.end(0)) else {
            return nil
        }
        return groups.start..<groups.end(0)
    }

    /// A time of day may follow, as in `1990-04-25T00:00:00Z`.
    private static func mayEnd(_ text: Span<UInt8>, at end: Int) -> Bool {
        if DigitGroups.mayEnd(text, at: end) { return true }
        return end + 1 < text.count && text[end] == UInt8(ascii: "T") && ByteClass.isDigit(text[end + 1])
    }

    // MARK: With the month as a word

    /// Day, month and year, or month, day and year, that end with the year that `groups` starts with.
    private static func written(_ text: Span<UInt8>, _ groups: DigitGroups) -> Range<Int>? {
        guard groups.isWhole(count: 4), CalendarDate.isYear(groups.value(0, 4)) else { return nil }
        let end = groups.end(0)
        guard mayEnd(text, at: end), let before = partBefore(text, groups.start) else { return nil }
        if MonthName.isMonth(text, before) {
            guard let day = partBefore(text, before.lowerBound), isDay(text, day) else {
                return before.lowerBound..<end
            }
            return day.lowerBound..<end
        }
        guard isDay(text, before), let month = partBefore(text, before.lowerBound), MonthName.isMonth(text, month)
        else {
            return nil
        }
        return month.lowerBound..<end
    }

    /// The word or number before `offset`; `of` and `de` are stepped over.
    private static func partBefore(_ text: Span<UInt8>, _ offset: Int) -> Range<Int>? {
        var end = offset
        for _ in 0..<2 {
            let floor = max(0, end - gapBytesMax)
            let gapEnd = end
            while end > floor, isGap(text[end - 1]) { end -= 1 }
            guard end < gapEnd, end > 0 else { return nil }
            var start = end
            while start > 0, end - start <= MonthName.bytesMax, isPart(text[start - 1]) { start -= 1 }
            guard start < end else { return nil }
            if !isJoint(text, start..<end) { return start..<end }
            end = start
        }
        return nil
    }

    private static func isGap(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "/") || byte == 0xA0 || byte == 0xC2
    }

    private static func isPart(_ byte: UInt8) -> Bool { ByteClass.isAlphanumeric(byte) || byte >= 0x80 && byte != 0xA0 }

    private static func isJoint(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count == 2 || range.count == 3 else { return false }
        return joints.contains { MonthName.equal(text, range, $0) }
    }

    private static let joints = ["of", "de", "del", "the"].map { Array($0.utf8) }

    /// `3`, `03`, `3rd`, `1er`.
    private static func isDay(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var value = 0
        var index = range.lowerBound
        while index < range.upperBound, index - range.lowerBound < 2, ByteClass.isDigit(text[index]) {
            value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard (1...31).contains(value), range.upperBound - index <= 2 else { return false }
        while index < range.upperBound {
            guard !ByteClass.isDigit(text[index]) else { return false }
            index += 1
        }
        return true
    }
}

/// Names of months.
enum MonthName {
    /// Bytes of the longest, `października`, and some.
    static let bytesMax = 16

    static func isMonth(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        (3...bytesMax).contains(range.count) && names.contains { equal(text, range, $0) }
    }

    /// Whether the bytes are those of `name`, upper-case ASCII letters taken for lower-case ones.
    static func equal(_ text: Span<UInt8>, _ range: Range<Int>, _ name: [UInt8]) -> Bool {
        guard range.count == name.count else { return false }
        for place in name.indices {
            let byte = text[range.lowerBound + place]
            guard (ByteClass.isUpper(byte) ? byte | 0x20 : byte) == name[place] else { return false }
        }
        return true
    }

    /// English, German, French, Spanish, Italian, Portuguese, Dutch and Polish; each form once.
    private static let names: [[UInt8]] = """
        january february march april may june july august september october november december \
        jan feb mar apr jun jul aug sep sept oct nov dec \
        januar jänner februar märz mai juni juli oktober dezember mrz okt dez \
        janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr avr juil déc \
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic \
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott \
        janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out \
        januari februari maart mei augustus mrt \
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        """.split(separator: " ").map { Array($0.utf8) }
}
