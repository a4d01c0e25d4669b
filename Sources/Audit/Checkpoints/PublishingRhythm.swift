internal import Threading

/// When a checkpoint is due: a value, so that a test can be the clock.
struct PublishingRhythm {
    /// The longest that a record waits for a checkpoint.
    let interval: Duration
    /// Records after which one is due at once.
    let recordsMax: UInt64
    /// The shortest time between two, but for those that are asked for.
    static let pause: Duration = .seconds(1)

    private var published: (size: UInt64, at: MonotonicInstant)?
    private var isAskedFor = false

    init(interval: Duration, recordsMax: UInt64) {
        self.interval = interval
        self.recordsMax = recordsMax
    }

    /// One is due at once, if there is something new: a new segment, a start, a stop.
    mutating func ask() { isAskedFor = true }

    mutating func notePublished(size: UInt64, at now: MonotonicInstant) {
        published = (size, now)
        isAskedFor = false
    }

    /// Whether one is due for a tree of `size`.
    func isDue(size: UInt64, at now: MonotonicInstant) -> Bool {
        guard let published else { return size > 0 }
        guard size > published.size else { return false }
        if isAskedFor { return true }
        guard now >= published.at + Self.pause else { return false }
        return size - published.size >= recordsMax || now >= published.at + interval
    }

    /// When one may be due for a tree of `size`, or for the next record after it; nil where that one makes it due at once.
    func nextLook(size: UInt64, at now: MonotonicInstant) -> MonotonicInstant? {
        guard let published else { return nil }
        let look = published.at + (size - published.size >= recordsMax ? Self.pause : interval)
        return size > published.size || look > now ? look : nil
    }
}
