/// A word or sign that stands for the at of an address, with the spaces and brackets around it.
struct SpelledMark {
    enum Kind {
        /// `(at)`, or a word that means nothing else, as `arroba`.
        case clear
        /// ` AT `.
        case capitals
        /// ` at `.
        case small
        /// `@` itself.
        case sign
    }

    let range: Range<Int>
    let kind: Kind

    /// Spaces on each side of a mark.
    private static let spacesMax = 2
    /// Bytes of the longest word for a mark.
    private static let wordBytesMax = 14

    /// English; Spanish and Portuguese; French; Italian; Dutch; German; Swedish and Danish.
    private static let atWords = bytes("at arroba arobase arrobase chiocciola apenstaartje klammeraffe snabel-a")
    /// English; German; French; Spanish and Italian; Portuguese; Dutch; Turkish.
    private static let dotWords = bytes("dot punkt point punto ponto punt nokta")

    /// For each byte, whether a word for either begins with it, or it is the sign itself.
    private static let firstBytes: [Bool] = {
        var firsts = [Bool](repeating: false, count: 256)
        for byte in (atWords + dotWords).compactMap(\.first) + Array("@.".utf8) {
            firsts[Int(byte)] = true
            if ByteClass.isLower(byte) { firsts[Int(byte ^ 0x20)] = true }
        }
        return firsts
    }()

    private static func bytes(_ words: String) -> [[UInt8]] { words.split(separator: " ").map { Array($0.utf8) } }

    init(range: Range<Int>, kind: Kind) {
        self.range = range
        self.kind = kind
    }

    /// `(at)` and the like, whose opening bracket or a space before it is at `index`.
    init?(bracketedAt text: Span<UInt8>, at index: Int) {
        guard let (range, _) = Self.bracketed(text, at: index, Self.atWords, sign: UInt8(ascii: "@")) else {
            return nil
        }
        self.init(range: range, kind: .clear)
    }

    /// `[dot]` and the like.
    init?(bracketedDot text: Span<UInt8>, at index: Int) {
        guard let (range, _) = Self.bracketed(text, at: index, Self.dotWords, sign: UInt8(ascii: ".")) else {
            return nil
        }
        self.init(range: range, kind: .clear)
    }

    /// A word for an at between spaces, the first of which is at `index`.
    init?(spacedAt text: Span<UInt8>, at index: Int) {
        guard let (range, word) = Self.spaced(text, at: index, Self.atWords) else { return nil }
        let isCapital = ByteClass.isUpper(text[word.lowerBound]) && ByteClass.isUpper(text[word.upperBound - 1])
        self.init(range: range, kind: word.count > 2 ? .clear : isCapital ? .capitals : .small)
    }

    /// The word or bracket for a dot that starts at `index`.
    static func dot(_ text: Span<UInt8>, at index: Int) -> Range<Int>? {
        bracketed(text, at: index, dotWords, sign: UInt8(ascii: "."))?.range ?? spaced(text, at: index, dotWords)?.range
    }

    /// The word or bracket for a dot that ends at `end`.
    static func dot(_ text: Span<UInt8>, endingAt end: Int) -> Range<Int>? {
        let floor = max(0, end - wordBytesMax - 2 * spacesMax - 2)
        var start = end
        while start > floor {
            start -= 1
            guard !isLocal(text[start]), start > 0, isLocal(text[start - 1]), let dot = dot(text, at: start),
                dot.upperBound == end
            else { continue }
            return dot
        }
        return nil
    }

