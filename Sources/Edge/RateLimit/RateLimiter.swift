public import Threading

/// Decides how often somebody may ask: exact under concurrency, in memory that never grows.
///
/// Principals and addresses have tables of their own. Anyone can have many addresses, an IPv6 host has 2^64 of them;
/// if they were kept together, a crowd of addresses could take the room of those who have authenticated.
public final class RateLimiter: Sendable {
    /// Which table a key belongs to.
    public enum Family: Sendable, Hashable { case principal, address }

    private let principals: RateTable
    private let addresses: RateTable

    /// A limiter with room for so many keys that are in debt at the same time, at 24 bytes each; the room is rounded up
    /// to a power of two of at least 512. About a tenth of it stays unused when keys begin to share (see `RateTable`).
    public init(principalCountMax: Int = 65_536, addressCountMax: Int = 65_536) {
        principals = RateTable(capacity: principalCountMax)
        addresses = RateTable(capacity: addressCountMax)
    }

    /// Takes a request of `key` at `now` under `rule`. A refused request costs nothing.
    /// - Complexity: constant; one lock out of 64, held for the look at 16 slots.
    public func admit(_ key: RateKey, _ rule: RateRule, now: MonotonicInstant) -> Verdict {
        switch key.family {
        case .principal: principals.admit(key.digest, rule, now: now.nanoseconds)
        case .address: addresses.admit(key.digest, rule, now: now.nanoseconds)
        }
    }

    /// What `admit` would say at `now`, without taking a request: for what is paid for only when it fails, such as an
    /// authentication.
    public func foresee(_ key: RateKey, _ rule: RateRule, now: MonotonicInstant) -> Verdict {
        switch key.family {
        case .principal: principals.foresee(key.digest, rule, now: now.nanoseconds)
        case .address: addresses.foresee(key.digest, rule, now: now.nanoseconds)
        }
    }
}
