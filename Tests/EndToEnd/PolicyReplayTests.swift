import JSON
import Testing

@Suite struct `policy replay` {
    private func replay(_ deployment: Deployment, _ policy: String, _ words: String...) async throws -> Finished {
        try await deployment.policy(["replay", "--log", deployment.logDirectory, "--policy", policy] + words)
    }

    private func lines(_ finished: Finished) throws -> [JSONNode] {
        try finished.text.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
    }

    @Test func `finds the decisions that another policy would change, and no others`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let customer = gateway.customer
        var closing: [Reply] = []
        for _ in 0..<2 { closing.append(try await gateway.get("/v1/faq?query=card", by: customer)) }
        let opening = [try await gateway.get("/v1/audit/head", by: customer)]
        #expect(closing.map(\.status) + opening.map(\.status) == [200, 200, 403])
        // Left as they are: other roles, another permission, and what no policy decided.
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.get("/v1/faq?query=card", by: .role(.agent, of: deployment)).status == 200)
        #expect(try await gateway.get("/v1/audit/head", by: .role(.auditor, of: deployment)).status == 200)
        #expect(try await gateway.get("/v1/tickets/T-1", by: .role(.service, of: deployment)).status == 403)
        #expect(try await gateway.get("/v1/nothing", by: customer).status == 404)
        let stranger = Caller(identity: customer.identity, token: "none")
        #expect(try await gateway.get("/v1/faq?query=card", by: stranger).status == 401)
        #expect(try await gateway.stop() == .exited(0))

        let same = try await replay(deployment, deployment.rules)
        #expect(same.status == 0, "\(same.text)\(same.errors)")
        #expect(same.text.contains("7 requests decided anew, 0 decisions would change"), "\(same.text)")
        #expect(same.text.contains("\n2 requests ended before a policy decided"), "\(same.text)")

        let other = try deployment.copyRules("other.json5")
        try deployment.changeRules(
            #""tickets:create", "tickets:read", "knowledge:read", "customers:verify","#,
            #""tickets:create", "tickets:read", "audit:read", "customers:verify","#, in: other)
        let changed = try await replay(deployment, other, "--json")
        #expect(changed.status == 1, "\(changed.errors)")
        let values = try lines(changed)
        let found = values.dropLast().map { value in
            "\(value["request"]?.text ?? "") \(value["before"]?.text ?? "") -> \(value["after"]?.text ?? "")"
        }
        let expected =
            closing.map { "\($0.field("x-request-id") ?? "") allow -> deny role_missing" }
            + opening.map { "\($0.field("x-request-id") ?? "") deny role_missing -> allow" }
        #expect(found == expected)
        let summary = try #require(values.last)
        #expect(summary["type"]?.text == "summary")
        #expect(summary["to_deny"]?.integer == 2 && summary["to_allow"]?.integer == 1)
        #expect(summary["by_role"]?["customer"]?["to_deny"]?.integer == 2)
        #expect(summary["by_role"]?["agent"]?["to_deny"]?.integer == 0)
        #expect(summary["by_route"]?["GET /v1/audit/head"]?["to_allow"]?.integer == 1)
        #expect(summary["by_route"]?["GET /v1/tickets/{id}"]?["decided"]?.integer == 1)

        let words = try await replay(deployment, other)
        #expect(words.text.contains("\n  customer: 2 to deny, 1 to allow, of 4\n"), "\(words.text)")
        #expect(words.text.contains("\n  GET /v1/faq: 2 to deny, 0 to allow, of 3\n"), "\(words.text)")
    }

    @Test func `counts what a record does not say, and does not guess`() async throws {
        let deployment = try await Deployment.make()
        try await deployment.sealMembers()
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.get("/v1/faq?query=card", by: gateway.customer).status == 200)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
        #expect(try await replay(deployment, deployment.rules).status == 0)

        let knowledge = #""tickets:read", "knowledge:read", "customers:verify","#
        for (condition, gap) in [
            (#"addresses: ["127.0.0.0/8"]"#, "address_sealed"), ("bound: true", "binding_unknown"),
        ] as [(String, StaticString)] {
            let other = try deployment.copyRules("other.json5")
            let grant = #"{ permission: "knowledge:read", when: { \#(condition) } }"#
            try deployment.changeRules(
                knowledge, knowledge.replacing(#""knowledge:read""#, with: grant), in: other)
            let unclear = try await replay(deployment, other, "--json")
            let summary = try #require(try lines(unclear).last)
            #expect(unclear.status == 2, "\(unclear.text)")
            #expect(summary["undecided"]?[gap]?.integer == 1 && summary["decided"]?.integer == 1, "\(unclear.text)")
        }

        let narrowed = try deployment.copyRules("narrowed.json5")
        try deployment.changeRules(
            #"roles: ["customer"] },"#, #"roles: ["customer"], subjects: ["c-1"] },"#, in: narrowed)
        let unclear = try await replay(deployment, narrowed)
        #expect(unclear.status == 2, "\(unclear.text)")
        #expect(unclear.text.hasSuffix("2: the subject is sealed, and the policy binds the certificate to subjects\n"))
    }

    @Test func `wants a log and a policy`() async throws {
        let deployment = try await Deployment.make()
        let none = deployment.scratch.file("none")
        let log = try await deployment.policy(["replay", "--log", none, "--policy", deployment.rules])
        #expect(log.status == 66 && log.errors.contains(none), "\(log.errors)")
        let policy = try await deployment.policy(["replay", "--log", none, "--policy", none])
        #expect(policy.status == 66 && policy.errors.contains(none), "\(policy.errors)")
    }
}
