internal import RE2

/// A type that a policy adds: a pattern, what makes its matches surer, and the bounds on both.
struct CustomType: Equatable, Sendable {
    /// Types that a policy may add.
    static let countMax = 64
    /// Bytes of a pattern.
    static let patternBytesMax = 1_024
    /// Bytes of the longest match: what `RedactionStream.lookaheadBytes` leaves where each is written as a character
    /// reference of eight.
    static let matchBytesMax = RedactionStream.lookaheadBytes / 8
    /// Instructions of the compiled pattern, so that a step of a match stays cheap; `\pL` alone takes 1,200.
    static let programSizeMax = 16_384
    /// Bytes that a compiled pattern and its cache of states may take: 4 MiB.
    static let memoryMax = 4_194_304
    /// Context words and phrases of a type, and bytes of each.
    static let contextMax = 32
    static let contextBytesMax = 32
    /// Bytes before a match that are looked through for one, as in `Context`.
    static let contextReach = 64
    /// What a context word adds to the confidence, in millionths, up to a million.
    static let contextBonusPPM = 350_000
    /// Examples and counter-examples of a type, each, and bytes of each.
    static let examplesMax = 64
    static let exampleBytesMax = 1_024

    let type: DetectorType
    let pattern: [UInt8]
    let compiled: RE2
    /// Of a match without a context word.
    let confidencePPM: Int
    /// In lower case.
    let context: [[UInt8]]
    let validator: CheckDigit?

    static func == (left: CustomType, right: CustomType) -> Bool {
        left.type == right.type && left.type.index == right.type.index && left.type.masking == right.type.masking
            && left.pattern == right.pattern && left.confidencePPM == right.confidencePPM
            && left.context == right.context && left.validator == right.validator
    }

    /// How sure the match at `range` is.
    func confidencePPM(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
        guard hasContext(text, before: range.lowerBound) else { return confidencePPM }
        return min(1_000_000, confidencePPM + Self.contextBonusPPM)
    }

    /// Whether a context word stands among the bytes before `offset`.
    private func hasContext(_ text: Span<UInt8>, before offset: Int) -> Bool {
        let floor = max(0, offset - Self.contextReach)
        return context.contains { word in
            var start = offset - word.count
            while start >= floor {
                if Self.stands(word, text, at: start) { return true }
                start -= 1
            }
            return false
        }
    }

    /// Whether `word` stands at `start` as a word, or as several.
    private static func stands(_ word: [UInt8], _ text: Span<UInt8>, at start: Int) -> Bool {
        for (place, wanted) in word.enumerated() {
            let byte = text[start + place]
            guard byte == wanted || (ByteClass.isUpper(byte) && byte | 0x20 == wanted) else { return false }
        }
        let end = start + word.count
        return (start == 0 || !isWordByte(text[start - 1])) && (end == text.count || !isWordByte(text[end]))
    }

    private static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || ByteClass.isLetter(byte) }
}
