/// Where a server that is called by configuration may be: `https://HOST[:PORT][/PATH]`, or `http://` with a numeric loopback
/// address. A fragment and a name before the host are refused, and so is a query unless it is allowed.
public struct HTTPEndpoint: Hashable, Sendable {
    /// The whole URL.
    public let url: String
    /// The port that connections go to.
    public let port: UInt16
    /// Whether it is `http:`.
    public let isPlain: Bool

    /// The most bytes of a URL.
    public static let bytesMax = 2048

    /// Reads a URL; nil where it is of another kind.
    public init?(_ url: String, allowsQuery: Bool = false) {
        let isPlain = url.hasPrefix("http://")
        guard isPlain || url.hasPrefix("https://"), url.utf8.count <= Self.bytesMax,
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !url.contains(where: { "#@\\\"".contains($0) }),
            allowsQuery || !url.contains("?")
        else { return nil }
        let authority = url.dropFirst(isPlain ? 7 : 8).prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.split(authority) else { return nil }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let isLoopback = host == "[::1]" || octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
        guard isLoopback || !isPlain else { return nil }
        self.url = url
        self.isPlain = isPlain
        self.port = port ?? (isPlain ? 80 : 443)
    }

    /// Host and port, where there is one; nil where either is malformed.
    private static func split(_ authority: Substring) -> (host: Substring, port: UInt16?)? {
        let end: Substring.Index?
        if authority.hasPrefix("[") {
            end = authority.firstIndex(of: "]").map { authority.index(after: $0) }
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        guard let end, end > authority.startIndex else { return nil }
        let rest = authority[end...]
        if rest.isEmpty { return (authority[..<end], nil) }
        let digits = rest.dropFirst()
        guard rest.first == ":", !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits), port > 0
        else { return nil }
        return (authority[..<end], port)
    }
}
