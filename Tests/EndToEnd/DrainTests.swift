import Foundation
import JSON
import Patience
import Testing

@Suite struct `A second signal` {
    /// A request whose body does not come to its end.
    private func unfinishedRequest(_ gateway: GatewayProcess) async throws -> TLSClient {
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        client.send(
            "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer \(gateway.deployment.token(.customer))\r\nContent-Length: 40\r\n\r\n{")
        #expect(await eventually { (try? await gateway.metric("portcullis_requests_in_flight")) ?? 0 >= 1 })
        return client
    }

    @Test(arguments: [(SIGTERM, SIGTERM), (SIGTERM, SIGINT), (SIGINT, SIGTERM)])
    func `ends the drain at once, and the log tells all of it`(first: Int32, second: Int32) async throws {
        let deployment = try await Deployment.make()
        try deployment.stretchTimeouts()
        let gateway = try await GatewayProcess.start(deployment)
        let client = try await unfinishedRequest(gateway)
        gateway.child.signal(first)
        #expect(await eventually { (try? await gateway.get("/healthz", by: gateway.customer).status) == 0 })
        try await Task.sleep(for: .milliseconds(300))
        #expect(gateway.child.ending == nil, "it must wait for the request in flight")
        let asked = ContinuousClock.now
        gateway.child.signal(second)
        #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(130), "\(gateway.child.errors)")
        #expect(ContinuousClock.now - asked < .seconds(8).stretched, "drain_ms is 25 s, stretched as much")
        #expect(await client.isClosed())
        let records = try LogFiles(deployment.logDirectory).records
        let stop = try #require(records.last)
        #expect(stop.type == "gateway.stop")
        #expect(stop.json["stop"]?["reason"]?.text == "interrupted")
        let cut = try #require(records.last { $0.type == "request.end" })
        #expect(cut.json["req"]?["path"]?.text == "/v1/ask")
        #expect(cut.json["decision"]?["result"]?.text != "allow")
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }

    @Test func `does not wait for a disk that hangs, and the next start recovers the log`() async throws {
        let deployment = try await Deployment.make()
        let disk = try await FaultyDisk(under: deployment.logDirectory, scratch: deployment.scratch)
        let gateway = try await GatewayProcess.start(deployment, environment: disk.environment)
        let receipt = try #require(try await gateway.ask().receipt)
        try disk.order(.syncsHang)
        gateway.child.signal(SIGTERM)
        try await Task.sleep(for: .seconds(1))
        #expect(gateway.child.ending == nil, "it must wait for the log")
        gateway.child.signal(SIGTERM)
        #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(130), "\(gateway.child.errors)")
        #expect(gateway.child.errors.contains("the next start recovers it"), "\(gateway.child.errors)")
        let next = try await GatewayProcess.start(deployment)
        #expect(try await next.ask().status == 200)
        #expect(try await next.stop() == .exited(0))
        #expect(try LogFiles(deployment.logDirectory).record(receipt.sequence)?.hash == receipt.hash)
    }
}
