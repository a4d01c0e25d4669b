internal import Synchronization
internal import Threading

/// How much a request matters when there are too many. The raw value is its name in metrics.
public enum Importance: String, CaseIterable, Sendable {
    /// What can be asked again later without harm.
    case low
    /// What the server is there for.
    case normal
    /// What somebody waits for who was promised something.
    case high
    /// What an operator or auditor needs to see and mend an overload: `Limits.vitalInFlightMax` at once.
    case vital

    /// The part of a bound, in thousandths, from which on requests of this importance are turned away.
    var shedAt: Int {
        switch self {
        case .low: 500
        case .normal: 750
        case .high: 875
        case .vital: 1000
        }
    }

    /// A position in tables of counters.
    var index: Int {
        switch self {
        case .low: 0
        case .normal: 1
        case .high: 2
        case .vital: 3
        }
    }
}

/// Why a request was turned away. The raw value is its reason code.
public enum Overload: String, Error, Hashable, Sendable {
    /// As many requests are being answered as its importance may add to.
    case requestsInFlight = "requests_in_flight"
    /// What the handler waits for has too long a queue.
    case backlog = "backlog"
    /// It would wait too long: for the loop to come to it, and for those before it.
    case delay = "queue_delay"
}

/// Decides who is turned away, least important first, so that what is served is served in time: the bounds are the
/// requests in flight, the handler's queues and how long a request would wait.
final class LoadGuard: Sendable {
    private let requestsInFlightMax: Int
    private let delayMax: UInt64
    private let lastShed = Atomic<UInt64>(0)

    init(_ configuration: EdgeConfiguration) {
        requestsInFlightMax = configuration.requestsInFlightMax
        let (seconds, attoseconds) = configuration.queueDelayMax.components
        delayMax = UInt64(max(1, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }

    /// Why a request of `importance` would be turned away, or nil.
    /// - Parameters:
    ///   - inFlight: requests being answered, this one included.
    ///   - backlog: how full the handler's fullest queue is, in thousandths.
    ///   - lag: how far the loop is behind, in nanoseconds.
    ///   - service: how long those in flight will take, in nanoseconds.
    func overload(for importance: Importance, inFlight: Int, backlog: Int, lag: UInt64, service: UInt64) -> Overload? {
        // One more than a bound is turned away, for the most important at the bound itself. One request of any importance
        // has room, or a small bound would refuse it for ever.
        if inFlight > max(1, requestsInFlightMax * importance.shedAt / 1000) { return .requestsInFlight }
        // The most important goes on to whoever owns the queue, which refuses for itself.
        if importance == .vital { return nil }
        if backlog >= importance.shedAt { return .backlog }
        if lag >= delayMax || service >= delayMax { return .delay }
        if lag + service >= delayMax / 1000 * UInt64(importance.shedAt) { return .delay }
        return nil
    }

    /// A request was turned away at `now`.
    func noteShed(at now: MonotonicInstant) { lastShed.store(now.nanoseconds, ordering: .relaxed) }

    /// Whether requests were turned away lately: for a moment after the last of them, so that whoever directs traffic by
    /// it does not send everybody back at once.
    func isShedding(at now: MonotonicInstant) -> Bool {
        let last = lastShed.load(ordering: .relaxed)
        return last > 0 && MonotonicInstant(nanoseconds: last) + Limits.sheddingHold > now
    }
}
