/// Telephone numbers: international (E.164) ones by their calling code, national ones by the shape that their country
/// writes, and any number of fitting length behind a word that announces one.
enum PhoneNumber {
    /// E.164 §6.1, with the calling code.
    private static let digitsMax = 15
    private static let digitsMin = 7

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead != .joined, groups.digitCount >= digitsMin else { return nil }
        if let match = international(text, groups) { return match }
        guard groups.lead == .free, !groups.hasPlus, !isDate(groups) else { return nil }
        let context = groups.nearest(text)
        if let match = national(text, groups, context) { return match }
        return context.label == .phone ? announced(text, groups) : nil
    }

    // MARK: International

    private static func international(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        let prefix = groups.hasPlus ? 0 : 2
        if prefix == 2 {
            guard groups.lead == .free, groups.digit(0) == 0, groups.digit(1) == 0 else { return nil }
        }
        guard let plan = CallingCode.plan(groups, from: prefix), let last = lastGroup(text, groups, prefix, plan) else {
            return nil
        }
        var confidence = 950_000
        if prefix == 2 {
            let context = groups.nearest(text)
            if context.label == .reference { return nil }
            confidence = context.label == .phone ? 940_000 : last > 0 ? 850_000 : 750_000
        }
        return match(text, groups, last: last, confidence)
    }

    /// The last group that the calling code's plan allows, or else the last that E.164 allows.
    private static func lastGroup(
        _ text: Span<UInt8>, _ groups: DigitGroups, _ prefix: Int, _ plan: CallingCode
    ) -> Int? {
        var trunk = 0
        for index in 0..<groups.groupCount
        where groups.count(index) == 1 && groups.separator(index) == .parenthesis
            && groups.digit(groups.first(index)) == 0
        {
            trunk = 1
        }
        let digitsMin = prefix + plan.codeDigits + 5
        for digitsMax in [prefix + plan.codeDigits + trunk + plan.nationalDigitsMax, prefix + trunk + digitsMax] {
            for last in stride(from: groups.groupCount - 1, through: 0, by: -1) {
                guard (digitsMin...max(digitsMin, digitsMax)).contains(groups.digits(upTo: last)) else { continue }
                if mayEnd(text, groups, after: last), !crossesLine(groups, upTo: last) { return last }
            }
        }
        return nil
    }

    // MARK: National

    private static func national(_ text: Span<UInt8>, _ groups: DigitGroups, _ context: Context.Nearest) -> Match? {
        if context.label == .reference && context.wordsBefore < 2 { return nil }
        for shape in NationalShape.all {
            guard let last = shape.lastGroup(groups), mayEnd(text, groups, after: last),
                !crossesLine(groups, upTo: last)
            else { continue }
            if context.label == .phone { return match(text, groups, last: last, 930_000) }
            guard shape.isDistinct || context.label == .none else { continue }
            return match(text, groups, last: last, shape.isDistinct ? 800_000 : 600_000)
        }
        return nil
    }

    /// A number of no known shape behind a word such as "phone".
    private static func announced(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        var found: Int?
        for last in 0..<groups.groupCount {
            let count = groups.digits(upTo: last)
            guard count <= digitsMax, last == 0 || groups.separator(last) != .lineBreak else { break }
            if let found, groups.digits(upTo: found) >= 9, groups.count(found) >= 4, groups.separator(last) == .space {
                break
            }
            if count >= digitsMin, mayEnd(text, groups, after: last) { found = last }
        }
        return found.map { match(text, groups, last: $0, groups.digits(upTo: $0) >= 9 ? 850_000 : 700_000) }
    }

    // MARK: Ends

    private static func match(_ text: Span<UInt8>, _ groups: DigitGroups, last: Int, _ confidence: Int) -> Match {
        let end = groups.end(last)
        return Match(range: groups.begin..<(extensionEnd(text, from: end) ?? end), confidencePPM: confidence)
    }

    private static func mayEnd(_ text: Span<UInt8>, _ groups: DigitGroups, after last: Int) -> Bool {
        groups.isFree(text, after: last) || (!groups.isCut && extensionEnd(text, from: groups.end(last)) != nil)
    }

    private static func crossesLine(_ groups: DigitGroups, upTo last: Int) -> Bool {
        for index in 0...last where groups.separator(index) == .lineBreak { return true }
        return false
    }

    /// The offset behind an extension such as `x123` or ` ext. 12` that starts at `offset`.
    private static func extensionEnd(_ text: Span<UInt8>, from offset: Int) -> Int? {
        var index = offset
        if index < text.count, text[index] == UInt8(ascii: " ") { index += 1 }
        guard index < text.count else { return nil }
        if text[index] | 0x20 == UInt8(ascii: "e"), index + 3 < text.count,
            text[index + 1] | 0x20 == UInt8(ascii: "x"), text[index + 2] | 0x20 == UInt8(ascii: "t")
        {
            index += 3
            while index < text.count, text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: " ") {
                index += 1
                guard index - offset < 8 else { return nil }
            }
        } else {
            guard text[index] | 0x20 == UInt8(ascii: "x") else { return nil }
            index += 1
        }
        let first = index
        while index < text.count, index - first < 6, ByteClass.isDigit(text[index]) { index += 1 }
        return index > first && DigitGroups.mayEnd(text, at: index) ? index : nil
    }

    /// Year, month and day in either order.
    private static func isDate(_ groups: DigitGroups) -> Bool {
        guard groups.groupCount >= 3, groups.separator(1) == groups.separator(2) else { return false }
        if groups.isGrouped(4, 2, 2) { return isYear(groups.value(0, 4)) && groups.value(4, 2) <= 12 }
        guard groups.count(0) <= 2, groups.count(1) <= 2, groups.count(2) == 4 else { return false }
        return isYear(groups.value(groups.first(2), 4))
    }

    private static func isYear(_ value: Int) -> Bool { (1900...2099).contains(value) }
}
