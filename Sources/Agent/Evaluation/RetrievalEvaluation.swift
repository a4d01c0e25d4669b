/// How well the search does on labelled queries, in all and by kind of query.
///
/// ```swift
/// var evaluation = RetrievalEvaluation(thresholdPPM: policy.confidenceMinPPM)
/// let found = try await knowledge.search(query, limit: RetrievalEvaluation.matchesLookedAt)
/// evaluation.add(RetrievalOutcome(found, expecting: id), kind: kind)
/// ```
public struct RetrievalEvaluation: Sendable {
    /// Matches among which the expected passage is looked for: the mean reciprocal rank counts no further.
    public static let matchesLookedAt = AgentLimits.searchResultsMax
    /// Share of queries out of scope that `operatingPoint` may let through.
    public static let letThroughPercent = 5

    /// The threshold that the tallies count at, 0 to 1,000,000.
    public let thresholdPPM: Int
    /// All queries together.
    public private(set) var total = RetrievalTally()
    /// By kind; a kind with a slash (`noisy/typos`) counts under the part before it (`noisy`) as well.
    public private(set) var kinds: [[UInt8]: RetrievalTally] = [:]
    private var outcomes: [RetrievalOutcome] = []

    /// Begins with nothing, at a threshold of 0 to 1,000,000.
    public init(thresholdPPM: Int) { self.thresholdPPM = thresholdPPM }

    /// Counts what came of one query.
    /// - Parameter kind: nil where it has none.
    public mutating func add(_ outcome: RetrievalOutcome, kind: [UInt8]?) {
        outcomes.append(outcome)
        total.add(outcome, thresholdPPM: thresholdPPM)
        guard let kind else { return }
        for name in Set([kind, Array(kind.prefix { $0 != UInt8(ascii: "/") })]) where !name.isEmpty {
            kinds[name, default: RetrievalTally()].add(outcome, thresholdPPM: thresholdPPM)
        }
    }

    /// The chance that a query in scope gets more confidence than one out of scope, 0 to 1; nil where a scope has none.
    public var areaUnderCurve: Double? { ScopeSeparation.areaUnderCurve(outcomes) }
    /// Whether the confidence is the probability that it claims to be.
    public var calibration: CalibrationTable { CalibrationTable(outcomes) }
    /// The lowest threshold that lets at most `letThroughPercent` of the queries out of scope through.
    public var operatingPoint: OperatingPoint? { .lowest(lettingThrough: Self.letThroughPercent, of: outcomes) }
}
