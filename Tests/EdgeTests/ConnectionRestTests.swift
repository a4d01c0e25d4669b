import Edge
import Foundation
import Testing
import WireClient

/// A connection that idles gives its task back; nobody on the wire can tell.
@Suite(.ownThread) struct `A connection that rests` {
    private func server(idle: Duration = patient) throws -> TestServer {
        try TestServer(timeouts: EdgeTimeouts(header: patient, body: patient, idle: idle, rest: .milliseconds(20)))
    }

    private func rests(_ server: TestServer, _ count: Int = 1) async -> Bool {
        await eventually { server.edge.statistics.restingConnections == count }
    }

    @Test func `answers as before, again and again`() async throws {
        let server = try server()
        let client = try server.client()
        for path in ["/one", "/two", "/three"] {
            #expect(await rests(server))
            #expect(try await client.exchange(WireClient.get(path)).text == path)
        }
        #expect(server.edge.statistics.openConnections == 1 && server.notes.now.paths == ["/one", "/two", "/three"])
    }

    @Test func `rested before its first request as well, and takes one that comes in pieces`() async throws {
        let server = try server()
        let client = try server.client()
        #expect(await rests(server))
        await client.send("GET /sl")
        #expect(await rests(server, 0))
        await pause(.milliseconds(60))
        await client.send("ow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try await client.reply().text == "/slow")
    }

    @Test func `does not rest with half a request`() async throws {
        let server = try TestServer(
            timeouts: EdgeTimeouts(header: .milliseconds(150), body: patient, idle: patient, rest: .milliseconds(20)))
        let client = try server.client()
        await client.send("GET /half")
        #expect(try await client.reply().status == 408)
    }

    @Test func `ends when its idle time is over, which began with its last answer`() async throws {
        let server = try server(idle: .milliseconds(300))
        let client = try server.client()
        #expect(try await client.exchange(WireClient.get("/one")).text == "/one")
        let start = ContinuousClock.now
        #expect(await rests(server))
        let (bytes, end) = await client.rest()
        #expect(bytes.isEmpty && end == .finished)
        // The server's clock began up to an answer's way before ours.
        #expect(.now - start >= .milliseconds(200))
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
        #expect(server.edge.statistics.restingConnections == 0 && server.notes.now.faults.isEmpty)
    }

    @Test func `ends with its client`() async throws {
        let server = try server()
        do {
            let client = try server.client()
            #expect(await rests(server))
            _ = client
        }
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
        #expect(server.edge.statistics.restingConnections == 0)
    }

    @Test func `ends when the server drains, and the loop with it`() async throws {
        let server = try server()
        let client = try server.client()
        #expect(await rests(server))
        server.edge.drain()
        #expect(await client.rest().end == .finished)
        #expect(await eventually { server.edge.isStopped })
        #expect(server.edge.statistics.openConnections == 0)
    }

    @Test func `keeps its place: one more is refused`() async throws {
        let server = try TestServer(
            EdgeConfiguration(loopCount: 1, timeouts: EdgeTimeouts(idle: patient, rest: .milliseconds(20))),
            connectionsMax: 1)
        let first = try server.client()
        #expect(await rests(server))
        let second = try server.client()
        #expect(await second.rest().bytes.isEmpty)
        #expect(server.edge.statistics.refusedConnections(.connections) == 1)
        #expect(try await first.exchange(WireClient.get("/one")).text == "/one")
    }
}
