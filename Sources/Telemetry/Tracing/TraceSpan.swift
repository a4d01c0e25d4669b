/// A piece of work with a name, a beginning and an end.
public struct TraceSpan: Sendable {
    /// What the span is to the one above it (`opentelemetry.proto.trace.v1.Span.SpanKind`).
    public enum Kind: UInt64, Sendable {
        case `internal` = 1
        case server = 2
    }

    /// What an attribute holds.
    public enum Value: Sendable, Equatable {
        case text(String)
        /// A text of UTF-8; what is none is replaced.
        case bytes([UInt8])
        case integer(Int64)
        case bool(Bool)
    }

    /// Not 0.
    public var spanID: UInt64
    /// The span that this one is part of.
    public var parentID: UInt64?
    /// Whether that is another process's.
    public var hasRemoteParent: Bool
    /// Low in number: a route, a stage.
    public var name: String
    /// What it is to the one above.
    public var kind: Kind
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var startNanoseconds: UInt64
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var endNanoseconds: UInt64
    /// By names of the semantic conventions, and `portcullis.…` where they have none.
    public var attributes: [(name: StaticString, value: Value)]
    /// Whether the work failed, by our doing.
    public var isError: Bool

    /// A span from its parts.
    public init(
        spanID: UInt64, parentID: UInt64?, hasRemoteParent: Bool = false, name: String, kind: Kind,
        startNanoseconds: UInt64, endNanoseconds: UInt64, attributes: [(name: StaticString, value: Value)],
        isError: Bool
    ) {
        self.spanID = spanID
        self.parentID = parentID
        self.hasRemoteParent = hasRemoteParent
        self.name = name
        self.kind = kind
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = endNanoseconds
        self.attributes = attributes
        self.isError = isError
    }
}

/// The spans that one request leaves here.
public struct FinishedTrace: Sendable {
    /// 32 lowercase hexadecimal digits.
    public var traceID: [UInt8]
    /// The caller's `tracestate`, checked; empty for none.
    public var state: [UInt8]
    /// The request's span first, then those in it.
    public var spans: [TraceSpan]

    /// A trace from its parts.
    public init(traceID: [UInt8], state: [UInt8], spans: [TraceSpan]) {
        self.traceID = traceID
        self.state = state
        self.spans = spans
    }
}
