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
    /// Ports at which a discovery document may name the keys, besides the issuer's own: at most
    /// `AuthLimits.keySetPortsMax`, none with a key set's URL.
    public var keySetPorts: [UInt16]

    /// An issuer; `IssuerService` checks it.
    public init(
        name: String, source: Source, algorithms: [SignatureAlgorithm], refreshSeconds: Int = 300,
        outageSeconds: Int = 86_400, unknownKeySeconds: Int = 10, timeoutMilliseconds: Int = 2000,
        caFile: String? = nil, keySetPorts: [UInt16] = []
    ) {
        self.name = name
        self.source = source
        self.algorithms = algorithms
        self.refreshSeconds = refreshSeconds
        self.outageSeconds = outageSeconds
        self.unknownKeySeconds = unknownKeySeconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.caFile = caFile
        self.keySetPorts = keySetPorts
    }

    /// The ports that calls go to, of whatever host; none where the URL is none that may be called. What a discovery document
    /// names is followed to these alone: a process that is confined can reach no others.
    public var ports: [UInt16] { endpoint.map { [$0.port] + keySetPorts } ?? [] }

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
        let portsMax = if case .discovery = source { AuthLimits.keySetPortsMax } else { 0 }
        guard keySetPorts.count <= portsMax, !keySetPorts.contains(0) else {
            throw .setting(
                name: "\(label): ports of its key set", found: "\(keySetPorts)",
                wanted: "at most \(portsMax), each of 1 to 65535")
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
