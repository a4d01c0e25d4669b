internal import Bytes

/// What one call of `BodyDecoder.decode` came to.
public struct BodyResult: Sendable, Hashable {
    /// How the call ended.
    public enum Outcome: Sendable, Hashable {
        /// All bytes were taken and the body is not complete.
        case needsMore
        /// The body is complete; the next request follows the bytes that were taken.
        case complete
        /// A rule was broken: answer `fault.status` and close. Every later call gives the same fault.
        case fault(HTTPFault)
    }

    /// Bytes taken from the input; the caller does not give them again.
    public let consumed: Int
    /// How the call ended.
    public let outcome: Outcome
}

/// Takes a request's body out of its framing (RFC 9112 §6, §7) in any cutting, without I/O.
///
/// ```
/// size ─ ";" ─► extension ─┐
///   └──── CR ──────────────┴─► sizeLF ─ LF ─► data ─► dataCR ─► dataLF ─► size …
///                                 └─ size 0 ─► trailers ─ empty line ─► complete
/// ```
/// Chunk extensions are checked, bounded and ignored; trailers are checked, bounded and dropped. White space around a
/// chunk size, which RFC 9112 §7.1.1 wants tolerated in front of an extension, is refused.
public struct BodyDecoder: Sendable {
    private enum State: Sendable {
        case length(rest: Int)
        case size(digits: Int)
        case `extension`(ChunkExtensionRules)
        case sizeLF
        case data(rest: Int)
        case dataCR
        case dataLF
        case trailers
        case complete
        case failed(HTTPFault)
    }

    private let limits: HTTPLimits
    private let bodyBytesMax: Int
    private var state: State
    private var bodyBytes = 0
    private var chunkSize = 0
    private var lineBytes = 0
    private var extensionBytes = 0
    private var trailerScanner: FieldScanner
    private var trailerBytes: [UInt8] = []
    private var trailerEntries: [FieldEntry] = []

    /// A decoder for one body.
    /// - Parameter bodyBytesMax: bytes of the decoded body; one more is `413`, told as soon as a length says so.
    public init(framing: BodyFraming, limits: HTTPLimits, bodyBytesMax: Int) {
        self.limits = limits
        self.bodyBytesMax = bodyBytesMax
        trailerScanner = FieldScanner(
            bytesMax: limits.trailerBytesMax, countMax: limits.headerCountMax, excess: .trailersTooLarge)
        state =
            switch framing {
            case .none: .complete
            case .length(let length) where length > bodyBytesMax: .failed(.bodyTooLarge)
            case .length(let length): .length(rest: length)
            case .chunked: .size(digits: 0)
            }
    }

    /// The fault that is certain before the first byte of the body: a length over the bound. Ask before answering
    /// `100 Continue`.
    public var earlyFault: HTTPFault? {
        guard case .failed(let fault) = state else { return nil }
        return fault
    }

    /// Whether the body is complete.
    public var isComplete: Bool {
        guard case .complete = state else { return false }
        return true
    }

    /// Reads on in `input` and appends what is content to `body`.
    /// - Complexity: linear in the bytes taken.
    public mutating func decode(_ input: Span<UInt8>, into body: inout [UInt8]) -> BodyResult {
        var index = 0
        do throws(HTTPFault) {
            while true {
                if case .complete = state { return BodyResult(consumed: index, outcome: .complete) }
                if case .failed(let fault) = state { throw fault }
                guard index < input.count else { return BodyResult(consumed: index, outcome: .needsMore) }
                try step(input, &index, &body)
            }
        } catch {
            state = .failed(error)
            return BodyResult(consumed: index, outcome: .fault(error))
        }
    }

