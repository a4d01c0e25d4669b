import Edge
import Foundation
import LinuxIO
import OpenSSL
import Testing
import Threading
import WireClient

@Suite(.ownThread) struct `A loop with more handshakes than time` {
    /// While a request blocks the loop, a flood of handshakes comes and then another request on an open connection. The
    /// answer must not wait for all of the flood: how far that has come when the answer is there needs no clock.
    @Test func `answers an open connection first`() async throws {
        let tls = try TestTLSServer(.off, timeouts: EdgeTimeouts(handshake: patient, linger: .milliseconds(100)))
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let plain = try tls.server.edge.listen(
            ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: tls.server.notes))
        let (blocking, waiting) = (try WireClient(port: plain), try WireClient(port: plain))
        #expect(try await waiting.exchange(WireClient.get("/one")).status == 200)
        let count = 150
        let flood = try (0..<count).map { _ in try tls.server.client() }
        #expect(await eventually { tls.server.edge.statistics.openConnections == count + 2 })
        await blocking.send(WireClient.get("/block"))
        #expect(await eventually { tls.server.notes.now.paths.contains("/block") })
        for client in flood { await client.send(Self.hello) }
        await waiting.send(WireClient.get("/two"))
        #expect(try await waiting.reply().text == "/two")
        let begun = flood.count { $0.hasReceived }
        #expect(begun < count / 2, "\(begun) of \(count) handshakes came before the request")
        #expect(await eventually { flood.allSatisfy { $0.hasReceived } })
    }

    /// Both a first byte and a request that blocks come while the loop is busy: the first step has to wait for the request.
    @Test func `counts the wait for the first step as part of the handshake`() async throws {
        let tls = try TestTLSServer(.off, timeouts: EdgeTimeouts(handshake: patient, linger: .milliseconds(100)))
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let plain = try tls.server.edge.listen(
            ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: tls.server.notes))
        let blocking = try (0..<2).map { _ in try WireClient(port: plain) }
        for client in blocking { #expect(try await client.exchange(WireClient.get("/one")).status == 200) }
        // Where the machine is so slow that the two do not come while the loop is busy, there is no wait to count.
        for _ in 0..<5 where longest(tls) < 250_000 {
            let failing = try tls.server.client()
            let failed = tls.server.edge.statistics.handshakes.values.reduce(0, +)
            #expect(await eventually { tls.server.edge.statistics.openConnections >= 3 })
            let requests = tls.server.notes.now.paths.count
            await blocking[0].send(WireClient.get("/block"))
            #expect(await eventually { tls.server.notes.now.paths.count == requests + 1 })
            await failing.send("no TLS at all, whatever one takes it for\r\n\r\n")
            await blocking[1].send(WireClient.get("/block"))
            for client in blocking { #expect(try await client.reply().text == "blocked") }
            #expect(await eventually { tls.server.edge.statistics.handshakes.values.reduce(0, +) == failed + 1 })
        }
        #expect(longest(tls) >= 250_000)
    }

    /// Microseconds that all failed handshakes took together, of which one alone can take long.
    private func longest(_ tls: TestTLSServer) -> UInt64 {
        tls.server.edge.statistics.handshakeDurations.first { $0.result == "failed" }?.times.sum ?? 0
    }

    /// The ClientHello of a TLS 1.3 client: X25519 with the key share of RFC 8448 §3, ECDSA P-256.
    private static let hello: [UInt8] = {
        let share: [UInt8] = [
            0x99, 0x38, 0x1D, 0xE5, 0x60, 0xE4, 0xBD, 0x43, 0xD2, 0x3D, 0x8E, 0x43, 0x5A, 0x7D, 0xBA, 0xFE, 0xB3, 0xC0,
            0x6E, 0x51, 0xC1, 0x3C, 0xAE, 0x4D, 0x54, 0x13, 0x69, 0x1E, 0x52, 0x9A, 0xAF, 0x2C,
        ]
        func counted(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes }
        func tagged(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] { [0, type] + counted(bytes) }
        let extensions =
            tagged(10, counted([0, 0x1D])) + tagged(13, counted([4, 3])) + tagged(43, [2, 3, 4])
            + tagged(51, counted([0, 0x1D] + counted(share)))
        let body =
            [3, 3] + [UInt8](repeating: 7, count: 32) + [0] + counted([0x13, 1]) + [1, 0] + counted(extensions)
        return [22, 3, 1] + counted([1, 0] + counted(body))
    }()
}