    /// Whether what follows the space at `index` may be a bracket, or begins as some word for an at.
    @inline(__always)
    static func mayFollow(_ text: Span<UInt8>, at index: Int) -> Bool {
        let first = skipSpaces(text, from: index)
        guard first < text.count else { return false }
        switch text[first] | 0x20 {
        case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "k"), UInt8(ascii: "s"), UInt8(ascii: "("),
            UInt8(ascii: "{"), UInt8(ascii: "<"):
            return true
        default: return false
        }
    }

    /// Whether what follows the bracket at `index` begins as an at or a dot does.
    @inline(__always)
    static func mayFollow(_ text: Span<UInt8>, bracketAt index: Int) -> Bool {
        let first = skipSpaces(text, from: index + 1)
        return first < text.count && firstBytes[Int(text[first])]
    }

    /// Whether the letter before the one at `index`, which a `t` follows, is that of some word for a dot.
    @inline(__always)
    static func mayBeInDot(_ text: Span<UInt8>, before index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = text[index - 1] | 0x20
        switch text[index] | 0x20 {
        case UInt8(ascii: "o"): return before == UInt8(ascii: "d")
        case UInt8(ascii: "k"): return before == UInt8(ascii: "n") || before == UInt8(ascii: "o")
        case UInt8(ascii: "n"):
            return before == UInt8(ascii: "i") || before == UInt8(ascii: "u") || before == UInt8(ascii: "o")
        default: return false
        }
    }

    /// Whether the `t` at `index` is the last or last but one letter of a word for a dot.
    static func isInDot(_ text: Span<UInt8>, at index: Int) -> Bool {
        var end = index + 1
        while end < text.count, end <= index + 2, ByteClass.isAlphanumeric(text[end]) { end += 1 }
        guard end <= index + 2 else { return false }
        return dotWords.contains { isWord(text, end - $0.count, $0) }
    }

    /// Whether `arroba` or its like holds the `ob` at `index`.
    static func holdsNamedAt(_ text: Span<UInt8>, around index: Int) -> Bool {
        guard index + 2 < text.count, text[index + 2] | 0x20 == UInt8(ascii: "a") else { return false }
        var start = index
        while start > 0, index - start < wordBytesMax, ByteClass.isLetter(text[start - 1]) { start -= 1 }
        return atWords.contains { $0.count > 2 && isWord(text, start, $0) }
    }

    /// What stands in a local part or domain.
    static func isLocal(_ byte: UInt8) -> Bool {
        if ByteClass.isAlphanumeric(byte) { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "%"): return true
        default: return false
        }
    }

    private static func bracketed(
        _ text: Span<UInt8>, at index: Int, _ words: [[UInt8]], sign: UInt8
    ) -> (range: Range<Int>, word: Range<Int>)? {
        let open = skipSpaces(text, from: index)
        guard open < text.count, let closer = closer(of: text[open]) else { return nil }
        let first = skipSpaces(text, from: open + 1)
        guard first < text.count else { return nil }
        let last = text[first] == sign ? first + 1 : wordEnd(text, from: first, words)
        guard let last else { return nil }
        let close = skipSpaces(text, from: last)
        guard close < text.count, text[close] == closer else { return nil }
        return (index..<skipSpaces(text, from: close + 1), first..<last)
    }

    private static func spaced(
        _ text: Span<UInt8>, at index: Int, _ words: [[UInt8]]
    ) -> (range: Range<Int>, word: Range<Int>)? {
        let first = skipSpaces(text, from: index)
        guard first > index, first < text.count, let last = wordEnd(text, from: first, words) else { return nil }
        let end = skipSpaces(text, from: last)
        return end > last ? (index..<end, first..<last) : nil
    }

    private static func wordEnd(_ text: Span<UInt8>, from start: Int, _ words: [[UInt8]]) -> Int? {
        guard ByteClass.isLetter(text[start]) else { return nil }
        return words.first { isWord(text, start, $0) }.map { start + $0.count }
    }

    private static func skipSpaces(_ text: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < text.count, end - start < spacesMax, text[end] == UInt8(ascii: " ") { end += 1 }
        return end
    }

    private static func closer(of opener: UInt8) -> UInt8? {
        switch opener {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "["): UInt8(ascii: "]")
        case UInt8(ascii: "{"): UInt8(ascii: "}")
        case UInt8(ascii: "<"): UInt8(ascii: ">")
        default: nil
        }
    }

    /// Whether `word`, in small letters or capitals, stands from `start` on between what is no letter or digit.
    private static func isWord(_ text: Span<UInt8>, _ start: Int, _ word: [UInt8]) -> Bool {
        let end = start + word.count
        guard start >= 0, end <= text.count, text[start] | 0x20 == word[0] | 0x20,
            start == 0 || !ByteClass.isAlphanumeric(text[start - 1]),
            end == text.count || !ByteClass.isAlphanumeric(text[end])
        else { return false }
        for place in word.indices {
            let byte = text[start + place]
            guard (ByteClass.isUpper(byte) ? byte | 0x20 : byte) == word[place] else { return false }
        }
        return true
    }
}
