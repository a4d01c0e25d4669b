/// Names by which people log in, by the words that announce them.
enum UserName {
    static let words = Words.list(
        """
        username user login userid loginid usernames uname benutzername benutzerkennung utilisateur usuario utente \
        gebruikersnaam screenname loginname signin handle
        """)
    /// Words behind "log", "logged" and "sign": `log in as x`.
    static let verbs = Words.list("log logged sign signed logging signing")

    private static let adverbs = Words.map("in on into")
    private static let prepositions = Words.map("as with under")

    private static let bytesMin = 3
    private static let bytesMax = 64

    /// Names that many share, and what is said of user names.
    private static let shared = Words.map(
        """
        admin administrator root guest user users test system anonymous nobody service null none true false unknown \
        required invalid optional string default public a an the not customer agent bot assistant me my you in as is \
        operator everyone password daemon
        """)

    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard let value = Announced(text, after: word.upperBound), value.joint != .space else { return nil }
        let isTight = value.start > 0 && text[value.start - 1] == UInt8(ascii: "=")
        return match(text, value, isField: value.joint == .sign && (isTight || value.quote != nil))
    }

    static func recogniseAfterVerb(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let adverb = Words.word(text, at: word.upperBound + 1)
        let preposition = Words.word(text, at: adverb.upperBound + 1)
        guard adverbs[WordHash(text, adverb)] != 0, prepositions[WordHash(text, preposition)] != 0,
            let value = Announced(text, after: preposition.upperBound)
        else { return nil }
        return match(text, value, isField: false)
    }

    private static func match(_ text: Span<UInt8>, _ value: Announced, isField: Bool) -> Match? {
        var end = value.start
        var hasLetter = false
        var hasMark = false
        while end < text.count, end - value.start <= bytesMax, isName(text[end]) {
            hasLetter = hasLetter || ByteClass.isLetter(text[end]) || text[end] >= 0x80
            hasMark = hasMark || !(ByteClass.isLetter(text[end]) || text[end] >= 0x80)
            end += 1
        }
        while end > value.start, !ByteClass.isAlphanumeric(text[end - 1]), text[end - 1] < 0x80 {
            end -= 1
        }
        let range = value.start..<end
        guard (bytesMin...bytesMax).contains(range.count), hasLetter,
            end == text.count
                || text[end] != UInt8(ascii: "@") && text[end] != UInt8(ascii: "/")
                    && text[end] != UInt8(ascii: "("),
            shared[WordHash(text, range)] == 0
        else { return nil }
        if hasMark && !isWords(text, range) { return Match(range: range, confidencePPM: 850_000) }
        return isField ? Match(range: range, confidencePPM: 800_000) : nil
    }

    /// Whether hyphens or full stops join words, as in `read-only`.
    private static func isWords(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range
        where ByteClass.isDigit(text[index]) || text[index] == UInt8(ascii: "_") || text[index] == UInt8(ascii: ".") {
            return false
        }
        return true
    }

    private static func isName(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }
}
