internal import Bytes
internal import Synchronization

/// Where a response goes that is sent while it is being made: events of a stream, a model's words.
///
/// ```swift
/// guard await stream.begin(Response(.ok, fields: fields)) else { … }     // the peer is gone
/// guard await stream.send(piece) else { … }                              // as often as there is something
/// var last = Response(.ok, body: lastPiece)                              // what `respond` returns in the end
/// last.part = .lastPiece
/// ```
/// Each piece leaves at once, and waits while the peer takes no more: that is all that is held for a slow reader, who has the
/// same patience as any other.
public struct ResponseStream {
    private let connection: Connection
    private let isHead: Bool
    private let version: HTTPVersion
    private let keepAlive: Bool

    init(_ connection: Connection, to request: Request) {
        self.connection = connection
        isHead = request.method == .head
        version = request.version
        keepAlive = request.keepAlive
    }

    /// Whether the response has begun, so that its status is the peer's.
    public var hasBegun: Bool { connection.streamed != nil }

    /// From here on, until the answer is sent, the calling task is cancelled when the peer leaves; and what it waits for is
    /// somebody else's, so that it is no sign of a server that has too much to do.
    public func watchPeer() { connection.watchPeer() }

    /// Begins the response: sends status, fields and, as a first piece, the body of `response`.
    /// - Returns: false where the peer is gone. The handler then still returns the stream's end.
    /// - Precondition: it has not begun.
    public func begin(_ response: Response) async -> Bool {
        let keepsAlive = keepAlive && version != .http10 && connection.canKeepAlive(after: response)
        return await connection.beginStream(
            response, ResponseWriter.Context(isHead: isHead, version: version, keepsAlive: keepsAlive))
    }

    /// Sends the next piece. An empty one sends nothing.
    /// - Returns: false where the peer is gone, or took what came before too slowly.
    public func send(_ piece: [UInt8]) async -> Bool { await connection.sendPiece(piece) }
}

/// A response that has begun.
struct StreamedResponse {
    var body = StreamedBody()
    let keepsAlive: Bool
    /// Whether the peer still takes it.
    var isAlive = true
}

extension Connection {
    func watchPeer() {
        channel.watchPeer()
        guard admittedAs != nil, !isElsewhere else { return }
        isElsewhere = true
        shared.statistics.awaitingPeer.add(1, ordering: .relaxed)
    }

    func stopWatchingPeer() {
        channel.stopWatchingPeer()
        guard isElsewhere else { return }
        isElsewhere = false
        shared.statistics.awaitingPeer.subtract(1, ordering: .relaxed)
    }

    func beginStream(_ response: Response, _ context: ResponseWriter.Context) async -> Bool {
        precondition(streamed == nil, "a response begins once")
        var stream = StreamedResponse(keepsAlive: context.keepsAlive)
        var output = loop.buffers.takeOutput()
        stream.body.begin(response, context, date: loop.date.current(), to: &output)
        streamed = stream
        return await writeStreamed(output)
    }

    func sendPiece(_ piece: [UInt8]) async -> Bool {
        guard streamed?.isAlive ?? false else { return false }
        guard !piece.isEmpty else { return true }
        var output = loop.buffers.takeOutput()
        streamed?.body.append(piece, to: &output)
        return await writeStreamed(output)
    }

    /// Ends the response that was begun.
    /// - Returns: whether the connection can carry another request.
    func finishStream(by response: Response) async -> Bool {
        guard var stream = streamed.take() else { return false }
        // A whole response behind one that has begun is a handler's mistake, and the peer must not take it for more of that.
        guard response.part == .lastPiece, stream.isAlive else { return cut() }
        if !stream.keepsAlive { transport.corkUntilCloseNotify() }
        var output = loop.buffers.takeOutput()
        stream.body.end(response.body, trailers: response.fields, to: &output)
        let isWritten = await write(output)
        loop.buffers.giveBack(output: output)
        return isWritten && stream.keepsAlive && !loop.isDraining
    }

    private func writeStreamed(_ output: consuming ByteBuffer) async -> Bool {
        let isWritten = await write(output)
        loop.buffers.giveBack(output: output)
        if !isWritten { streamed?.isAlive = false }
        return isWritten
    }
}
