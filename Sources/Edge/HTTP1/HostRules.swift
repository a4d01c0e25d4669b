/// The syntax of `host [":" port]` in `Host` and in a request target (RFC 9110 §7.2, RFC 3986 §3.2), narrowed to what a
/// server can be called: a name of letters, digits, `-`, `.` and `_`, an IPv4 address, or an IPv6 address in brackets.
/// User information, which RFC 9110 §4.2.4 forbids, an empty host and an empty port are refused.
enum HostRules {
    static let nameBytesMax = 255

    static func isAuthority(_ text: ArraySlice<UInt8>, portRequired: Bool) -> Bool {
        guard let first = text.first else { return false }
        let hostEnd: Int
        if first == UInt8(ascii: "[") {
            guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return false }
            guard isIPv6(text[(text.startIndex + 1)..<close]) else { return false }
            hostEnd = close + 1
        } else {
            hostEnd = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
            guard isName(text[..<hostEnd]) else { return false }
        }
        guard hostEnd < text.endIndex else { return !portRequired }
        return text[hostEnd] == UInt8(ascii: ":") && isPort(text[(hostEnd + 1)...])
    }

    private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
        !name.isEmpty && name.count <= nameBytesMax && name.allSatisfy(Octets.isHostName)
    }

    /// Enough to keep the brackets honest; whether it is an address of ours is for who compares it.
    private static func isIPv6(_ address: ArraySlice<UInt8>) -> Bool {
        (2...45).contains(address.count) && address.contains(UInt8(ascii: ":"))
            && address.allSatisfy {
                Octets.hexValue($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
    }

    private static func isPort(_ port: ArraySlice<UInt8>) -> Bool {
        guard (1...5).contains(port.count), port.allSatisfy(Octets.isDigit) else { return false }
        return port.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 65535
    }
}
