/// What a search found.
public struct Retrieved: Sendable {
    /// A passage and how well it fits.
    public struct Match: Sendable {
        /// The passage.
        public let passage: Passage
        /// 0 to 1,000,000. It orders the matches of one search; it is not a probability.
        public let scorePPM: Int
        /// Whether the passage may go to any caller as it is (`KnowledgeBase.Inspector`).
        public let isCleared: Bool
    }

    /// What was found, with each text of the passages that nobody has cleared put through `revise`.
    public func revised(_ revise: ([UInt8]) -> [UInt8]) -> Retrieved {
        guard !matches.allSatisfy(\.isCleared) else { return self }
        return Retrieved(
            version: version,
            matches: matches.map { match in
                guard !match.isCleared else { return match }
                return Match(
                    passage: match.passage.revised(revise), scorePPM: match.scorePPM, isCleared: false)
            }, confidencePPM: confidencePPM, isExact: isExact, hasWords: hasWords, method: method,
            isDegraded: isDegraded, evidence: evidence)
    }

    /// The knowledge base's version that was searched.
    public let version: Int64
    /// The best passages, best first.
    public let matches: [Match]
    /// How likely the first match is the right answer, 0 to 1,000,000; 0 where there is no match.
    public let confidencePPM: Int
    /// Whether the question is one of the first match's phrasings, but for case, accents and punctuation.
    public let isExact: Bool
    /// Whether the text holds any word at all.
    public let hasWords: Bool

    /// What passages are judged by.
    public enum Method: String, CaseIterable, Sendable {
        /// Words and their spelling.
        case words
        /// Vectors of the passages, and words.
        case hybrid
        /// Vectors of the passages and of examples, and words.
        case examples
    }

    /// What the passages were judged by.
    public let method: Method
    /// Whether a vector is missing, the question's or some of the knowledge base's. Later the answer may be better.
    public let isDegraded: Bool
    /// What the confidence was told from.
    public let evidence: Evidence
}
