/// How long to pause before another attempt at one model, or that there is none: "full jitter", a pause from none to a bound
/// that doubles (M. Brooker, "Exponential Backoff And Jitter", AWS 2015), so that many who failed together do not come back
/// together.
struct RetrySchedule: Hashable {
    private let patience: ModelPolicy.Patience
    private(set) var attempts = 0

    init(_ patience: ModelPolicy.Patience) { self.patience = patience }

    /// An attempt begins.
    mutating func begin() { attempts += 1 }

    /// The pause before the next attempt; nil where there is to be none: as many were made as may be, or it would end after
    /// `left`, what is left of the request's time.
    /// - Parameters:
    ///   - retryAfter: the server's own wish, which is the least pause. A server that asks for more than is left gets no attempt.
    ///   - random: 0 to below its argument, which is 1 or more.
    func pause(retryAfter: Duration?, left: Duration, random: (UInt64) -> UInt64) -> Duration? {
        guard attempts < patience.attemptsMax else { return nil }
        var bound = patience.pause
        for _ in 1..<max(attempts, 1) where bound < patience.pauseMax { bound = bound * 2 }
        let bounded = min(bound, patience.pauseMax)
        let jitter = Duration.microseconds(Int64(random(UInt64(max(bounded.microseconds, 0)) + 1)))
        let pause = (retryAfter ?? .zero) + jitter
        return pause < left ? pause : nil
    }
}

extension Duration {
    /// Whole microseconds; `Int64.max` past it.
    var microseconds: Int64 {
        let (seconds, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : seconds + components.attoseconds / 1_000_000_000_000
    }
}
