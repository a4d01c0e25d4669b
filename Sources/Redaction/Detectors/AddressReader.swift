/// Reads an address from its start: numbers, words with capitals and the small words between them, over a few lines.
///
/// Counts the evidence that it is one: 2 for a street, a unit with its number, a state with its ZIP code or a British
/// postcode; 3 for a post box; 1 for a number that opens it, for a name between two numbers, and for a long number before
/// or behind a name, as a postcode.
struct AddressReader {
    private static let tokensMax = 24
    private static let linesMax = 6
    private static let numberBytesMax = 10
    /// Bytes of a word that is name enough between two numbers.
    private static let nameBytesMin = 4
    private static let postcodeDigits = 4...6

    private(set) var range: Range<Int>
    private(set) var evidence: Int
    private(set) var hasNumber = false
    private(set) var hasName = false
    private(set) var hasStreet = false
    private var wordsInRow = 0
    private var numbersSeen = 0
    private var nameBytes = 0
    private var hasUnit = false
    private var hasHouseNumber = false
    private var hasPostcode = false
    private var lastWasJoint = false
    /// Whether the word behind the joint may be in small letters, as in `rue des lilas`.
    private var mayBeSmall = false
    /// Behind the last token that may end an address.
    private var end: Int

    init(_ text: Span<UInt8>, at start: Int, evidence: Int) {
        range = start..<start
        end = start
        self.evidence = evidence
        var index = start
        var lines = 1
        // What was read when the line began: only whole lines are taken after the first.
        var atLineStart = self
        for _ in 0..<Self.tokensMax {
            guard let end = take(text, at: index) else {
                // A postcode ends an address in the midst of a line.
                if lines > 1, !hasPostcode || atLineStart.hasPostcode { self = atLineStart }
                break
            }
            range = start..<end
            if !lastWasJoint { self.end = end }
            guard let gap = Self.gap(text, from: end, afterWord: index..<end) else { break }
            if gap.breaksLine {
                lines += 1
                guard lines <= Self.linesMax else { break }
                atLineStart = self
                wordsInRow = 0
            }
            index = gap.end
        }
        range = start..<self.end
    }

    // MARK: Tokens

    /// Takes the token at `index`.
    /// - Returns: its end; nil where it is none of an address.
    private mutating func take(_ text: Span<UInt8>, at index: Int) -> Int? {
        guard index < text.count else { return nil }
        let byte = text[index]
        if ByteClass.isDigit(byte)
            || (byte == UInt8(ascii: "#") && index + 1 < text.count && ByteClass.isDigit(text[index + 1]))
        {
            return takeNumber(text, at: index)
        }
        let word = Words.word(text, at: index)
        guard !word.isEmpty else { return nil }
        // `N1 4QR` and `G-11/2` start with letters.
        if let end = takeCode(text, word) { return end }
        let hash = WordHash(text, word)
        let kind = AddressWords.kinds[hash]
        let hasCapital = Capital.stands(text, at: index)
        if word.upperBound < text.count, text[word.upperBound] == UInt8(ascii: ":") { return nil }
        switch kind {
        case AddressWords.stop:
            // `Corso Umberto I 5`.
            guard hasStreet, word.count == 1, hasCapital, Self.hasNumber(text, after: word.upperBound) else {
                return nil
            }
        case AddressWords.empty:
            guard !range.isEmpty else { return nil }
            wordsInRow += 1
            return word.upperBound
        case AddressWords.part:
            guard evidence > 1, hasCapital, Self.hasNumber(text, after: word.upperBound) else { return nil }
        case AddressWords.street:
            guard hasCapital || wordsInRow > 0 || numbersSeen > 0 || range.isEmpty else { return nil }
            if (wordsInRow > 0 || Self.continues(text, after: word.upperBound)) && !hasStreet {
                evidence += 2
                hasStreet = true
            } else if hasStreet {
                // `2 Mill Lane`.
                hasName = true
            }
        case AddressWords.unit:
            guard hasCapital || numbersSeen > 0 || range.isEmpty, Self.hasNumber(text, after: word.upperBound) else {
                if !hasCapital { return nil }
                break
            }
            if !hasUnit { evidence += 2 }
            hasUnit = true
        case AddressWords.box:
            guard Self.hasNumber(text, after: word.upperBound) else { return hasCapital ? word.upperBound : nil }
            evidence += 3
            hasName = true
        case AddressWords.joint where word.count == 1 && hasCapital && hasUnit:
            // `Flat 9, Block D`.
            break
        case AddressWords.joint, AddressWords.looseJoint:
            lastWasJoint = true
            mayBeSmall = kind == AddressWords.joint
            // Small words stand between others.
            guard Self.continues(text, after: word.upperBound), !range.isEmpty || hasCapital else { return nil }
            return Self.withStop(text, word.upperBound)
        default:
            // As in `12 rue des lilas`.
            guard hasCapital || (lastWasJoint && mayBeSmall && hasStreet) else { return nil }
            if AddressWords.hasStreetSuffix(text, word), !hasStreet {
                evidence += 2
                hasStreet = true
            }
            hasName = true
        }
        wordsInRow += 1
        nameBytes = max(nameBytes, word.count)
        lastWasJoint = false
        return Self.withStop(text, Self.hyphenated(text, word))
    }