    private mutating func step(
        _ input: Span<UInt8>, _ index: inout Int, _ body: inout [UInt8]
    ) throws(HTTPFault) {
        switch state {
        case .length(let rest):
            let left = rest - copy(input, &index, atMost: rest, into: &body)
            state = left == 0 ? .complete : .length(rest: left)
        case .data(let rest):
            let left = rest - copy(input, &index, atMost: rest, into: &body)
            state = left == 0 ? .dataCR : .data(rest: left)
        case .size(let digits): try readSize(input[index], digits: digits, &index)
        case .extension(let rules): try readExtension(input[index], rules, &index)
        case .sizeLF:
            guard input[index] == Octets.lineFeed else { throw .bareCR }
            index += 1
            lineBytes = 0
            state = chunkSize == 0 ? .trailers : .data(rest: chunkSize)
        case .dataCR:
            guard input[index] == Octets.carriageReturn else { throw .badChunkEnd }
            index += 1
            state = .dataLF
        case .dataLF:
            guard input[index] == Octets.lineFeed else { throw .badChunkEnd }
            index += 1
            chunkSize = 0
            state = .size(digits: 0)
        case .trailers: try readTrailers(input, &index)
        case .complete, .failed: preconditionFailure("decode answers these states itself")
        }
    }

    private mutating func copy(
        _ input: Span<UInt8>, _ index: inout Int, atMost rest: Int, into body: inout [UInt8]
    ) -> Int {
        let count = min(rest, input.count - index)
        RawBytes.append(input.extracting(index..<index + count), to: &body)
        index += count
        return count
    }

    // MARK: Chunk size

    /// The bound on digits keeps endless zeros out and makes overflow a matter of one comparison.
    private static let sizeDigitsMax = 16

    private mutating func readSize(_ byte: UInt8, digits: Int, _ index: inout Int) throws(HTTPFault) {
        if let digit = Octets.hexValue(byte) {
            guard digits < Self.sizeDigitsMax, chunkSize <= Int.max >> 4 else { throw .chunkSizeOverflow }
            chunkSize = chunkSize << 4 | Int(digit)
            try countLineByte()
            index += 1
            state = .size(digits: digits + 1)
            return
        }
        guard digits > 0 else { throw byte == Octets.lineFeed ? .bareLF : .badChunkSize }
        switch byte {
        case Octets.carriageReturn: try endSizeLine()
        case UInt8(ascii: ";"):
            try countLineByte()
            state = .extension(ChunkExtensionRules())
        case Octets.lineFeed: throw .bareLF
        default: throw .badChunkSize
        }
        index += 1
    }

    private mutating func readExtension(
        _ byte: UInt8, _ rules: ChunkExtensionRules, _ index: inout Int
    ) throws(HTTPFault) {
        if byte == Octets.lineFeed { throw .bareLF }
        var rules = rules
        if byte == Octets.carriageReturn && rules.mayEnd {
            try endSizeLine()
        } else {
            guard rules.take(byte) else { throw .badChunkExtension }
            try countLineByte()
            extensionBytes += 1
            guard extensionBytes <= limits.chunkExtensionBytesMax else { throw .chunkExtensionsTooLong }
            state = .extension(rules)
        }
        index += 1
    }

    private mutating func countLineByte() throws(HTTPFault) {
        lineBytes += 1
        if lineBytes > limits.chunkLineBytesMax { throw .chunkLineTooLong }
    }

    private mutating func endSizeLine() throws(HTTPFault) {
        guard chunkSize <= bodyBytesMax - bodyBytes else { throw .bodyTooLarge }
        bodyBytes += chunkSize
        state = .sizeLF
    }

    // MARK: Trailers

    private mutating func readTrailers(_ input: Span<UInt8>, _ index: inout Int) throws(HTTPFault) {
        let start = index
        let step = trailerScanner.scan(
            input, from: &index, offset: trailerBytes.count - start, &trailerEntries)
        RawBytes.append(input.extracting(start..<index), to: &trailerBytes)
        switch step {
        case .needsMore: return
        case .fault(let fault): throw fault
        case .done:
            for entry in trailerEntries where !FieldName(trailerBytes.span, entry.nameRange.range).mayBeTrailer {
                throw .forbiddenTrailer
            }
            state = .complete
        }
    }
}
