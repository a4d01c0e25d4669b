public import Curl

/// Where traces go and which.
public struct TracerConfiguration: Sendable {
    /// What the collector is told of this process.
    public struct Service: Sendable {
        /// `service.name`, `service.version`, `service.instance.id`.
        public var name: String, version: String, instanceID: String

        /// A service from its parts.
        public init(name: String, version: String, instanceID: String) {
            self.name = name
            self.version = version
            self.instanceID = instanceID
        }
    }

    /// The collector's base, to which `/v1/traces` is added: see `isAllowed`.
    public var endpoint: String
    /// How many of a million traces that begin here are sent. What a caller has decided stands.
    public var samplesPerMillion: Int
    /// Requests that may wait for the collector.
    public var queueMax: Int
    /// How long a batch waits for more.
    public var interval: Duration
    /// The first pause before another attempt; each further one is twice as long.
    public var retryPause: Duration
    /// Who we are.
    public var service: Service
    /// How the collector is reached.
    public var client: HTTPClientConfiguration

    /// A configuration from its parts.
    public init(
        endpoint: String, samplesPerMillion: Int, queueMax: Int, interval: Duration,
        retryPause: Duration = .milliseconds(500), service: Service, client: HTTPClientConfiguration
    ) {
        self.endpoint = endpoint
        self.samplesPerMillion = samplesPerMillion
        self.queueMax = queueMax
        self.interval = interval
        self.retryPause = retryPause
        self.service = service
        self.client = client
    }

    /// Whether traces may go to `endpoint`: `https://host[:port][/path]`, or `http://` with a numeric loopback address.
    /// A query, a fragment and a name before the host are refused.
    public static func isAllowed(_ endpoint: String) -> Bool {
        let isPlain = endpoint.hasPrefix("http://")
        guard isPlain || endpoint.hasPrefix("https://"), endpoint.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !endpoint.contains(where: { "?#@\\\"".contains($0) })
        else { return false }
        let authority = endpoint.dropFirst(isPlain ? 7 : 8).prefix { $0 != "/" }
        guard let host = host(of: authority) else { return false }
        guard isPlain else { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "[::1]" || octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
    }

    /// The part before the port, nil where either is none.
    private static func host(of authority: Substring) -> Substring? {
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
            : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let end, end > authority.startIndex else { return nil }
        let rest = authority[end...]
        guard rest.isEmpty || rest.first == ":" && UInt16(rest.dropFirst()).map({ $0 > 0 }) == true else { return nil }
        return authority[..<end]
    }
}
