import JSON
import Testing

@Suite(.sharedGateway) struct `What a response says of its request` {
    @Test func `a response without content is recorded as such`() async throws {
        let gateway = try SharedGateway.current
        for (path, status) in [("/v1/faq?query=card", 200), ("/v1/nothing", 404)] {
            let whole = try await gateway.get(path, by: gateway.customer)
            let head = try await gateway.request("HEAD", path, by: gateway.customer)
            #expect(whole.status == status && head.status == status)
            let recorded = try [whole, head].map { try record(of: $0)?.json["response"]?["bytes"]?.integer }
            #expect(recorded == [Int64(whole.body.count), 0])
        }
    }

    @Test(arguments: [("{", 400), (#"{"message": ""}"#, 400), (#"{"message": "my key AKIAIOSFODNN7EXAMPLE"}"#, 422)])
    func `a refusal of an admitted request says what is left of the rate`(body: String, status: Int) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.post("/v1/ask", body, by: gateway.customer)
        try expectProblem(reply, status)
        for name in ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"] {
            #expect(reply.fields.filter { $0.name == name }.count == 1, "\(name)")
        }
    }

    @Test func `a search gives as many results as the interface says and not one more`() async throws {
        let gateway = try SharedGateway.current
        let interface = try await gateway.get("/openapi.json", by: gateway.customer).json
        let parameters = try #require(interface["paths"]?["/v1/faq"]?["get"]?["parameters"]?.elements)
        let limit = try #require(parameters.first { $0["name"]?.text == "limit" }?["schema"]?["maximum"]?.integer)
        let query = "/v1/faq?query=how%20do%20I%20get%20a%20card%20account%20transfer%20pin%20loan&limit="
        let most = try await gateway.get(query + "\(limit)", by: gateway.customer)
        #expect(most.status == 200)
        #expect(try most.json["results"]?.elements?.count == Int(limit), "\(most.text)")
        try expectProblem(try await gateway.get(query + "\(limit + 1)", by: gateway.customer), 400)
    }
}
