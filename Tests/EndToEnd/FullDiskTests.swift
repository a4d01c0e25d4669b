import Foundation
import JSON
import Testing

@Suite struct `A disk that fails while serving` {
    private func start() async throws -> (GatewayProcess, FaultyDisk) {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let disk = try await FaultyDisk(under: deployment.logDirectory, scratch: deployment.scratch)
        return (try await GatewayProcess.start(deployment, environment: disk.environment), disk)
    }

    private func expectVerifies(_ deployment: Deployment) async throws {
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }

    @Test func `with too little space everyone gets 503 and service returns with the space`() async throws {
        let (gateway, disk) = try await start()
        #expect(try await gateway.ask().status == 200)
        try disk.order(.freeBytes(1 << 20))
        var refused: Reply?
        _ = await eventually {
            refused = try? await gateway.ask()
            return refused?.status == 503
        }
        let reply = try #require(refused)
        try expectProblem(reply, 503, recorded: false)
        #expect(!reply.text.contains("\"answer\""))
        #expect(reply.field("retry-after") != nil)
        #expect(try await gateway.get("/readyz", by: gateway.customer).status == 503)
        #expect(try await gateway.get("/livez", by: gateway.customer).status == 200)
        try disk.order(.healthy)
        #expect(await eventually { (try? await gateway.ask().status) == 200 })
        #expect(try await gateway.stop() == .exited(0))
        let types = try LogFiles(gateway.deployment.logDirectory).records.map(\.type)
        #expect(types.contains("log.pressure") && types.contains("log.resume"))
        try await expectVerifies(gateway.deployment)
    }

    @Test(arguments: [
        ("write", FaultyDisk.Order.writesFail(ENOSPC)), ("write", .writesFail(EIO)), ("short", .writesShort(100)),
        ("sync", .syncsFail(EIO)), ("sync", .syncsFail(ENOSPC)),
    ])
    func `a failing call gets 503 without an answer, exit 74, and a log that goes on after`(
        name: String, order: FaultyDisk.Order
    ) async throws {
        let (gateway, disk) = try await start()
        let before = try #require(try await gateway.ask().receipt)
        try disk.order(order)
        let reply = try await gateway.ask()
        try expectProblem(reply, 503, recorded: false)
        #expect(reply.receipt == nil && !reply.text.contains("\"answer\""))
        #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(74), "\(gateway.child.errors)")
        #expect(gateway.child.errors.contains("seg"), "\(gateway.child.errors)")
        try disk.order(.healthy)
        let again = try await GatewayProcess.start(gateway.deployment)
        #expect(try await again.ask().status == 200)
        #expect(try await again.stop() == .exited(0))
        let log = try LogFiles(gateway.deployment.logDirectory)
        #expect(log.record(before.sequence)?.hash == before.hash)
        try await expectVerifies(gateway.deployment)
    }

    @Test func `a sync that fails once ends service although the next would succeed`() async throws {
        let (gateway, disk) = try await start()
        #expect(try await gateway.ask().status == 200)
        try disk.order(.syncsFail(EIO))
        try expectProblem(try await gateway.ask(), 503, recorded: false)
        try disk.order(.healthy)
        // The process ends meanwhile: nobody may answer, and an answer may not be another one.
        for _ in 0..<3 { #expect([0, 503].contains(try await gateway.ask().status)) }
        #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(74), "\(gateway.child.errors)")
        let again = try await GatewayProcess.start(gateway.deployment)
        #expect(try await again.ask().status == 200)
        #expect(try await again.stop() == .exited(0))
        try await expectVerifies(gateway.deployment)
    }
}
