/// One field line of a response.
public struct ResponseField: Sendable, Hashable {
    /// The name as it is sent; a token (RFC 9110 §5.1).
    public let name: StaticString
    /// The value. Control bytes in it are sent as spaces (RFC 9110 §5.5), so no value can begin a line.
    public let value: [UInt8]

    /// A field. Names are literals of the program, never taken from a peer.
    public init(_ name: StaticString, _ value: [UInt8]) {
        assert(
            name.utf8CodeUnitCount > 0 && name.description.utf8.allSatisfy(Octets.isToken), "a field name is a token")
        self.name = name
        self.value = value
    }

    /// A field with text.
    public init(_ name: StaticString, _ value: String) { self.init(name, Array(value.utf8)) }

    /// Whether two fields are sent as the same bytes.
    public static func == (left: ResponseField, right: ResponseField) -> Bool {
        left.name.description == right.name.description && left.value == right.value
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name.description)
        hasher.combine(value)
    }
}

/// A whole response. The writer adds `Date`, `Connection` and the framing fields; a response does not carry them.
public struct Response: Sendable, Hashable {
    /// The status.
    public var status: Status
    /// The field lines in the order they are sent.
    public var fields: [ResponseField]
    /// The content; sent to `HEAD` by its length only.
    public var body: [UInt8]
    /// Whether the connection ends after this response, whatever the client would like.
    public var closesConnection = false
    /// What it is to a response that was begun before (`ResponseStream`).
    public var part = Part.whole

    /// What a response is a part of.
    public enum Part: Hashable, Sendable {
        /// All of it.
        case whole
        /// The last piece of one that was begun: its body is sent, and that nothing follows. Its fields go behind it as
        /// trailers, for a client that gets chunks; its status is not sent.
        case lastPiece
        /// The end of one that was begun and cannot be finished: the connection is reset, so that no client takes what it
        /// has for whole.
        case brokenOff
    }

    /// A response.
    public init(_ status: Status, fields: [ResponseField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
