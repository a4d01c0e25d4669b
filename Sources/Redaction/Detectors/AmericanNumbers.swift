/// United States taxpayer numbers of people without a social security number (ITIN): 9 first, and a fourth and fifth
/// digit from 50 to 65, 70 to 88, 90 to 92 or 94 to 99 (IRS, Internal Revenue Manual 3.21.263).
enum TaxpayerNumber {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.digit(0) == 9, let range = groups.range(ofDigits: 9, text), isIssued(groups.value(3, 2)) else {
            return nil
        }
        let isGrouped = groups.isGrouped(3, 2, 4)
        switch groups.label(text, around: range) {
        case .taxID, .socialSecurity: return Match(range: range, confidencePPM: 950_000)
        case .none where isGrouped && groups.lead == .free && groups.separator(1) == .hyphen:
            return Match(range: range, confidencePPM: 850_000)
        default: return nil
        }
    }

    private static func isIssued(_ group: Int) -> Bool {
        switch group {
        case 50...65, 70...88, 90...92, 94...99: true
        default: false
        }
    }
}

/// United States employer numbers (EIN): nine digits, mostly written 2-7, behind a word for them.
enum EmployerNumber {
    static let labels: [Label] = [.employerID, .taxID]
    /// The prefixes that the IRS has not assigned ("How EINs are assigned and valid EIN prefixes").
    private static let unassigned: Set<Int> = [0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard let range = groups.range(ofDigits: 9, text), !unassigned.contains(groups.value(0, 2)),
            labels.nearest == .employerID || labels.nearest == .taxID && groups.isGrouped(2, 7)
        else { return nil }
        return Match(range: range, confidencePPM: 930_000)
    }
}

/// Canadian social insurance numbers (SIN): nine digits with a Luhn check digit, behind a word for them. None starts
/// with 8, and 0 is not issued to people.
enum SocialInsuranceNumber {
    static let labels: [Label] = [.socialInsurance]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard let range = groups.range(ofDigits: 9, text), groups.digit(0) != 0, groups.digit(0) != 8,
            groups.passesLuhn(count: 9)
        else { return nil }
        return Match(range: range, confidencePPM: 930_000)
    }
}

/// Brazilian taxpayer numbers of people (CPF): nine digits and two check digits, written 3.3.3-2 or behind a word.
enum PersonRegistration {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard let range = groups.range(ofDigits: 11, text), isValid(groups) else { return nil }
        if groups.isGrouped(3, 3, 3, 2), groups.separator(1) == .dot, groups.separator(3) == .hyphen {
            return Match(range: range, confidencePPM: 950_000)
        }
        guard groups.has(.cadastro, text) else { return nil }
        return Match(range: range, confidencePPM: 940_000)
    }

    /// Instrução Normativa RFB 2.172/2024; eleven times the same digit passes the sums, and is given to nobody.
    private static func isValid(_ groups: DigitGroups) -> Bool {
        CadastroCheck.isValid(groups, weights: [10, 9, 8, 7, 6, 5, 4, 3, 2])
            && CadastroCheck.isValid(groups, weights: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
            && !(1..<11).allSatisfy { groups.digit($0) == groups.digit(0) }
    }
}

/// Brazilian taxpayer numbers of companies (CNPJ): twelve digits and two check digits, written 2.3.3/4-2 or behind a
/// word.
enum CompanyRegistration {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard let range = groups.range(ofDigits: 14, text), isValid(groups) else { return nil }
        if groups.isGrouped(2, 3, 3, 4, 2), groups.separator(3) == .slash {
            return Match(range: range, confidencePPM: 950_000)
        }
        guard groups.has(.cadastro, text) else { return nil }
        return Match(range: range, confidencePPM: 940_000)
    }

    private static func isValid(_ groups: DigitGroups) -> Bool {
        CadastroCheck.isValid(groups, weights: [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
            && CadastroCheck.isValid(groups, weights: [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
            && groups.value(0, 12) > 0
    }
}

/// The check digits of Brazil's registers.
enum CadastroCheck {
    /// Whether the digit behind those weighted is 11 less the sum's rest by 11, and 0 where that has two digits.
    static func isValid(_ groups: DigitGroups, weights: [Int]) -> Bool {
        let rest = groups.weightedSum(weights) % 11
        return Int(groups.digit(weights.count)) == (rest < 2 ? 0 : 11 - rest)
    }
}
