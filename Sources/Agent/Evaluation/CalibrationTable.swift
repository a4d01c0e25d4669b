/// Whether confidence is the probability that it claims to be: queries by confidence in ten bins of equal width, and how
/// many of each bin had the expected passage first.
///
/// A query out of scope is never right, so that confidence in it is always an error.
public struct CalibrationTable: Equatable, Sendable {
    /// Queries of about the same confidence.
    public struct Bin: Equatable, Sendable {
        /// Confidence from and to, 0 to 1,000,000; the end belongs to the next bin, but for the last one's.
        public let fromPPM: Int, toPPM: Int
        /// Queries in the bin, and those of them with the expected passage first.
        public fileprivate(set) var rows = 0, right = 0
        fileprivate var confidencePPMSum = 0

        /// The mean confidence, 0 to 1; nil without queries.
        public var meanConfidence: Double? {
            rows > 0 ? Double(confidencePPMSum) / Double(rows * CalibrationTable.one) : nil
        }
        /// The share that was right, 0 to 1; nil without queries.
        public var rightShare: Double? { rows > 0 ? Double(right) / Double(rows) : nil }
        /// How far the confidence of all its queries is from their right ones, in millionths of a query.
        fileprivate var gapPPM: Int { abs(right * CalibrationTable.one - confidencePPMSum) }
    }

    /// Bins, as M. Naeini, G. Cooper and M. Hauskrecht have them ("Obtaining Well Calibrated Probabilities Using Bayesian
    /// Binning", 2015).
    public static let binCount = 10
    fileprivate static let one = 1_000_000
    private static let width = one / binCount

    /// The bins, by rising confidence.
    public private(set) var bins: [Bin]

    /// Puts `outcomes` into bins.
    public init(_ outcomes: [RetrievalOutcome]) {
        bins = (0..<Self.binCount).map { Bin(fromPPM: $0 * Self.width, toPPM: ($0 + 1) * Self.width) }
        for outcome in outcomes {
            let index = min(Self.binCount - 1, outcome.confidencePPM / Self.width)
            bins[index].rows += 1
            bins[index].right += outcome.isRight ? 1 : 0
            bins[index].confidencePPMSum += outcome.confidencePPM
        }
    }

    /// The expected calibration error: how far the mean confidence of a bin is from its share of right ones, over the bins
    /// by their queries; 0 to 1, nil without queries.
    public var expectedError: Double? {
        let rows = bins.reduce(0) { $0 + $1.rows }
        return rows > 0 ? Double(bins.reduce(0) { $0 + $1.gapPPM }) / Double(rows * Self.one) : nil
    }
}
