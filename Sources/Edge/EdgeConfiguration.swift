public import LinuxIO
public import OpenSSL

/// The front door's settings: threads, bounds and time-outs for all listeners together.
public struct EdgeConfiguration: Sendable {
    /// Event loops, each a thread with its own listener on the shared port. 1 to 256.
    public var loopCount: Int
    /// Loops that are started: `loopCount`, at least 1 and at most 256.
    public var startedLoopCount: Int { min(max(loopCount, 1), 256) }
    /// Connections open at once, all listeners without a bound of their own together; one more is closed as it comes.
    public var connectionsMax: Int
    /// Connections open at once from one address (IPv4) or network (/64 of IPv6), on listeners that share
    /// `connectionsMax`; one more is closed as it comes.
    public var connectionsPerAddressMax: Int
    /// TLS handshakes that have begun and not ended; one more is closed as it comes.
    public var handshakesInFlightMax: Int
    /// The same for one address or network.
    public var handshakesPerAddressMax: Int
    /// Requests being answered at once. One more is turned away with `503` and `Retry-After`; less important ones before.
    public var requestsInFlightMax: Int
    /// How long a request may be expected to wait before all but the most important are turned away; less important ones
    /// before.
    public var queueDelayMax: Duration
    /// Bounds of a request's head.
    public var http: HTTPLimits
    /// Patience.
    public var timeouts: EdgeTimeouts
    /// How slow a peer may be that is not silent.
    public var rate: MinimumRate

    /// Takes the settings.
    public init(
        loopCount: Int, connectionsMax: Int = 10_000, connectionsPerAddressMax: Int = 1000,
        handshakesInFlightMax: Int = 1024, handshakesPerAddressMax: Int = 256, requestsInFlightMax: Int = 4096,
        queueDelayMax: Duration = .seconds(1),
        http: HTTPLimits = HTTPLimits(), timeouts: EdgeTimeouts = EdgeTimeouts(), rate: MinimumRate = MinimumRate()
    ) {
        self.loopCount = loopCount
        self.connectionsMax = connectionsMax
        self.connectionsPerAddressMax = connectionsPerAddressMax
        self.handshakesInFlightMax = handshakesInFlightMax
        self.handshakesPerAddressMax = handshakesPerAddressMax
        self.requestsInFlightMax = requestsInFlightMax
        self.queueDelayMax = queueDelayMax
        self.http = http
        self.timeouts = timeouts
        self.rate = rate
    }
}

/// The slowest a peer may send a body or take an answer, once a time of grace is over.
public struct MinimumRate: Sendable {
    /// Bytes of a request's body.
    public var bodyBytesPerSecond: Int
    /// Bytes of an answer.
    public var readBytesPerSecond: Int
    /// The longest pause: at the beginning, and after whatever was sent or taken.
    public var grace: Duration

    /// Takes the rates; the defaults are those of `policies/gateway.json5`.
    public init(bodyBytesPerSecond: Int = 240, readBytesPerSecond: Int = 240, grace: Duration = .seconds(5)) {
        self.bodyBytesPerSecond = bodyBytesPerSecond
        self.readBytesPerSecond = readBytesPerSecond
        self.grace = grace
    }
}

/// How long the edge waits for a peer. Kept to a tenth of a second, never early.
public struct EdgeTimeouts: Sendable {
    /// From accept to the end of the TLS handshake.
    public var handshake: Duration
    /// From the first byte of a request to the end of its head, however slowly it drips.
    public var header: Duration
    /// From the end of the head to the end of the body.
    public var body: Duration
    /// Between two requests of a connection.
    public var idle: Duration
    /// Without the peer taking a byte of the response.
    public var write: Duration
    /// For what a peer is still sending after its last response.
    public var linger: Duration
    /// Between two requests, after which a connection gives back its task until something comes: nothing that a peer sees.
    public var rest: Duration

    /// Takes the time-outs; the defaults are those of `policies/gateway.json5`.
    public init(
        handshake: Duration = .seconds(10), header: Duration = .seconds(10), body: Duration = .seconds(30),
        idle: Duration = .seconds(75), write: Duration = .seconds(30), linger: Duration = .seconds(2),
        rest: Duration = .seconds(1)
    ) {
        self.handshake = handshake
        self.header = header
        self.body = body
        self.idle = idle
        self.write = write
        self.linger = linger
        self.rest = rest
    }
}

/// One address to listen at.
public struct ListenerConfiguration: Sendable {
    /// What connections to a listener carry.
    public enum Transport: Sendable {
        case tls(TLSContext)
        /// Unencrypted HTTP/1.1, refused by `EdgeServer` unless the address is a loopback one.
        case plain
    }

    /// Where to listen; port 0 takes a free one.
    public var address: SocketAddress
    /// What its connections carry.
    public var transport: Transport
    /// Connections open at once on this listener alone; nil shares `EdgeConfiguration.connectionsMax` with the others.
    public var connectionsMax: Int?
    /// Connections that the kernel may hold for us (listen(2)).
    public var backlog: Int32
    /// Connections that wait for a loop of each listener, where nothing else is said.
    public static let backlogDefault: Int32 = 1024

    /// Takes the settings.
    public init(
        address: SocketAddress, transport: Transport, connectionsMax: Int? = nil, backlog: Int32 = backlogDefault
    ) {
        self.address = address
        self.transport = transport
        self.connectionsMax = connectionsMax
        self.backlog = backlog
    }
}
