import Foundation
import JSON
import Patience
import Testing

@Suite struct `A slow client` {
    /// A gateway whose patience is short.
    private func impatient() async throws -> GatewayProcess {
        let deployment = try await Deployment.make()
        try deployment.shortenTimeouts()
        return try await GatewayProcess.start(deployment)
    }

    @Test func `a head that does not end is answered with 408 and the connection closed`() async throws {
        let gateway = try await impatient()
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        let begin = ContinuousClock.now
        client.send("GET /healthz HTTP/1.1\r\n")
        while ContinuousClock.now - begin < .seconds(15).stretched, client.child.ending == nil {
            client.send("X: y\r\n")
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(await client.receive().hasPrefix("HTTP/1.1 408 "))
        #expect(ContinuousClock.now - begin < .seconds(15).stretched)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `a body that does not come is answered with 408 and recorded`() async throws {
        let gateway = try await impatient()
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        client.send(
            "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer \(gateway.deployment.token(.customer))\r\nContent-Length: 100\r\n\r\n{")
        #expect(await client.receive().hasPrefix("HTTP/1.1 408 "))
        #expect(try await gateway.stop() == .exited(0))
        let records = try LogFiles(gateway.deployment.logDirectory).records
        #expect(records.contains { $0.json["response"]?["status"]?.integer == 408 })
    }

    @Test func `a handshake that does not come is ended`() async throws {
        let gateway = try await impatient()
        let socket = try Child(
            "bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(gateway.port) && cat <&3"],
            scratch: gateway.deployment.scratch)
        #expect(await eventually(within: .seconds(15)) { socket.ending != nil })
        socket.signal(SIGKILL)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `an idle connection is closed without a word`() async throws {
        let gateway = try await impatient()
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let answer = await client.receive()
        #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(answer)")
        #expect(try await gateway.stop() == .exited(0))
    }
}
