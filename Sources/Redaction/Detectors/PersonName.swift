/// Names of people: behind words that announce one, and by lists of given names and surnames.
enum PersonName {
    /// How sure a name is that a list knows and a word announces, that only a word announces, that two words of lists
    /// make, that a greeting and a comma enclose, and that is a single word of a list.
    private static let knownAndAnnouncedPPM = 930_000
    private static let announcedPPM = 800_000
    private static let fullNamePPM = 850_000
    private static let greetedPPM = 650_000
    private static let singleGivenPPM = 600_000
    private static let singleSurnamePPM = 550_000

    // MARK: By lists

    /// A given name with a capital, and the names behind it.
    static func recogniseGiven(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let kinds = NameList.shared.kinds(text, word)
        guard Capital.stands(text, at: word.lowerBound) else {
            return kinds.contains(.given) ? UnlistedName.recogniseSmall(text, given: word) : nil
        }
        guard isWhole(text, word), let name = NameReader(text, at: word.lowerBound, case: .capital),
            !name.isInstitution
        else { return nil }
        if name.partCount > 1 {
            guard !name.isAllCapitals || name.knownCount > 1 else { return nil }
            // A word that is also a name, before a word that is no name: a heading, most times.
            guard kinds.contains(.given) || name.lastKinds.contains(.surname) else { return nil }
            return Match(range: name.range, confidencePPM: name.knownCount > 1 ? fullNamePPM + 1 : fullNamePPM)
        }
        guard kinds.contains(.given), !name.isAllCapitals, NameCues.before(text, word.lowerBound) != .article else {
            return nil
        }
        return Match(range: name.range, confidencePPM: singleGivenPPM)
    }

    /// A surname with a capital, and the word with a capital before it.
    static func recogniseSurname(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard Capital.stands(text, at: word.lowerBound), isWhole(text, word),
            let name = NameReader(text, at: word.lowerBound, case: .capital), !name.isInstitution, !name.isAllCapitals
        else { return nil }
        guard let given = NameReader.capitalBefore(text, word.lowerBound) else {
            // A firm or a place, most times: `at the Costa`.
            guard NameCues.before(text, word.lowerBound) != .article else { return nil }
            return Match(range: name.range, confidencePPM: singleSurnamePPM)
        }
        return Match(range: given..<name.range.upperBound, confidencePPM: announcedPPM)
    }

    // MARK: Announced

    /// A name behind a title: `Dr. X`.
    static func recogniseTitled(_ text: Span<UInt8>, title: Range<Int>) -> Match? {
        var start = title.upperBound
        if start < text.count, text[start] == UInt8(ascii: ".") { start += 1 }
        let space = NameReader.skipSpaces(text, from: start)
        guard space > title.upperBound, Capital.stands(text, at: title.lowerBound),
            let name = NameReader(text, at: space, case: .capital)
        else { return recogniseKnownTitled(text, title, space) }
        return Match(range: name.range, confidencePPM: knownAndAnnouncedPPM)
    }

    private static func recogniseKnownTitled(_ text: Span<UInt8>, _ title: Range<Int>, _ space: Int) -> Match? {
        guard space > title.upperBound, let name = NameReader(text, at: space, case: .any), name.knownCount > 0 else {
            return nil
        }
        return Match(range: name.range, confidencePPM: announcedPPM)
    }

    /// The value of a field of names: `name: X`, `my name is X`, `"holder":"X"`, `beneficiary X`.
    static func recogniseField(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let kind = Words.wordBefore(text, word.lowerBound)
        guard kind.isEmpty || otherFields[WordHash(text, kind)] == 0 else { return nil }
        if let value = Announced(text, after: word.upperBound),
            let name = NameReader(text, at: value.start, case: .any, mayTurn: true),
            let match = announced(name, needsList: value.joint == .space && name.partCount == 1)
        {
            return match
        }
        return answer(text, after: word.upperBound)
    }

    /// A name behind "I am", "this is" and the like, when a list knows it or it has two parts with capitals.
    static func recogniseIntroduced(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        var start = NameReader.skipSpaces(text, from: word.upperBound)
        guard start > word.upperBound else { return nil }
        let next = Words.word(text, at: start)
        switch introductions[WordHash(text, word)] {
        case 1:
            guard introductionVerbs[WordHash(text, next)] != 0 else { return nil }
            start = NameReader.skipSpaces(text, from: next.upperBound)
        case 2:
            let before = Words.wordBefore(text, word.lowerBound - (word.count == 1 ? 1 : 0))
            guard before.count == 1, text[before.lowerBound] | 0x20 == UInt8(ascii: "i") else { return nil }
        case 4:
            let before = Words.wordBefore(text, word.lowerBound)
            guard before.count == 2, text[before.lowerBound] | 0x20 == UInt8(ascii: "i"),
                text[before.lowerBound + 1] | 0x20 == UInt8(ascii: "k")
            else { return nil }
        default: break
        }
        // `nazywam się X`, `sou o X`.
        if introductionParticles[WordHash(text, next)] != 0, !Capital.stands(text, at: next.lowerBound) {
            start = NameReader.skipSpaces(text, from: next.upperBound)
        }
        let following = Words.word(text, at: start)
        if titles[WordHash(text, following)] != 0 { return nil }
        guard let name = NameReader(text, at: start, case: .any) else { return nil }
        if name.partCount == 1, name.unlistedCount == 1, isSpeaker(text, name.range.upperBound) {
            return Match(range: name.range, confidencePPM: greetedPPM)
        }
        return announced(name, needsList: true)
    }