    private mutating func takeNumber(_ text: Span<UInt8>, at index: Int) -> Int? {
        var end = index + (text[index] == UInt8(ascii: "#") ? 1 : 0)
        var digits = 0
        while end < text.count, end - index <= Self.numberBytesMax {
            if ByteClass.isDigit(text[end]) {
                digits += 1
            } else if Self.isOrdinal(text, at: end) {
                end += 1
            } else if !(ByteClass.isLetter(text[end]) || Self.joinsNumber(text, at: end)) {
                break
            }
            end += 1
        }
        guard end - index <= Self.numberBytesMax, end == text.count || Self.mayFollowNumber(text, at: end) else {
            return nil
        }
        let isPostcode =
            digits == end - index && Self.postcodeDigits.contains(digits) || Self.isJoinedPostcode(text, index..<end)
        if range.isEmpty {
            evidence += 1
        } else if isPostcode, !hasPostcode,
            wordsInRow > 0 || Self.capitalFollows(text, after: end) || evidence > 2 && Self.startsLine(text, at: index)
        {
            // `Am Markt 6, 37137 Wetzlar`.
            let isContinental = hasHouseNumber && digits == 5 && Self.capitalFollows(text, after: end)
            evidence += isContinental || AddressWords.isState(text, before: index) ? 2 : 1
            hasPostcode = true
        } else if wordsInRow > 0, hasName || hasStreet, !hasUnit, !hasHouseNumber {
            // `12 Elm 34` at the end of a line or before a comma is a house in a street more surely than in a sentence.
            let isBetween = numbersSeen > 0 && nameBytes >= Self.nameBytesMin && Self.endsPart(text, at: end)
            evidence += isBetween ? 2 : 1
            hasHouseNumber = true
        }
        wordsInRow = 0
        lastWasJoint = false
        numbersSeen += 1
        hasNumber = true
        return Self.withStop(text, end, onlyAtLineEnd: true)
    }

    /// A code of capitals and digits: a British postcode, or a sector such as `G-11/2`.
    private mutating func takeCode(_ text: Span<UInt8>, _ word: Range<Int>) -> Int? {
        guard word.count <= 2, ByteClass.isUpper(text[word.lowerBound]), word.upperBound < text.count else {
            return nil
        }
        if let end = AddressWords.britishPostcodeEnd(text, at: word.lowerBound) {
            evidence += 2
            hasNumber = true
            hasPostcode = true
            wordsInRow += 1
            return end
        }
        var end = word.upperBound
        if text[end] == UInt8(ascii: "-") { end += 1 }
        let first = end
        while end < text.count, end - first < 6, ByteClass.isDigit(text[end]) || text[end] == UInt8(ascii: "/") {
            end += 1
        }
        guard end > first, ByteClass.isDigit(text[first]), end == text.count || Self.mayFollowNumber(text, at: end)
        else {
            return nil
        }
        hasNumber = true
        wordsInRow += 1
        return end
    }

    /// A postcode with a hyphen: `00-950`, `1000-205`, `74103-2211`, `01310-100`.
    private static func isJoinedPostcode(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var before = 0
        while before < range.count, ByteClass.isDigit(text[range.lowerBound + before]) { before += 1 }
        guard before < range.count, text[range.lowerBound + before] == UInt8(ascii: "-") else { return false }
        for index in range.lowerBound + before + 1..<range.upperBound where !ByteClass.isDigit(text[index]) {
            return false
        }
        return switch (before, range.count - before - 1) {
        case (2, 3), (4, 3), (5, 3), (5, 4): true
        default: false
        }
    }

    /// The ordinal indicator in `2º` and `1ª`, of two bytes.
    private static func isOrdinal(_ text: Span<UInt8>, at index: Int) -> Bool {
        text[index] == 0xC2 && index + 1 < text.count && (text[index + 1] == 0xBA || text[index + 1] == 0xAA)
    }

