/// One request to another server.
public struct HTTPClientRequest: Sendable {
    /// A method of HTTP; what it means for the body is the caller's business.
    public var method: String
    /// An absolute URL, `https:`, or `http:` where the client allows it.
    public var url: String
    /// Fields beside those that the client makes itself: Host, Content-Length, Accept.
    public var fields: [HTTPClientField]
    /// The body; nil for a request without one.
    public var body: [UInt8]?

    /// A request from its parts.
    public init(_ method: String, _ url: String, fields: [HTTPClientField] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}

/// A field of a request or of an answer.
public struct HTTPClientField: Sendable, Hashable {
    /// The name; in an answer, in lower case.
    public let name: String
    /// The value, without blanks around it.
    public let value: String

    /// A field from its parts.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What the other server answered.
public struct HTTPClientResponse: Sendable {
    /// Three digits.
    public let status: Int
    /// The fields in the order they came.
    public let fields: [HTTPClientField]
    /// The body, whole.
    public let body: [UInt8]

    /// The first field called `name`, in lower case.
    public func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// Why there is no answer.
public enum HTTPClientError: Error, Hashable, Sendable {
    /// The library could not be set up, or knows an option no longer.
    case setup(String)
    /// A URL, method or field that cannot be sent: control characters, or a scheme that this client may not use.
    case badRequest(String)
    /// Nobody could be reached: the name, the connection, the proxyless route.
    case unreachable(String)
    /// The other server could not prove who it is, or TLS failed otherwise.
    case tls(String)
    /// It took longer than a time-out.
    case timedOut
    /// The body or the head of the answer is larger than `responseBytesMax`, or than `HTTPClient.headBytesMax`.
    case answerTooLarge
    /// The answer broke off, or is no HTTP.
    case badAnswer(String)
}

/// How a client reaches other servers.
public struct HTTPClientConfiguration: Sendable {
    /// Until the connection, TLS and all, stands.
    public var connectTimeout: Duration
    /// From the start to the end of the answer.
    public var totalTimeout: Duration
    /// The largest body of an answer.
    public var responseBytesMax: Int
    /// Whether `http:` is allowed. For loopback and for documents that prove themselves, such as CRLs.
    public var allowsPlain: Bool
    /// A PEM file with the CAs that vouch for the server; nil for the system's.
    public var caFile: String?
    /// PEM files of a client certificate and its key.
    public var certificateFile: String?
    /// The key of `certificateFile`.
    public var keyFile: String?

    /// A configuration from its parts.
    public init(
        connectTimeout: Duration = .seconds(5), totalTimeout: Duration = .seconds(10),
        responseBytesMax: Int = 1_048_576, allowsPlain: Bool = false, caFile: String? = nil,
        certificateFile: String? = nil, keyFile: String? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.responseBytesMax = responseBytesMax
        self.allowsPlain = allowsPlain
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
