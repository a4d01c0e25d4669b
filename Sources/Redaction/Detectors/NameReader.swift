/// Reads the parts of a name: words with capitals, initials, and the particles between them.
struct NameReader {
    /// Which words may be parts.
    enum Case {
        /// Words with a capital.
        case capital
        /// Also words of lists in lower case, as people type them.
        case any
    }

    private static let partsMax = 4
    private static let partBytesMax = 32
    /// As in `de la` and `van der`, and one more.
    private static let particlesMax = 3

    private(set) var range: Range<Int>
    private(set) var partCount = 0
    /// Parts that the lists know.
    private(set) var knownCount = 0
    /// Parts in capitals and small letters that no list knows, not even that of other words.
    private(set) var unlistedCount = 0
    private(set) var lastKinds: NameKinds = []
    /// Whether all parts have a capital.
    private(set) var isCapital = true
    private(set) var isAllCapitals = true
    /// Whether the word behind makes a street or firm of the name.
    private(set) var isInstitution = false

    /// - Parameter mayTurn: whether the given name may follow the surname and a comma.
    init?(_ text: Span<UInt8>, at start: Int, case: Case, mayTurn: Bool = false) {
        range = start..<start
        var index = start
        var hasTurned = false
        while partCount < Self.partsMax {
            var part = Self.part(text, at: index)
            for _ in 0..<Self.particlesMax
            where !part.isEmpty && partCount > 0 && NameList.shared.kinds(text, part).contains(.particle) {
                part = Self.part(text, at: Self.skipSpaces(text, from: part.upperBound))
            }
            guard !part.isEmpty, partCount == 0 || !Self.startsCode(text, part) else { break }
            let kinds = NameList.shared.kinds(text, Self.firstWord(text, part))
            if partCount > 0, kinds.contains(.institution) {
                isInstitution = true
                break
            }
            guard let end = accept(text, part, kinds, `case`) else { break }
            range = start..<end
            lastKinds = kinds
            index = Self.skipSpaces(text, from: end)
            if mayTurn, !hasTurned, partCount == 1, index == end, end + 2 < text.count,
                text[end] == UInt8(ascii: ","), text[end + 1] == UInt8(ascii: " "), Capital.stands(text, at: end + 2),
                mayFollowComma(text, Words.word(text, at: end + 2))
            {
                hasTurned = true
                index = end + 2
            }
            guard index > end else { break }
        }
        guard partCount > 0, lastPartIsWhole(text) else { return nil }
    }

    /// Takes `part` into the name.
    /// - Returns: its end, with the full stop of an initial; nil where it is none of a name.
    private mutating func accept(_ text: Span<UInt8>, _ part: Range<Int>, _ kinds: NameKinds, _ case: Case) -> Int? {
        let hasCapital = Capital.stands(text, at: part.lowerBound)
        let isKnown = !kinds.isDisjoint(with: .anyName) && !kinds.contains(.never)
        if hasCapital, part.count == 1 {
            // An initial, which another part has to follow; a single letter first may be an article or "I".
            var end = part.upperBound
            if end < text.count, text[end] == UInt8(ascii: ".") { end += 1 }
            guard partCount > 0 || end > part.upperBound else { return nil }
            let next = Self.part(text, at: Self.skipSpaces(text, from: end))
            guard next.count > 1, Capital.stands(text, at: next.lowerBound),
                !NameList.shared.kinds(text, next).contains(.never)
            else { return partCount > 0 && end > part.upperBound ? end : nil }
            partCount += partCount == 0 ? 1 : 0
            return end
        }
        if kinds.contains(.never) && !(partCount > 0 && kinds.contains(.surname)) { return nil }
        guard part.count > 1 else { return nil }
        if !hasCapital {
            guard case .any = `case`,
                isKnown || (partCount == 1 && knownCount == 1 && !isCapital && endsPhrase(text, part))
            else { return nil }
            // Lower case alone: a given name has to come first.
            guard partCount > 0 ? !isCapital : !kinds.isDisjoint(with: .given) else { return nil }
            isCapital = false
        }
        isAllCapitals = isAllCapitals && Self.isAllCapitals(text, part)
        partCount += 1
        knownCount += isKnown ? 1 : 0
        unlistedCount += !isKnown && UnlistedName.isShaped(text, part) && !isOrdinary(text, part) ? 1 : 0
        return part.upperBound
    }

    /// Whether `word`, behind a surname and a comma, is a given name: one of the lists, or the last word.
    private func mayFollowComma(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        let kinds = NameList.shared.kinds(text, word)
        return !kinds.isDisjoint(with: .anyName) || (!kinds.contains(.never) && endsPhrase(text, word))
    }

