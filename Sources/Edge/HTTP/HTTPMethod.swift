/// A request method (RFC 9110 §9, RFC 5789). Methods are case-sensitive: `get` is `.other`.
public enum HTTPMethod: Sendable, Hashable {
    case get, head, post, put, delete, options, patch, trace, connect
    /// A well-formed token that is none of the above; RFC 9110 §9.1 answers it with `501`.
    case other

    /// The method as it is written; empty for `.other`.
    public var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .patch: "PATCH"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other: ""
        }
    }

    init(_ token: ArraySlice<UInt8>) {
        self =
            switch token.count {
            case 3: token.isEqual(to: "GET") ? .get : token.isEqual(to: "PUT") ? .put : .other
            case 4: token.isEqual(to: "POST") ? .post : token.isEqual(to: "HEAD") ? .head : .other
            case 5: token.isEqual(to: "PATCH") ? .patch : token.isEqual(to: "TRACE") ? .trace : .other
            case 6: token.isEqual(to: "DELETE") ? .delete : .other
            case 7: token.isEqual(to: "OPTIONS") ? .options : token.isEqual(to: "CONNECT") ? .connect : .other
            default: .other
            }
    }
}

/// The version that a request is treated as: a later minor version of HTTP/1 is treated as 1.1 (RFC 9110 §6.2).
public enum HTTPVersion: Sendable, Hashable {
    case http10, http11
}
