public import LinuxIO
public import OpenSSL

/// What stands behind the front door.
///
/// A connection's calls come one after the other, on the connection's loop; nothing may block there.
public protocol RequestHandler: Sendable {
    /// What the handler keeps for a connection.
    associatedtype Context

    /// A connection is open: made and, on a TLS listener, its handshake finished.
    func open(_ peer: Peer) -> Context

    /// How much a request matters where there are too many, or nil where it is always answered. What tells whether the
    /// server lives must be: it would fail when it is needed.
    func importance(of request: Request) -> Importance?

    /// How full the fullest queue is that answers wait in, in thousandths. Asked every few milliseconds.
    var backlog: Int { get }

    /// The answer to a request. Its body is read, or not, by `body`.
    func respond(to request: Request, body: RequestBody, for context: Context) async -> Response

    /// The answer to a request that is turned away: `503` with `Retry-After`, at as little cost as possible.
    func turnAway(_ request: Request, because overload: Overload, for context: Context) async -> Response

    /// The answer to something that is no request; the connection ends after it.
    func respond(to fault: RequestFault, for context: Context) async -> Response

    /// A connection ended before it could carry a request. Must not block.
    func refused(_ refusal: ConnectionRefusal)

    /// A connection that was open has ended. Must not block.
    func closed(_ summary: ConnectionSummary, for context: Context)
}

extension RequestHandler {
    /// Nothing: a handler that keeps nothing for a connection has nothing to end.
    public func closed(_ summary: ConnectionSummary, for context: Context) {}
}

/// What a connection carried.
public struct ConnectionSummary: Sendable {
    /// Requests and what came in their place.
    public let requests: Int
    /// Bytes of HTTP received, without TLS.
    public let bytesReceived: Int
    /// Bytes of HTTP sent, without TLS.
    public let bytesSent: Int
}

/// Why there is an answer without a request.
public enum RequestFault: Error, Hashable, Sendable {
    /// The bytes are not a request of HTTP/1.1 as this server takes it, or did not come in time.
    case http(HTTPFault)
}

/// A connection that ended before it could carry a request.
public struct ConnectionRefusal: Sendable {
    /// Who it was.
    public let address: SocketAddress
    /// Why.
    public let reason: Reason
    /// The server name that was asked for, if the handshake came so far.
    public let serverName: String?
    /// The digest of the certificate that was shown, if any.
    public let certificateDigest: SHA256Digest?

    /// Why a connection carried no request.
    public enum Reason: Hashable, Sendable {
        /// Its handshake failed.
        case handshake(TLSFailure)
        /// There were too many; nothing was read from it.
        case limit(ConnectionLimit)

        /// One word, for the record.
        public var text: String {
            switch self {
            case .handshake(let failure): failure.rawValue
            case .limit(let limit): limit.rawValue
            }
        }
    }

    init(address: SocketAddress, reason: Reason, serverName: String? = nil, certificateDigest: SHA256Digest? = nil) {
        self.address = address
        self.reason = reason
        self.serverName = serverName
        self.certificateDigest = certificateDigest
    }
}

/// The other end of a connection, as far as it is known.
public struct Peer: Sendable {
    /// Unique in this process, counted from 1.
    public let connectionNumber: UInt64
    /// Address and port.
    public let address: SocketAddress
    /// What the handshake settled; nil on an unencrypted listener.
    public let tls: TLSDetails?
    /// The certificate, checked against the client CA; nil where none was asked for or shown.
    public let certificate: PeerCertificate?
}

/// What a handshake settled.
public struct TLSDetails: Sendable {
    /// `TLSv1.2` or `TLSv1.3`.
    public let version: String
    /// The suite's standard name.
    public let cipherSuite: String
    /// The server name that the client asked for.
    public let serverName: String?
    /// Whether an earlier session was resumed.
    public let isResumed: Bool
}

/// Proof that the peer holds the key of a certificate that chains to the client CA, is valid now and is for clients.
/// Only the edge makes it, after verification.
public struct PeerCertificate: Sendable {
    /// What the certificate says.
    public let fields: PeerCertificateFields

    init(verified fields: PeerCertificateFields) { self.fields = fields }
}
