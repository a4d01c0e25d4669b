internal import Bytes
internal import LinuxIO
internal import OpenSSL
internal import Synchronization
internal import Threading

/// One client's connection, from accept to close: the only place that joins socket, TLS and HTTP.
///
/// ```
/// handshake ─► idle ─► head ─► (body) ─► response ─┬─► idle
///     │          │       │        │                └─► linger ─► closed
///     └─ refusal └─ ended└─ fault └─ the handler learns why
/// ```
/// Belongs to one task on one loop. Decrypted bytes land in the loop's scratch buffer and are consumed before the task
/// suspends; only what follows a complete head (a body, a pipelined request) is kept here.
final class Connection {
    /// Where the current request's body stands.
    private enum Body {
        case none
        case unread(BodyFraming)
        case decoding(BodyDecoder)
    }

    let loop: EventLoop
    let channel: Channel
    let address: SocketAddress
    let shared: EdgeShared
    let transport: Transport

    private var parser: RequestParser
    /// Received bytes that no one has consumed yet.
    private var pending: [UInt8] = []
    private var pendingStart = 0
    private var body = Body.none
    private var mustSendContinue = false
    /// Whether the last read took all that there was.
    private var isDrained = false
    /// Whether the peer took its answer too slowly, or it cannot be finished: what the kernel still holds for it is thrown
    /// away.
    private(set) var isCut = false
    /// The response that is being sent while it is made.
    var streamed: StreamedResponse?
    /// Whether the current request waits for something that is neither the server nor its peer.
    var isElsewhere = false
    /// Whether bytes of the last request may still be on their way.
    private(set) var mayLinger = false
    /// As what the current request is counted among those in flight, if it is.
    var admittedAs: Importance?
    /// Bytes of HTTP, without TLS.
    private(set) var bytesReceived = 0
    private(set) var bytesSent = 0

    init(
        loop: EventLoop, channel: Channel, address: SocketAddress, transport: consuming Transport, shared: EdgeShared
    ) {
        self.loop = loop
        self.channel = channel
        self.address = address
        self.transport = transport
        self.shared = shared
        parser = RequestParser(limits: shared.configuration.http)
    }

    var timeouts: EdgeTimeouts { shared.configuration.timeouts }

    // MARK: A request's head

    /// When its idling ends, while it rests.
    private var idleDeadline: MonotonicInstant?

    /// The next request's head, or why there is none.
    func nextArrival() async -> Arrival {
        let start = MonotonicInstant.now
        let idleEnd = idleDeadline ?? start + timeouts.idle
        idleDeadline = nil
        var deadline = min(idleEnd, start + timeouts.rest)
        var isIdle = true
        while true {
            let step = parsePending() ?? receiveHead()
            switch step {
            case .arrival(let arrival): return arrival
            case .partial:
                guard isIdle else { continue }
                isIdle = false
                deadline = .now + timeouts.header
            case .waits(let interest):
                switch await loop.wait(channel, for: interest, until: deadline, isIdle: isIdle) {
                case .ready: continue
                case .timedOut:
                    guard isIdle else { return .fault(.http(.headersTimedOut)) }
                    // Where the loop gave up before the time was over, the connection is to end.
                    if loop.isDraining || idleEnd <= .now { return .ended }
                    if interest == .read {
                        idleDeadline = idleEnd
                        return .rest(until: idleEnd)
                    }
                    deadline = idleEnd
                case .draining: return .ended
                }
            }
        }
    }

    private enum HeadStep {
        case arrival(Arrival)
        /// Some of a head came.
        case partial
        case waits(Channel.Interest)
    }

    private func parsePending() -> HeadStep? {
        guard pendingStart < pending.count else { return nil }
        let result = parser.parse(pending.span.extracting(pendingStart...))
        pendingStart += result.consumed
        compactPending()
        return step(result.outcome)
    }

    private func receiveHead() -> HeadStep {
        var scratch = loop.buffers.takeScratch()
        let step: HeadStep
        switch receive(into: &scratch) {
        case .bytes(let count):
            let result = parser.parse(scratch.span.extracting(0..<count))
            keep(scratch, from: result.consumed, to: count)
            step = self.step(result.outcome)
        case .wantsRead: step = .waits(.read)
        case .wantsWrite: step = .waits(.write)
        case .closed, .failed: step = .arrival(.ended)
        }
        loop.buffers.giveBack(scratch: scratch)
        return step
    }

