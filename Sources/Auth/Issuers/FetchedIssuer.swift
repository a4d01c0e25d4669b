internal import Curl

/// An issuer whose keys are fetched: where from, for which algorithms and how long they are good.
public struct FetchedIssuer: Sendable {
    /// Where the keys are.
    public enum Source: Sendable {
        /// The key set's URL.
        case keySet(String)
        /// By the issuer's discovery document, whose place follows from its name (OpenID Connect Discovery 1.0 §4).
        case discovery
    }

    /// The exact value of `iss`.
    public var name: String
    /// Where the keys are.
    public var source: Source
    /// What its tokens may be signed with; none symmetric.
    public var algorithms: [SignatureAlgorithm]
    /// Seconds between two fetches: 10 to 86,400.
    public var refreshSeconds: Int
    /// Seconds that keys stay good while no fetch succeeds: at least `refreshSeconds`, at most 604,800.
    public var outageSeconds: Int
    /// Seconds between two fetches that unknown keys ask for: 1 to 3600.
    public var unknownKeySeconds: Int
    /// Milliseconds that one answer may take: 100 to 10,000.
    public var timeoutMilliseconds: Int
    /// A PEM file with the CAs that vouch for the server; nil for the system's.
    public var caFile: String?

    /// An issuer; `IssuerService` checks it.
    public init(
        name: String, source: Source, algorithms: [SignatureAlgorithm], refreshSeconds: Int = 300,
        outageSeconds: Int = 86_400, unknownKeySeconds: Int = 10, timeoutMilliseconds: Int = 2000,
        caFile: String? = nil
    ) {
        self.name = name
        self.source = source
        self.algorithms = algorithms
        self.refreshSeconds = refreshSeconds
        self.outageSeconds = outageSeconds
        self.unknownKeySeconds = unknownKeySeconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.caFile = caFile
    }

    /// The port that the first call goes to; nil where the URL is none that may be called. A discovery document may name
    /// another.
    public var port: UInt16? { endpoint?.port }

    var endpoint: HTTPEndpoint? {
        switch source {
        case .keySet(let url): HTTPEndpoint(url, allowsQuery: true)
        case .discovery: HTTPEndpoint.discovery(of: name)
        }
    }

    func check() throws(AuthError) {
        let label = "issuer \"\(name)\""
        guard endpoint != nil else {
            throw .setting(
                name: label, found: "no URL for its keys",
                wanted: "https://, or http:// with a numeric loopback address")
        }
        guard !algorithms.isEmpty, !algorithms.contains(where: \.isSymmetric) else {
            throw .setting(
                name: label, found: algorithms.isEmpty ? "no algorithm" : "a symmetric algorithm",
                wanted: "asymmetric ones, such as RS256 or ES256")
        }
        for (name, value, range) in [
            ("refresh", refreshSeconds, 10...86_400), ("outage", outageSeconds, refreshSeconds...604_800),
            ("unknown key pause", unknownKeySeconds, 1...3600), ("time-out", timeoutMilliseconds, 100...10_000),
        ] where !range.contains(value) {
            throw .setting(
                name: "\(label): \(name)", found: "\(value)", wanted: "\(range.lowerBound) to \(range.upperBound)")
        }
    }
}