    private func isOrdinary(_ text: Span<UInt8>, _ part: Range<Int>) -> Bool {
        OrdinaryWords.shared.contain(text, part) || UnlistedName.isTerm(text, part)
    }

    private func endsPhrase(_ text: Span<UInt8>, _ part: Range<Int>) -> Bool {
        guard part.upperBound < text.count else { return true }
        let byte = text[part.upperBound]
        return byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") || byte < 0x20
    }

    /// Whether nothing that belongs to an identifier follows.
    private func lastPartIsWhole(_ text: Span<UInt8>) -> Bool {
        let end = range.upperBound
        guard end < text.count else { return true }
        switch text[end] {
        case UInt8(ascii: "@"), UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"): return false
        case UInt8(ascii: "."), UInt8(ascii: ":"):
            return end + 1 >= text.count || !ByteClass.isAlphanumeric(text[end + 1])
        default: return true
        }
    }

    /// Whether digits follow the letters, as in an account's number behind the name.
    private static func startsCode(_ text: Span<UInt8>, _ part: Range<Int>) -> Bool {
        part.upperBound < text.count && ByteClass.isDigit(text[part.upperBound])
    }

    // MARK: Words

    /// A word with the hyphens and apostrophes in it.
    private static func part(_ text: Span<UInt8>, at start: Int) -> Range<Int> {
        var end = Words.word(text, at: start).upperBound
        while end > start, end - start < partBytesMax, let joint = jointEnd(text, at: end) {
            let next = Words.word(text, at: joint)
            // `Frank's` and `don't` end before the apostrophe.
            guard !next.isEmpty, Capital.stands(text, at: next.lowerBound) || text[end] == UInt8(ascii: "-") else {
                break
            }
            end = next.upperBound
        }
        return start..<end
    }

    /// Behind a hyphen or an apostrophe, straight or curly.
    private static func jointEnd(_ text: Span<UInt8>, at index: Int) -> Int? {
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "'") { return index + 1 }
        return Bytes.equal(text, at: index, apostrophe) ? index + apostrophe.count : nil
    }

    private static let apostrophe = Array("’".utf8)

    /// The first word of a part that a hyphen may join to another; the whole of `O'Brien`.
    private static func firstWord(_ text: Span<UInt8>, _ part: Range<Int>) -> Range<Int> {
        let word = Words.word(text, at: part.lowerBound)
        return word.count > 1 ? word : part
    }

    private static func isAllCapitals(_ text: Span<UInt8>, _ part: Range<Int>) -> Bool {
        for index in part where text[index] < 0x80 && text[index] >= UInt8(ascii: "a") { return false }
        return true
    }

    static func skipSpaces(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, index - start < 4 {
            if text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t") {
                index += 1
            } else if text[index] == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    /// The start of the word with a capital before the surname at `start`, an initial between them included.
    static func capitalBefore(_ text: Span<UInt8>, _ start: Int) -> Int? {
        var end = start
        guard end > 1, text[end - 1] == UInt8(ascii: " ") else { return nil }
        end -= 1
        if end > 2, text[end - 1] == UInt8(ascii: "."), ByteClass.isUpper(text[end - 2]),
            text[end - 3] == UInt8(ascii: " ")
        {
            end -= 3
        } else if end > 2, ByteClass.isUpper(text[end - 1]), text[end - 2] == UInt8(ascii: " ") {
            end -= 2
        }
        var first = end
        while first > 0, end - first < partBytesMax,
            Words.isByte(text[first - 1]) || text[first - 1] == UInt8(ascii: "-")
        {
            first -= 1
        }
        guard end - first > 2, ByteClass.isLetterStart(text[first]), Capital.stands(text, at: first),
            first == 0 || text[first - 1] <= 0x20 || text[first - 1] == UInt8(ascii: "(")
                || text[first - 1] == UInt8(ascii: ">")
                || text[first - 1] == UInt8(ascii: "\"")
        else { return nil }
        let kinds = NameList.shared.kinds(text, first..<end)
        guard kinds.isDisjoint(with: [.never, .institution]) else { return nil }
        // At the start of a sentence any word has a capital.
        let startsSentence = first < 2 || (text[first - 1] == UInt8(ascii: " ") && text[first - 2] == UInt8(ascii: "."))
        return startsSentence && kinds.isDisjoint(with: .anyName) && first > 0 ? nil : first
    }
}
