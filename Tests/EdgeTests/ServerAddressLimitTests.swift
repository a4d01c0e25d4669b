import Edge
import Foundation
import Testing
import WireClient

@Suite(.ownThread) struct `The bounds of one address` {
    @Test func `let connections in at the bound and none past it, whatever others have`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 2, connectionsPerAddressMax: 3))
        var clients: [WireClient] = []
        for number in 0..<3 {
            clients.append(try server.client(source: 2))
            #expect(try await clients[number].exchange(WireClient.get("/one")).status == 200)
        }
        #expect(await (try server.client(source: 2)).rest().bytes.isEmpty)
        #expect(server.edge.statistics.refusedConnections(.connectionsPerAddress) == 1)
        #expect(server.notes.now.refusals.map(\.reason) == [.limit(.connectionsPerAddress)])
        #expect(try await (try server.client(source: 3)).exchange(WireClient.get("/other")).status == 200)
        clients.removeFirst()
        #expect(await eventually { server.edge.statistics.openConnections <= 2 })
        #expect(try await (try server.client(source: 2)).exchange(WireClient.get("/again")).status == 200)
        #expect(server.edge.statistics.refusedConnections(.connections) == 0)
    }

    @Test func `do not hold for a listener with places of its own`() async throws {
        let server = try TestServer(
            EdgeConfiguration(loopCount: 1, connectionsPerAddressMax: 1), connectionsMax: 2)
        let clients = try (0..<2).map { _ in try server.client() }
        for client in clients { #expect(try await client.exchange(WireClient.get("/")).status == 200) }
    }

    @Test func `hold no address after a churn of connections`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 2, connectionsPerAddressMax: 4))
        for _ in 0..<100 {
            let clients = try (0..<6).map { _ in try server.client() }
            for client in clients { await client.send(WireClient.get("/one")) }
        }
        let statistics = server.edge.statistics
        #expect(await eventually { statistics.acceptedConnections == 600 })
        #expect(statistics.refusedConnections(.connectionsPerAddress) > 0)
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
        let clients = try (0..<4).map { _ in try server.client() }
        for client in clients { #expect(try await client.exchange(WireClient.get("/")).status == 200) }
    }

    @Test(arguments: [ConnectionLimit.handshakes, .handshakesPerAddress])
    func `end handshakes past the bound before any TLS, and let others in when one ends`(
        limit: ConnectionLimit
    ) async throws {
        let isTotal = limit == .handshakes
        let tls = try TestTLSServer(
            handshakesInFlightMax: isTotal ? 3 : 1000, handshakesPerAddressMax: isTotal ? 1000 : 3)
        // Fresh ones, which nobody has to make room for.
        var silent = try (0..<3).map { _ in try tls.server.client() }
        #expect(await eventually { tls.server.edge.statistics.openConnections == 3 })
        #expect(await (try tls.server.client()).rest().bytes.isEmpty)
        #expect(tls.server.edge.statistics.refusedConnections(limit) == 1)
        #expect(tls.server.notes.now.refusals.map(\.reason) == [.limit(limit)])
        #expect(tls.server.edge.statistics.handshakes.isEmpty)
        let other = try tls.server.client(source: 2)
        if isTotal {
            #expect(await other.rest().bytes.isEmpty)
        } else {
            #expect(await other.receive(within: .milliseconds(200)) { _ in false }.end == .open)
        }
        silent.removeAll()
        #expect(await eventually { tls.server.edge.statistics.openConnections <= 1 })
        let client = try tls.authority.issue("client")
        #expect(try await tls.openssl(client).status == 0)
        // A connection whose handshake is over leaves its place to others.
        #expect(tls.server.edge.statistics.handshakes[.full] == 1)
    }

    @Test func `leave a handshake's place to others as soon as it is over`() async throws {
        let tls = try TestTLSServer(handshakesPerAddressMax: 1)
        let client = try tls.authority.issue("client")
        for _ in 0..<5 { #expect(try await tls.openssl(client).status == 0) }
        #expect(tls.server.edge.statistics.handshakes.values.reduce(0, +) == 5)
    }

    /// Otherwise a crowd of silent peers from many addresses would lock the door for as long as `handshake_ms`.
    @Test func `let whoever keeps a handshake waiting make room for another`() async throws {
        let tls = try TestTLSServer(
            timeouts: EdgeTimeouts(handshake: patient, linger: .milliseconds(100)), handshakesInFlightMax: 2)
        let silent = try (0..<2).map { _ in try tls.server.client() }
        #expect(await eventually { tls.server.edge.statistics.openConnections == 2 })
        await pause(.milliseconds(700))
        let client = try tls.authority.issue("client")
        #expect(try await tls.openssl(client).status == 0)
        #expect(await silent[0].rest().bytes.isEmpty)
        #expect(await silent[1].receive(within: .milliseconds(100)) { _ in false }.end == .open)
        #expect(tls.server.edge.statistics.refusedConnections(.handshakes) == 1)
        #expect(tls.server.notes.now.refusals.map(\.reason) == [.limit(.handshakes)])
        #expect(tls.server.edge.statistics.handshakes == [.full: 1])
    }

    /// What counts is how old a handshake is: a byte from time to time must not make it young again.
    @Test func `let whoever drips a handshake make room for another`() async throws {
        let tls = try TestTLSServer(
            timeouts: EdgeTimeouts(handshake: patient, linger: .milliseconds(100)), handshakesInFlightMax: 2)
        let dripping = try (0..<2).map { _ in try tls.server.client() }
        let drip = Task {
            // The beginning of a ClientHello in one long record.
            for byte in [22, 3, 1, 0x10, 0, 1, 0, 0x0F, 0xFC, 3, 3] + [UInt8](repeating: 7, count: 1000) {
                guard !Task.isCancelled else { return }
                for client in dripping { await client.send([byte]) }
                await pause(.milliseconds(50))
            }
        }
        #expect(await eventually { tls.server.edge.statistics.openConnections == 2 })
        await pause(.milliseconds(700))
        let client = try tls.authority.issue("client")
        #expect(try await tls.openssl(client).status == 0)
        drip.cancel()
        await drip.value
        #expect(await dripping[0].rest().bytes.isEmpty)
        #expect(await dripping[1].receive(within: .milliseconds(100)) { _ in false }.end == .open)
        #expect(tls.server.edge.statistics.refusedConnections(.handshakes) == 1)
        #expect(tls.server.notes.now.refusals.map(\.reason) == [.limit(.handshakes)])
        #expect(tls.server.edge.statistics.handshakes == [.full: 1])
    }
}
