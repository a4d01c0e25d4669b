internal import LinuxIO
internal import OpenSSL
internal import Threading

/// A connection as it came, with what it holds.
struct Arrival {
    let descriptor: Int32
    let address: SocketAddress
    let place: ConnectionPlace
}

/// A connection's whole life, in order.
func serve<Handler: RequestHandler>(
    _ arrival: Arrival, over transport: ListenerConfiguration.Transport, on loop: EventLoop, shared: EdgeShared,
    handler: Handler
) async {
    guard let channel = loop.open(arrival.descriptor) else {
        Socket.close(arrival.descriptor)
        return
    }
    switch transport {
    case .plain:
        let connection = Connection(
            loop: loop, channel: channel, address: arrival.address,
            transport: .plain(descriptor: arrival.descriptor), shared: shared)
        let peer = Peer(
            connectionNumber: shared.nextConnectionNumber(), address: arrival.address, tls: nil, certificate: nil)
        await serveRequests(of: connection, from: peer, by: handler)
    case .tls(let context):
        let handshake = Handshake(
            loop: loop, channel: channel, address: arrival.address, shared: shared, context: context,
            deadline: .now + shared.configuration.timeouts.handshake)
        if let end = await handshake.awaitBeginning() {
            if case .failure(let refusal) = end { handler.refused(refusal) }
            loop.close(channel)
            return
        }
        await serveTLS(handshake, arrival, by: handler)
    }
}

private func serveTLS<Handler: RequestHandler>(
    _ handshake: Handshake, _ arrival: Arrival, by handler: Handler
) async {
    let loop = handshake.loop
    // What it waits for its turn is part of what the peer waits.
    let start = MonotonicInstant.now
    await loop.handshakeTurn()
    guard let tls = TLSConnection.make(handshake.context, socket: arrival.descriptor) else {
        loop.close(handshake.channel)
        return
    }
    let result = await handshake.run(tls, since: start)
    loop.endHandshake(handshake.channel)
    arrival.place.endHandshake()
    let connection = Connection(
        loop: loop, channel: handshake.channel, address: arrival.address, transport: .tls(tls), shared: handshake.shared
    )
    switch result {
    case .success(let peer): await serveRequests(of: connection, from: peer, by: handler)
    case .failure(let refusal):
        handler.refused(refusal)
        await connection.finish(afterFailure: true)
    case .abandoned: await connection.finish(afterFailure: true)
    }
}
private func serveRequests<Handler: RequestHandler>(
    of connection: Connection, from peer: Peer, by handler: Handler
) async {
    let context = handler.open(peer)
    let body = RequestBody(connection: connection)
    var goesOn = true
    var requests = 0
    var share = TurnShare()
    while goesOn {
        if share.isTaken(inTurn: connection.loop.turn.number) { await connection.loop.yield() }
        switch await connection.nextArrival() {
        case .request(let request):
            requests += 1
            let importance = handler.importance(of: request)
            if let importance, let overload = await admission(of: importance, to: connection, by: handler) {
                connection.shared.statistics.countShed(importance)
                let response = await handler.turnAway(request, because: overload, for: context)
                goesOn = await connection.send(response, to: request)
                continue
            }
            let response = await handler.respond(to: request, body: body, for: context)
            goesOn = await connection.send(response, to: request)
            connection.leaveRequest()
        case .fault(let fault):
            requests += 1
            let response = await handler.respond(to: fault, for: context)
            await connection.sendLast(response)
            goesOn = false
        case .ended: goesOn = false
        }
    }
    await connection.finish(afterFailure: false)
    handler.closed(
        ConnectionSummary(
            requests: requests, bytesReceived: connection.bytesReceived, bytesSent: connection.bytesSent),
        for: context)
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
