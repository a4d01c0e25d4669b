internal import Bytes

/// What one call of `RequestParser.parse` came to.
public struct ParseResult: Sendable {
    /// How the call ended.
    public enum Outcome: Sendable {
        /// All bytes were taken and the head is not complete.
        case needsMore
        /// A head is complete; its body, if any, and the next request follow the bytes that were taken.
        case request(Request)
        /// A rule was broken: answer `fault.status` and close. Every later call gives the same fault.
        case fault(HTTPFault)
    }

    /// Bytes taken from the input; the caller does not give them again.
    public let consumed: Int
    /// How the call ended.
    public let outcome: Outcome
}

/// Reads heads of HTTP/1.1 requests (RFC 9112 §2 to §6) from bytes in any cutting, without I/O.
///
/// ```
/// start ─ CR ─► startLF ─ LF ─┐   at most once (§2.2)
///   └────────◄────────────────┘
/// start ─ tchar ─► method ─ SP ─► target ─ SP ─► version ─ CR ─► versionLF ─ LF ─► fields ─ empty line ─► .request
/// ```
/// Where the standard lets a recipient be lenient, this one is not: lines end in CRLF and nothing else, parts of the
/// request line are one space apart, and whatever two readers might take for two different messages is a fault. The
/// leniency kept is one empty line before a request (§2.2, "a server that is expecting to receive and parse a
/// request-line SHOULD ignore at least one empty line"). A later minor version is read as HTTP/1.1 (RFC 9110 §6.2).
///
/// After a `.request` the parser is ready for the next head. It holds at most the bytes that `HTTPLimits` allow.
public struct RequestParser: Sendable {
    private enum State: Sendable, Hashable {
        case start, startLF, method, target
        case version(matched: Int)
        case versionLF, fields
        case failed(HTTPFault)
    }

    private let limits: HTTPLimits
    private var state = State.start
    /// The head's bytes of earlier calls; those of this call are added when it ends.
    private var bytes: [UInt8] = []
    private var entries: [FieldEntry] = []
    private var fieldScanner: FieldScanner
    private var skippedEmptyLine = false
    private var lineBytes = 0
    private var methodStart = 0
    private var methodEnd = 0
    private var targetEnd = 0
    private var isVersion1 = false
    private var version = HTTPVersion.http11

    /// A parser for one connection.
    public init(limits: HTTPLimits) {
        self.limits = limits
        fieldScanner = FieldScanner(
            bytesMax: limits.headerBytesMax, countMax: limits.headerCountMax, excess: .fieldsTooLarge)
    }

    /// Bytes of head buffer that a connection keeps between requests.
    static let keptBytesMax = 4096

    /// Whether a head was begun and is not complete: a connection in this state is not idle.
    public var isMidHead: Bool { state != .start || skippedEmptyLine }

    /// Reads on in `input`.
    /// - Complexity: linear in the bytes taken; each byte is looked at once however the bytes are cut.
    public mutating func parse(_ input: Span<UInt8>) -> ParseResult {
        var index = 0
        do throws(HTTPFault) {
            while index < input.count, state != .fields { try scanRequestLine(input, &index) }
            let isComplete = state == .fields ? try scanFields(input, &index) : false
            RawBytes.append(input.extracting(0..<index), to: &bytes)
            guard isComplete else { return ParseResult(consumed: index, outcome: .needsMore) }
            return ParseResult(consumed: index, outcome: .request(try finish()))
        } catch {
            state = .failed(error)
            return ParseResult(consumed: index, outcome: .fault(error))
        }
    }

