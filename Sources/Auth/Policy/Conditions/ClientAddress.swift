/// A client's address as 128 bits.
///
/// IPv4 is kept as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), so that a client has one address, whichever listener it came to.
public struct ClientAddress: Hashable, Sendable {
    let high: UInt64, low: UInt64

    /// An address in network order: 4 bytes, or 16; nil for any other count.
    public init?(bytes: [UInt8]) {
        switch bytes.count {
        case 4:
            high = 0
            low = 0xFFFF << 32 | Self.number(bytes[...])
        case 16:
            high = Self.number(bytes[..<8])
            low = Self.number(bytes[8...])
        default: return nil
        }
    }

    /// Whether this is an IPv4 address, written as one or mapped.
    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
