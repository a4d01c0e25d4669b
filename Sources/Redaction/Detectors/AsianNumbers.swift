/// Indian Aadhaar numbers: twelve digits, the first 2 to 9, the last a Verhoeff check digit (UIDAI).
enum Aadhaar {
    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.digitCount >= 12, groups.digit(0) >= 2, let range = groups.range(ofDigits: 12, text),
            Verhoeff.isValid(count: 12, digit: groups.digit)
        else { return nil }
        let label = groups.label(text, around: range)
        if label == .aadhaar || groups.has(.aadhaar, text) {
            return Match(range: range, confidencePPM: 960_000)
        }
        // One number in ten passes the check, so that four and four and four must be all that is there.
        guard groups.isGrouped(4, 4, 4), groups.groupCount == 3, groups.lead == .free, !groups.hasPlus,
            groups.separator(1) < .slash, groups.separator(1) == groups.separator(2),
            label == .none
        else { return nil }
        return Match(range: range, confidencePPM: 700_000)
    }
}

/// The check digit of J. Verhoeff, "Error detecting decimal codes" (1969), by the dihedral group of order ten.
enum Verhoeff {
    /// Whether the first `count` digits end with their check digit.
    static func isValid(count: Int, digit: (Int) -> UInt8) -> Bool {
        var check = 0
        for place in 0..<count {
            let permuted = permutations[place % 8 * 10 + Int(digit(count - 1 - place))]
            check = product(check, permuted)
        }
        return count > 0 && check == 0
    }

    /// The group's product: 0 to 4 turn, 5 to 9 reflect.
    static func product(_ left: Int, _ right: Int) -> Int {
        if left < 5 { return right < 5 ? (left + right) % 5 : 5 + (left + right - 5) % 5 }
        return right < 5 ? 5 + (left - 5 + 5 - right) % 5 : (left - right + 5) % 5
    }

    /// The permutation (1 5 8 9 4 2 7 0)(3 6), applied 0 to 7 times.
    static let permutations: [Int] = {
        let once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var table = Array(0..<10)
        for row in 1..<8 { table += (0..<10).map { once[table[(row - 1) * 10 + $0]] } }
        return table
    }()
}

/// Indian permanent account numbers (PAN): five letters, the fourth for the kind of holder, four digits, a letter.
enum PermanentAccountNumber {
    private static let letters: UInt32 = 0b10_0001_1111
    /// Persons, companies, Hindu undivided families, firms, associations, trusts, bodies, local authorities, artificial
    /// persons, government (Income Tax Department).
    private static let holders = Array("PCHFATBLJGK".utf8)

    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == 10, CodeWord.isAlone(text, word) else { return nil }
        let code = CodeReader(text, at: word.lowerBound)
        guard code.letters & 0x3FF == letters, holders.contains(code[3]) else { return nil }
        let label = Context.shared.label(text, before: word.lowerBound)
        if label == .card || label == .taxID || label == .account { return Match(range: word, confidencePPM: 960_000) }
        guard label != .reference, CodeWord.isUpper(text, word) else { return nil }
        return Match(range: word, confidencePPM: 800_000)
    }
}

/// Indian bank branch codes (IFSC): four letters for the bank, a zero, six letters or digits for the branch (Reserve Bank
/// of India), behind a word for them.
enum FinancialSystemCode {
    static let labels: [Label] = [.branchCode]

    static func recognise(_ text: Span<UInt8>, _ word: Range<Int>, _ labels: Context.Labels) -> Match? {
        guard word.count == 11, text[word.lowerBound + 4] == UInt8(ascii: "0"), CodeWord.isAlone(text, word) else {
            return nil
        }
        for index in word.lowerBound..<word.lowerBound + 4 where !ByteClass.isLetter(text[index]) { return nil }
        return Match(range: word, confidencePPM: 950_000)
    }
}

/// Indian payment addresses (UPI): a name, `@`, and the handle of a payment service without a full stop.
enum PaymentAddress {
    private static let nameBytesMax = 64
    /// Handles of payment services that the National Payments Corporation of India lists.
    private static let handles = [
        "upi", "paytm", "ybl", "ibl", "axl", "okaxis", "oksbi", "okhdfcbank", "okicici", "apl", "yapl", "rapl",
        "ptaxis",
        "ptsbi", "pthdfc", "ptyes", "sbi", "hdfcbank", "icici", "axisbank", "axisb", "kotak", "barodampay", "pnb",
        "idfcbank", "indus", "federal", "freecharge", "airtel", "postbank", "waaxis", "wahdfcbank", "waicici", "wasbi",
        "jupiteraxis", "fam", "slice", "naviaxis", "cnrb", "unionbank", "yesbank", "yesbankltd", "rbl", "aubank",
    ].map { Array($0.utf8) }

