/// What the confidence in the first of the ranked passages is told from.
public struct Evidence: Hashable, Sendable {
    /// The first passage's score, and by how much it is above the second's; both about 0 to 1.
    public let score: Float, lead: Float
    /// The share of the question's words that the knowledge base knows, 0 to 1.
    public let knownShare: Float
    /// Whether the question names another bank or company, and whether it asks for what no bank's FAQ answers
    /// (`ScopeScreen`).
    public let namesOthers: Bool, asksElsewhere: Bool

    /// - Parameter scored: the first two passages, as far as there are any.
    init(_ scored: [Scored], query: Query, signs: ScopeScreen.Signs = ScopeScreen.Signs()) {
        score = scored.first?.score ?? 0
        lead = score - (scored.dropFirst().first?.score ?? 0)
        knownShare = query.knownShare
        namesOthers = signs.namesOthers
        asksElsewhere = signs.asksElsewhere
    }
}

/// How likely the first of the ranked passages is the right answer: a logistic regression, one for each way to search.
///
/// The coefficients are `scripts/fit-confidence.py`'s, fitted to "the first passage is right" on the 1,084 development
/// queries, those that have no right answer included, without any sign of being out of scope. Means of five five-fold
/// cross-validations, on folds that were not fitted to: expected calibration error, area under the curve in against out of
/// scope, share in scope that is answered where 5 % out of scope are let through:
///
/// | search by | error | area | answered |
/// | --- | --- | --- | --- |
/// | words | 2.7 % | 95.3 % | 73 % |
/// | vectors and words | 3.4 % | 98.5 % | 96 % |
/// | examples too | 1.7 % | 99.3 % | 97 % |
///
/// The lead over the second passage would sharpen the estimate of being right and blur that of being in scope, which a bank
/// needs more.
enum Confidence {
    /// Of a question that is one of the FAQ's phrasings word by word.
    static let exactPPM = 990_000

    private struct Coefficients {
        let intercept: Float
        let score: Float
        let knownShare: Float
    }

    private static func coefficients(of method: Retrieved.Method) -> Coefficients {
        switch method {
        case .words: Coefficients(intercept: -6.765, score: 11.138, knownShare: 2.025)
        case .hybrid: Coefficients(intercept: -6.053, score: 9.760, knownShare: 1.641)
        case .examples: Coefficients(intercept: -7.590, score: 12.110, knownShare: 0.840)
        }
    }

    /// A sign of being out of scope divides the odds by e² = 7.4: enough that such a question is answered only where
    /// everything else speaks for it. A choice, and not fitted: of 9,157 real questions to a bank four have a sign.
    private static let signWeight: Float = 2

    static func ofFirst(_ evidence: Evidence, method: Retrieved.Method) -> Int {
        let coefficients = coefficients(of: method)
        var logit =
            coefficients.intercept + coefficients.score * evidence.score
            + coefficients.knownShare * evidence.knownShare
        if evidence.namesOthers || evidence.asksElsewhere { logit -= signWeight }
        return ppm(Approximation.logistic(logit))
    }

    static func ppm(_ value: Float) -> Int { Int((min(1, max(0, value)) * 1_000_000).rounded()) }
}
