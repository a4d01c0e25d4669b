internal import LinuxIO

/// A range of addresses: `10.20.0.0/16`, `2001:db8::/32` (RFC 4632 §3.1, RFC 4291 §2.3), or one address.
///
/// A range of one family holds no address of the other: `::/0` is every IPv6 address and no IPv4 address.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// The range as it was written.
    public let description: String
    /// The first address.
    let base: ClientAddress
    /// Bits of the 128 that must be the base's.
    let prefixLength: Int

    /// A range, or nil where `text` is none or has a bit set behind its prefix: `10.1.2.3/8` may mean two things.
    init?(parsing text: [UInt8]) {
        let parts = text.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        guard let address = SocketAddress(numeric: name, port: 0), let base = ClientAddress(bytes: address.bytes) else {
            return nil
        }
        let bits = address.bytes.count * 8
        var length = bits
        if parts.count == 2 {
            let digits = String(decoding: parts[1], as: UTF8.self)
            guard let number = Int(digits), String(number) == digits, (0...bits).contains(number) else { return nil }
            length = number
        }
        self.base = base
        prefixLength = length + 128 - bits
        description = String(decoding: text, as: UTF8.self)
        guard base.high & ~mask.high == 0, base.low & ~mask.low == 0 else { return nil }
    }

    /// The bits that count, as two words.
    var mask: (high: UInt64, low: UInt64) {
        (Self.leadingOnes(min(prefixLength, 64)), Self.leadingOnes(max(prefixLength - 64, 0)))
    }

    private static func leadingOnes(_ count: Int) -> UInt64 { count == 0 ? 0 : UInt64.max << UInt64(64 - count) }
}
