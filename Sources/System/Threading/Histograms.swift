/// What a histogram has counted.
public struct HistogramCounts: Sendable, Equatable {
    /// Upper bounds, inclusive, of all classes but the last, which has none.
    public let bounds: [UInt64]
    /// How many values fell into each class and no lower one; one more than `bounds`.
    public var buckets: [UInt64]
    /// The sum of all values.
    public var sum: UInt64

    /// Counts from their parts.
    public init(bounds: [UInt64], buckets: [UInt64], sum: UInt64) {
        self.bounds = bounds
        self.buckets = buckets
        self.sum = sum
    }

    /// How many values there were.
    public var count: UInt64 { buckets.reduce(0, &+) }
}

/// Histograms over the same bounds, one for each row: of one duration by route, by stage, by result.
///
/// An addition takes two counters and no lock.
public final class Histograms: Sendable {
    /// Upper bounds, inclusive, rising.
    public let bounds: [UInt64]
    /// Histograms in the set.
    public let rows: Int
    private let counters: ShardedCounters

    /// Makes `rows` empty histograms.
    /// - Precondition: `bounds` rise and there is at least one.
    public init(rows: Int = 1, bounds: [UInt64]) {
        precondition(!bounds.isEmpty && zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds rise")
        self.bounds = bounds
        self.rows = rows
        counters = ShardedCounters(count: rows * (bounds.count + 2))
    }

    /// Counts `value` in the first class whose bound it does not pass.
    public func add(_ value: UInt64, to row: Int = 0) {
        var index = 0
        while index < bounds.count && value > bounds[index] { index += 1 }
        let start = row * (bounds.count + 2)
        counters.add(to: start + index)
        counters.add(value, to: start + bounds.count + 1)
    }

    /// What was counted in `row`.
    public func counts(_ row: Int = 0) -> HistogramCounts {
        let start = row * (bounds.count + 2)
        return HistogramCounts(
            bounds: bounds, buckets: (0...bounds.count).map { counters.value(start + $0) },
            sum: counters.value(start + bounds.count + 1))
    }
}
