internal import LinuxIO
internal import OpenSSL
internal import Threading

/// A connection's whole life, in order.
func serve<Handler: RequestHandler>(
    _ descriptor: Int32, from address: SocketAddress, over transport: ListenerConfiguration.Transport,
    on loop: EventLoop, shared: EdgeShared, handler: Handler
) async {
    guard let channel = loop.open(descriptor) else {
        Socket.close(descriptor)
        return
    }
    switch transport {
    case .plain:
        let connection = Connection(
            loop: loop, channel: channel, address: address, transport: .plain(descriptor: descriptor), shared: shared)
        let peer = Peer(
            connectionNumber: shared.nextConnectionNumber(), address: address, tls: nil, certificate: nil)
        await serveRequests(of: connection, from: peer, by: handler)
    case .tls(let context):
        guard let tls = TLSConnection.make(context, socket: descriptor) else {
            loop.close(channel)
            return
        }
        let handshake = Handshake(loop: loop, channel: channel, address: address, shared: shared, context: context)
        let result = await handshake.run(tls)
        let connection = Connection(
            loop: loop, channel: channel, address: address, transport: .tls(tls), shared: shared)
        switch result {
        case .success(let peer): await serveRequests(of: connection, from: peer, by: handler)
        case .failure(let refusal):
            handler.refused(refusal)
            await connection.finish(afterFailure: true)
        case .abandoned: await connection.finish(afterFailure: true)
        }
    }
}

private func serveRequests<Handler: RequestHandler>(
    of connection: Connection, from peer: Peer, by handler: Handler
) async {
    let context = handler.open(peer)
    let body = RequestBody(connection: connection)
    var goesOn = true
    var requests = 0
    while goesOn {
        switch await connection.nextArrival() {
        case .request(let request):
            requests += 1
            let takesPlace = handler.takesPlace(request)
            guard !takesPlace || connection.shared.enterRequest() else {
                let response = await handler.respond(to: .overloaded, for: context)
                await connection.sendLast(response, isHead: request.method == .head)
                goesOn = false
                continue
            }
            let response = await handler.respond(to: request, body: body, for: context)
            goesOn = await connection.send(response, to: request)
            if takesPlace { connection.shared.leaveRequest() }
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
