/// The check digit of payment cards (ISO/IEC 7812-1 annex B).
enum Luhn {
    /// Whether the first `count` digits end with their check digit.
    static func isValid(count: Int, digit: (Int) -> UInt8) -> Bool {
        var sum = 0
        var doubles = false
        var index = count
        while index > 0 {
            index -= 1
            let digit = Int(digit(index))
            sum += doubles ? (digit < 5 ? 2 * digit : 2 * digit - 9) : digit
            doubles.toggle()
        }
        return count > 0 && sum % 10 == 0
    }
}

/// Payment card numbers (ISO/IEC 7812-1): the check digit, and a known brand's first digits and length or a word that
/// speaks of a card. With such a word the brand does not matter: shops and fleets issue cards of their own.
enum PaymentCard {
    /// A range of first digits, all of the same number, and the lengths of its cards.
    private struct Brand {
        let first: ClosedRange<Int>
        let digits: Int
        let lengths: ClosedRange<Int>
    }

    /// Issuer ranges as the networks publish them.
    private static let brands = [
        Brand(first: 4...4, digits: 1, lengths: 13...19),  // Visa
        Brand(first: 51...55, digits: 2, lengths: 16...16),  // Mastercard
        Brand(first: 2221...2720, digits: 4, lengths: 16...16),  // Mastercard
        Brand(first: 34...34, digits: 2, lengths: 15...15),  // American Express
        Brand(first: 37...37, digits: 2, lengths: 15...15),  // American Express
        Brand(first: 300...305, digits: 3, lengths: 14...19),  // Diners Club
        Brand(first: 36...36, digits: 2, lengths: 14...19),  // Diners Club
        Brand(first: 38...39, digits: 2, lengths: 14...19),  // Diners Club
        Brand(first: 6011...6011, digits: 4, lengths: 16...19),  // Discover
        Brand(first: 644...659, digits: 3, lengths: 16...19),  // Discover, RuPay
        Brand(first: 3528...3589, digits: 4, lengths: 16...19),  // JCB
        Brand(first: 1800...1800, digits: 4, lengths: 15...15),  // JCB, older
        Brand(first: 2131...2131, digits: 4, lengths: 15...15),  // JCB, older
        Brand(first: 62...62, digits: 2, lengths: 16...19),  // UnionPay
        Brand(first: 81...82, digits: 2, lengths: 16...19),  // UnionPay, RuPay
        Brand(first: 2200...2205, digits: 4, lengths: 16...19),  // Mir, PayPak
        Brand(first: 50...50, digits: 2, lengths: 12...19),  // Maestro
        Brand(first: 56...69, digits: 2, lengths: 12...19),  // Maestro
    ]

    private static let lengths = 12...19

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead != .joined, groups.digitCount >= lengths.lowerBound else { return nil }
        var label: Label?
        for last in 0..<groups.groupCount {
            let count = groups.digits(upTo: last)
            guard count <= lengths.upperBound else { break }
            guard lengths.contains(count), groups.passesLuhn(count: count) else { continue }
            let shape = shape(text, groups, last: last)
            guard shape != .unlikely else { continue }
            let known = label ?? groups.label(text)
            label = known
            guard known == .card || isBrand(groups, count: count),
                let confidence = confidence(count: count, shape, known)
            else { continue }
            return Match(range: groups.start..<groups.end(last), confidencePPM: confidence)
        }
        return nil
    }

    /// How a number is written.
    private enum Shape { case printed, whole, odd, unlikely }

    private static func shape(_ text: Span<UInt8>, _ groups: DigitGroups, last: Int) -> Shape {
        if isPrinted(groups, last: last) {
            return DigitGroups.mayEnd(text, at: groups.end(last)) ? .printed : .unlikely
        }
        guard groups.isFree(text, after: last) else { return .unlikely }
        if last == 0 { return .whole }
        // Unusual groups must be all that is there: among many numbers some would pass the check by chance.
        return last == groups.groupCount - 1 && !groups.isCut ? .odd : .unlikely
    }

    /// As on a card: fours, and 4-6-5 or 4-6-4.
    private static func isPrinted(_ groups: DigitGroups, last: Int) -> Bool {
        switch last {
        case 2: groups.isGrouped(4, 6, 5) || groups.isGrouped(4, 6, 4)
        case 3: groups.isGrouped(4, 4, 4, 4)
        case 4: groups.isGrouped(4, 4, 4, 4, 3)
        default: false
        }
    }

    private static func confidence(count: Int, _ shape: Shape, _ label: Label) -> Int? {
        if label == .card { return 990_000 }
        if shape == .printed { return 970_000 }
        // One number in ten passes the check; short ones and those that are named otherwise need more than that.
        if count < 14 { return nil }
        if label == .reference || label == .digest { return count >= 15 ? 600_000 : nil }
        return shape == .whole && count >= 15 ? 930_000 : 700_000
    }

    private static func isBrand(_ groups: DigitGroups, count: Int) -> Bool {
        brands.contains { $0.lengths.contains(count) && $0.first.contains(groups.value(0, $0.digits)) }
    }
}
