import Testing
import WireClient

@testable import Edge

@Suite(.ownThread) struct `A loop with a client that sends ahead` {
    /// While a request blocks the loop, one client sends thousands of requests at once and then another sends one. All that
    /// the first one asks for can be answered without waiting for anything: how many were when the second's turn came needs
    /// no clock.
    @Test func `answers the others in between`() async throws {
        let server = try TestServer()
        let (blocking, ahead, waiting) = (try server.client(), try server.client(), try server.client())
        for client in [ahead, waiting] { #expect(try await client.exchange(WireClient.get("/one")).status == 200) }
        await blocking.send(WireClient.get("/block"))
        #expect(await eventually { server.notes.now.paths.contains("/block") })
        let count = 4000
        #expect(await ahead.send(String(repeating: WireClient.get("/free"), count: count)))
        await waiting.send(WireClient.get("/two"))
        #expect(try await waiting.reply().text == "/two")
        let before = try #require(server.notes.now.paths.firstIndex(of: "/two"))
        #expect(before < count / 2, "\(before) requests were answered before it")
        for _ in 0..<count { #expect(try await ahead.reply().text == "/free") }
        #expect(try await blocking.reply().text == "blocked")
    }
}
