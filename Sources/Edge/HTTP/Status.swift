/// A status code with its phrase (RFC 9110 §15, RFC 6585).
public struct Status: Sendable, Hashable {
    /// 100 to 599.
    public let code: UInt16

    /// A status by its code.
    /// - Precondition: `code` has three digits.
    public init(_ code: UInt16) {
        precondition((100...599).contains(code), "a status code has three digits and a known class")
        self.code = code
    }

    /// Interim (RFC 9110 §15.2).
    public static let `continue` = Status(100)
    /// Successful (RFC 9110 §15.3).
    public static let ok = Status(200), created = Status(201), accepted = Status(202), noContent = Status(204)
    /// Redirection (RFC 9110 §15.4).
    public static let notModified = Status(304)
    /// What the client did wrong (RFC 9110 §15.5, RFC 6585).
    public static let badRequest = Status(400), unauthorized = Status(401), forbidden = Status(403),
        notFound = Status(404), methodNotAllowed = Status(405), notAcceptable = Status(406),
        requestTimeout = Status(408), conflict = Status(409), lengthRequired = Status(411),
        contentTooLarge = Status(413), uriTooLong = Status(414), unsupportedMediaType = Status(415),
        expectationFailed = Status(417), misdirectedRequest = Status(421), unprocessableContent = Status(422),
        tooManyRequests = Status(429), headerFieldsTooLarge = Status(431)
    /// What the server could not do (RFC 9110 §15.6).
    public static let internalServerError = Status(500), notImplemented = Status(501), badGateway = Status(502),
        serviceUnavailable = Status(503), gatewayTimeout = Status(504), versionNotSupported = Status(505)

    /// Whether a response with this status never has a body (RFC 9112 §6.3, rule 1).
    public var isBodiless: Bool { code < 200 || code == 204 || code == 304 }

    /// The phrase for people; empty for a code without one here.
    public var phrase: StaticString {
        switch code {
        case 100: "Continue"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