    private func step(_ outcome: ParseResult.Outcome) -> HeadStep {
        switch outcome {
        case .needsMore: return .partial
        case .fault(let fault):
            mayLinger = true
            return .arrival(.fault(.http(fault)))
        case .request(let request):
            expectBody(of: request)
            return .arrival(.request(request))
        }
    }

    // MARK: A request's body

    private func expectBody(of request: Request) {
        mustSendContinue = request.expectsContinue
        body = request.framing == .none ? .none : .unread(request.framing)
    }

    /// The whole body, if it has at most `bytesMax` bytes and comes in time.
    func collectBody(bytesMax: Int) async throws(RequestBodyError) -> [UInt8] {
        guard case .unread(let framing) = body else { return [] }
        let decoder = BodyDecoder(framing: framing, limits: shared.configuration.http, bodyBytesMax: bytesMax)
        if let fault = decoder.earlyFault { throw .http(fault) }
        body = .decoding(decoder)
        try await sendContinueIfAwaited()
        var bytes: [UInt8] = []
        if case .length(let length) = framing { bytes.reserveCapacity(length) }
        let start = MonotonicInstant.now
        let deadline = start + timeouts.body
        let rate = shared.configuration.rate
        var paced = PacedDeadline(rate, from: start, bytesPerSecond: rate.bodyBytesPerSecond)
        var count = 0
        while true {
            if try decodePending(into: &bytes) { return bytes }
            // What is between the body's bytes, such as extensions of chunks, is no progress.
            paced.advance(by: bytes.count - count, at: .now)
            count = bytes.count
            try await receiveBody(until: min(deadline, paced.instant))
        }
    }

    /// Decodes what is there. True when the body is complete.
    private func decodePending(into bytes: inout [UInt8]) throws(RequestBodyError) -> Bool {
        guard case .decoding(var decoder) = body else { return true }
        let result = decoder.decode(pending.span.extracting(pendingStart...), into: &bytes)
        pendingStart += result.consumed
        compactPending()
        switch result.outcome {
        case .needsMore:
            body = .decoding(decoder)
            return false
        case .complete:
            body = .none
            return true
        case .fault(let fault):
            body = .decoding(decoder)
            throw .http(fault)
        }
    }

    private func receiveBody(until deadline: MonotonicInstant) async throws(RequestBodyError) {
        while true {
            let interest: Channel.Interest
            switch receivePending() {
            case .bytes: return
            case .wantsRead: interest = .read
            case .wantsWrite: interest = .write
            case .closed, .failed: throw .disconnected
            }
            switch await awaitPeer(for: interest, until: deadline) {
            case .ready: continue
            case .timedOut, .draining:
                shared.statistics.countSlowBody()
                throw .http(.bodyTimedOut)
            }
        }
    }

    /// Waits for the peer in the middle of a request, which is no work of the server's meanwhile.
    private func awaitPeer(for interest: Channel.Interest, until deadline: MonotonicInstant) async -> Channel.Wake {
        guard admittedAs != nil, !isElsewhere else {
            return await loop.wait(channel, for: interest, until: deadline)
        }
        shared.statistics.awaitingPeer.add(1, ordering: .relaxed)
        defer { shared.statistics.awaitingPeer.subtract(1, ordering: .relaxed) }
        return await loop.wait(channel, for: interest, until: deadline)
    }

    private func sendContinueIfAwaited() async throws(RequestBodyError) {
        guard mustSendContinue else { return }
        mustSendContinue = false
        // RFC 9110 §10.1.1: a server may leave it out when the body is there already.
        guard pendingStart == pending.count else { return }
        var interim = ByteBuffer(capacity: 64)
        ResponseWriter.appendContinue(to: &interim)
        guard await write(interim) else { throw .disconnected }
    }

    /// Consumes the body that nobody asked for, if it is here already.
    /// - Returns: whether the next byte of the connection is a new request's.
    private func skipUnreadBody() -> Bool {
        switch body {
        case .none: return true
        case .decoding: return false
        case .unread(let framing):
            let bytesMax = pending.count - pendingStart
            var decoder = BodyDecoder(framing: framing, limits: shared.configuration.http, bodyBytesMax: bytesMax)
            var ignored: [UInt8] = []
            let result = decoder.decode(pending.span.extracting(pendingStart...), into: &ignored)
            guard result.outcome == .complete else { return false }
            pendingStart += result.consumed
            compactPending()
            body = .none
            return true
        }
    }

