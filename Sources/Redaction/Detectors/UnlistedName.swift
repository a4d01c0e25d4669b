/// Names that are in no list of names, and names that are words too, by what is around them in an English sentence.
///
/// What is in no list of other words either is a name, most times, where two such words stand in a row; where one
/// stands, its neighbours have to speak of a person.
enum UnlistedName {
    /// How sure two words are that are in no list, and one word, or a name that is a word too, that its neighbours tell.
    private static let fullPPM = 620_000
    private static let toldPPM = 560_000

    private static let bytesMin = 3
    private static let bytesMax = 32

    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard (bytesMin...bytesMax).contains(word.count) else { return nil }
        let hash = WordHash(text, word)
        let kinds = NameList.shared.kinds(hash)
        let isName = !kinds.isDisjoint(with: .anyName)
        // Names that are nothing else have recognisers of their own.
        guard kinds.isDisjoint(with: [.never, .institution, .given, .surname]),
            isName || !OrdinaryWords.shared.contain(hash),
            isShaped(text, word), PersonName.isWhole(text, word), isName || !isTerm(text, word),
            let name = NameReader(text, at: word.lowerBound, case: .capital), !name.isInstitution, !name.isAllCapitals
        else { return nil }
        if name.partCount > 1, name.partCount == name.knownCount + name.unlistedCount {
            guard name.unlistedCount > 0 || isTold(text, name), !isForeign(text, around: name.range) else { return nil }
            return Match(range: name.range, confidencePPM: fullPPM)
        }
        // What follows with a capital and is no name: `Reddit Thread`.
        let first = name.partCount == 1 ? name.range : word
        guard name.partCount == 1, isTold(text, name), !isForeign(text, around: first) else { return nil }
        return Match(range: first, confidencePPM: toldPPM)
    }

    // MARK: What is around

    /// Whether a word before or behind speaks of a person.
    private static func isTold(_ text: Span<UInt8>, _ name: NameReader) -> Bool {
        let before = NameCues.before(text, name.range.lowerBound)
        let after = NameCues.after(text, name.range.upperBound)
        // The end of a longer name of something else: `Credit Agricole`.
        if before == .article { return false }
        if before == .none, name.unlistedCount > 0, NameCues.capitalStands(text, before: name.range.lowerBound) {
            return false
        }
        // A name that is a word too may be that word behind a preposition: `by May`, `with Chase`.
        let isClear = name.unlistedCount > 0 || !name.lastKinds.isDisjoint(with: [.given, .surname])
        if before == .person || after == .person || after == .speaker || isListed(text, name.range) { return true }
        return isClear && (before == .preposition || after == .genitive)
    }

    /// Whether a comma or "and" joins another name: `Kónya, Becker and Vasquez`.
    private static func isListed(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if let next = NameCues.joined(text, after: range.upperBound), isNameOrUnlisted(text, next) { return true }
        if let last = NameCues.joined(text, before: range.lowerBound), isNameOrUnlisted(text, last) { return true }
        return false
    }

    private static func isNameOrUnlisted(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard word.count >= bytesMin, isShaped(text, word) else { return false }
        let hash = WordHash(text, word)
        let kinds = NameList.shared.kinds(hash)
        guard kinds.isDisjoint(with: [.never, .institution]) else { return false }
        return !kinds.isDisjoint(with: .anyName) || !OrdinaryWords.shared.contain(hash) && !isTerm(text, word)
    }

    // MARK: In small letters

    /// A given name and a surname as people type them in a hurry: `olga krylova`.
    static func recogniseSmall(_ text: Span<UInt8>, given: Range<Int>) -> Match? {
        guard given.count > bytesMin, !OrdinaryWords.shared.contain(text, given), PersonName.isWhole(text, given) else {
            return nil
        }
        let start = NameReader.skipSpaces(text, from: given.upperBound)
        let surname = Words.word(text, at: start)
        guard start > given.upperBound, surname.count > bytesMin, ByteClass.isLower(text[surname.lowerBound]),
            PersonName.isWhole(text, surname), !OrdinaryWords.shared.contain(text, surname)
        else { return nil }
        let kinds = NameList.shared.kinds(text, surname)
        guard kinds.isDisjoint(with: [.never, .particle, .institution]), !isTerm(text, surname),
            NameCues.foreign[WordHash(text, surname)] == 0,
            !isForeign(text, around: given.lowerBound..<surname.upperBound)
        else { return nil }
        return Match(range: given.lowerBound..<surname.upperBound, confidencePPM: fullPPM)
    }

    /// Whether a word in small letters near `range` is none of English: other languages write more words with a capital.
    private static func isForeign(_ text: Span<UInt8>, around range: Range<Int>) -> Bool {
        NameCues.neighbours(text, around: range) { word in
            let hash = WordHash(text, word)
            return NameCues.foreign[hash] != 0 || word.count >= bytesMin && !OrdinaryWords.shared.contain(hash)
        }
    }

    // MARK: Shape

    /// Whether `word` is one of another language that banks and their customers use, or ends as such words do.
    static func isTerm(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        if ForeignTerms.words[WordHash(text, word)] != 0 { return true }
        let ending = ForeignTerms.endings[Int(text[word.upperBound - 1])]
        return ending.contains {
            word.count > $0.count + bytesMin - 1 && Bytes.equal(text, at: word.upperBound - $0.count, $0)
        }
    }

    /// Whether `word` has small letters behind its capital, and no other capital but behind `Mc`, a hyphen or an
    /// apostrophe.
    static func isShaped(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard Capital.stands(text, at: word.lowerBound) else { return false }
        var small = 0
        for index in word.lowerBound + 1..<word.upperBound {
            let byte = text[index]
            if ByteClass.isUpper(byte) {
                guard !ByteClass.isLetter(text[index - 1]) || isPrefix(text, word.lowerBound..<index) else {
                    return false
                }
            } else if ByteClass.isLower(byte) || byte >= 0x80 {
                small += 1
            }
        }
        // `Ctrl-C` and `CAs` are none.
        return small > 1 && !ByteClass.isUpper(text[word.upperBound - 1])
    }

    /// `Mc`, `Mac`, `De` and the like, before a capital in one word.
    private static func isPrefix(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        prefixes[WordHash(text, range)] != 0
    }

    private static let prefixes = Words.map("mc mac de di du la le van von fitz o st")
}

