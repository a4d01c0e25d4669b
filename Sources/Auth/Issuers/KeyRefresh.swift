internal import Threading

/// When an issuer's keys are fetched, and for how long those that were fetched are good. A state machine without a clock.
struct KeyRefresh {
    /// What can be set.
    struct Settings: Sendable {
        /// Between two fetches that succeed.
        var interval: Duration
        /// How long keys stay good while no fetch succeeds.
        var outageMax: Duration
        /// Between two fetches that unknown keys ask for.
        var demandPause: Duration
        /// After a first failure; doubled by each further one, up to `interval`.
        static let retryMin: Duration = .seconds(1)
    }

    private let settings: Settings
    private var fetched: MonotonicInstant?
    private var failures = 0
    private var demandFrom: MonotonicInstant
    /// When to fetch next.
    private(set) var due: MonotonicInstant

    /// A machine that wants its first fetch at once.
    init(_ settings: Settings, now: MonotonicInstant) {
        self.settings = settings
        due = now
        demandFrom = now
    }

    /// A token names a key that is not known. Whether to fetch for it: strangers can name any key, so not more often than
    /// `demandPause` lets.
    mutating func demand(now: MonotonicInstant) -> Bool {
        guard now >= demandFrom else { return false }
        demandFrom = now + settings.demandPause
        due = now
        return true
    }

    /// A fetch brought keys.
    mutating func succeed(now: MonotonicInstant) {
        fetched = now
        failures = 0
        due = now + settings.interval
    }

    /// A fetch brought none.
    mutating func fail(now: MonotonicInstant) {
        failures = min(failures + 1, 20)
        due = now + min(settings.interval, Settings.retryMin * (1 << (failures - 1)))
    }

    /// When the keys that are there are good no longer; nil where there are none.
    var expiry: MonotonicInstant? { fetched.map { $0 + settings.outageMax } }

    /// The keys are too old: as if none had ever been fetched.
    mutating func forget() { fetched = nil }

    /// Whole seconds since the last fetch that succeeded; nil where there was none.
    func age(now: MonotonicInstant) -> UInt64? { fetched.map { now.microseconds(since: $0) / 1_000_000 } }
}
