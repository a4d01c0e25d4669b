/// How much personal data was found, by detector. Counts only: no values, no hashes of them, no offsets.
public struct AuditRedaction: Sendable {
    /// A detector's name and how often it struck. The name is written to match `[a-z][a-z0-9_]{0,31}`.
    public struct Count: Sendable {
        /// The detector.
        public var type: [UInt8]
        /// How often.
        public var count: UInt64

        /// A count from its parts.
        public init(type: [UInt8], count: UInt64) {
            self.type = type
            self.count = count
        }
    }

    /// In the request.
    public var input: [Count]
    /// In the answer.
    public var output: [Count]

    /// Counts from their parts.
    public init(input: [Count], output: [Count]) {
        self.input = input
        self.output = output
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("redaction") { buffer in
            buffer.object("in") { Self.encode(input, to: &$0) }
            buffer.object("out") { Self.encode(output, to: &$0) }
        }
    }

    /// Counts of names that are written alike are added up: one object never has a name twice.
    private static func encode(_ counts: [Count], to buffer: inout RecordBuffer) {
        var names: [[UInt8]] = []
        var sums: [UInt64] = []
        for count in counts.prefix(RecordLimits.countNamesMax) {
            let name = memberName(count.type)
            if let index = names.firstIndex(of: name) {
                sums[index] = min(Chain.integerMax, sums[index]) + min(Chain.integerMax, count.count)
            } else {
                names.append(name)
                sums.append(count.count)
            }
        }
        for (name, sum) in zip(names, sums) { buffer.number(named: name, sum) }
    }

    private static func memberName(_ name: [UInt8]) -> [UInt8] {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        var written = name.prefix(32).map { byte in
            if capitals.contains(byte) { return byte | 0x20 }
            return letters.contains(byte) || digits.contains(byte) ? byte : UInt8(ascii: "_")
        }
        if !(written.first.map(letters.contains) ?? false) { written = Array(("x_".utf8 + written).prefix(32)) }
        return written
    }
}

/// What the rate limiter said.
public struct AuditRateLimit: Sendable {
    /// The name of the limit that decided.
    public var key: [UInt8]
    /// Requests allowed in a window.
    public var limit: UInt64
    /// The window, in seconds.
    public var windowSeconds: UInt64
    /// Requests left in it.
    public var remaining: UInt64
    /// Milliseconds until one more is allowed.
    public var resetMilliseconds: UInt64

    /// Values from their parts.
    public init(key: [UInt8], limit: UInt64, windowSeconds: UInt64, remaining: UInt64, resetMilliseconds: UInt64) {
        self.key = key
        self.limit = limit
        self.windowSeconds = windowSeconds
        self.remaining = remaining
        self.resetMilliseconds = resetMilliseconds
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("ratelimit") { buffer in
            buffer.text("key", key, path: "ratelimit.key")
            buffer.number("limit", limit)
            buffer.number("window_s", windowSeconds)
            buffer.number("remaining", remaining)
            buffer.number("reset_ms", resetMilliseconds)
        }
    }
}

/// What the assistant did.
public struct AuditAgent: Sendable {
    /// One call of a tool.
    public struct Tool: Sendable {
        /// The tool.
        public var name: [UInt8]
        /// What it came to.
        public var outcome: AuditOutcome
        /// Time spent, in microseconds.
        public var microseconds: UInt64
        /// Why it did not what it was called for; nil where it did.
        public var reason: ReasonCode?
        /// The arguments, redacted, as JSON; nil where there are none that may be recorded.
        public var arguments: [UInt8]?
        /// A keyed digest of the result, in hexadecimal; nil where there is none.
        public var resultDigest: [UInt8]?

        /// A call from its parts.
        public init(
            name: [UInt8], outcome: AuditOutcome, microseconds: UInt64, reason: ReasonCode? = nil,
            arguments: [UInt8]? = nil, resultDigest: [UInt8]? = nil
        ) {
            self.name = name
            self.outcome = outcome
            self.microseconds = microseconds
            self.reason = reason
            self.arguments = arguments
            self.resultDigest = resultDigest
        }
    }

    /// Where the answer came from, such as `knowledge`.
    public var route: [UInt8]
    /// The model that was called.
    public var upstream: [UInt8]?
    /// The SHA-256 over the prompts that it was given, in hexadecimal.
    public var prompts: [UInt8]?
    /// The tools that were called.
    public var tools: [Tool]
    /// 0 to 1. Anything else is left out of the record, and the `answer` step says `bad_number`.
    public var confidence: Double?
    /// What the answer rests on.
    public var citations: [[UInt8]]
    /// Whether a person was called in.
    public var escalated: Bool

    /// Values from their parts.
    public init(
        route: [UInt8], upstream: [UInt8]? = nil, prompts: [UInt8]? = nil, tools: [Tool] = [],
        confidence: Double? = nil,
        citations: [[UInt8]] = [], escalated: Bool
    ) {
        self.route = route
        self.upstream = upstream
        self.prompts = prompts
        self.tools = tools
        self.confidence = confidence
        self.citations = citations
        self.escalated = escalated
    }

    var hasBadNumber: Bool { confidence != nil && confidencePartsPerMillion == nil }

    private var confidencePartsPerMillion: UInt64? {
        guard let confidence, (0...1).contains(confidence) else { return nil }
        return UInt64((confidence * 1_000_000).rounded())
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("agent") { buffer in
            buffer.text("route", route, path: "agent.route")
            buffer.text("upstream", upstream, path: "agent.upstream")
            buffer.text("prompts", prompts, path: "agent.prompts")
            buffer.array("tools") { buffer in
                for tool in tools.prefix(RecordLimits.elementsMax) { tool.encode(to: &buffer) }
            }
            buffer.total("tools_total", tools.count, path: "agent.tools")
            if let confidence = confidencePartsPerMillion { buffer.number("confidence_ppm", confidence) }
            buffer.texts("citations", citations, total: "citations_total", path: "agent.citations")
            buffer.bool("escalated", escalated)
        }
    }
}

extension AuditAgent.Tool {
    /// Bytes of the arguments in a record.
    static let argumentsBytesMax = 512

    func encode(to buffer: inout RecordBuffer) {
        buffer.object { buffer in
            buffer.text("name", name, path: "agent.tools.name")
            buffer.literal("outcome", outcome.name)
            buffer.number("us", microseconds)
            if let reason { buffer.code("reason", reason) }
            buffer.text("args", arguments, path: "agent.tools.args", bytesMax: Self.argumentsBytesMax)
            buffer.text("result", resultDigest, path: "agent.tools.result", bytesMax: 64)
        }
    }
}

/// What is sent back.
public struct AuditResponse: Sendable {
    /// The status code.
    public var status: UInt16
    /// Bytes of the body.
    public var bodyBytes: UInt64
    /// Time from the request's first byte to this record, in microseconds.
    public var microseconds: UInt64

    /// A response from its parts.
    public init(status: UInt16, bodyBytes: UInt64, microseconds: UInt64) {
        self.status = status
        self.bodyBytes = bodyBytes
        self.microseconds = microseconds
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("response") { buffer in
            buffer.number("status", UInt64(status))
            buffer.number("bytes", bodyBytes)
            buffer.number("us", microseconds)
        }
    }
}