/// Words around a name that tell that it is one.
enum NameCues {
    enum Cue {
        case none, person, preposition, article, genitive, speaker
    }

    private static let beforeMap = Words.map(
        """
        named called ask asked asking tell told telling contact contacted meet met meeting marry married introduce
        introduced hired nicknamed uncle aunt cousin nephew niece grandma grandpa grandmother grandfather president
        senator captain sergeant detective judge coach sir lady king queen prince princess saint brother sister mother
        father mum mom dad son daughter wife husband friend colleague boss neighbour neighbor manager tenant landlord
        landlady client employee
        """,
        """
        by with and from than thanks like under about for to gave give owe owed pay paid remove removed add added invite
        invited visited helped cheers birthday guardian ceo
        """, "the a an this that these those each every our your my")
    private static let afterMap = Words.map(
        """
        said says asked asks told tells shouted replied replies wrote writes lives lived thinks thought died married
        smiled laughed whispered yelled nodded knew knows wants wanted loves loved hates hated went came goes comes
        left arrived called calls phoned emailed texted signed joined moved works worked teaches taught plays played
        sang sings born himself herself
        """)
    /// Small words of other languages that are words of English too, or short.
    static let foreign = Words.map(
        """
        der das und ist ich mit von den dem ein eine auf es im zu zur zum la le les des du une est que el los las por
        con en mi di il che da do dos um uma het een van ik je op hai ka ki ke ko se na nie og att och av
        """)

    static func before(_ text: Span<UInt8>, _ offset: Int) -> Cue {
        let start = skipMarks(text, before: offset)
        guard start > 1, text[start - 1] == UInt8(ascii: " ") else { return .none }
        let word = Words.wordBefore(text, start)
        guard !word.isEmpty else { return .none }
        switch beforeMap[WordHash(text, word)] {
        case 1: return .person
        case 2: return .preposition
        case 3: return .article
        default: break
        }
        // `named him X`.
        let isPronoun = word.count == 3 && text[word.lowerBound] | 0x20 == UInt8(ascii: "h")
        guard isPronoun else { return .none }
        let verb = Words.wordBefore(text, word.lowerBound)
        return !verb.isEmpty && beforeMap[WordHash(text, verb)] == 1 ? .person : .none
    }

