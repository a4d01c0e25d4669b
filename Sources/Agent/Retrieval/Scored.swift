/// A passage with its score.
struct Scored {
    let passage: Int
    /// The weighted sum that orders passages, about 0 to 1.
    let score: Float
}

extension Scored {
    // MARK: By words

    /// The score by words alone.
    ///
    /// The weights are the best of a grid by first answers and by separation on the development queries: 60 % first and
    /// 87 % among five, against 58.6 and 84.7 % of BM25 alone.
    /// - Parameters:
    ///   - terms: BM25 of the stems, 0 and up.
    ///   - grams: cosine of the runs of letters with the nearest phrasing, 0 to 1.
    init(passage: Int, terms: Float, grams: Float) {
        self.passage = passage
        score = Self.termsWeight * Self.share(terms) + (1 - Self.termsWeight) * grams
    }

    private static let termsWeight: Float = 0.8
    /// The BM25 that counts half.
    private static let termsHalf: Float = 10

    /// A sum of weights, 0 and up, as a share that it cannot exceed: 0 to 1.
    private static func share(_ terms: Float) -> Float { terms / (terms + termsHalf) }

    // MARK: By meaning and words

    /// The score by vectors and words: a weighted sum. Fusing ranks instead would forget how near a passage is, which orders
    /// passages worse and says nothing of whether any of them answers.
    ///
    /// Without examples the weights are in the middle of the best of a grid on the development queries (78.7 % first and
    /// 95.3 % among five of the intents; any weight may move by a third for less than one per cent). With examples, a passage
    /// that has some is judged by the nearest of them most of all, and one that has none gets an advantage, for it would be
    /// buried under those that have dozens.
    /// - Parameters:
    ///   - typicality: how typical the stems are of the passage's examples (`ExampleTerms`).
    ///   - hasExamples: whether any passage has examples.
    init(
        passage: Int, terms: Float, nearness: SemanticIndex.Nearness, typicality: Float?, hasExamples: Bool
    ) {
        self.passage = passage
        let words = Self.share(terms)
        let meaning = Self.meaning(nearness)
        guard hasExamples else {
            score = (1 - Self.wordsWeight) * meaning + Self.wordsWeight * words
            return
        }
        let (near, said): (Float, Float)
        if let example = nearness.example {
            let nearest = max(example, meaning - Self.meaningLag)
            near = Self.exampleWeight * nearest + (1 - Self.exampleWeight) * meaning
            said = (words + Self.share(typicality ?? 0)) / 2
        } else {
            (near, said) = (meaning + Self.advantageWithoutExamples, words)
        }
        score = (1 - Self.wordsWeightWithExamples) * near + Self.wordsWeightWithExamples * said
    }

    /// The cosines of a passage's own texts, weighed against each other.
    private static func meaning(_ nearness: SemanticIndex.Nearness) -> Float {
        (phrasingWeight * nearness.phrasing + phrasingsWeight * nearness.phrasings + wholeWeight * nearness.whole)
            / (phrasingWeight + phrasingsWeight + wholeWeight)
    }

    private static let phrasingWeight: Float = 0.4, phrasingsWeight: Float = 0.1, wholeWeight: Float = 0.25
    private static let wordsWeight: Float = 0.25
    private static let exampleWeight: Float = 0.9, wordsWeightWithExamples: Float = 0.15
    /// By so much an example must be farther than the passage's own texts before those count in its place.
    private static let meaningLag: Float = 0.2
    private static let advantageWithoutExamples: Float = 0.1

    /// The `count` passages that are nearest, in no order, without words.
    static func nearest(_ count: Int, of nearness: [SemanticIndex.Nearness]) -> [Int] {
        let ranked = nearness.indices.map { index in
            (index: index, near: max(nearness[index].example ?? -1, meaning(nearness[index])))
        }
        return ranked.sorted { $0.near > $1.near }.prefix(count).map(\.index)
    }
}
