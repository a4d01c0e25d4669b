import Testing

@Suite struct `Failing to authenticate` {
    @Test func `shuts out one client and not its neighbour at the same address`() async throws {
        let deployment = try await Deployment.make()
        try deployment.limit("failed_authentication", to: 2)
        let gateway = try await GatewayProcess.start(deployment)
        let guesser = Caller(identity: deployment.identity(.customer), token: "a.b.c")
        for status in [401, 401, 429] {
            try expectProblem(try await gateway.get("/v1/faq?query=card", by: guesser), status)
        }
        #expect(try await gateway.get("/v1/faq?query=card", by: gateway.customer).status == 429)
        let neighbour = Caller.role(.agent, of: deployment)
        #expect(try await gateway.get("/v1/faq?query=card", by: neighbour).status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }
}