    /// Whether what follows says that the name is the speaker's: `this is X from accounts`.
    private static func isSpeaker(_ text: Span<UInt8>, _ end: Int) -> Bool {
        guard end < text.count else { return true }
        let next = Words.word(text, at: NameReader.skipSpaces(text, from: end))
        return speakerWords[WordHash(text, next)] != 0
    }

    private static let speakerWords = Words.map("speaking here from calling writing again")

    /// A name behind a payment: `bonifico a X`, `Überweisung an X`.
    static func recognisePaid(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let preposition = Words.word(text, at: NameReader.skipSpaces(text, from: word.upperBound))
        guard payeePrepositions[WordHash(text, preposition)] != 0,
            let name = NameReader(
                text,
                at: NameCues.skipMarks(text, behind: NameReader.skipSpaces(text, from: preposition.upperBound)),
                case: .capital),
            !name.isInstitution, !name.isAllCapitals, name.partCount > 1,
            name.partCount == name.knownCount + name.unlistedCount
        else { return nil }
        return Match(range: name.range, confidencePPM: announcedPPM)
    }

    /// A name behind a greeting.
    static func recogniseGreeted(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let start = NameReader.skipSpaces(text, from: word.upperBound)
        guard start > word.upperBound, let name = NameReader(text, at: start, case: .capital) else { return nil }
        if name.knownCount > 0 { return Match(range: name.range, confidencePPM: knownAndAnnouncedPPM) }
        let end = name.range.upperBound
        guard !name.isAllCapitals, end < text.count, text[end] == UInt8(ascii: ",") else { return nil }
        return Match(range: name.range, confidencePPM: greetedPPM)
    }

    /// The name below "Kind regards".
    static func recogniseSigned(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        var index = word.upperBound
        var hasBreak = false
        while index < text.count, index - word.upperBound < signatureGapBytesMax {
            let byte = text[index]
            guard byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "-")
            else {
                break
            }
            hasBreak = hasBreak || byte == UInt8(ascii: "\n")
            index += 1
        }
        guard index > word.upperBound, let name = NameReader(text, at: index, case: .capital), !name.isInstitution
        else {
            return nil
        }
        let endsLine = name.range.upperBound == text.count || text[name.range.upperBound] < 0x20
        guard name.knownCount > 0 || (hasBreak && endsLine && name.partCount > 1) else { return nil }
        return Match(range: name.range, confidencePPM: name.knownCount > 0 ? knownAndAnnouncedPPM : announcedPPM)
    }

    private static let signatureGapBytesMax = 8

    private static func announced(_ name: NameReader, needsList: Bool) -> Match? {
        guard !name.isInstitution else { return nil }
        if name.knownCount > 0 { return Match(range: name.range, confidencePPM: knownAndAnnouncedPPM) }
        guard name.isCapital, !name.isAllCapitals, name.partCount > 1 || !needsList else { return nil }
        return Match(range: name.range, confidencePPM: announcedPPM)
    }

    /// The name in the answer to a question for it: `last name?`, perhaps `User:`, and the name.
    private static func answer(_ text: Span<UInt8>, after end: Int) -> Match? {
        var index = end
        while index < text.count, index - end < questionBytesMax, text[index] != UInt8(ascii: "?") {
            guard text[index] != UInt8(ascii: "\n"), text[index] != UInt8(ascii: ".") else { return nil }
            index += 1
        }
        guard index < text.count, text[index] == UInt8(ascii: "?") else { return nil }
        index += 1
        let gap = index
        while index < text.count, index - gap < 4, text[index] <= 0x20 { index += 1 }
        let speaker = Words.word(text, at: index)
        if !speaker.isEmpty, speaker.upperBound < text.count, text[speaker.upperBound] == UInt8(ascii: ":") {
            index = NameReader.skipSpaces(text, from: speaker.upperBound + 1)
        }
        guard let name = NameReader(text, at: index, case: .any) else { return nil }
        let end = name.range.upperBound
        guard end == text.count || text[end] < 0x20 || text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ",")
        else { return nil }
        return announced(name, needsList: false)
    }

    private static let questionBytesMax = 64

    /// Whether `word` stands alone, and is not a part of an address, an identifier or a double name.
    static func isWhole(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        if word.lowerBound > 0 {
            let before = text[word.lowerBound - 1]
            guard !ByteClass.isDigit(before) else { return false }
            switch before {
            case UInt8(ascii: "@"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"),
                UInt8(ascii: "#"), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: "["):
                return word.lowerBound > 1 ? text[word.lowerBound - 2] <= 0x20 : before == UInt8(ascii: "'")
            default: break
            }
        }
        guard word.upperBound < text.count else { return true }
        let after = text[word.upperBound]
        return !ByteClass.isDigit(after) && after != UInt8(ascii: "_") && after != UInt8(ascii: "@")
            && after != UInt8(ascii: "(") && after != UInt8(ascii: "=")
    }
}
