internal import Threading

/// How quickly requests are answered while there is always one to answer, and so how long one more would wait.
///
/// Only windows in which the server was never short of work tell what it can do. What it did in any other is the least that
/// it can do: that raises the rate and never lowers it. Without this a disk that was slow for a while would leave behind a
/// rate by which so few are let in that the server is never busy again. A value without clock: time is an argument.
struct ServiceRate {
    private static let window: UInt64 = 100_000_000
    /// Requests in flight below which the server may have been waiting for work.
    static let busyMin = 16

    private var windowEnd: UInt64 = 0
    private var finished = 0
    private var leastInFlight = Int.max
    /// Requests a window, in thousandths; nil until there was a busy one.
    private var rate: Int?

    /// A request was answered at `now`, and `inFlight` others are being answered still, without those that wait for their
    /// own peer: they are no work that the server could do.
    mutating func finish(inFlight: Int, at now: MonotonicInstant) {
        if now.nanoseconds >= windowEnd { roll(to: now.nanoseconds) }
        finished += 1
        leastInFlight = min(leastInFlight, inFlight)
    }

    private mutating func roll(to now: UInt64) {
        // A window that lasted longer than it should had nothing to finish in it, or one long stall.
        let length = windowEnd == 0 ? Self.window : Self.window + (now - windowEnd)
        let seen = Int(UInt64(finished * 1000) * Self.window / length)
        if let rate, leastInFlight < Self.busyMin {
            self.rate = max(rate, (rate * 3 + seen) / 4)
        } else if leastInFlight >= Self.busyMin, finished > 0 {
            rate = rate.map { ($0 * 3 + seen) / 4 } ?? seen
        }
        (windowEnd, finished, leastInFlight) = (now + Self.window, 0, .max)
    }

    /// Nanoseconds that a request waits which finds `inFlight` before it; 0 where that is not known.
    func delay(inFlight: Int) -> UInt64 {
        guard let rate, rate > 0, inFlight >= Self.busyMin else { return 0 }
        return UInt64(inFlight) * 1000 * Self.window / UInt64(rate)
    }
}
