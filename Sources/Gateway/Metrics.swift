internal import Edge
internal import Synchronization

/// Counts of the decision path, for Prometheus. One lock, held for a few additions.
final class Metrics: Sendable {
    /// Upper bounds of the latency histogram, in microseconds; the last bucket has none.
    static let latencyBounds: [UInt64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        5_000_000, 10_000_000,
    ]

    /// A histogram of one route.
    struct Histogram {
        var buckets = [Int](repeating: 0, count: Metrics.latencyBounds.count + 1)
        var sumMicroseconds: UInt64 = 0

        mutating func add(_ microseconds: UInt64) {
            let index = Metrics.latencyBounds.firstIndex { microseconds <= $0 } ?? Metrics.latencyBounds.count
            buckets[index] += 1
            sumMicroseconds += microseconds
        }
    }

    /// A rate-limit decision to count.
    struct RateDecision: Hashable {
        let limit: RateLimitName
        let isAllowed: Bool
    }

    /// All counts at one moment.
    struct Counts {
        /// By route and status.
        var requests = [[UInt16: Int]](repeating: [:], count: Route.allCases.count)
        var latency = [Histogram](repeating: Histogram(), count: Route.allCases.count)
        var rateDecisions: [RateDecision: Int] = [:]
        var redactions: [String: Int] = [:]
        var answersByRoute: [String: Int] = [:]
    }

    private let counts = Mutex(Counts())

    func countRequest(_ route: Route, status: UInt16, microseconds: UInt64) {
        let index = route.index
        counts.withLock { counts in
            counts.requests[index][status, default: 0] += 1
            counts.latency[index].add(microseconds)
        }
    }

    func countRateDecision(_ limit: RateLimitName, isAllowed: Bool) {
        counts.withLock { $0.rateDecisions[RateDecision(limit: limit, isAllowed: isAllowed), default: 0] += 1 }
    }

    func countRedaction(_ type: String, _ count: Int) {
        counts.withLock { $0.redactions[type, default: 0] += count }
    }

    func countAnswer(_ route: String) {
        counts.withLock { $0.answersByRoute[route, default: 0] += 1 }
    }

    /// A copy of all counts.
    var snapshot: Counts { counts.withLock { $0 } }

    /// Requests answered since the start.
    var requestsServed: UInt64 {
        counts.withLock { counts in
            UInt64(counts.requests.reduce(0) { total, byStatus in total + byStatus.values.reduce(0, +) })
        }
    }
}
