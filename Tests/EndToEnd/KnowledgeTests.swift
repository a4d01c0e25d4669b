import Testing

@Suite struct `Uploading knowledge` {
    private static let head = "id,question,answer,category,variants\n"

    private func upload(_ rows: String, to gateway: GatewayProcess) async throws -> Reply {
        try await gateway.request(
            "POST", "/v1/knowledge", by: .role(.admin, of: gateway.deployment), body: Array((Self.head + rows).utf8),
            type: "text/csv")
    }

    @Test func `good rows replace the whole and bad rows are named by line`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let reply = try await upload(
            "moon,Can I open an account on the moon?,\"Yes, in the crater branch.\",Branches,moon account\n"
                + "bad,,no question,Cards,\n", to: gateway)
        #expect([200, 201].contains(reply.status), "\(reply.text)")
        #expect(occurs("\"line\":3", in: reply.body.filter { $0 != 0x20 }), "\(reply.text)")
        let asked = try await gateway.ask("Can I open an account on the moon?")
        #expect(asked.text.contains("crater branch"), "\(asked.text)")
        #expect(try await !gateway.ask("How do I order a physical card?").text.contains("replacement costs"))
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `a table without the right head changes nothing`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let reply = try await gateway.request(
            "POST", "/v1/knowledge", by: .role(.admin, of: deployment), body: Array("a,b\n1,2\n".utf8), type: "text/csv"
        )
        try expectProblem(reply, 400)
        #expect(try await gateway.ask("How do I order a physical card?").text.contains("card"))
        #expect(try await gateway.stop() == .exited(0))
    }
}