    static func recognise(_ text: Span<UInt8>, at: Int) -> Match? {
        var end = at + 1
        while end < text.count, end - at <= 16, ByteClass.isAlphanumeric(text[end]) { end += 1 }
        guard handles.contains(where: { MonthName.equal(text, at + 1..<end, $0) }), mayEnd(text, at: end) else {
            return nil
        }
        var start = at
        while start > 0, at - start <= nameBytesMax, isName(text[start - 1]) { start -= 1 }
        while start < at, !ByteClass.isAlphanumeric(text[start]) { start += 1 }
        guard at - start >= 2, at - start <= nameBytesMax else { return nil }
        return Match(range: start..<end, confidencePPM: 920_000)
    }

    /// A full stop with a letter behind makes it an e-mail address.
    private static func mayEnd(_ text: Span<UInt8>, at end: Int) -> Bool {
        guard DigitGroups.mayEnd(text, at: end) else { return false }
        return !(end + 1 < text.count && text[end] == UInt8(ascii: ".") && ByteClass.isAlphanumeric(text[end + 1]))
    }

    private static func isName(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}

/// Singapore identity numbers (NRIC and FIN): S, T, F, G or M, seven digits and a check letter. The weights are not
/// published by the state; they are those in general use.
enum SingaporeIdentityNumber {
    private static let letters: UInt32 = 0b1_0000_0001
    private static let weights = [2, 7, 6, 5, 4, 3, 2]
    private static let citizens = Array("JZIHGFEDCBA".utf8)
    private static let foreigners = Array("XWUTRQPNMLK".utf8)
    private static let foreignersSince2022 = Array("KLJNPQRTUWX".utf8)

    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == 9, CodeWord.isAlone(text, word) else { return nil }
        let code = CodeReader(text, at: word.lowerBound)
        guard code.letters & 0x1FF == letters, let check = checkLetter(code), check == code[8],
            CodeWord.isUpper(text, word) || Context.shared.has(.identityDocument, text, before: word.lowerBound)
        else { return nil }
        return Match(range: word, confidencePPM: 900_000)
    }

    private static func checkLetter(_ code: CodeReader) -> UInt8? {
        var sum = 0
        for index in 0..<7 { sum += weights[index] * code.digit(index + 1) }
        switch code[0] {
        case UInt8(ascii: "S"): return citizens[sum % 11]
        case UInt8(ascii: "T"): return citizens[(sum + 4) % 11]
        case UInt8(ascii: "F"): return foreigners[sum % 11]
        case UInt8(ascii: "G"): return foreigners[(sum + 4) % 11]
        case UInt8(ascii: "M"): return foreignersSince2022[10 - (sum + 3) % 11]
        default: return nil
        }
    }
}

/// Australian tax file numbers: eight or nine digits with a weighted sum modulo 11, behind a word for them (Australian
/// Taxation Office).
enum TaxFileNumber {
    static let labels: [Label] = [.taxFile]
    private static let weights = [1, 4, 3, 7, 5, 8, 6, 9, 10]
    private static let weightsOfEight = [10, 7, 8, 4, 6, 3, 5, 1]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        if let range = groups.range(ofDigits: 9, text) {
            guard groups.weightedSum(weights) % 11 == 0, groups.value(0, 9) > 0 else { return nil }
            return Match(range: range, confidencePPM: 940_000)
        }
        guard let range = groups.range(ofDigits: 8, text), groups.weightedSum(weightsOfEight) % 11 == 0,
            groups.value(0, 8) > 0
        else { return nil }
        return Match(range: range, confidencePPM: 930_000)
    }
}

/// Australian Medicare numbers: eight digits, the first 2 to 6, a check digit, the issue and mostly the person's place on
/// the card, behind a word for them (Services Australia).
enum MedicareNumber {
    static let labels: [Label] = [.medicare]
    private static let weights = [1, 3, 7, 9, 1, 3, 7, 9]

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels) -> Match? {
        guard (2...6).contains(groups.digit(0)),
            let range = groups.range(ofDigits: 11, text) ?? groups.range(ofDigits: 10, text),
            groups.weightedSum(weights) % 10 == Int(groups.digit(8)), groups.digit(9) != 0
        else { return nil }
        return Match(range: range, confidencePPM: 940_000)
    }
}