    /// Behind quotation marks, other signs and what is no text, which hide nothing; a genitive's apostrophe is left.
    static func skipMarks(_ text: Span<UInt8>, behind end: Int) -> Int {
        var index = end
        while index < text.count, index - end < marksMax, isMark(text[index]) {
            if index + 1 < text.count, text[index] == UInt8(ascii: "'"), text[index + 1] == UInt8(ascii: "s") { break }
            index += 1
        }
        return index
    }

    static func skipMarks(_ text: Span<UInt8>, before start: Int) -> Int {
        var index = start
        while index > 0, start - index < marksMax, isMark(text[index - 1]) { index -= 1 }
        return index
    }

    private static let marksMax = 4

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "*")
            || byte == UInt8(ascii: "_")
            || byte >= 0x80 && !ByteClass.isLetterStart(byte) && byte != 0xE2
    }

    /// Whether the word before `start` has a capital.
    static func capitalStands(_ text: Span<UInt8>, before start: Int) -> Bool {
        let word = Words.wordBefore(text, start)
        return !word.isEmpty && Capital.stands(text, at: word.lowerBound)
    }

    static func after(_ text: Span<UInt8>, _ offset: Int) -> Cue {
        let end = skipMarks(text, behind: offset)
        guard end + 1 < text.count else { return .none }
        if text[end] == UInt8(ascii: " ") {
            let word = Words.word(text, at: NameReader.skipSpaces(text, from: end + 1))
            if Bytes.equal(text, at: end, andI) { return .speaker }
            return !word.isEmpty && afterMap[WordHash(text, word)] != 0 ? .person : .none
        }
        let quote = text[end] == UInt8(ascii: "'") ? 1 : Bytes.equal(text, at: end, curlyQuote) ? curlyQuote.count : 0
        guard quote > 0, end + quote < text.count, text[end + quote] == UInt8(ascii: "s") else { return .none }
        return .genitive
    }

    private static let andI = Array(" and I ".utf8)
    private static let curlyQuote = Array("’".utf8)

    /// The word that a comma, "and" or `&` joins behind `end`.
    static func joined(_ text: Span<UInt8>, after offset: Int) -> Range<Int>? {
        let end = skipMarks(text, behind: offset)
        guard end + 2 < text.count else { return nil }
        var index = end
        if text[index] == UInt8(ascii: ",") { index += 1 }
        guard text[index] == UInt8(ascii: " ") else { return nil }
        let hasComma = index > end
        index += 1
        if let behind = behindAnd(text, at: index) {
            index = behind
        } else if !hasComma {
            return nil
        }
        let word = Words.word(text, at: skipMarks(text, behind: index))
        return word.isEmpty ? nil : word
    }

    private static func behindAnd(_ text: Span<UInt8>, at index: Int) -> Int? {
        for and in ands where Bytes.equal(text, at: index, and) { return index + and.count }
        return nil
    }

    private static let ands = ["and ", "& ", "or "].map { Array($0.utf8) }

    /// The word before a comma, "and" or `&` that stands before `start`.
    static func joined(_ text: Span<UInt8>, before offset: Int) -> Range<Int>? {
        let start = skipMarks(text, before: offset)
        guard start > 3, text[start - 1] == UInt8(ascii: " ") else { return nil }
        var end = start
        for and in ands where end >= and.count && Bytes.equal(text, at: end - and.count, and) { end -= and.count }
        if text[end - 1] == UInt8(ascii: " ") { end -= 1 }
        if end > 0, text[end - 1] == UInt8(ascii: ",") { end -= 1 } else if end == start - 1 { return nil }
        let word = Words.wordBefore(text, end)
        return word.isEmpty ? nil : word
    }

    private static let neighboursMax = 3

    /// Whether `test` holds for one of the three words in small letters before or behind `range` in its sentence.
    static func neighbours(_ text: Span<UInt8>, around range: Range<Int>, _ test: (Range<Int>) -> Bool) -> Bool {
        var index = range.lowerBound
        for _ in 0..<neighboursMax {
            let word = Words.wordBefore(text, index)
            guard !word.isEmpty, word.upperBound < index else { break }
            if !Capital.stands(text, at: word.lowerBound), test(word) { return true }
            index = word.lowerBound
        }
        index = range.upperBound
        for _ in 0..<neighboursMax {
            while index < text.count, text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: ",") {
                index += 1
            }
            let word = Words.word(text, at: index)
            guard !word.isEmpty else { break }
            if !Capital.stands(text, at: word.lowerBound), test(word) { return true }
            index = word.upperBound
        }
        return false
    }
}
