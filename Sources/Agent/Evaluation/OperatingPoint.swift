/// A threshold that was chosen by what it lets through, and what it does.
public struct OperatingPoint: Equatable, Sendable {
    /// The threshold, 0 to 1,000,000.
    public let thresholdPPM: Int
    /// What it makes of the queries that it was chosen by.
    public let tally: RetrievalTally

    /// The lowest threshold that lets at most `percent` of the queries out of scope through, and so answers most of those
    /// in scope. nil where no query is out of scope, and where even a threshold of 1,000,000 lets more through.
    /// - Parameter percent: 0 to 100.
    static func lowest(lettingThrough percent: Int, of outcomes: [RetrievalOutcome]) -> OperatingPoint? {
        let outOfScope = outcomes.filter { !$0.isInScope }
        guard !outOfScope.isEmpty else { return nil }
        let descending = outOfScope.filter(\.hasMatch).map(\.confidencePPM).sorted(by: >)
        let allowed = outOfScope.count * percent / 100
        // Above the first that may not come through, and with it all that are as sure.
        let threshold = allowed < descending.count ? descending[allowed] + 1 : 0
        guard threshold <= 1_000_000 else { return nil }
        return OperatingPoint(
            thresholdPPM: threshold, tally: RetrievalTally(outcomes, thresholdPPM: threshold))
    }
}
