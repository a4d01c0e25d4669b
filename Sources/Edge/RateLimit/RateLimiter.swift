public import Threading

/// Whom a decision is about, without saying who it is: a keyed hash of the class and the name. It means something to
/// the limiter that made it only, and may be kept as long as the connection.
public struct RateKey: Sendable, Hashable {
    let family: RateLimiter.Family
    let digest: SipHash.Digest
}

/// Decides how often somebody may ask: exact under concurrency, in memory that never grows.
///
/// Principals and addresses have tables of their own. Anyone can have many addresses, an IPv6 host has 2^64 of them;
/// if they were kept together, a crowd of addresses could take the room of those who have authenticated. For the same
/// reason an IPv6 address counts by its first 64 bits, and an IPv4 address written in IPv6 counts as IPv4.
public final class RateLimiter: Sendable {
    /// Which table a key belongs to.
    public enum Family: Sendable, Hashable { case principal, address }

    private let hash: SipHash
    private let principals: RateTable
    private let addresses: RateTable

    /// A limiter with room for so many keys that are in debt at the same time, at 24 bytes each; the room is rounded up
    /// to a power of two of at least 512. About a tenth of it stays unused when keys begin to share (see `RateTable`).
    public init(principalCountMax: Int = 65_536, addressCountMax: Int = 65_536) {
        hash = SipHash(key0: .random(in: 0 ... .max), key1: .random(in: 0 ... .max))
        principals = RateTable(capacity: principalCountMax)
        addresses = RateTable(capacity: addressCountMax)
    }

    /// The key of an authenticated principal in a class of routes.
    public func key(principal: ArraySlice<UInt8>, class index: UInt8) -> RateKey {
        RateKey(family: .principal, digest: hash.digest(prefix: UInt64(index), principal))
    }

    /// The key of an address: 4 bytes (IPv4) or 16 (IPv6) in network order. Any other length is one shared key.
    public func key(address: ArraySlice<UInt8>, class index: UInt8) -> RateKey {
        RateKey(family: .address, digest: hash.digest(prefix: UInt64(index), Self.counted(address)))
    }

    /// Takes a request of `key` at `now` under `rule`. A refused request costs nothing.
    /// - Complexity: constant; one lock out of 64, held for the look at 16 slots.
    public func admit(_ key: RateKey, rule: RateRule, now: MonotonicInstant) -> RateVerdict {
        switch key.family {
        case .principal: principals.admit(key.digest, rule, now: now.nanoseconds)
        case .address: addresses.admit(key.digest, rule, now: now.nanoseconds)
        }
    }

    /// What `admit` would say at `now`, without taking a request: for what is paid for only when it fails, such as an
    /// authentication.
    public func foresee(_ key: RateKey, rule: RateRule, now: MonotonicInstant) -> RateVerdict {
        switch key.family {
        case .principal: principals.foresee(key.digest, rule, now: now.nanoseconds)
        case .address: addresses.foresee(key.digest, rule, now: now.nanoseconds)
        }
    }

    /// The part of an address that one subscriber cannot choose: all of IPv4, a /64 of IPv6 (RFC 4291 §2.5.4), and of
    /// an IPv4-mapped address (§2.5.5.2) the IPv4 address.
    static func counted(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch address.count {
        case 4: return address
        case 16:
            let isMapped = address.prefix(10).allSatisfy { $0 == 0 } && address.dropFirst(10).prefix(2) == [0xFF, 0xFF]
            return isMapped ? address.suffix(4) : address.prefix(8)
        default: return []
        }
    }
}
