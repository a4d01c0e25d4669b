/// How a request's body is delimited (RFC 9112 §6.3).
public enum BodyFraming: Sendable, Hashable {
    /// No body follows.
    case none
    /// That many bytes follow; at least 1.
    case length(Int)
    /// Chunks follow, then trailers.
    case chunked
}

/// The head of a request that broke no rule. Only a protocol's parser makes one.
public struct Request: Sendable {
    /// The head as it came, then the decoded path if it differs.
    let bytes: [UInt8]
    let entries: [FieldEntry]
    let methodRange: ByteRange
    let parts: Target.Parts

    /// The method.
    public let method: HTTPMethod
    /// The version it is treated as.
    public let version: HTTPVersion
    /// How the body is delimited.
    public let framing: BodyFraming
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1). False where there is
    /// no body to wait for and in HTTP/1.0.
    public let expectsContinue: Bool
    /// Whether the client lets the connection live after the response (RFC 9112 §9.3).
    public let keepAlive: Bool

    /// The method as it came.
    public var methodBytes: ArraySlice<UInt8> { bytes[methodRange.range] }
    /// Where the request is aimed.
    public var target: Target { Target(bytes: bytes, parts: parts) }
    /// The field lines.
    public var fields: Fields { Fields(bytes: bytes, entries: entries) }
    /// The decoded path; the same as `target.path`.
    public var path: ArraySlice<UInt8> { bytes[parts.path.range] }
    /// The value of the first field line called `name`, or nil; the same as `fields[name]`.
    public subscript(name: FieldName) -> ArraySlice<UInt8>? { fields[name] }
}
