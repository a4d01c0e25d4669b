internal import Bytes

/// Where the value stands that a word announces: `password: x`, `"password":"x"`, `password=x`, `my password is x`.
struct Announced {
    /// What joins the word and the value, the clearest last.
    enum Joint: Int {
        /// Nothing but white space.
        case space
        /// A verb, such as "is".
        case verb
        /// A colon, an equals sign or the rule of a table.
        case sign
    }

    /// Offset of the value.
    let start: Int
    let joint: Joint
    /// The quotation mark that opens right before the value.
    let quote: UInt8?

    /// White space and marks looked at in one place.
    private static let gapBytesMax = 16
    /// Words between the word that announces and the value, the verb included.
    private static let wordsMax = 5

    private static let forWord = WordHash("for")
    private static let verb: UInt16 = 1
    private static let filler: UInt16 = 2

    private static let joints: WordMap = {
        let verbs = """
            is was are were equals to as ist war lautet est était es era fue è é foi hai tha hain jest brzmi to är er
            """
        let fillers = """
            i my the we you he she have has had been set using use used for new current old temporary temp now still \
            number no nr id name phrase code value reset changed updated given full complete of on this that account \
            ich mein meine der die das mon ma le la mi il mia nuestro notre ka ki ke mera meri aap changing remains \
            account's bank customer legal real registered temporarily simply just currently
            """
        var map = WordMap(wordsMax: 128)
        for word in fillers.split(separator: " ") { map.set(WordHash(String(word)), to: filler) }
        for word in verbs.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            map.set(WordHash(String(word)), to: verb)
        }
        return map
    }()

    /// The value behind the word that ends at `end`; nil where the words that follow announce nothing.
    init?(_ text: Span<UInt8>, after end: Int) {
        var index = end
        // The end of a key in JSON, of bold print in Markdown, of a key of several words.
        while index < text.count, index - end < 4, Self.isMark(text[index]) { index += 1 }
        // As in `my password's x`.
        if index > end, text[index - 1] == UInt8(ascii: "'"), Self.isGenitive(text, at: index) { index += 1 }
        let space = index
        index = Self.skipSpaces(text, from: index)
        if let behind = Self.behindSign(text, at: index) {
            self.init(text, opensAt: behind, joint: .sign)
            return
        }
        guard index > space else { return nil }
        var joint = space > end && text[space - 1] | 0x20 == UInt8(ascii: "s") ? Joint.verb : Joint.space
        var wasFor = false
        for _ in 0..<Self.wordsMax {
            let word = Words.word(text, at: index)
            let meaning = word.isEmpty ? 0 : Self.joints[WordHash(text, word)]
            // `password for Netflix is`: one word of any kind behind "for".
            guard meaning != 0 || (wasFor && !word.isEmpty) else { break }
            wasFor = word.count == 3 && WordHash(text, word) == Self.forWord
            if meaning == Self.verb { joint = .verb }
            let next = Self.skipSpaces(text, from: word.upperBound)
            if let behind = Self.behindSign(text, at: next) {
                self.init(text, opensAt: behind, joint: .sign)
                return
            }
            guard next > word.upperBound else { break }
            index = next
        }
        self.init(text, opensAt: index, joint: joint)
    }

    private init?(_ text: Span<UInt8>, opensAt offset: Int, joint: Joint) {
        var index = offset
        while index < text.count, index - offset < Self.gapBytesMax, text[index] == UInt8(ascii: "*") { index += 1 }
        index = Self.skipSpaces(text, from: index)
        var quote: UInt8?
        if index + 1 < text.count, text[index] == UInt8(ascii: "\\"), Self.isQuote(text[index + 1]) { index += 1 }
        if index < text.count, Self.isQuote(text[index]) {
            quote = text[index]
            index += 1
        }
        if index + 1 < text.count, Self.mayEnclose(text[index]), ByteClass.isDigit(text[index + 1]) { index += 1 }
        guard index < text.count, text[index] > 0x20 else { return nil }
        start = index
        self.joint = joint
        self.quote = quote
    }

    /// The end of a value without white space: at a quotation mark, at what separates fields, and before the punctuation
    /// of the sentence around.
    func tokenEnd(_ text: Span<UInt8>, bytesMax: Int) -> Int {
        var end = start
        while end < text.count, end - start <= bytesMax, text[end] > 0x20, !endsToken(text, at: end) { end += 1 }
        guard quote == nil else { return end }
        while end > start, Self.isSentenceMark(text[end - 1]) { end -= 1 }
        return end
    }

    private func endsToken(_ text: Span<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if let quote {
            return byte == quote || (byte == UInt8(ascii: "\\") && index + 1 < text.count && text[index + 1] == quote)
        }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"): return true
        // In a form's body; behind a space it may be a character of a password.
        case UInt8(ascii: "&"): return start > 0 && text[start - 1] == UInt8(ascii: "=")
        case UInt8(ascii: ";"), UInt8(ascii: "|"): return joint == .sign
        case UInt8(ascii: "\\"):
            return index + 1 < text.count
                && (text[index + 1] == UInt8(ascii: "n") || text[index + 1] == UInt8(ascii: "\""))
        case 0xC2: return index + 1 < text.count && text[index + 1] == 0xA0
        default: return false
        }
    }

    private static func isSentenceMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"),
            UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "}"), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    private static func isGenitive(_ text: Span<UInt8>, at index: Int) -> Bool {
        index + 1 < text.count && text[index] == UInt8(ascii: "s") && text[index + 1] == UInt8(ascii: " ")
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    /// Whether `byte` may stand right before a number: `PIN (4321)`, `code #482913`.
    private static func mayEnclose(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "#"): true
        default: false
        }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        isQuote(byte) || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "\\")
    }

    private static func skipSpaces(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, index - start < gapBytesMax {
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

    /// Behind `:`, `=`, `:=`, `=>` or `|`.
    private static func behindSign(_ text: Span<UInt8>, at index: Int) -> Int? {
        guard index < text.count else { return nil }
        switch text[index] {
        case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "|"):
            var end = index + 1
            if end < text.count, text[end] == UInt8(ascii: "=") || text[end] == UInt8(ascii: ">") { end += 1 }
            return end
        // A dash or an arrow with spaces around.
        case UInt8(ascii: "-"), 0xE2:
            let dash = dashes.first { Bytes.equal(text, at: index, $0) }
            guard let dash, index > 0, text[index - 1] == UInt8(ascii: " ") else { return nil }
            return index + dash.count
        default: return nil
        }
    }

    private static let dashes = ["- ", "– ", "→ ", "-> "].map { Array($0.utf8) }
}

