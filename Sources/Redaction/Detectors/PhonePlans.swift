/// A country's calling code (ITU-T E.164, list of assigned codes) and how long its numbers may be.
struct CallingCode {
    let codeDigits: Int
    /// Digits of the longest national number; where no plan is known here, what E.164 leaves.
    let nationalDigitsMax: Int

    /// The code that starts with digit `first`, or nil where none is assigned.
    static func plan(_ groups: DigitGroups, from first: Int) -> CallingCode? {
        guard groups.digitCount >= first + 3 else { return nil }
        for length in 1...3 {
            let code = groups.value(first, length)
            guard isAssigned(code, length: length) else { continue }
            return CallingCode(codeDigits: length, nationalDigitsMax: nationalDigitsMax[code] ?? 12)
        }
        return nil
    }

    /// Digits of the calling code that an international number of these ASCII digits starts with.
    static func digits(of number: [UInt8]) -> Int? {
        guard number.count > 3, number.prefix(3).allSatisfy(ByteClass.isDigit) else { return nil }
        return (1...3).first { length in
            let code = number.prefix(length).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            return isAssigned(code, length: length)
        }
    }

    private static func isAssigned(_ code: Int, length: Int) -> Bool {
        switch length {
        case 1: code == 1 || code == 7
        case 2: twoDigits.contains(code)
        default: code >= 200 && !twoDigits.contains(code / 10) && !unassigned.contains(code / 10)
        }
    }

    private static let twoDigits: Set<Int> = [
        20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61,
        62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
    ]

    /// First two digits of three-digit codes of which none is assigned.
    private static let unassigned: Set<Int> = [28, 83, 89]

    /// From the national numbering plans that the ITU publishes.
    private static let nationalDigitsMax: [Int: Int] = [
        1: 10, 7: 10, 20: 10, 27: 9, 30: 10, 31: 9, 32: 9, 33: 9, 34: 9, 36: 9, 39: 11, 40: 9, 41: 9, 44: 10, 45: 8,
        46: 10, 47: 8, 48: 9, 49: 11, 52: 10, 55: 11, 60: 10, 61: 9, 63: 10, 64: 10, 65: 8, 66: 9, 81: 10, 82: 10,
        84: 10,
        86: 11, 90: 10, 91: 10, 92: 10, 93: 9, 94: 9, 98: 10, 234: 10, 254: 9, 351: 9, 353: 9, 358: 10, 420: 9, 421: 9,
        852: 8, 880: 10, 886: 9, 966: 9, 971: 9, 973: 8, 974: 8, 965: 8, 968: 8,
    ]
}

/// How a country writes numbers without its calling code.
struct NationalShape: Sendable {
    /// Whether the shape alone tells; other shapes need that no other word claims the number.
    let isDistinct: Bool
    /// The last group of a number of this shape, or nil where the digits have another.
    let lastGroup: @Sendable (DigitGroups) -> Int?

    static let all = [
        NationalShape(isDistinct: true, lastGroup: pakistaniMobile),
        NationalShape(isDistinct: true, lastGroup: britishMobile),
        NationalShape(isDistinct: true, lastGroup: northAmerican),
        NationalShape(isDistinct: true, lastGroup: french),
        NationalShape(isDistinct: false, lastGroup: frenchMobile),
        NationalShape(isDistinct: false, lastGroup: germanMobile),
        NationalShape(isDistinct: false, lastGroup: indianMobile),
        NationalShape(isDistinct: false, lastGroup: trunkZero),
    ]

    /// 03XX XXXXXXX, grouped in any way.
    private static func pakistaniMobile(_ groups: DigitGroups) -> Int? {
        guard groups.digit(0) == 0, groups.digit(1) == 3, groups.digit(2) <= 6 else { return nil }
        return groups.group(endingAfter: 11)
    }

    /// 07XXX XXXXXX, grouped in any way; 070 and 076 are not mobile numbers.
    private static func britishMobile(_ groups: DigitGroups) -> Int? {
        guard groups.digit(0) == 0, groups.digit(1) == 7, groups.digit(2) != 0, groups.digit(2) != 6 else {
            return nil
        }
        return groups.group(endingAfter: 11)
    }

    /// NXX-NXX-XXXX with an optional 1 before; the area code's first digit is 2 to 9.
    private static func northAmerican(_ groups: DigitGroups) -> Int? {
        if groups.isGrouped(3, 3, 4), groups.digit(0) >= 2, groups.separator(2) < .slash { return 2 }
        if groups.isGrouped(1, 3, 3, 4), groups.digit(0) == 1, groups.digit(1) >= 2 { return 3 }
        return nil
    }

    /// 0X XX XX XX XX.
    private static func french(_ groups: DigitGroups) -> Int? {
        guard groups.isGrouped(2, 2, 2, 2, 2), groups.digit(0) == 0, groups.digit(1) != 0 else { return nil }
        return 4
    }

    /// 06XXXXXXXX and 07XXXXXXXX (Arcep, plan de numérotation), grouped in any way.
    private static func frenchMobile(_ groups: DigitGroups) -> Int? {
        guard groups.digit(0) == 0, (6...7).contains(groups.digit(1)) else { return nil }
        return groups.group(endingAfter: 10)
    }

    /// 015X to 017X and seven digits or eight (Bundesnetzagentur, Nummernplan Mobilfunk), grouped in any way.
    private static func germanMobile(_ groups: DigitGroups) -> Int? {
        guard groups.digit(0) == 0, groups.digit(1) == 1, (5...7).contains(groups.digit(2)) else { return nil }
        return groups.group(endingAfter: 12) ?? groups.group(endingAfter: 11)
    }

    /// XXXXX XXXXX, from 6 on.
    private static func indianMobile(_ groups: DigitGroups) -> Int? {
        guard groups.isGrouped(5, 5), groups.digit(0) >= 6, groups.separator(1) < .slash else { return nil }
        return 1
    }

    /// An area code with the trunk prefix 0 and a number, as most of Europe and South Asia write it.
    private static func trunkZero(_ groups: DigitGroups) -> Int? {
        guard groups.digit(0) == 0, groups.digit(1) != 0, (2...5).contains(groups.count(0)) else { return nil }
        // A postal code of the United States, as in `MA 02110-1301`.
        if groups.isGrouped(5, 4), groups.separator(1) == .hyphen { return nil }
        for last in stride(from: groups.groupCount - 1, to: 0, by: -1)
        where (9...11).contains(groups.digits(upTo: last)) {
            return last
        }
        return nil
    }
}