    // MARK: A response

    /// Sends `response` to `request`.
    /// - Returns: whether the connection can carry another request.
    func send(_ response: Response, to request: Request) async -> Bool {
        defer { parser.reuse(request) }
        if streamed != nil { return await finishStream(by: response) }
        // What belongs to a response that was never begun has nobody to go to.
        guard response.part == .whole else { return cut() }
        let keepsAlive = request.keepAlive && canKeepAlive(after: response)
        let context = ResponseWriter.Context(
            isHead: request.method == .head, version: request.version, keepsAlive: keepsAlive)
        return await write(response, context) && keepsAlive
    }

    /// Whether the connection can carry another request behind `response`, which begins now.
    func canKeepAlive(after response: Response) -> Bool {
        let isAtNextRequest = skipUnreadBody()
        if !isAtNextRequest { mayLinger = true }
        return isAtNextRequest && !loop.isDraining && !response.closesConnection
    }

    /// The connection is to be reset.
    /// - Returns: false: it carries no other request.
    func cut() -> Bool {
        isCut = true
        return false
    }

    /// Sends the answer to what was no request, or to one that nobody looked at; the connection ends after it.
    func sendLast(_ response: Response, isHead: Bool = false) async {
        mayLinger = true
        _ = await write(response, ResponseWriter.Context(isHead: isHead, version: .http11, keepsAlive: false))
    }

    private func write(_ response: Response, _ context: ResponseWriter.Context) async -> Bool {
        if !context.keepsAlive { transport.corkUntilCloseNotify() }
        var output = loop.buffers.takeOutput()
        ResponseWriter.append(response, context, date: loop.date.current(), to: &output)
        let isWritten = await write(output)
        loop.buffers.giveBack(output: output)
        return isWritten
    }

    func write(_ bytes: borrowing ByteBuffer) async -> Bool {
        var offset = 0
        var paced: PacedDeadline?
        var noted = 0
        while offset < bytes.count {
            let interest: Channel.Interest
            switch bytes.withSpan({ transport.write($0.extracting(offset...)) }) {
            case .bytes(let count):
                offset += count
                bytesSent += count
                shared.statistics.countSent(count)
                continue
            case .wantsRead: interest = .read
            case .wantsWrite: interest = .write
            case .closed, .failed: return false
            }
            channel.exhausted(interest)
            let now = MonotonicInstant.now
            // The clock starts when the kernel is full: what it took at once says nothing about the peer.
            let rate = shared.configuration.rate
            var deadline = paced ?? PacedDeadline(rate, from: now, bytesPerSecond: rate.readBytesPerSecond)
            deadline.advance(by: offset - noted, at: now)
            noted = offset
            paced = deadline
            switch await awaitPeer(for: interest, until: min(now + timeouts.write, deadline.instant)) {
            case .ready: continue
            case .timedOut, .draining:
                shared.statistics.countSlowReader()
                isCut = true
                return false
            }
        }
        return true
    }

    // MARK: Received bytes

    private func receive(into scratch: inout [UInt8]) -> TLSTransfer {
        if isDrained && !channel.isReady(.read) { return .wantsRead }
        var room = scratch.mutableSpan
        let transfer = transport.read(into: &room)
        if case .bytes(let count) = transfer {
            bytesReceived += count
            shared.statistics.countReceived(count)
        }
        // A read that emptied the socket saves the next one, which could only say so.
        isDrained = transport.hasNothingToRead
        if transfer == .wantsRead || isDrained { channel.exhausted(.read) }
        if transfer == .wantsWrite { channel.exhausted(.write) }
        return transfer
    }

    private func receivePending() -> TLSTransfer {
        var scratch = loop.buffers.takeScratch()
        let transfer = receive(into: &scratch)
        if case .bytes(let count) = transfer { keep(scratch, from: 0, to: count) }
        loop.buffers.giveBack(scratch: scratch)
        return transfer
    }

    private func keep(_ scratch: [UInt8], from start: Int, to end: Int) {
        guard start < end else { return }
        compactPending()
        pending.append(contentsOf: scratch[start..<end])
    }

    private func compactPending() {
        guard pendingStart == pending.count else { return }
        // What a large body left behind is not held while the connection idles.
        pending.removeAll(keepingCapacity: pending.capacity <= 4096)
        pendingStart = 0
    }
}
