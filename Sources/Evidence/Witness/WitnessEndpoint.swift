internal import OpenSSL

/// Where a witness takes checkpoints: `https://HOST[:PORT][/PREFIX]`, or `http://` with a numeric loopback address.
package struct WitnessEndpoint: Hashable, Sendable {
    /// The prefix, without a slash at its end.
    private let prefix: String
    /// What is posted to.
    package var url: String { prefix + "/add-checkpoint" }
    /// The port that connections go to.
    package let port: UInt16
    /// Whether it is `http:`.
    package let isPlain: Bool

    /// The most bytes of a prefix.
    package static let bytesMax = 2048

    /// Reads the prefix that a policy names; nil where it is another kind of URL: with a query, a fragment, a name before the
    /// host, or `http:` to another machine.
    package init?(_ prefix: String) {
        let isPlain = prefix.hasPrefix("http://")
        guard isPlain || prefix.hasPrefix("https://"), prefix.utf8.count <= Self.bytesMax,
            prefix.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !prefix.contains(where: { "?#@\\\"".contains($0) })
        else { return nil }
        let authority = prefix.dropFirst(isPlain ? 7 : 8).prefix { $0 != "/" }
        guard let (host, port) = Self.split(authority) else { return nil }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let isLoopback = host == "[::1]" || octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
        guard isLoopback || !isPlain else { return nil }
        self.isPlain = isPlain
        self.port = port ?? (isPlain ? 80 : 443)
        self.prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    }

    /// Where it shows the newest checkpoint that it cosigned of the log called `origin`.
    package func copy(of origin: String) -> String {
        "\(prefix)/\(String(decoding: SHA256Digest(of: Array(origin.utf8)).hex, as: UTF8.self))/checkpoint"
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
