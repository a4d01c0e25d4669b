/// Why a body did not come whole.
public enum RequestBodyError: Error, Hashable, Sendable {
    /// It is larger than the caller allows, its framing is wrong, or it did not come in time.
    case http(HTTPFault)
    /// The peer left in the middle.
    case disconnected
}

/// A request's body, still on its way. Reading it is the handler's decision, so that nobody's bytes are taken before it
/// is known who they are; a client that waits for `100 Continue` gets it only then.
public struct RequestBody {
    let connection: Connection
    /// For an answer that is sent while it is being made.
    public let response: ResponseStream

    init(_ connection: Connection, of request: Request) {
        self.connection = connection
        response = ResponseStream(connection, to: request)
    }

    /// The whole body.
    /// - Parameter bytesMax: the largest body taken, in bytes after the removal of chunk framing.
    /// - Throws: `RequestBodyError`; the connection then ends after the response.
    public func collect(bytesMax: Int) async throws(RequestBodyError) -> [UInt8] {
        try await connection.collectBody(bytesMax: bytesMax)
    }
}
