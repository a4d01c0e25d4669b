import JSON
import Testing

@Suite struct `The rate limit` {
    @Test func `a caller over its limit is told when to come back and others are served`() async throws {
        let deployment = try await Deployment.make()
        try deployment.lowerAskLimit()
        let gateway = try await GatewayProcess.start(deployment)
        var refused: Reply?
        for _ in 0..<20 where refused == nil {
            let reply = try await gateway.ask()
            if reply.status == 429 { refused = reply } else { #expect(reply.status == 200) }
        }
        let reply = try #require(refused, "never refused")
        try expectProblem(reply, 429)
        #expect(reply.field("retry-after").flatMap(Int.init).map { $0 >= 1 } == true)
        #expect(reply.fields.contains { $0.name.hasPrefix("ratelimit") })
        let service = try await gateway.post(
            "/v1/ask", #"{"message": "How do I order a card?"}"#, by: .role(.agent, of: deployment))
        #expect(service.status == 200, "\(service.text)")
        #expect(try await gateway.stop() == .exited(0))
        let record = try #require(
            try LogFiles(deployment.logDirectory).record(ofRequest: reply.field("x-request-id") ?? ""))
        #expect(record.json["decision"]?["stage"]?.text == "admit")
        #expect(record.json["ratelimit"]?["remaining"]?.integer == 0)
    }
}
