/// Reads one token, as it was given out or as a model altered it.
///
/// ```
/// bracketed  opener gap stem joint number gap closer      [EMAIL_1]  [ email 1 ]  \[EMAIL\_1\]  (EMAIL_1)
/// bare       stem underscore number                       EMAIL_1    EMAIL\_1     EMAIL_1's
/// ```
/// A stem of several words, as policies' own types have, is read likewise: one mark of those that may join it to a number
/// joins its words.
/// The further a writing is from ours, the less it may differ elsewhere, because "card 1" is ordinary English: between
/// square brackets letters may have either case, and a space, a hyphen or nothing may join stem and number; between other
/// brackets there is an underscore, or capitals; without brackets there are both, and no letter, digit or operator
/// beside. Whatever the writing, a token counts only where the vault knows it.
struct TokenReader {
    enum Reading: Equatable {
        case none
        /// The text goes on, and what follows decides.
        case incomplete
        /// `end` is the offset behind it; `replaced` is what the original takes the place of.
        case token(Token, replaced: Range<Int>, end: Int)
    }

    /// Marks in a row that are skipped between two parts of a token.
    private static let gapsMax = 3

    /// Bytes of the longest token in any writing, and of what has to be seen behind it.
    static let bytesMax =
        3 * TokenMark.bytesMax + 4 * gapsMax * TokenMark.bytesMax + Token.stemBytesMax + 1 + Token.digitsMax + 3
        + (CustomType.nameWordsMax - 1) * TokenMark.bytesMax

    private let ignoresNeighbours: Bool
    private var index: Int
    /// Whether the end of the bytes kept something from being seen.
    private var isShort = false

    private init(at index: Int, ignoresNeighbours: Bool) {
        self.index = index
        self.ignoresNeighbours = ignoresNeighbours
    }

    /// The token at `offset`.
    /// - Parameters:
    ///   - previous: the byte before; a space where there is none.
    ///   - isFinal: whether the text ends with `text`; otherwise the answer may be `.incomplete`, and is then given anew
    ///     once there is more. It never is where `bytesMax` bytes follow.
    static func read(
        _ text: Span<UInt8>, at offset: Int, after previous: UInt8, isFinal: Bool, _ types: borrowing TokenTypes
    ) -> Reading {
        guard offset < text.count, !ByteClass.isLetter(text[offset]) || isBoundary(previous) else { return .none }
        var reader = TokenReader(at: offset, ignoresNeighbours: false)
        let reading = reader.read(text, types)
        return reader.isShort && !isFinal ? .incomplete : reading
    }

    /// The token at `offset` of a text that is all there, whatever stands beside it.
    static func readIgnoringNeighbours(
        _ text: Span<UInt8>, at offset: Int, _ types: borrowing TokenTypes
    ) -> Reading {
        var reader = TokenReader(at: offset, ignoresNeighbours: true)
        return reader.read(text, types)
    }

    private mutating func read(_ text: Span<UInt8>, _ types: borrowing TokenTypes) -> Reading {
        let start = index
        guard ByteClass.isLetter(text[start]) else { return readBracketed(text, from: start, types) }
        guard let stem = takeStem(text, isBare: true, wordsMax: types.wordsMax), stem.isCapital,
            let number = takeNumber(text), mayEndBare(text), let type = types.type(stem: stem.name)
        else { return .none }
        return .token(Token(type: type, number: number), replaced: start..<index, end: index)
    }

    private mutating func readBracketed(
        _ text: Span<UInt8>, from start: Int, _ types: borrowing TokenTypes
    ) -> Reading {
        guard let opener = takeEdge(text, TokenMark.openers) else { return .none }
        skipGaps(text)
        let inner = index
        guard let stem = takeStem(text, isBare: false, wordsMax: types.wordsMax), let number = takeNumber(text),
            let type = types.type(stem: stem.name)
        else { return .none }
        let innerEnd = index
        skipGaps(text)
        guard let closer = takeEdge(text, TokenMark.closers), closer.bracket == opener.bracket,
            !opener.isEscaped || closer.isEscaped
        else { return .none }
        switch opener.bracket {
        case .square: break
        case .round, .curly, .angle:
            guard stem.joint == .underscore || (stem.joint == .gap && stem.isCapital) else { return .none }
        }
        // Round brackets are a sentence's own at least as often as they are an altered token's.
        let replaced = opener.bracket == .round ? inner..<innerEnd : start..<index
        return .token(Token(type: type, number: number), replaced: replaced, end: index)
    }

    // MARK: Parts

    /// What joins the parts of a token, the least altered first.
    private enum Joint: Comparable { case underscore, gap, other }

    /// A stem and what joins it to its number; of several joints the one that is furthest from an underscore.
    private struct Stem {
        var name = InlineName()
        var isCapital = true
        var joint = Joint.underscore

        mutating func widen(to other: Joint) { joint = max(joint, other) }
    }

