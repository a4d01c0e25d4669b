internal import Curl
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
    package static let bytesMax = HTTPEndpoint.bytesMax

    /// Reads the prefix that a policy names; nil where it is another kind of URL: with a query, a fragment, a name before the
    /// host, or `http:` to another machine.
    package init?(_ prefix: String) {
        guard let endpoint = HTTPEndpoint(prefix) else { return nil }
        isPlain = endpoint.isPlain
        port = endpoint.port
        self.prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    }

    /// Where it shows the newest checkpoint that it cosigned of the log called `origin`.
    package func copy(of origin: String) -> String {
        "\(prefix)/\(String(decoding: SHA256Digest(of: Array(origin.utf8)).hex, as: UTF8.self))/checkpoint"
    }
}
