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
    public static func isAllowed(_ endpoint: String) -> Bool { port(of: endpoint) != nil }

    /// The port of an endpoint that is allowed; nil for any other.
    public static func port(of endpoint: String) -> UInt16? { HTTPEndpoint(endpoint)?.port }
}
