import Edge
import Foundation
import LinuxIO
import Testing

@Suite(.ownThread) struct `The server's limits` {
    @Test func `connections are taken at the bound and closed one past it`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, connectionsMax: 3))
        var clients: [WireClient] = []
        for number in 0..<3 {
            clients.append(try server.client())
            #expect(try await clients[number].exchange(WireClient.get("/\(number)")).text == "/\(number)")
        }
        #expect(server.edge.statistics.openConnections == 3)
        let surplus = try server.client()
        #expect(await surplus.rest().bytes.isEmpty)
        #expect(server.edge.statistics.connectionsOverLimit == 1)
        #expect(server.edge.statistics.openConnections == 3)
        clients.removeFirst()
        #expect(await eventually { server.edge.statistics.openConnections == 2 })
        let next = try server.client()
        #expect(try await next.exchange(WireClient.get("/next")).text == "/next")
        #expect(server.edge.statistics.acceptedConnections == 5)
    }

    @Test func `requests are answered at the bound and refused one past it`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 2))
        let (first, second, third) = (try server.client(), try server.client(), try server.client())
        await first.send(WireClient.get("/hold"))
        await second.send(WireClient.get("/hold"))
        #expect(await eventually { server.notes.now.held == 2 })
        #expect(server.edge.statistics.requestsInFlight == 2)
        let refusal = try await third.exchange(WireClient.get("/third"))
        #expect(refusal.status == 503 && refusal.fields["connection"] == "close")
        #expect(server.notes.now.faults == [.overloaded])
        #expect(!server.notes.now.paths.contains("/third"))
        let free = try server.client()
        #expect(try await free.exchange(WireClient.get("/free")).text == "/free", "it takes no place")
        server.notes.release()
        #expect(try await first.reply().text == "held")
        #expect(try await second.reply().text == "held")
        #expect(await eventually { server.edge.statistics.requestsInFlight == 0 })
        #expect(try await first.exchange(WireClient.get("/again")).text == "/again")
    }

    /// RFC 9110 §9.3.2: a response to HEAD has no content, whatever its status.
    @Test func `a HEAD request past the bound is refused without content`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 1))
        let (first, second) = (try server.client(), try server.client())
        await first.send(WireClient.get("/hold"))
        #expect(await eventually { server.notes.now.held == 1 })
        let refusal = try await second.exchange("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", isHead: true)
        #expect(refusal.status == 503)
        #expect(await second.rest().bytes.isEmpty)
    }

    @Test func `a plain listener stays on loopback`() throws {
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1))
        defer { edge.drain() }
        let address = try #require(SocketAddress(numeric: "0.0.0.0", port: 0))
        #expect(throws: EdgeError.plainOutsideLoopback(address)) {
            try edge.listen(
                ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: HandlerNotes()))
        }
    }

    @Test func `a port in use is an error, also for a sharer`() throws {
        let server = try TestServer()
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1))
        defer { edge.drain() }
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: server.port))
        #expect(throws: EdgeError.addressInUse(address)) {
            try edge.listen(
                ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: HandlerNotes()))
        }
    }

    @Test func `an address that is not this machine's is an error`() throws {
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1))
        defer { edge.drain() }
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let foreign = try #require(SocketAddress(numeric: "2001:db8::1", port: 0))
        #expect(address.isLoopback)
        #expect(throws: EdgeError.self) {
            try edge.listen(
                ListenerConfiguration(address: foreign, transport: .plain), handler: TestHandler(notes: HandlerNotes()))
        }
    }
}
