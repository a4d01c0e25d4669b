import JSON
import Testing

@Suite(.sharedGateway) struct `An administrator` {
    private func order(_ body: String) async throws -> Reply {
        let gateway = try SharedGateway.current
        return try await gateway.post("/v1/tokens", body, by: .role(.admin, of: gateway.deployment))
    }

    private func records(of reply: Reply) throws -> [LogFiles.Record] {
        let id = try #require(reply.field("x-request-id"))
        return try LogFiles(SharedGateway.current.deployment.logDirectory).records.filter {
            $0.json["req"]?["id"]?.text == id || $0.json["admin"]?["request"]?.text == id
        }
    }

    @Test(arguments: [#"["admin"]"#, #"["customer", "admin"]"#])
    func `cannot issue a token of its own role`(roles: String) async throws {
        let reply = try await order(#"{"subject": "u-1", "roles": \#(roles)}"#)
        try expectProblem(reply, 403)
        let records = try records(of: reply)
        #expect(records.map(\.type) == ["request.end"])
        #expect(records.first?.json["decision"]?["reason"]?.text == "token_role_not_issuable")
    }

    @Test(arguments: ["customer", "agent", "auditor", "service"])
    func `issues tokens of the other roles, and the record says what they are`(role: String) async throws {
        let reply = try await order(#"{"subject": "ali.khan@example.com", "roles": ["\#(role)"], "ttl_s": 60}"#)
        #expect(reply.status == 201, "\(reply.text)")
        let records = try records(of: reply)
        #expect(records.map(\.type) == ["request.begin", "admin.action", "request.end"])
        let admin = try #require(records.first { $0.type == "admin.action" }?.json["admin"])
        #expect(admin["action"]?.text == "token.issue")
        #expect(try admin["target"]?.text == reply.json["jti"]?.text)
        let token = try #require(admin["token"])
        #expect(token["roles"]?.elements?.map(\.text) == [role])
        #expect(token["aud"]?.text == "portcullis")
        #expect(token["exp"]?.integer != nil)
        #expect(token["sub"]?.text?.isEmpty == false)
        #expect(!records.contains { occurs("ali.khan", in: $0.body) })
    }

    @Test(arguments: [
        #"{"subject": "u-1", "roles": []}"#, #"{"subject": "u-1", "roles": ["customer"], "audience": "elsewhere"}"#,
        #"{"subject": "u-1", "roles": ["customer"], "ttl_s": 31536000}"#,
    ])
    func `who orders a token that cannot be begins nothing`(body: String) async throws {
        let reply = try await order(body)
        try expectProblem(reply, 400)
        #expect(try records(of: reply).map(\.type) == ["request.end"])
    }

    @Test func `leaves a record of the knowledge that it put in`() async throws {
        let gateway = try SharedGateway.current
        let csv = "id,question,answer,category,variants\nmoon,Where is the moon?,Up.,Space,\nbad,,none,Space,\n"
        let reply = try await gateway.request(
            "POST", "/v1/knowledge", by: .role(.admin, of: gateway.deployment), body: Array(csv.utf8), type: "text/csv")
        #expect(reply.status == 200, "\(reply.text)")
        let records = try records(of: reply)
        #expect(records.map(\.type) == ["request.begin", "admin.action", "request.end"])
        let admin = try #require(records.first { $0.type == "admin.action" }?.json["admin"])
        let sum = try await succeed("sha256sum", [], scratch: gateway.deployment.scratch, input: Array(csv.utf8))
        #expect(admin["action"]?.text == "knowledge.replace")
        #expect(admin["target"]?.text == String(sum.text.prefix(64)))
        #expect(admin["knowledge"]?["rows_taken"]?.integer == 1)
        #expect(admin["knowledge"]?["rows_refused"]?.integer == 1)
        #expect(try admin["knowledge"]?["version"]?.integer == reply.json["version"]?.integer)
    }
}

@Suite struct `A role that issues for a time` {
    @Test func `gives no longer life than its policy says, and that where none is asked for`() async throws {
        let deployment = try await Deployment.make()
        let path = deployment.policies + "/rbac.json5"
        let text = String(decoding: contents(of: path), as: UTF8.self)
        let changed = text.replacing("issues: { roles", with: "issues: { ttl_max_s: 90, roles")
        #expect(changed != text)
        try write(changed.utf8, to: path)
        let gateway = try await GatewayProcess.start(deployment)
        let admin = Caller.role(.admin, of: deployment)
        for (member, status) in [("", 201), (#", "ttl_s": 90"#, 201), (#", "ttl_s": 91"#, 403)] {
            let body = #"{"subject": "u-1", "roles": ["customer"]\#(member)}"#
            let reply = try await gateway.post("/v1/tokens", body, by: admin)
            #expect(reply.status == status, "\(reply.text)")
            if status == 201 { #expect(try reply.json["expires_in"]?.integer == 90) }
        }
        #expect(try await gateway.stop() == .exited(0))
    }
}
