/// Whom a decision is about, without saying who it is: a hash of the name and of what is limited, under a key drawn at
/// random when the process starts. It may be kept as long as the process lives and is worth nothing outside it.
public struct RateKey: Sendable, Hashable {
    let family: RateLimiter.Family
    let digest: SipHash.Digest

    /// The key of an authenticated principal, by what its issuer calls it, for the limit with the number `limit`.
    public static func principal(limit: UInt8, issuer: [UInt8], subject: [UInt8]) -> RateKey {
        // The issuer's length keeps ("ab", "c") and ("a", "bc") apart.
        let prefix = UInt64(limit) | UInt64(issuer.count) << 8
        return RateKey(family: .principal, digest: hash.digest(prefix: prefix, issuer[...], subject[...]))
    }

    /// The key of an address, 4 bytes (IPv4) or 16 (IPv6) in network order, for the limit with the number `limit`.
    ///
    /// What counts is the part that one subscriber cannot choose: all of IPv4, the first 64 bits of IPv6
    /// (RFC 4291 §2.5.4), and of an IPv4-mapped address (§2.5.5.2) the IPv4 address. All other lengths are one key.
    public static func address(limit: UInt8, _ address: [UInt8]) -> RateKey {
        RateKey(family: .address, digest: hash.digest(prefix: UInt64(limit), counted(address)))
    }

    private static let hash = SipHash(key0: .random(in: 0 ... .max), key1: .random(in: 0 ... .max))

    private static func counted(_ address: [UInt8]) -> ArraySlice<UInt8> {
        switch address.count {
        case 4: return address[...]
        case 16:
            let isMapped = address.prefix(10).allSatisfy { $0 == 0 } && address[10] == 0xFF && address[11] == 0xFF
            return isMapped ? address.suffix(4) : address.prefix(8)
        default: return []
        }
    }
}
