/// What the confidence in the first of the ranked passages is told from.
public struct Evidence: Hashable, Sendable {
    /// The first passage's score, and by how much it is above the second's; both about 0 to 1.
    public let score: Float, lead: Float
    /// The share of the question's words that the knowledge base knows, 0 to 1.
    public let knownShare: Float

    /// - Parameter scored: the first two passages, as far as there are any.
    init(_ scored: [Scored], query: Query) {
        score = scored.first?.score ?? 0
        lead = score - (scored.dropFirst().first?.score ?? 0)
        knownShare = query.knownShare
    }
}

/// How likely the first of the ranked passages is the right answer.
enum Confidence {
    /// Of a question that is one of the FAQ's phrasings word by word.
    static let exactPPM = 990_000

    /// Logistic regression of "the first passage is right" on its score over the 1,084 development queries, those that
    /// have no right answer included. Five-fold cross-validation: expected calibration error 0.026, area under the curve
    /// in against out of scope 0.949. The lead over the second passage would sharpen the estimate of being right (0.82
    /// against 0.78) but blur the one of being in scope (0.89), which a bank needs more.
    static func ofFirst(_ evidence: Evidence, method: Retrieved.Method) -> Int {
        ppm(Approximation.logistic(intercept + slope * evidence.score))
    }

    private static let intercept: Float = -5.6
    private static let slope: Float = 12.8

    static func ppm(_ value: Float) -> Int { Int((min(1, max(0, value)) * 1_000_000).rounded()) }
}
