internal import Threading

/// Decides when the service manager's `WATCHDOG=1` has been earned: only after every event loop, the log's threads and the
/// witnesses' thread have done something since the last one. A value without clock or socket; `Supervision` drives it.
///
/// The main thread alone would prove nothing by pinging: it waits for signals and is well while a loop hangs.
struct Watchdog {
    /// What is to be done.
    enum Action: Equatable {
        /// Nothing is due, or what is due is not earned yet.
        case wait
        /// Send the ping, and ask loops and threads anew.
        case ping
    }

    /// The manager's limit: silent for longer, the process is killed.
    private let limit: Duration
    private var due: MonotonicInstant
    private var steps: [UInt64]

    /// - Parameter limit: `WATCHDOG_USEC`.
    init(limit: Duration, now: MonotonicInstant, steps: [UInt64]) {
        self.limit = limit
        self.steps = steps
        due = now + limit / 2
    }

    /// The longest sleep between two looks, so that a ping which is earned late still comes in time.
    var lookInterval: Duration { max(.milliseconds(1), limit / 8) }

    /// - Parameters:
    ///   - loopsAnswered: whether every loop has answered since the last ping.
    ///   - steps: counts that the other threads move on with each turn, in one order.
    mutating func look(at now: MonotonicInstant, loopsAnswered: Bool, steps: [UInt64]) -> Action {
        guard now >= due, loopsAnswered, zip(steps, self.steps).allSatisfy({ $0 != $1 }) else { return .wait }
        self.steps = steps
        due = now + limit / 2
        return .ping
    }
}
