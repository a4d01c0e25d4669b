/// What a search made of one labelled query.
public struct RetrievalOutcome: Hashable, Sendable {
    /// Whether a passage is expected to answer the query; where none is, it must not be answered.
    public let isInScope: Bool
    /// The place of the expected passage among the matches, from 1; nil where it is not among them or none is expected.
    public let rank: Int?
    /// How likely the first match was held to be the right answer, 0 to 1,000,000.
    public let confidencePPM: Int
    /// Whether there is a match, without which nothing is answered at any threshold.
    public let hasMatch: Bool

    /// What `retrieved` is worth where the passage called `expectedID` should answer, or nothing where that is nil.
    public init(_ retrieved: Retrieved, expecting expectedID: [UInt8]?) {
        let place = retrieved.matches.firstIndex { $0.passage.id == expectedID }
        self.init(
            isInScope: expectedID != nil, rank: place.map { $0 + 1 }, confidencePPM: retrieved.confidencePPM,
            hasMatch: !retrieved.matches.isEmpty)
    }

    package init(isInScope: Bool, rank: Int?, confidencePPM: Int, hasMatch: Bool = true) {
        self.isInScope = isInScope
        self.rank = rank
        self.confidencePPM = confidencePPM
        self.hasMatch = hasMatch
    }

    /// Whether the first match is the expected one.
    public var isRight: Bool { rank == 1 }

    /// Whether the assistant would give the first match as the answer under this threshold, 0 to 1,000,000.
    public func isAnswered(at thresholdPPM: Int) -> Bool { hasMatch && confidencePPM >= thresholdPPM }
}
