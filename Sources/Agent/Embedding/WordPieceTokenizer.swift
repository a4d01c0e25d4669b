/// Makes a text into the numbers that a model takes: WordPiece over the words of `WordSplitter`.
///
/// Names of marks in a text, such as `[SEP]`, are punctuation and letters like any others. A library that made marks of them
/// would let a customer end the text where they like.
struct WordPieceTokenizer: Sendable {
    let vocabulary: WordPieceVocabulary
    /// Tokens of a text, the marks of its start and end included; what is longer is cut.
    let tokensMax: Int

    /// The tokens of `text`, in UTF-8: at least the two marks.
    /// - Complexity: linear in the text, times the longest piece.
    func tokens(of text: [UInt8]) -> [Int32] {
        var tokens = [vocabulary.start]
        for word in WordSplitter.words(in: text) {
            if tokens.count >= tokensMax - 1 { break }
            append(word, to: &tokens)
        }
        return tokens.prefix(tokensMax - 1) + [vocabulary.end]
    }

    /// Takes the longest piece that fits at each place. Where none fits the whole word is unknown.
    private func append(_ word: WordSplitter.Word, to tokens: inout [Int32]) {
        let wordStart = tokens.count
        guard word.characterCount <= AgentLimits.pieceWordCharactersMax else {
            return tokens.append(vocabulary.unknown)
        }
        var start = 0
        while start < word.bytes.count {
            guard let (id, end) = longestPiece(of: word.bytes, from: start) else {
                tokens.removeSubrange(wordStart...)
                return tokens.append(vocabulary.unknown)
            }
            tokens.append(id)
            start = end
        }
    }

    /// Pieces are whole characters, so that one which fits ends where a character does.
    private func longestPiece(of word: [UInt8], from start: Int) -> (id: Int32, end: Int)? {
        var end = min(word.count, start + vocabulary.pieceBytesMax)
        while end > start {
            if let id = vocabulary.id(of: word[start..<end], beginsWord: start == 0) { return (id, end) }
            end -= 1
        }
        return nil
    }
}
