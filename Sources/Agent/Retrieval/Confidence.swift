/// A passage with the parts of its score.
struct Scored {
    let passage: Int
    /// BM25 of the stems, 0 and up.
    let terms: Float
    /// Cosine of the runs of letters with the nearest phrasing, 0 to 1.
    let grams: Float
    /// The weighted sum that orders passages, 0 to 1.
    let score: Float

    init(passage: Int, terms: Float, grams: Float) {
        self.passage = passage
        self.terms = terms
        self.grams = grams
        score = Self.termsWeight * terms / (terms + Self.termsHalf) + (1 - Self.termsWeight) * grams
    }

    static func exact(_ passage: Int) -> Scored {
        Scored(passage: passage, terms: .greatestFiniteMagnitude / 2, grams: 1)
    }

    private static let termsWeight: Float = 0.7
    private static let termsHalf: Float = 10
}

/// How likely the first of the ranked passages is the right answer.
enum Confidence {
    static let exactPPM = 990_000

    static func ofFirst(_ ranked: [Scored], query: Query) -> Int {
        guard let first = ranked.first else { return 0 }
        return ppm(first.score)
    }

    static func ppm(_ value: Float) -> Int { Int((min(1, max(0, value)) * 1_000_000).rounded()) }
}
