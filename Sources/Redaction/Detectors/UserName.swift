/// Names by which people log in, by the words that announce them.
enum UserName {
    static let words = Words.list(
        """
        username user login banking userid loginid usernames uname benutzername benutzerkennung utilisateur usuario utente \
        gebruikersnaam screenname loginname signin handle identifiant użytkownika
        """)
    /// Words that stand for nothing else, so that a name may follow without a sign or verb.
    private static let clearWords = Words.map(
        """
        username usernames userid loginid uname benutzername benutzerkennung gebruikersnaam screenname loginname
        identifiant użytkownika utilisateur utente
        """)
    /// Behind "user" and "login", and before "utente".
    private static let nouns = Words.map("id name nome banking")
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
        let noun = Words.word(text, at: word.upperBound + 1)
        let joinsNoun = !noun.isEmpty && nouns[WordHash(text, noun)] != 0 && text[word.upperBound] == UInt8(ascii: "_")
        guard let value = Announced(text, after: joinsNoun ? noun.upperBound : word.upperBound) else { return nil }
        let isClear = isClear(text, word)
        guard value.joint != .space || isClear || isKey(text, value) else { return nil }
        let isTight = value.start > 0 && text[value.start - 1] == UInt8(ascii: "=")
        let isField = value.joint == .sign && (isTight || value.quote != nil)
        return match(text, value, isField: isField, mayBeLetters: isClear && value.joint != .space)
    }

    /// Whether the value behind "user" is a word with a full stop, a digit or an underscore within: `user t.nkosi77`.
    private static func isKey(_ text: Span<UInt8>, _ value: Announced) -> Bool {
        var index = value.start
        var letters = 0
        while index < text.count, isName(text[index]) {
            letters += ByteClass.isLower(text[index]) ? 1 : 0
            index += 1
        }
        return letters >= 4 && ByteClass.isLower(text[value.start])
    }

    private static func isClear(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        if clearWords[WordHash(text, word)] != 0 { return true }
        return nouns[WordHash(text, Words.word(text, at: word.upperBound + 1))] != 0
    }

    static func recogniseAfterVerb(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let adverb = Words.word(text, at: word.upperBound + 1)
        let preposition = Words.word(text, at: adverb.upperBound + 1)
        guard adverbs[WordHash(text, adverb)] != 0, prepositions[WordHash(text, preposition)] != 0,
            let value = Announced(text, after: preposition.upperBound)
        else { return nil }
        return match(text, value, isField: false, mayBeLetters: true)
    }

    /// - Parameters:
    ///   - isField: whether the value is one of a form or of JSON, and any word a name.
    ///   - mayBeLetters: whether a word that is none of English may be a name without a digit or mark in it.
    private static func match(
        _ text: Span<UInt8>, _ value: Announced, isField: Bool, mayBeLetters: Bool
    ) -> Match? {
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
        if isField { return Match(range: range, confidencePPM: 800_000) }
        guard mayBeLetters, ByteClass.isLower(text[range.lowerBound]), !hasMark, Password.endsField(text, at: end),
            !OrdinaryWords.shared.contain(text, range)
        else { return nil }
        return Match(range: range, confidencePPM: 650_000)
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
