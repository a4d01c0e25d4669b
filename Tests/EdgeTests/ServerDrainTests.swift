import Edge
import Foundation
import Testing
import WireClient

@Suite(.ownThread) struct `A draining server` {
    private func patientServer(loopCount: Int = 1) throws -> TestServer {
        try TestServer(
            EdgeConfiguration(
                loopCount: loopCount,
                timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: patient, linger: patient)))
    }

    @Test(arguments: [1, 3])
    func `with nothing to do stops at once`(loopCount: Int) async throws {
        let server = try patientServer(loopCount: loopCount)
        #expect(!server.edge.isStopped)
        server.edge.drain()
        #expect(await eventually { server.edge.isStopped })
    }

    @Test func `ends idle connections and refuses new ones`() async throws {
        let server = try patientServer()
        let (used, fresh) = (try server.client(), try server.client())
        #expect(try await used.exchange(WireClient.get("/one")).text == "/one")
        #expect(await eventually { server.edge.statistics.openConnections == 2 })
        server.edge.drain()
        #expect(await used.rest().end == .finished)
        #expect(await fresh.rest().end == .finished)
        #expect(await eventually { server.edge.isStopped })
        #expect(throws: WireError.self) { try server.client() }
    }

    @Test func `finishes what it has begun and says that it was the last`() async throws {
        let server = try patientServer()
        let client = try server.client()
        await client.send(WireClient.get("/hold"))
        #expect(await eventually { server.notes.now.held == 1 })
        server.edge.drain()
        #expect(await eventually { (try? server.client()) == nil })
        #expect(!server.edge.isStopped)
        server.notes.release()
        let reply = try await client.reply()
        #expect(reply.text == "held" && reply.fields["connection"] == "close")
        #expect(await client.rest().end == .finished)
        #expect(await eventually { server.edge.isStopped })
    }

    @Test func `takes the rest of a request that has begun to arrive`() async throws {
        let server = try patientServer()
        let client = try server.client()
        await client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe")
        #expect(await eventually { !server.notes.now.paths.isEmpty })
        server.edge.drain()
        #expect(await eventually { (try? server.client()) == nil })
        await client.send("llo")
        #expect(try await client.reply().text == "hello")
        #expect(await eventually { server.edge.isStopped })
    }

    @Test func `does not linger`() async throws {
        let server = try patientServer()
        let client = try server.client()
        #expect(try await client.exchange("nonsense\r\n\r\n").status == 400)
        #expect(await client.rest().end == .finished)
        server.edge.drain()
        #expect(await eventually { server.edge.isStopped })
    }

    @Test func `that has no more patience ends what still waits`() async throws {
        let server = try patientServer()
        let (body, head, reader) = (
            try server.client(), try server.client(), try server.client(receiveBufferBytes: 4096)
        )
        await body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe")
        await head.send("GET /")
        await reader.send(WireClient.get("/large"))
        #expect(await eventually { server.notes.now.paths.count == 2 })
        server.edge.drain()
        #expect(await eventually { (try? server.client()) == nil })
        #expect(!server.edge.isStopped)
        server.edge.abandon()
        #expect(await eventually { server.edge.isStopped })
        #expect(server.edge.statistics.openConnections == 0)
        #expect(try await body.reply().status == 408)
        #expect(try await head.reply().status == 408)
    }

    /// Each loop knows its own thread among the loops of all servers of a process.
    @Test func `can be drained from another server's thread`() async throws {
        let (one, other) = (try patientServer(), try patientServer())
        one.notes.note { $0.onDrain = { other.edge.drain() } }
        let client = try one.client()
        #expect(try await client.exchange(WireClient.get("/drain")).text == "drained")
        #expect(await eventually { other.edge.isStopped })
    }
}