    // MARK: What stands between tokens

    private static func gap(
        _ text: Span<UInt8>, from start: Int, afterWord word: Range<Int>
    ) -> (end: Int, breaksLine: Bool)? {
        var index = start
        var breaks = false
        var commas = 0
        while index < text.count, index - start < 8 {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): breaks = true
            case UInt8(ascii: ","):
                commas += 1
                guard commas < 3 else { return nil }
            // Before a postcode, and where a mail quotes the address.
            case UInt8(ascii: "-"):
                guard index > start, text[index - 1] == UInt8(ascii: " ") else { return nil }
            case UInt8(ascii: ">"):
                guard breaks else { return nil }
            default: return index > start ? (index, breaks) : nil
            }
            index += 1
        }
        return nil
    }

    /// Takes the full stop of an abbreviation at `end`.
    private static func withStop(_ text: Span<UInt8>, _ end: Int, onlyAtLineEnd: Bool = false) -> Int {
        guard end < text.count, text[end] == UInt8(ascii: ".") else { return end }
        let next = end + 1
        guard next < text.count else { return end }
        if onlyAtLineEnd {
            let unit = AddressWords.kinds[WordHash(text, Words.word(text, at: next + 1))] == AddressWords.unit
            return unit || text[next] == UInt8(ascii: "\n") || text[next] == UInt8(ascii: ",") ? next : end
        }
        guard text[next] == UInt8(ascii: " ") || text[next] == UInt8(ascii: ",") else { return end }
        var start = end
        while start > 0, end - start < numberBytesMax * 2, Words.isByte(text[start - 1]) { start -= 1 }
        return end - start <= 5 || AddressWords.hasStreetSuffix(text, start..<end) ? next : end
    }

    private static func hyphenated(_ text: Span<UInt8>, _ word: Range<Int>) -> Int {
        var end = word.upperBound
        while end + 1 < text.count, text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "'"),
            ByteClass.isLetterStart(text[end + 1])
        {
            end = Words.word(text, at: end + 1).upperBound
        }
        return end
    }

    private static func hasNumber(_ text: Span<UInt8>, after end: Int) -> Bool {
        var index = end
        while index < text.count, index - end < 3 {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "-"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                index += 1
            default: return index > end && ByteClass.isDigit(text[index])
            }
        }
        return index > end && index < text.count && ByteClass.isDigit(text[index])
    }

    private static func startsLine(_ text: Span<UInt8>, at start: Int) -> Bool {
        var index = start
        while index > 0, text[index - 1] == UInt8(ascii: " ") { index -= 1 }
        return index > 0 && text[index - 1] == UInt8(ascii: "\n")
    }

    private static func capitalFollows(_ text: Span<UInt8>, after end: Int) -> Bool {
        end + 1 < text.count && text[end] == UInt8(ascii: " ") && Capital.stands(text, at: end + 1)
    }

    /// Whether a line or a part between commas ends, or a full stop or unit follows.
    private static func endsPart(_ text: Span<UInt8>, at end: Int) -> Bool {
        guard end + 1 < text.count else { return true }
        if text[end] == UInt8(ascii: " ") {
            return AddressWords.kinds[WordHash(text, Words.word(text, at: end + 1))] == AddressWords.unit
        }
        return text[end] == UInt8(ascii: ",") || text[end] == UInt8(ascii: ".") || text[end] < 0x20
    }

    /// Whether a word or number follows on the line.
    private static func continues(_ text: Span<UInt8>, after end: Int) -> Bool {
        var index = end
        while index < text.count, index - end < 2, text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: ".")
        { index += 1 }
        return index > end && index < text.count
            && (ByteClass.isDigit(text[index]) || ByteClass.isLetterStart(text[index]))
    }

    private static func joinsNumber(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "/"), index + 1 < text.count else {
            return false
        }
        return ByteClass.isAlphanumeric(text[index + 1])
    }

    private static func mayFollowNumber(_ text: Span<UInt8>, at index: Int) -> Bool {
        switch text[index] {
        case 0...0x20, UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: ")"), UInt8(ascii: "?"), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: "!"), UInt8(ascii: "\\"):
            // An amount goes on behind the comma.
            return text[index] != UInt8(ascii: ",") || index + 1 >= text.count || !ByteClass.isDigit(text[index + 1])
        case UInt8(ascii: "."):
            return index + 1 >= text.count || text[index + 1] <= 0x20 || text[index + 1] == UInt8(ascii: ",")
        default: return false
        }
    }
}
