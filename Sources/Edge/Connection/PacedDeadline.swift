internal import Threading

/// A deadline that bytes move on: a peer has `grace` to begin with and then as long as its bytes last at the smallest
/// rate allowed. What it was faster before buys it no pause longer than `grace`, so that nobody saves up for an hour of
/// silence by a quick start.
///
/// A value without clock: time is an argument.
struct PacedDeadline {
    private(set) var instant: MonotonicInstant
    private let bytesPerSecond: Int
    private let grace: Duration

    init(_ rate: MinimumRate, from start: MonotonicInstant, bytesPerSecond: Int) {
        grace = rate.grace
        instant = start + rate.grace
        self.bytesPerSecond = max(1, bytesPerSecond)
    }

    /// `count` bytes have moved by `now`.
    mutating func advance(by count: Int, at now: MonotonicInstant) {
        let (seconds, rest) = count.quotientAndRemainder(dividingBy: bytesPerSecond)
        let bought = Duration.seconds(seconds) + .nanoseconds(rest * 1_000_000_000 / bytesPerSecond)
        instant = min(instant + bought, now + grace)
    }
}
