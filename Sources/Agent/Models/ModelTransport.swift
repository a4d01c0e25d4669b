/// Brings requests to other servers and their answers back piece by piece, on the caller's executor: a slow server costs
/// a descriptor and no thread. The gateway has one over its event loops; tests have their own.
public protocol ModelTransport: Sendable {
    /// Sends `request` and waits for the head of the answer.
    /// - Throws: `TransportError`; any status is an answer, not an error.
    func open(_ request: TransportRequest) async throws(TransportError) -> any TransportResponse
}

/// An answer whose body is still coming. It belongs to the task that opened it.
public protocol TransportResponse: AnyObject {
    /// Three digits.
    var status: Int { get }
    /// The first field called `name`, which is in lower case.
    func field(_ name: String) -> String?
    /// The next bytes of the body, as many as are there; nil at its end. Until it is asked, nothing more is read than fits
    /// into the transport's buffer.
    /// - Throws: `TransportError`
    func next() async throws(TransportError) -> [UInt8]?
    /// Ends it early. What was not read is lost and the connection closed.
    func cancel()
    /// All that was wanted of it has been read. What little may follow is read and dropped within a moment, so that the
    /// connection serves the next request.
    func finish()
}

extension TransportResponse {
    /// For a transport that keeps no connections.
    public func finish() { cancel() }
}

/// A request to a server that is known by configuration.
public struct TransportRequest: Sendable {
    /// The URL, as `HTTPEndpoint` takes it.
    public var url: String
    /// Field lines; secrets among them are never logged.
    public var fields: [(name: String, value: String)]
    /// The body of a `POST`; nil for a `GET`.
    public var body: [UInt8]?
    /// PEM file with the CAs that vouch for the server; nil for the system's.
    public var caFile: String?
    /// Until the connection stands; between two pieces of the answer; from the start to the end.
    public var connectTimeout: Duration, idleTimeout: Duration, totalTimeout: Duration

    /// A request.
    public init(
        url: String, fields: [(name: String, value: String)] = [], body: [UInt8]? = nil, caFile: String? = nil,
        connectTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(30),
        totalTimeout: Duration = .seconds(120)
    ) {
        self.url = url
        self.fields = fields
        self.body = body
        self.caFile = caFile
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.totalTimeout = totalTimeout
    }
}

/// Why there is no answer, or no more of it.
public enum TransportError: Error, Hashable, Sendable {
    /// The server cannot be reached.
    case unreachable
    /// TLS failed, or the server is not who it should be.
    case tls
    /// A time-out passed.
    case timedOut
    /// The answer broke off, or is no HTTP.
    case badAnswer
    /// As many requests are under way as may be.
    case busy
    /// The task that waited was cancelled: nobody wants the answer any more.
    case cancelled
    /// The request cannot be sent: its URL or a field is malformed.
    case badRequest
}
