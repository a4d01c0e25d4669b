/// So many requests in a window, and so many of them at once.
///
/// The rule is the generic cell rate algorithm (ITU-T I.371, annex A): requests are due one emission interval apart, and
/// a request may come before it is due by as many intervals as the burst allows. One instant for each key is all the
/// state there is, and a client that keeps below the rate is never refused.
public struct RateRule: Sendable, Hashable {
    /// What a limit may be.
    public static let limitRange = 1...1_000_000
    /// What a window may be, in seconds.
    public static let windowSecondsRange = 1...86_400
    /// What a burst may be.
    public static let burstRange = 1...1_000_000

    /// Requests in each window, in the long run.
    public let limit: Int
    /// The window.
    public let window: Duration
    /// Requests that may come at once after a rest.
    public let burst: Int

    /// Nanoseconds between two requests, rounded up so that a window never has more than `limit` in the long run.
    let intervalNanoseconds: UInt64
    /// How far ahead of the clock the time of a key may be before a request: `burst - 1` intervals.
    let toleranceNanoseconds: UInt64

    /// A rule, or nil where a number is out of its range.
    public init?(limit: Int, windowSeconds: Int, burst: Int) {
        guard Self.limitRange.contains(limit), Self.windowSecondsRange.contains(windowSeconds),
            Self.burstRange.contains(burst)
        else { return nil }
        self.limit = limit
        self.window = .seconds(windowSeconds)
        self.burst = burst
        intervalNanoseconds = (UInt64(windowSeconds) * 1_000_000_000 + UInt64(limit) - 1) / UInt64(limit)
        let (tolerance, overflows) = intervalNanoseconds.multipliedReportingOverflow(by: UInt64(burst - 1))
        guard !overflows, tolerance <= Self.toleranceNanosecondsMax else { return nil }
        toleranceNanoseconds = tolerance
    }

    /// A year: a longer memory has no use, and sums of instants stay far from overflow.
    private static let toleranceNanosecondsMax: UInt64 = 366 * 86_400 * 1_000_000_000
}

/// A decision of the rate limiter.
public struct RateVerdict: Sendable, Hashable {
    /// Whether the request may go on.
    public let isAllowed: Bool
    /// The most that `remaining` can be: the rule's burst.
    public let limit: Int
    /// Requests that would be allowed at this instant after this one.
    public let remaining: Int
    /// Time until `remaining` is `limit` again, if nothing comes.
    public let resetAfter: Duration
    /// Time until one request is allowed; zero where this one was.
    public let retryAfter: Duration

    /// `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (draft-ietf-httpapi-ratelimit-headers-06, §5),
    /// and `Retry-After` (RFC 9110 §10.2.3) where the request was refused. Times are whole seconds, rounded up, so
    /// that a client that waits for them is not early.
    public var fields: [ResponseField] {
        var fields = [
            ResponseField("RateLimit-Limit", Self.decimal(limit)),
            ResponseField("RateLimit-Remaining", Self.decimal(remaining)),
            ResponseField("RateLimit-Reset", Self.decimal(Self.wholeSeconds(resetAfter))),
        ]
        if !isAllowed {
            fields.append(ResponseField("Retry-After", Self.decimal(max(1, Self.wholeSeconds(retryAfter)))))
        }
        return fields
    }

    private static func wholeSeconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }

    private static func decimal(_ value: Int) -> [UInt8] {
        var digits: [UInt8] = []
        digits.append(decimal: value)
        return digits
    }
}

extension RateRule {
    /// The verdict on a request at `now` (nanoseconds) of a key whose next request is due at `due`, and the key's next
    /// due time; the same as `due` where the request is refused.
    @inline(__always)
    func decide(due: UInt64, now: UInt64) -> (verdict: RateVerdict, due: UInt64) {
        let start = max(due, now)
        let ahead = start - now
        guard ahead <= toleranceNanoseconds else {
            return (verdict(isAllowed: false, ahead: ahead, retryAfter: ahead - toleranceNanoseconds), due)
        }
        return (
            verdict(isAllowed: true, ahead: ahead + intervalNanoseconds, retryAfter: 0), start + intervalNanoseconds
        )
    }

    /// The verdict without taking a request.
    func foresee(due: UInt64, now: UInt64) -> RateVerdict {
        let ahead = max(due, now) - now
        let isAllowed = ahead <= toleranceNanoseconds
        return verdict(isAllowed: isAllowed, ahead: ahead, retryAfter: isAllowed ? 0 : ahead - toleranceNanoseconds)
    }

    @inline(__always)
    private func verdict(isAllowed: Bool, ahead: UInt64, retryAfter: UInt64) -> RateVerdict {
        let capacity = toleranceNanoseconds + intervalNanoseconds
        let remaining = ahead >= capacity ? 0 : Int((capacity - ahead) / intervalNanoseconds)
        return RateVerdict(
            isAllowed: isAllowed, limit: burst, remaining: remaining, resetAfter: .nanoseconds(Int64(ahead)),
            retryAfter: .nanoseconds(Int64(retryAfter)))
    }
}
