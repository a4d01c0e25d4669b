internal import LinuxIO
internal import OpenSSL
internal import Synchronization
internal import Threading

/// A connection as it came, with what it holds.
struct Arrival {
    let descriptor: Int32
    let address: SocketAddress
    let place: ConnectionPlace
}

/// A connection's whole life, in order; what it holds of the bounds is given back at its end.
func serve<Handler: RequestHandler>(
    _ arrival: Arrival, over transport: ListenerConfiguration.Transport, on loop: EventLoop, shared: EdgeShared,
    handler: Handler
) async {
    if let open = await open(arrival, over: transport, on: loop, shared: shared, handler: handler) {
        await open.serve()
    } else {
        arrival.place.leave()
    }
}

/// Makes a connection that can carry requests; nil where it has ended before.
private func open<Handler: RequestHandler>(
    _ arrival: Arrival, over transport: ListenerConfiguration.Transport, on loop: EventLoop, shared: EdgeShared,
    handler: Handler
) async -> OpenConnection<Handler>? {
    guard let channel = loop.open(arrival.descriptor) else {
        Socket.close(arrival.descriptor)
        return nil
    }
    switch transport {
    case .plain:
        let connection = Connection(
            loop: loop, channel: channel, address: arrival.address,
            transport: .plain(descriptor: arrival.descriptor), shared: shared)
        let peer = Peer(
            connectionNumber: shared.nextConnectionNumber(), address: arrival.address, tls: nil, certificate: nil)
        return OpenConnection(connection, arrival.place, from: peer, handler)
    case .tls(let context):
        let handshake = Handshake(
            loop: loop, channel: channel, address: arrival.address, shared: shared, context: context,
            deadline: .now + shared.configuration.timeouts.handshake)
        if let end = await handshake.awaitBeginning() {
            if case .failure(let refusal) = end { handler.refused(refusal) }
            loop.close(channel)
            return nil
        }
        return await openTLS(handshake, arrival, by: handler)
    }
}

private func openTLS<Handler: RequestHandler>(
    _ handshake: Handshake, _ arrival: Arrival, by handler: Handler
) async -> OpenConnection<Handler>? {
    let loop = handshake.loop
    // What it waits for its turn is part of what the peer waits.
    let start = MonotonicInstant.now
    await loop.handshakeTurn()
    guard let tls = TLSConnection.make(handshake.context, socket: arrival.descriptor) else {
        loop.close(handshake.channel)
        return nil
    }
    let result = await handshake.run(tls, since: start)
    loop.endHandshake(handshake.channel)
    arrival.place.endHandshake()
    let connection = Connection(
        loop: loop, channel: handshake.channel, address: arrival.address, transport: .tls(tls), shared: handshake.shared
    )
    switch result {
    case .success(let peer): return OpenConnection(connection, arrival.place, from: peer, handler)
    case .failure(let refusal):
        handler.refused(refusal)
        await connection.finish(afterFailure: true)
    case .abandoned: await connection.finish(afterFailure: true)
    }
    return nil
}

/// A connection that carries requests.
///
/// While it is used it is one task. A task holds some 7 KB even where it waits, which is more than TLS does: after
/// `EdgeTimeouts.rest` without a request the connection gives it back, and its channel starts another when something comes.
private final class OpenConnection<Handler: RequestHandler>: Resting {
    private let connection: Connection
    private let place: ConnectionPlace
    private let handler: Handler
    private let context: Handler.Context
    private var requests = 0
    private var share = TurnShare()

    init(_ connection: Connection, _ place: ConnectionPlace, from peer: Peer, _ handler: Handler) {
        self.connection = connection
        self.place = place
        self.handler = handler
        context = handler.open(peer)
    }

    func goOn() async {
        connection.shared.statistics.resting.subtract(1, ordering: .relaxed)
        await serve()
    }

    func serve() async {
        var goesOn = true
        while goesOn {
            if share.isTaken(inTurn: connection.loop.turn.number) { await connection.loop.yield() }
            switch await connection.nextArrival() {
            case .request(let request):
                requests += 1
                goesOn = await answer(request)
            case .fault(let fault):
                requests += 1
                let response = await handler.respond(to: fault, for: context)
                await connection.sendLast(response)
                goesOn = false
            case .rest(let deadline):
                connection.shared.statistics.resting.add(1, ordering: .relaxed)
                connection.loop.rest(self, on: connection.channel, until: deadline)
                return
            case .ended: goesOn = false
            }
        }
        await connection.finish(afterFailure: false)
        handler.closed(
            ConnectionSummary(
                requests: requests, bytesReceived: connection.bytesReceived, bytesSent: connection.bytesSent),
            for: context)
        place.leave()
    }

    /// - Returns: whether the connection can carry another request.
    private func answer(_ request: Request) async -> Bool {
        let importance = handler.importance(of: request)
        if let importance, let overload = await admission(of: importance, to: connection, by: handler) {
            connection.shared.statistics.countShed(importance)
            let response = await handler.turnAway(request, because: overload, for: context)
            return await connection.send(response, to: request)
        }
        let response = await handler.respond(to: request, body: RequestBody(connection, of: request), for: context)
        let goesOn = await connection.send(response, to: request)
        connection.leaveRequest()
        return goesOn
    }
}

/// Takes a request's place, or says why there is none, when it is its turn to be told so: by then there may be one.
@inline(never)
private func admission<Handler: RequestHandler>(
    of importance: Importance, to connection: Connection, by handler: Handler
) async -> Overload? {
    let loop = connection.loop
    guard connection.enterRequest(importance, backlog: backlog(of: handler, loop)) != nil else { return nil }
    await loop.shedTurn()
    return connection.enterRequest(importance, backlog: backlog(of: handler, loop))
}

extension Connection {
    /// Takes a place for the current request among those in flight, or says why there is none.
    fileprivate func enterRequest(_ importance: Importance, backlog: Int) -> Overload? {
        switch shared.enterRequest(importance, backlog: backlog, lag: loop.lag.nanoseconds) {
        case .success(let admitted):
            admittedAs = admitted
            return nil
        case .failure(let overload): return overload
        }
    }

    /// Gives the current request's place back, if it has one.
    fileprivate func leaveRequest() {
        stopWatchingPeer()
        guard let importance = admittedAs else { return }
        admittedAs = nil
        shared.leaveRequest(importance)
    }
}

private func backlog<Handler: RequestHandler>(of handler: Handler, _ loop: EventLoop) -> Int {
    let now = MonotonicInstant.now
    if loop.backlog.until <= now { loop.backlog = (handler.backlog, now + Limits.backlogSample) }
    return loop.backlog.thousandths
}
