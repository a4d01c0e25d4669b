internal import Audit
internal import Edge

/// Which limit a decision was about, as metrics and records name it.
enum RateLimitName: Hashable, Sendable {
    case address
    case failedAuthentication
    case principal(RateClass)

    var text: String {
        switch self {
        case .address: "address"
        case .failedAuthentication: "failed_authentication"
        case .principal(let rateClass): rateClass.rawValue
        }
    }

    /// The number by which the limiter tells limits apart; those of `RateClass` count from 1.
    var index: UInt8 {
        switch self {
        case .address: 0
        case .failedAuthentication: 255
        case .principal(let rateClass): rateClass.index
        }
    }
}

extension AuditRateLimit {
    /// A decision as the record shows it.
    init(_ name: RateLimitName, _ verdict: RateVerdict, _ rule: RateRule) {
        self.init(
            key: Array(name.text.utf8), limit: UInt64(rule.limit),
            windowSeconds: UInt64(clamping: rule.window.components.seconds), remaining: UInt64(verdict.remaining),
            resetMilliseconds: Self.milliseconds(verdict.isAllowed ? verdict.resetAfter : verdict.retryAfter))
    }

    private static func milliseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        return UInt64(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
