/// The syntax of `host [":" port]` in `Host` and in a request target (RFC 9110 §7.2, RFC 3986 §3.2), narrowed to what a
/// server can be called: a name of letters, digits, `-`, `.` and `_`, an IPv4 address, or an IPv6 address in brackets.
/// User information, which RFC 9110 §4.2.4 forbids, an empty host and an empty port are refused.
enum HostRules {
    static let nameBytesMax = 255

    static func isAuthority(_ text: Span<UInt8>, portRequired: Bool) -> Bool {
        guard text.count > 0 else { return false }
        let hostEnd: Int
        if text[0] == UInt8(ascii: "[") {
            guard let close = text.firstIndex(of: UInt8(ascii: "]")), isIPv6(text.extracting(1..<close)) else {
                return false
            }
            hostEnd = close + 1
        } else {
            hostEnd = text.firstIndex(of: UInt8(ascii: ":")) ?? text.count
            guard isName(text.extracting(0..<hostEnd)) else { return false }
        }
        guard hostEnd < text.count else { return !portRequired }
        return text[hostEnd] == UInt8(ascii: ":") && isPort(text.extracting(hostEnd + 1..<text.count))
    }

    private static func isName(_ name: Span<UInt8>) -> Bool {
        name.count > 0 && name.count <= nameBytesMax && name.allSatisfy(Octets.isHostName)
    }

    /// Enough to keep the brackets honest; whether it is an address of ours is for who compares it.
    private static func isIPv6(_ address: Span<UInt8>) -> Bool {
        (2...45).contains(address.count) && address.firstIndex(of: UInt8(ascii: ":")) != nil
            && address.allSatisfy {
                Octets.hexValue($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
    }

    private static func isPort(_ port: Span<UInt8>) -> Bool {
        guard (1...5).contains(port.count), port.allSatisfy(Octets.isDigit) else { return false }
        var number = 0
        for index in 0..<port.count { number = number * 10 + Int(port[index] - UInt8(ascii: "0")) }
        return number <= 65535
    }
}
