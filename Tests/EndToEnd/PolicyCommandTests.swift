import JSON
import Testing

@Suite struct `The policy commands` {
    @Test func `check warns of what comes to nothing, and ends with 65 where it is to be strict`() async throws {
        let deployment = try await Deployment.make()
        let clean = try await deployment.policy(["check", "--strict", deployment.policies])
        #expect(clean.status == 0 && !clean.text.contains("warning"), "\(clean.text)")
        try deployment.changeRules(
            "  routes: [", #"  routes: [{ method: "GET", path: "/v2/ask", permission: "pii:restore" },"#)
        try deployment.changeRules(#"roles: ["auditor"] }"#, #"roles: ["admin"] }"#)
        let warned = try await deployment.policy(["check", deployment.policies])
        #expect(warned.status == 0)
        #expect(warned.text.contains("warning: rbac.json5: /routes/0: GET /v2/ask is never reached"), "\(warned.text)")
        #expect(warned.text.contains("warning: rbac.json5: /roles/auditor: "), "\(warned.text)")
        let strict = try await deployment.policy(["check", "--strict", "--json", deployment.policies])
        #expect(strict.status == 65)
        let json = try JSONParser.parse(strict.output)
        #expect(json["findings"]?.elements?.compactMap { $0["kind"]?.text } == ["route_not_served", "role_unbound"])
        #expect(json["rbac_sha256"]?.text?.count == 64)
    }

    @Test func `check finds a route of the gateway that the policy forgot, whatever it is called there`() async throws {
        let deployment = try await Deployment.make()
        try deployment.changeRules("/v1/tickets/{id}", "/v1/tickets/{number}")
        #expect(try await deployment.policy(["check", "--strict", deployment.policies]).status == 0)
        try deployment.changeRules("/v1/tickets/{number}", "/v1/tickets/first")
        let found = try await deployment.policy(["check", "--strict", deployment.policies])
        #expect(found.status == 65)
        #expect(found.text.contains("the gateway serves GET /v1/tickets/{id}, and no route lets anybody there"))
    }

    @Test func `diff tells what roles gain and lose`() async throws {
        let deployment = try await Deployment.make()
        let old = try deployment.copyRules("old.json5")
        let same = try await deployment.policy(["diff", old, deployment.rules])
        #expect(same.status == 0 && same.text == "no role gains or loses anything\n")
        try deployment.changeRules(
            #"auditor: { permissions: ["audit:read", "#, #"auditor: { permissions: ["text:redact", "#)
        try deployment.changeRules(
            "    service: {", "    boss: { inherits: [\"auditor\"], permissions: [] },\n    service: {")
        let other = try await deployment.policy(["diff", old, deployment.rules])
        #expect(other.status == 1)
        #expect(
            other.text.hasPrefix("auditor\n  + permission text:redact\n  + route POST /v1/redact\n"), "\(other.text)")
        #expect(other.text.contains("\n  - route GET /v1/audit/head\n"), "\(other.text)")
        #expect(other.text.contains("\nboss (new)\n  + permission text:redact\n"), "\(other.text)")
        let json = try await deployment.policy(["diff", "--json", old, deployment.rules])
        let roles = try #require(try JSONParser.parse(json.output)["roles"]?.elements)
        #expect(roles.map { $0["role"]?.text } == ["auditor", "boss"])
        #expect(roles[0]["loses"]?.elements?.count == 4)
        try deployment.changeRules("requireCertificate: true", "requireCertificate: false")
        let open = try await deployment.policy(["diff", old, deployment.rules])
        #expect(open.text.hasPrefix("everybody\n  + requests without a client certificate\n"), "\(open.text)")
        let wrong = try await deployment.policy(["diff", old, deployment.scratch.file("none.json5")])
        #expect(wrong.status == 66 && wrong.errors.contains("none.json5"), "\(wrong.errors)")
    }
}
