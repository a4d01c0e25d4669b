internal import Agent
internal import Audit
internal import Edge
internal import Redaction
internal import Threading

/// Counts of the decision path, for Prometheus. No lock: each loop counts in memory of its own.
final class Metrics: Sendable {
    /// Upper bounds of the histograms of time, in microseconds; the last class has none.
    static let latencyBounds: [UInt64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        5_000_000, 10_000_000,
    ]
    /// A stage's bounds start lower: most take a few microseconds.
    static let stageBounds: [UInt64] = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000, 100_000, 1_000_000]
    /// The name beside the stages' of the wait for the durable record.
    static let recordStage = "record"

    /// Statuses that are counted by themselves; any other counts as the last, 0.
    private static let statuses: [UInt16] = [
        200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 411, 413, 414, 415, 417, 421, 422, 429, 431,
        500, 501, 502, 503, 504, 505, 0,
    ]

    private let requests = ShardedCounters(count: Route.allCases.count * Metrics.statuses.count)
    private let latencies = Histograms(rows: Route.allCases.count, bounds: Metrics.latencyBounds)
    private let stages = Histograms(rows: AuditStage.allCases.count + 1, bounds: Metrics.stageBounds)
    private let decisions = ShardedCounters(count: RateLimitName.all.count * 2)
    private let types: [DetectorType]
    private let findings: ShardedCounters
    private let routesTaken = ShardedCounters(count: Answer.Route.all.count)

    /// - Parameter types: those that redactions are counted of; any other is not.
    init(types: [DetectorType] = DetectorType.all) {
        self.types = types
        findings = ShardedCounters(count: types.count * Self.redactionWays.count)
    }

    // MARK: Counting

    func countRequest(_ route: Route, status: UInt16, microseconds: UInt64) {
        let column = Self.statuses.firstIndex { $0 == status } ?? Self.statuses.count - 1
        requests.add(to: route.index * Self.statuses.count + column)
        latencies.add(microseconds, to: route.index)
    }

    /// Counts the time of each stage that a request came to, and of the wait for its record.
    func countStages(_ steps: [AuditStep], recordMicroseconds: UInt64) {
        for step in steps { stages.add(step.microseconds, to: step.stage.position) }
        stages.add(recordMicroseconds, to: AuditStage.allCases.count)
    }

    func countRateDecision(_ limit: RateLimitName, isAllowed: Bool) {
        decisions.add(to: limit.position * 2 + (isAllowed ? 0 : 1))
    }

    func countRedactions(_ counts: [RedactedText.TypeCount], _ direction: RedactionScope.Direction) {
        for count in counts where count.count > 0 {
            guard let row = types.firstIndex(of: count.type),
                let column = Self.redactionWays.firstIndex(where: { $0 == (count.action, direction) })
            else { continue }
            findings.add(UInt64(count.count), to: row * Self.redactionWays.count + column)
        }
    }

    func countAnswer(_ route: Answer.Route) { routesTaken.add(to: route.position) }

    // MARK: Reading

    /// Answers of a route by status, those that there were.
    func answers(of route: Route) -> [(status: UInt16, count: UInt64)] {
        Self.statuses.enumerated().compactMap { column, status in
            let count = requests.value(route.index * Self.statuses.count + column)
            return count > 0 ? (status, count) : nil
        }
    }

    func latency(of route: Route) -> HistogramCounts { latencies.counts(route.index) }

    /// Time in each stage, and in the wait for the record.
    var stageTimes: [(stage: String, times: HistogramCounts)] {
        (AuditStage.allCases.map(\.rawValue) + [Self.recordStage]).enumerated().map { ($1, stages.counts($0)) }
    }

    func decisions(of limit: RateLimitName, isAllowed: Bool) -> UInt64 {
        decisions.value(limit.position * 2 + (isAllowed ? 0 : 1))
    }

    /// Personal values replaced, and texts refused for them, as far as there were any.
    var redactions: [Redactions] {
        types.indices.flatMap { row in
            Self.redactionWays.enumerated().compactMap { column, way in
                let count = findings.value(row * Self.redactionWays.count + column)
                guard count > 0 else { return nil }
                return Redactions(
                    type: "\(types[row].auditLabel)", action: "\(way.action)", direction: way.direction.rawValue,
                    count: count)
            }
        }
    }

    /// A row of `portcullis_redactions_total`.
    struct Redactions: Equatable {
        let type: String, action: String, direction: String
        let count: UInt64
    }

    /// What can be done with a value that is found, but for leaving it.
    private static let redactionWays: [(action: RedactionPolicy.Action, direction: RedactionScope.Direction)] =
        RedactionScope.Direction.allCases.flatMap { direction in
            RedactionPolicy.Action.allCases.filter { $0 != .allow }.map { ($0, direction) }
        }

    /// Answers of the assistant by how they came about.
    var answersByRoute: [(route: String, count: UInt64)] {
        Answer.Route.all.map { ($0.rawValue, routesTaken.value($0.position)) }
    }

    /// Requests answered since the start.
    var requestsServed: UInt64 { (0..<requests.count).reduce(0) { $0 + requests.value($1) } }
}

extension RateLimitName {
    static let all: [RateLimitName] = [.address, .failedAuthentication] + RateClass.allCases.map { .principal($0) }

    /// The place in `all`.
    fileprivate var position: Int {
        switch self {
        case .address: 0
        case .failedAuthentication: 1
        case .principal(.ask): 2
        case .principal(.tickets): 3
        case .principal(.knowledge): 4
        case .principal(.admin): 5
        case .principal(.read): 6
        }
    }
}

extension AuditStage {
    /// The place in `allCases`.
    fileprivate var position: Int {
        switch self {
        case .edge: 0
        case .identify: 1
        case .authenticate: 2
        case .authorise: 3
        case .admit: 4
        case .redact: 5
        case .answer: 6
        case .restore: 7
        }
    }
}

extension Answer.Route {
    fileprivate static let all: [Answer.Route] = [.faqExact, .faqHybrid, .escalated, .refused, .tool, .model]

    /// The place in `all`.
    fileprivate var position: Int {
        switch self {
        case .faqExact: 0
        case .faqHybrid: 1
        case .escalated: 2
        case .refused: 3
        case .tool: 4
        case .model: 5
        }
    }
}
