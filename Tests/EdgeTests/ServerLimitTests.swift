import Foundation
import LinuxIO
import Testing
import WireClient

@testable import Edge

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
        #expect(server.edge.statistics.refusedConnections(.connections) == 1)
        #expect(server.edge.statistics.openConnections == 3)
        clients.removeFirst()
        #expect(await eventually { server.edge.statistics.openConnections == 2 })
        let next = try server.client()
        #expect(try await next.exchange(WireClient.get("/next")).text == "/next")
        #expect(server.edge.statistics.acceptedConnections == 5)
    }

    @Test func `a listener with a bound of its own takes no place of the others`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, connectionsMax: 1), connectionsMax: 2)
        let clients = try (0..<2).map { _ in try server.client() }
        for client in clients { #expect(try await client.exchange(WireClient.get("/")).status == 200) }
        #expect(await (try server.client()).rest().bytes.isEmpty)
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let port = try server.edge.listen(
            ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: server.notes))
        let other = try WireClient(port: port)
        #expect(try await other.exchange(WireClient.get("/other")).text == "/other")
        #expect(await (try WireClient(port: port)).rest().bytes.isEmpty)
        #expect(server.edge.statistics.refusedConnections(.connections) == 2)
    }

    @Test func `a request that takes no place is answered past the bound`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 1))
        let (first, second) = (try server.client(), try server.client())
        await first.send(WireClient.get("/hold"))
        #expect(await eventually { server.notes.now.held == 1 })
        #expect(try await second.exchange(WireClient.get("/free")).status == 200)
        #expect(server.edge.statistics.requestsInFlight == 1)
        #expect(try await second.exchange(WireClient.get("/other")).status == 503)
    }

    @Test func `requests are answered at the bound and refused one past it`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 2))
        let (first, second, third) = (try server.client(), try server.client(), try server.client())
        await first.send(WireClient.get("/hold"))
        await second.send(WireClient.get("/hold"))
        #expect(await eventually { server.notes.now.held == 2 })
        #expect(server.edge.statistics.requestsInFlight == 2)
        let refusal = try await third.exchange(WireClient.get("/third"))
        #expect(refusal.status == 503 && refusal.fields["connection"] != "close", "a new handshake would cost more")
        #expect(server.notes.now.overloads == [.requestsInFlight])
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
        let refusal = try await second.exchange(
            "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", isHead: true)
        #expect(refusal.status == 503)
        #expect(await second.rest().bytes.isEmpty)
    }

    /// A place among the handshakes is free as soon as one has failed: without a bound of their own, those that linger
    /// would take every connection.
    @Test func `failed handshakes linger up to a part of the handshakes and are closed at once past it`() async throws {
        let part = 2
        let tls = try TestTLSServer(
            timeouts: EdgeTimeouts(linger: patient), handshakesInFlightMax: part * Limits.failureLingerPart)
        let statistics = tls.server.edge.statistics
        var lingering: [WireClient] = []
        for number in 1...part + 2 {
            let client = try tls.server.client()
            await client.send("no TLS at all, whatever one takes it for\r\n\r\n")
            #expect(await eventually { statistics.handshakes.values.reduce(0, +) == number })
            lingering.append(client)
        }
        #expect(await eventually { statistics.openConnections == part })
        lingering.removeAll()
        #expect(await eventually { statistics.openConnections == 0 })
        let next = try tls.server.client()
        await next.send("no TLS at all, whatever one takes it for\r\n\r\n")
        #expect(await eventually { statistics.handshakes.values.reduce(0, +) == part + 3 })
        #expect(await next.rest().end == .finished)
        #expect(statistics.openConnections == 1, "whoever lingered has left its place to others")
    }

    @Test func `a plain listener stays on loopback`() throws {
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1), onFailure: unexpected)
        defer { edge.drain() }
        let address = try #require(SocketAddress(numeric: "0.0.0.0", port: 0))
        #expect(throws: EdgeError.plainOutsideLoopback(address)) {
            try edge.listen(
                ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: HandlerNotes()))
        }
    }

    @Test func `a port in use is an error, also for a sharer`() throws {
        let server = try TestServer()
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1), onFailure: unexpected)
        defer { edge.drain() }
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: server.port))
        #expect(throws: EdgeError.addressInUse(address)) {
            try edge.listen(
                ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: HandlerNotes()))
        }
    }

    @Test func `a port that the system chooses is free, whoever else chooses`() async throws {
        let clients = try await withThrowingTaskGroup(of: UInt16.self) { group in
            let servers = try (0..<8).map { _ in
                try EdgeServer.start(EdgeConfiguration(loopCount: 2), onFailure: unexpected)
            }
            defer { for server in servers { server.drain() } }
            let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
            for server in servers {
                group.addTask {
                    var last: UInt16 = 0
                    for _ in 0..<50 {
                        last = try server.listen(
                            ListenerConfiguration(address: address, transport: .plain),
                            handler: TestHandler(notes: HandlerNotes()))
                    }
                    return last
                }
            }
            return try await group.reduce(into: Set<UInt16>()) { $0.insert($1) }
        }
        #expect(clients.count == 8)
    }

    @Test func `an address that is not this machine's is an error`() throws {
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1), onFailure: unexpected)
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
