public import Edge

/// What a connection's bytes come to: the driver of `RequestParser` and `BodyDecoder` that tests and fuzz targets share.
public struct HTTP1Trace: Hashable, Sendable {
    /// One thing that happened.
    public enum Event: Hashable, Sendable {
        /// A whole request with its body; `end` is the offset of the byte after it.
        case request(Summary, end: Int)
        /// The end of the connection.
        case fault(HTTPFault)
    }

    /// What a handler sees of a request.
    public struct Summary: Hashable, Sendable {
        /// The method as it came.
        public var method: [UInt8]
        /// Form, raw target, decoded path, query.
        public var target: [[UInt8]?]
        /// Version, framing and what follows.
        public var version: HTTPVersion, framing: BodyFraming, keepAlive: Bool, expectsContinue: Bool
        /// Names and values.
        public var fields: [[UInt8]]
        /// The decoded body.
        public var body: [UInt8]
    }

    /// The events in order.
    public private(set) var events: [Event] = []
    /// Whether bytes of an incomplete message are left at the end.
    public private(set) var isUnfinished = false

    private var parser: RequestParser
    private let limits: HTTPLimits
    private let bodyBytesMax: Int
    private var open: (request: Request, decoder: BodyDecoder, body: [UInt8])?
    private var isClosed = false

    private init(limits: HTTPLimits, bodyBytesMax: Int) {
        self.limits = limits
        self.bodyBytesMax = bodyBytesMax
        parser = RequestParser(limits: limits)
    }

    /// Feeds `bytes` cut at `cuts` (ascending offsets) and returns what happened.
    public static func run(
        _ bytes: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits(), bodyBytesMax: Int = 1024
    ) -> HTTP1Trace {
        var trace = HTTP1Trace(limits: limits, bodyBytesMax: bodyBytesMax)
        var start = 0
        for end in cuts + [bytes.count] {
            trace.feed(bytes.span, start, end)
            start = end
        }
        trace.isUnfinished = !trace.isClosed && (trace.open != nil || trace.parser.isMidHead)
        return trace
    }

    private mutating func feed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        var start = start
        while start < end && !isClosed {
            start +=
                open == nil
                ? head(bytes.extracting(start..<end), at: start) : body(bytes.extracting(start..<end), at: start)
        }
    }

    private mutating func head(_ input: Span<UInt8>, at offset: Int) -> Int {
        let result = parser.parse(input)
        switch result.outcome {
        case .needsMore: precondition(result.consumed == input.count, "a parser that needs more has taken all")
        case .fault(let fault): close(.fault(fault))
        case .request(let request):
            let decoder = BodyDecoder(framing: request.framing, limits: limits, bodyBytesMax: bodyBytesMax)
            if let fault = decoder.earlyFault {
                close(.fault(fault))
            } else if decoder.isComplete {
                finish(request, [], end: offset + result.consumed)
            } else {
                open = (request, decoder, [])
            }
        }
        return result.consumed
    }

    private mutating func body(_ input: Span<UInt8>, at offset: Int) -> Int {
        guard let (request, opened, partial) = open else { return 0 }
        var decoder = opened
        var body = partial
        let result = decoder.decode(input, into: &body)
        open = nil
        precondition(body.count <= bodyBytesMax, "a body never passes its bound")
        switch result.outcome {
        case .needsMore:
            precondition(result.consumed == input.count, "a decoder that needs more has taken all")
            open = (request, decoder, body)
        case .fault(let fault): close(.fault(fault))
        case .complete: finish(request, body, end: offset + result.consumed)
        }
        return result.consumed
    }

    private mutating func finish(_ request: Request, _ body: [UInt8], end: Int) {
        events.append(.request(Summary(request, body), end: end))
        isClosed = !request.keepAlive
        parser.reuse(request)
    }

    private mutating func close(_ event: Event) {
        events.append(event)
        isClosed = true
    }

    /// Same events, same rest.
    public static func == (left: HTTP1Trace, right: HTTP1Trace) -> Bool {
        left.events == right.events && left.isUnfinished == right.isUnfinished
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(events)
        hasher.combine(isUnfinished)
    }
}

extension HTTP1Trace.Summary {
    /// What a handler sees of `request`.
    public init(_ request: Request, _ body: [UInt8]) {
        let target = request.target
        method = Array(request.methodBytes)
        self.target = [
            Array("\(target.form)".utf8), Array(target.raw), Array(target.path), target.query.map { Array($0) },
        ]
        version = request.version
        framing = request.framing
        keepAlive = request.keepAlive
        expectsContinue = request.expectsContinue
        fields = (0..<request.fields.count).flatMap { index in
            [Array(request.fields[index].name), Array(request.fields[index].value)]
        }
        self.body = body
    }
}