    /// Takes a stem of up to `wordsMax` words, and what joins it to its number.
    private mutating func takeStem(_ text: Span<UInt8>, isBare: Bool, wordsMax: Int) -> Stem? {
        var stem = Stem()
        for _ in 1..<wordsMax {
            guard takeWord(text, &stem) else { return nil }
            let end = index
            guard let joint = takeInnerJoint(text, isBare: isBare), let next = peek(text), ByteClass.isLetter(next)
            else {
                index = end
                return takeNumberJoint(text, isBare: isBare, &stem) ? stem : nil
            }
            stem.widen(to: joint)
            guard stem.name.append(UInt8(ascii: "_")) else { return nil }
        }
        return takeWord(text, &stem) && takeNumberJoint(text, isBare: isBare, &stem) ? stem : nil
    }

    /// What joins two words of a stem.
    private mutating func takeInnerJoint(_ text: Span<UInt8>, isBare: Bool) -> Joint? {
        if takeMark(text, TokenMark.underscores) { return .underscore }
        guard !isBare else { return nil }
        if takeMark(text, TokenMark.gaps) { return .gap }
        return takeMark(text, TokenMark.otherJoints) ? .other : nil
    }

    private mutating func takeNumberJoint(_ text: Span<UInt8>, isBare: Bool, _ stem: inout Stem) -> Bool {
        guard !isBare else { return takeMark(text, TokenMark.underscores) }
        stem.widen(to: takeJoint(text))
        return true
    }

    private mutating func takeJoint(_ text: Span<UInt8>) -> Joint {
        let hasGap = skipGaps(text)
        if takeMark(text, TokenMark.underscores) {
            skipGaps(text)
            return .underscore
        }
        if takeMark(text, TokenMark.otherJoints) {
            skipGaps(text)
            return .other
        }
        return hasGap ? .gap : .other
    }

    /// Takes the letters at `index` into `stem`.
    /// - Returns: whether there are any, and no more than a stem may have.
    private mutating func takeWord(_ text: Span<UInt8>, _ stem: inout Stem) -> Bool {
        let start = index
        while let byte = peek(text), ByteClass.isLetter(byte) {
            guard stem.name.append(byte & 0xDF) else { return false }
            stem.isCapital = stem.isCapital && ByteClass.isUpper(byte)
            index += 1
        }
        return index > start
    }

    private mutating func takeNumber(_ text: Span<UInt8>) -> Int? {
        let start = index
        var number = 0
        while let byte = peek(text), ByteClass.isDigit(byte) {
            guard index - start < Token.digitsMax, index > start || byte != UInt8(ascii: "0") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            index += 1
        }
        return index > start ? number : nil
    }

    @discardableResult
    private mutating func skipGaps(_ text: Span<UInt8>) -> Bool {
        var count = 0
        while count < Self.gapsMax, takeMark(text, TokenMark.gaps) { count += 1 }
        return count > 0
    }

    private mutating func takeEdge(_ text: Span<UInt8>, _ edges: [TokenMark.Edge]) -> TokenMark.Edge? {
        edges.first { take(text, $0.bytes) }
    }

    private mutating func takeMark(_ text: Span<UInt8>, _ marks: [[UInt8]]) -> Bool {
        marks.contains { take(text, $0) }
    }

    /// Steps over `mark`, letters in either case.
    private mutating func take(_ text: Span<UInt8>, _ mark: [UInt8]) -> Bool {
        for (place, wanted) in mark.enumerated() {
            guard index + place < text.count else {
                isShort = true
                return false
            }
            let byte = text[index + place]
            guard byte == wanted || (ByteClass.isLetter(byte) && byte | 0x20 == wanted) else { return false }
        }
        index += mark.count
        return true
    }

    private mutating func peek(_ text: Span<UInt8>) -> UInt8? {
        guard index < text.count else {
            isShort = true
            return nil
        }
        return text[index]
    }

    // MARK: Neighbours

    /// Whether a token without brackets may follow `byte`: not in `MY_EMAIL_1`, `x-EMAIL_1`, `a.EMAIL_1`, `$EMAIL_1`.
    private static func isBoundary(_ byte: UInt8) -> Bool {
        if ByteClass.isAlphanumeric(byte) { return false }
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "$"), UInt8(ascii: "@"),
            UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "\\"):
            return false
        default: return true
        }
    }

    /// Whether a token without brackets may end here: not in `EMAIL_1_OLD`, `EMAIL_1x`, `EMAIL_1=`, `EMAIL_1.txt`; but in
    /// `EMAIL_1s`.
    private mutating func mayEndBare(_ text: Span<UInt8>) -> Bool {
        guard !ignoresNeighbours, let byte = peek(text) else { return true }
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "("): return false
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "s"):
            guard index + 1 < text.count else {
                isShort = true
                return true
            }
            let next = text[index + 1]
            return !ByteClass.isAlphanumeric(next) && next != UInt8(ascii: "_")
        default: return !ByteClass.isAlphanumeric(byte)
        }
    }
}
