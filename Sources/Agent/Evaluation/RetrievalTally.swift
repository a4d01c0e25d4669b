/// Counts over labelled queries: where the expected passages ranked, and what a threshold makes of their confidence.
///
/// Shares are 0 to 1, and nil where there is nothing to have a share of.
public struct RetrievalTally: Equatable, Sendable {
    /// Queries that a passage should answer, and those that must not be answered.
    public private(set) var inScope = 0, outOfScope = 0
    /// Queries in scope whose passage came first, and among the first five.
    public private(set) var first = 0, amongFive = 0
    /// One over the rank of the expected passage, summed; nothing for one that was not found.
    public private(set) var reciprocalRanks = 0.0
    /// Queries answered at the threshold, of each scope.
    public private(set) var inScopeAnswered = 0, outOfScopeAnswered = 0
    /// Queries answered at the threshold with the passage that was expected.
    public private(set) var right = 0

    /// Begins with nothing.
    public init() {}

    /// The tally of `outcomes` at a threshold of 0 to 1,000,000.
    public init(_ outcomes: [RetrievalOutcome], thresholdPPM: Int) {
        for outcome in outcomes { add(outcome, thresholdPPM: thresholdPPM) }
    }

    /// Counts one more query at a threshold of 0 to 1,000,000, the same for all of a tally.
    public mutating func add(_ outcome: RetrievalOutcome, thresholdPPM: Int) {
        let isAnswered = outcome.isAnswered(at: thresholdPPM)
        guard outcome.isInScope else {
            outOfScope += 1
            outOfScopeAnswered += isAnswered ? 1 : 0
            return
        }
        inScope += 1
        inScopeAnswered += isAnswered ? 1 : 0
        right += isAnswered && outcome.isRight ? 1 : 0
        guard let rank = outcome.rank else { return }
        first += rank == 1 ? 1 : 0
        amongFive += rank <= 5 ? 1 : 0
        reciprocalRanks += 1 / Double(rank)
    }
}

extension RetrievalTally {
    /// All queries; those answered at the threshold, and those not.
    public var rows: Int { inScope + outOfScope }
    /// Queries answered at the threshold.
    public var answered: Int { inScopeAnswered + outOfScopeAnswered }
    /// Queries not answered at the threshold.
    public var abstained: Int { rows - answered }
    /// Queries not answered that must not be.
    public var rightlyAbstained: Int { outOfScope - outOfScopeAnswered }

    /// Share of queries in scope whose passage came first.
    public var topOne: Double? { Self.share(first, of: inScope) }
    /// Share of queries in scope whose passage was among the first five.
    public var topFive: Double? { Self.share(amongFive, of: inScope) }
    /// The mean of one over the rank of the expected passage, over the queries in scope.
    public var meanReciprocalRank: Double? { inScope > 0 ? reciprocalRanks / Double(inScope) : nil }

    /// Share of all queries that was answered.
    public var answeredShare: Double? { Self.share(answered, of: rows) }
    /// Share of the answers that were the expected ones.
    public var rightShare: Double? { Self.share(right, of: answered) }
    /// Share of queries in scope that was answered, rightly or not.
    public var inScopeAnsweredShare: Double? { Self.share(inScopeAnswered, of: inScope) }
    /// Share of queries out of scope that was let through.
    public var outOfScopeAnsweredShare: Double? { Self.share(outOfScopeAnswered, of: outOfScope) }
    /// Share of what was not answered that must not be.
    public var abstainPrecision: Double? { Self.share(rightlyAbstained, of: abstained) }
    /// Share of what must not be answered that was not.
    public var abstainRecall: Double? { Self.share(rightlyAbstained, of: outOfScope) }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