    /// Takes back the buffers of a request that is done with, so that the next head on the connection allocates
    /// nothing. Without effect where a copy of the request is still held.
    public mutating func reuse(_ request: consuming Request) {
        guard case .start = state, bytes.isEmpty else { return }
        // What one large head took is not held while the connection idles.
        guard request.bytes.capacity <= Self.keptBytesMax else { return }
        bytes = request.bytes
        entries = request.entries
        _ = consume request
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    // MARK: Request line

    private mutating func scanRequestLine(_ input: Span<UInt8>, _ index: inout Int) throws(HTTPFault) {
        switch state {
        case .start: try begin(input[index], &index)
        case .startLF:
            guard input[index] == Octets.lineFeed else { throw .bareCR }
            index += 1
            state = .start
        case .method:
            try skipRun(input, &index, while: Octets.isToken)
            guard index < input.count else { return }
            try endPart(input[index], otherwise: .badMethod)
            methodEnd = bytes.count + index
            index += 1
            state = .target
        case .target:
            try skipRun(input, &index, while: Octets.isTarget)
            guard index < input.count else { return }
            try endTarget(input[index], at: bytes.count + index)
            index += 1
            state = .version(matched: 0)
        case .version(let matched): try scanVersion(input[index], matched, &index)
        case .versionLF:
            guard input[index] == Octets.lineFeed else { throw .bareCR }
            index += 1
            state = .fields
        case .fields: preconditionFailure("the caller reads fields by scanFields")
        case .failed(let fault): throw fault
        }
    }

    private mutating func begin(_ byte: UInt8, _ index: inout Int) throws(HTTPFault) {
        switch byte {
        case Octets.carriageReturn:
            guard !skippedEmptyLine else { throw .leadingEmptyLines }
            skippedEmptyLine = true
            index += 1
            state = .startLF
        case Octets.lineFeed: throw .bareLF
        default:
            guard Octets.isToken(byte) else { throw .badMethod }
            methodStart = bytes.count + index
            state = .method
        }
    }

    /// Passes over the run of bytes of one kind, within the bound of the request line.
    @inline(__always)
    private mutating func skipRun(
        _ input: Span<UInt8>, _ index: inout Int, while isMember: (UInt8) -> Bool
    ) throws(HTTPFault) {
        let start = index
        while index < input.count, isMember(input[index]) { index += 1 }
        try countLineBytes(index - start)
    }

    private mutating func countLineBytes(_ count: Int) throws(HTTPFault) {
        lineBytes += count
        if lineBytes > limits.requestLineBytesMax { throw .requestLineTooLong }
    }

    /// Takes the one space that ends a part of the request line.
    private mutating func endPart(_ byte: UInt8, otherwise fault: HTTPFault) throws(HTTPFault) {
        switch byte {
        case Octets.space: try countLineBytes(1)
        case Octets.lineFeed: throw .bareLF
        case Octets.carriageReturn: throw .badRequestLine
        default: throw fault
        }
    }

    private mutating func endTarget(_ byte: UInt8, at position: Int) throws(HTTPFault) {
        if byte == UInt8(ascii: "#") { throw .targetFragment }
        try endPart(byte, otherwise: .badTargetByte)
        guard position > methodEnd + 1 else { throw .badRequestLine }
        targetEnd = position
    }

    /// Matches `HTTP/x.y` and the CR behind it. A well-formed version that is not 1.y is `505`, anything else `400`.
    private mutating func scanVersion(_ byte: UInt8, _ matched: Int, _ index: inout Int) throws(HTTPFault) {
        index += 1
        if matched == 8 {
            guard byte == Octets.carriageReturn else { throw byte == Octets.lineFeed ? .bareLF : .badVersion }
            guard isVersion1 else { throw .unsupportedVersion }
            state = .versionLF
            return
        }
        try countLineBytes(1)
        switch matched {
        case 5:
            guard Octets.isDigit(byte) else { throw .badVersion }
            isVersion1 = byte == UInt8(ascii: "1")
        case 7:
            guard Octets.isDigit(byte) else { throw .badVersion }
            version = byte == UInt8(ascii: "0") ? .http10 : .http11
        default:
            guard byte == Self.versionPattern[matched] else { throw byte == Octets.lineFeed ? .bareLF : .badVersion }
        }
        state = .version(matched: matched + 1)
    }

    private static let versionPattern: InlineArray<8, UInt8> = [0x48, 0x54, 0x54, 0x50, 0x2F, 0, 0x2E, 0]

    // MARK: Fields and the whole

    private mutating func scanFields(_ input: Span<UInt8>, _ index: inout Int) throws(HTTPFault) -> Bool {
        switch fieldScanner.scan(input, from: &index, offset: bytes.count, &entries) {
        case .needsMore: return false
        case .fault(let fault): throw fault
        case .done: return true
        }
    }

    private mutating func finish() throws(HTTPFault) -> Request {
        for index in entries.indices { entries[index] = entries[index].settled(in: bytes.span) }
        let method = HTTPMethod(bytes.span.extracting(methodStart..<methodEnd))
        var parts = try TargetRules.read(bytes.span, methodEnd + 1..<targetEnd, method: method)
        let rules = try MessageRules(bytes.span, entries, method, version, parts)
        try TargetRules.decode(&bytes, &parts)
        let request = Request(
            bytes: bytes, entries: entries, methodRange: ByteRange(methodStart..<methodEnd), parts: parts,
            method: method, version: version, framing: rules.framing, expectsContinue: rules.expectsContinue,
            keepAlive: rules.keepAlive)
        reset()
        return request
    }

    private mutating func reset() {
        bytes = []
        entries = []
        fieldScanner.reset()
        skippedEmptyLine = false
        lineBytes = 0
        state = .start
    }
}
