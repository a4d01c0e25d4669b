internal import Bytes

/// Postal addresses: runs of capitals and numbers in which a street, a unit, a post box or a postcode is told.
enum PostalAddress {
    /// Evidence from which a run is an address; see `AddressReader`.
    private static let evidenceMin = 3
    private static let confidencePPM = 910_000
    private static let weakConfidencePPM = 700_000

    // MARK: Where addresses start

    /// A word with a capital behind a number, or one that names a street with a number behind: `26 Queensway`,
    /// `Lindenstraße 4`.
    static func recogniseCapital(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        if let start = numberBefore(text, word.lowerBound) { return read(text, from: start) }
        guard hasNumber(text, after: word.upperBound), AddressWords.hasStreetSuffix(text, word) else { return nil }
        return read(text, from: word.lowerBound)
    }

    /// `Flat 4`, `House 12-B`, `PO Box 77`.
    static func recogniseUnit(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard hasNumber(text, after: word.upperBound) else { return nil }
        var start = word.lowerBound
        let before = Words.wordBefore(text, start)
        if !before.isEmpty, AddressWords.beforeBox[WordHash(text, before)] != 0 { start = before.lowerBound }
        if start >= postOffice.count, Bytes.equal(text, at: start - postOffice.count, postOffice) {
            // The reader starts behind the full stops.
            let first = start - postOffice.count
            return read(text, from: start).map {
                Match(
                    range: (numberBefore(text, first) ?? first)..<$0.range.upperBound, confidencePPM: $0.confidencePPM)
            }
        }
        return read(text, from: numberBefore(text, start) ?? start)
    }

    /// `12 rue des Lilas`, `Calle Mayor 5`.
    static func recogniseStreet(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        if let start = numberBefore(text, word.lowerBound) { return read(text, from: start) }
        return Capital.stands(text, at: word.lowerBound) || word.upperBound - word.lowerBound < 3
            ? read(text, from: word.lowerBound) : nil
    }

    /// What stands behind "address:", "moved to" or "the corner of".
    static func recogniseLabelled(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard let value = Announced(text, after: word.upperBound) else { return nil }
        var start = value.start
        for _ in 0..<2 {
            let preposition = Words.word(text, at: start)
            guard !preposition.isEmpty, AddressWords.prepositions[WordHash(text, preposition)] != 0,
                !Capital.stands(text, at: preposition.lowerBound)
            else { break }
            start = NameReader.skipSpaces(text, from: preposition.upperBound)
        }
        guard Bytes.equal(text, at: word.upperBound, ofCorner) else {
            return read(text, from: start, evidence: value.joint == .space ? 0 : 1)
        }
        return recogniseCorner(text, word, start)
    }

    /// `the corner of Elm Street and Mill Lane`: the corner belongs to it.
    private static func recogniseCorner(_ text: Span<UInt8>, _ word: Range<Int>, _ start: Int) -> Match? {
        let article = Words.wordBefore(text, word.lowerBound)
        return read(text, from: start, evidence: 2).map {
            Match(
                range: (article.count == 3 ? article.lowerBound : word.lowerBound)..<$0.range.upperBound,
                confidencePPM: $0.confidencePPM)
        }
    }

    private static let ofCorner = Array(" of ".utf8)

    // MARK: Military

    /// `FPO AA 65608` and the line before it, as in `PSC 4, Box 12`.
    static func recogniseMilitary(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let region = Words.word(text, at: word.upperBound + 1)
        guard region.count == 2, text[region.lowerBound] | 0x20 == UInt8(ascii: "a") else { return nil }
        let first = region.upperBound + 1
        guard first + 5 <= text.count, (first..<first + 5).allSatisfy({ ByteClass.isDigit(text[$0]) }),
            first + 5 == text.count || !ByteClass.isAlphanumeric(text[first + 5])
        else { return nil }
        let start = shipOrUnit(text, before: word.lowerBound) ?? word.lowerBound
        return Match(range: start..<first + 5, confidencePPM: 920_000)
    }

    /// The start of the ship, unit or box before `end`, on the line above or before a comma.
    private static func shipOrUnit(_ text: Span<UInt8>, before end: Int) -> Int? {
        var start = end
        for _ in 0..<militaryWordsMax {
            var last = start
            while last > 0, start - last < 3, isGap(text[last - 1]) { last -= 1 }
            var first = last
            while first > 0, last - first < militaryBytesMax, !isGap(text[first - 1]) { first -= 1 }
            guard last < start, first < last else { return nil }
            let word = Words.word(text, at: first)
            if !word.isEmpty, militaryUnits[WordHash(text, word)] != 0 { return first }
            start = first
        }
        return nil
    }

    private static func isGap(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ",") }

    private static let militaryUnits = Words.map("uss usns usnv uscgc cmr psc unit")
    private static let militaryWordsMax = 5
    private static let militaryBytesMax = 24

    private static func read(_ text: Span<UInt8>, from start: Int, evidence: Int = 0) -> Match? {
        let reader = AddressReader(text, at: start, evidence: evidence)
        guard reader.evidence >= evidenceMin, reader.hasNumber, reader.hasName else { return nil }
        return Match(
            range: reader.range,
            confidencePPM: reader.evidence > evidenceMin || reader.hasStreet ? confidencePPM : weakConfidencePPM)
    }

    /// The start of the number before `end`, and of one more before that; nil where there is none.
    private static func numberBefore(_ text: Span<UInt8>, _ end: Int) -> Int? {
        // Numbers are rare before words: one of their digits is near, or there is none.
        if end >= 8, LetterMarks.digits(text.word(at: end - 8)) == 0,
            LetterMarks.digits(text.word(at: max(0, end - 16))) == 0
        {
            return nil
        }
        var found: Int?
        var index = end
        // `12 bis rue`.
        let repeated = Words.wordBefore(text, end)
        if !repeated.isEmpty, AddressWords.kinds[WordHash(text, repeated)] == AddressWords.empty {
            index = repeated.lowerBound
        }
        for _ in 0..<2 {
            var last = index
            while last > 0, index - last < 2,
                text[last - 1] == UInt8(ascii: " ") || (text[last - 1] == UInt8(ascii: ",") && found == nil)
            {
                last -= 1
            }
            guard last < index, last > 0 else { break }
            var first = last
            // `12`, `12a`, `12-B`, `12/4`.
            while first > 0, last - first < numberBytesMax, isNumberByte(text[first - 1]) { first -= 1 }
            guard first < last, ByteClass.isDigit(text[first]), first == 0 || isFree(text[first - 1]),
                last - first <= 6 || found == nil
            else { break }
            found = first
            index = first
        }
        return found
    }

    private static func isFree(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "=")
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
    }

    private static let numberBytesMax = 8
    private static let postOffice = Array("P.O. ".utf8)

    private static func hasNumber(_ text: Span<UInt8>, after end: Int) -> Bool {
        guard LetterMarks.digits(text.paddedWord(at: end)) != 0 else { return false }
        var index = end
        while index < text.count, index - end < 4, !ByteClass.isDigit(text[index]) {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: ":"), UInt8(ascii: "-"):
                index += 1
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): index += 1
            default: return false
            }
        }
        return index > end && index < text.count && ByteClass.isDigit(text[index])
    }
}
