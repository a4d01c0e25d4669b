import Edge
import Foundation
import Testing
import WireClient

@Suite(.ownThread) struct `Clients that vanish` {
    @Test func `leave nothing behind, however many and wherever they stop`() async throws {
        let server = try TestServer(
            EdgeConfiguration(
                loopCount: 2,
                timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: patient, linger: patient)))
        let whole = Array(
            (WireClient.post("/echo", "12345")
                + "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                .utf8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for round in 0..<5 {
                        for count in stride(from: round, to: whole.count, by: 5) {
                            let client = try server.client()
                            await client.send(Array(whole.prefix(count)))
                            if round % 2 == 0 { await Task.yield() }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
        #expect(server.edge.statistics.requestsInFlight == 0)
    }
}
