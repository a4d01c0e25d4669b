/// Pakistani CNIC and NICOP numbers: 13 digits, five for the place, seven for the family, one for the sex. There is no
/// check digit, so a number that is not written 5-7-1 needs a word that names it.
enum PakistaniCNIC {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead != .joined, groups.digitCount >= 13, groups.digit(0) != 0,
            let last = groups.group(endingAfter: 13), groups.isFree(text, after: last)
        else { return nil }
        let range = groups.start..<groups.end(last)
        if groups.isGrouped(5, 7, 1), last == 2, groups.separator(1) == .hyphen || groups.separator(2) == .hyphen {
            return Match(range: range, confidencePPM: 970_000)
        }
        let label = groups.label(text, around: range)
        if label == .nationalID || groups.has(.nationalID, text) {
            return Match(range: range, confidencePPM: 950_000)
        }
        guard groups.isGrouped(5, 7, 1), last == 2, label != .reference
        else {
            return nil
        }
        return Match(range: range, confidencePPM: 850_000)
    }
}

/// United States social security numbers: never issued are area 000, 666 and 900 to 999, group 00 and serial 0000
/// (SSA, POMS RM 10201.035).
enum SocialSecurityNumber {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead != .joined, let last = groups.group(endingAfter: 9), groups.isFree(text, after: last),
            isIssued(area: groups.value(0, 3), group: groups.value(3, 2), serial: groups.value(5, 4))
        else { return nil }
        let range = groups.start..<groups.end(last)
        let isGrouped = last == 2 && groups.isGrouped(3, 2, 4)
        if isGrouped, groups.separator(1) == .hyphen, groups.separator(2) == .hyphen, groups.lead == .free {
            return Match(range: range, confidencePPM: 940_000)
        }
        switch groups.label(text, around: range) {
        case .socialSecurity: return Match(range: range, confidencePPM: 950_000)
        case .none where isGrouped && groups.lead == .free && groups.separator(1) == groups.separator(2):
            return Match(range: range, confidencePPM: 600_000)
        default: return nil
        }
    }

    private static func isIssued(area: Int, group: Int, serial: Int) -> Bool {
        area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
    }
}