/// Words of letters in bytes.
enum Words {
    /// Bytes of a word looked at.
    static let bytesMax = 40

    static func isByte(_ byte: UInt8) -> Bool { ByteClass.isWordByte(byte) }

    /// The word that starts at `start`; empty where there is none.
    static func word(_ text: Span<UInt8>, at start: Int) -> Range<Int> {
        guard start < text.count, ByteClass.isLetterStart(text[start]) else { return start..<start }
        var end = start
        while end < text.count, end - start < bytesMax {
            let others = ~LetterMarks.letters(text.paddedWord(at: end)) & LetterMarks.tops
            let letterCount = others.trailingZeroBitCount / 8
            end += letterCount
            guard letterCount == 8 else {
                guard end < text.count, text[end] >= 0x80, isByte(text[end]) else { break }
                end += 1
                continue
            }
        }
        return start..<min(end, start + bytesMax)
    }

    /// The word before `end`, with white space and one hyphen or underscore between; empty where there is none.
    static func wordBefore(_ text: Span<UInt8>, _ end: Int) -> Range<Int> {
        var last = end
        while last > 0, end - last < 3, isJoint(text[last - 1]) { last -= 1 }
        var start = last
        while start > 0, last - start < bytesMax, isByte(text[start - 1]) { start -= 1 }
        return start < last && ByteClass.isLetterStart(text[start]) ? start..<last : end..<end
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// A map of the words in `lists`, each list's number from 1 on as their meaning.
    static func map(_ lists: String...) -> WordMap {
        let words = lists.map { $0.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
        var map = WordMap(wordsMax: words.reduce(0) { $0 + $1.count })
        for (index, list) in words.enumerated() {
            for word in list { map.set(WordHash(word), to: UInt16(index + 1)) }
        }
        return map
    }

    static func list(_ words: String) -> [String] {
        words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }
}
