import JSON
import Testing

@Suite(.sharedGateway) struct `Permission` {
    @Test(arguments: [
        ("POST", "/v1/tokens", Role.customer), ("GET", "/v1/audit/head", .customer),
        ("POST", "/v1/revocations", .customer), ("POST", "/v1/revocations", .auditor),
        ("GET", "/v1/revocations", .agent),
        ("POST", "/v1/knowledge", .customer), ("POST", "/v1/audit/erasures", .customer),
        ("POST", "/v1/audit/erasures", .auditor), ("POST", "/v1/redact", .customer),
        ("POST", "/v1/tokens", .auditor), ("POST", "/v1/ask", .auditor), ("POST", "/v1/knowledge", .agent),
    ])
    func `a role without the permission is refused`(method: String, path: String, role: Role) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            method, path, by: .role(role, of: gateway.deployment), body: method == "POST" ? Array("{}".utf8) : nil)
        try expectProblem(reply, 403)
        #expect(try record(of: reply)?.json["decision"]?["stage"]?.text == "authorise")
    }

    @Test(arguments: Role.allCases.filter { $0 != .admin })
    func `a stolen admin token is useless with another certificate`(thief: Role) async throws {
        let deployment = try SharedGateway.current.deployment
        let caller = Caller(identity: deployment.identity(thief), token: deployment.token(.admin))
        let reply = try await SharedGateway.current.get("/v1/audit/head", by: caller)
        try expectProblem(reply, 403)
    }

    @Test func `a certificate of the authority that no rule names carries no role`() async throws {
        let gateway = try SharedGateway.current
        let deployment = gateway.deployment
        let authority = Authority(deployment.authority, scratch: deployment.scratch)
        let stranger = try await authority.issue(.init(name: "stranger", alternativeName: "DNS:stranger.example"))
        let reply = try await gateway.get(
            "/v1/faq?query=card", by: Caller(identity: stranger, token: deployment.token(.customer)))
        try expectProblem(reply, 403)
    }

    @Test(arguments: [("/v1/audit/head", Role.auditor), ("/v1/audit/head", .admin), ("/v1/faq?query=card", .customer)])
    func `a role with the permission is served`(path: String, role: Role) async throws {
        let gateway = try SharedGateway.current
        #expect(try await gateway.get(path, by: .role(role, of: gateway.deployment)).status == 200)
    }

    @Test func `an unknown route is not found for whoever asks`() async throws {
        let gateway = try SharedGateway.current
        try expectProblem(try await gateway.get("/v1/nothing", by: gateway.customer), 404)
    }
}
