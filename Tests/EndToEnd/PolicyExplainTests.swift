import Foundation
import JSON
import Testing

/// A request that is made of the gateway and asked of `policy explain`.
struct ExplainedRequest: Sendable, CustomTestStringConvertible {
    var method = "GET"
    var path = "/v1/faq?query=card"
    /// Whose certificate, or `stranger` for one that no binding names, `nameless` for one without a name.
    var holder = "customer"
    /// Whose token, or what is wrong with a customer's.
    var token = "customer"
    /// `stage reason status rule`, as the record must have it.
    var expected: String

    var testDescription: String { "\(holder) with token \(token): \(method) \(path)" }
}

@Suite(.sharedGateway) struct `policy explain` {
    /// The token's file.
    private func token(_ name: String, _ deployment: Deployment) async throws -> String {
        if let role = Role(rawValue: name) { return deployment.tokenPath(role) }
        let file = deployment.scratch.file("\(name)-\(UInt32.random(in: .min ... .max)).jwt")
        let (header, claims) = try TokenForge.parts(of: deployment.token(.customer))
        switch name {
        case "bound":
            let order = [
                "token", "issue", "--unrecorded", "--key", deployment.certificates + "/token-keys/signing.key",
                "--role", "customer",
                "--bind-cert", deployment.identity(.customer).certificate,
            ]
            try write(try await succeed(Place.binary, order, scratch: deployment.scratch).output, to: file)
        case "revoked":
            try await succeed(
                Place.binary,
                [
                    "token", "issue", "--unrecorded", "--key", deployment.certificates + "/token-keys/signing.key",
                    "--role",
                    "customer", "--out", file,
                ], scratch: deployment.scratch)
            try await succeed(
                Place.binary,
                ["token", "revoke", "--database", deployment.state + "/var/revocations.db", "--token", file],
                scratch: deployment.scratch)
            // The bound of what a command does.
            try await Task.sleep(for: .milliseconds(100))
        case "unsigned": try write("\(deployment.token(.customer).dropLast(4))AAAA".utf8, to: file)
        case "expired":
            let late = claims.replacing(#/"exp":\d+/#, with: #""exp":1000000000"#)
            try write(try await deployment.forge.es256(header: header, claims: late).utf8, to: file)
        case "elsewhere":
            let other = claims.replacing("portcullis.dev", with: "else.example")
            try write(try await deployment.forge.es256(header: header, claims: other).utf8, to: file)
        default: try write(name.utf8, to: file)
        }
        return file
    }

    private func identity(_ name: String, _ deployment: Deployment) async throws -> Identity {
        if let role = Role(rawValue: name) { return deployment.identity(role) }
        let authority = Authority(deployment.authority, scratch: deployment.scratch)
        return try await authority.issue(
            .init(name: name, alternativeName: name == "nameless" ? "URI:a b" : "DNS:stranger.example"))
    }

    @Test(arguments: [
        ExplainedRequest(expected: "200"),
        ExplainedRequest(method: "HEAD", expected: "200"),
        ExplainedRequest(path: "/v1/f%61q?query=card", expected: "200"),
        ExplainedRequest(token: "bound", expected: "200"),
        ExplainedRequest(method: "OPTIONS", expected: "204"),
        ExplainedRequest(path: "/healthz", expected: "200"),
        ExplainedRequest(path: "/.well-known/jwks.json", expected: "200"),
        ExplainedRequest(path: "/v1/audit/head", expected: "authorise role_missing 403"),
        ExplainedRequest(path: "/v1/nothing", expected: "authorise route_unknown 404"),
        ExplainedRequest(method: "PUT", expected: "authorise method_not_allowed 405"),
        ExplainedRequest(method: "BREW", expected: "edge http_unknown_method 501"),
        ExplainedRequest(path: "/v1/%2e%2e/faq", expected: "edge http_dot_segment 400"),
        ExplainedRequest(holder: "customer", token: "admin", expected: "authorise role_not_for_certificate 403"),
        ExplainedRequest(holder: "stranger", expected: "authorise certificate_unbound 403"),
        ExplainedRequest(holder: "nameless", expected: "identify certificate_name_unprintable 403"),
        ExplainedRequest(holder: "agent", token: "bound", expected: "authenticate token_cnf_mismatch 401"),
        ExplainedRequest(token: "unsigned", expected: "authenticate token_signature_invalid 401"),
        ExplainedRequest(token: "expired", expected: "authenticate token_expired 401"),
        ExplainedRequest(token: "revoked", expected: "authenticate token_revoked 401"),
        ExplainedRequest(token: "elsewhere", expected: "authenticate token_iss_unknown 401"),
        ExplainedRequest(token: "a b", expected: "authenticate token_credential_malformed 401"),
    ])
    func `decides as the gateway does, and names what its record has`(_ asked: ExplainedRequest) async throws {
        let gateway = try SharedGateway.current
        let deployment = gateway.deployment
        let file = try await token(asked.token, deployment)
        let holder = try await identity(asked.holder, deployment)
        let text = String(decoding: contents(of: file), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let reply = try await gateway.request(
            asked.method, asked.path, by: Caller(identity: holder, token: text), options: ["--path-as-is"])
        let told = try await deployment.explain(
            ["--json", asked.method, asked.path], token: file, certificate: holder.certificate)
        let json = try JSONParser.parse(told.output)
        #expect(json["steps"]?.elements?.isEmpty == false)
        if (200...299).contains(reply.status) {
            #expect("\(reply.status)" == asked.expected)
            #expect(told.status == 0 && json["result"]?.text == "allow", "\(told.text)\(told.errors)")
        } else {
            let decision = try #require(try record(of: reply)?.json["decision"])
            let recorded = "\(decision["stage"]?.text ?? "") \(decision["reason"]?.text ?? "") \(reply.status)"
            #expect(recorded == asked.expected)
            let words = [json["stage"]?.text, json["reason"]?.text, json["status"]?.integer.map { "\($0)" }]
            #expect(told.status == 77 && words.compactMap(\.self).joined(separator: " ") == recorded, "\(told.text)")
            #expect(json["record"]?.text == "request.end")
        }
    }

    @Test func `tells what ends before there is a request`() async throws {
        let deployment = try SharedGateway.current.deployment
        let token = deployment.tokenPath(.customer)
        let none = try await deployment.explain(["POST", "/v1/ask"], token: token, certificate: nil)
        #expect(none.status == 77)
        #expect(
            none.text.hasSuffix(
                "record: connection.reject, stage handshake, reason certificate_missing; there is no answer\n"),
            "\(none.text)")
        let authority = Authority(deployment.authority, scratch: deployment.scratch)
        let old = try await authority.issue(.init(name: "old", notAfter: "20210101000000Z"))
        let late = try await deployment.explain(["POST", "/v1/ask"], token: token, certificate: old.certificate)
        #expect(late.status == 77 && late.text.contains("deny: certificate_expired\n"), "\(late.text)")
        let then = ["--time", "2099-01-01T00:00:01Z", "POST", "/v1/ask"]
        let far = try await deployment.explain(
            then, token: token, certificate: deployment.identity(.customer).certificate)
        #expect(far.text.contains("deny: certificate_expired\n"), "\(far.text)")
    }

    @Test func `judges the certificate as the handshake does, with its reason`() async throws {
        let gateway = try SharedGateway.current
        let deployment = gateway.deployment
        let (token, scratch) = (deployment.tokenPath(.customer), deployment.scratch)
        let known = Authority(deployment.authority, scratch: scratch)
        let other = try await Authority.make("other-\(UInt32.random(in: .min ... .max))", scratch: scratch)
        let name = Authority.Leaf(name: "c", alternativeName: "URI:spiffe://portcullis.dev/client/customer")
        func leaf(_ change: (inout Authority.Leaf) -> Void) -> Authority.Leaf {
            var leaf = name
            change(&leaf)
            return leaf
        }
        let cases: [(Identity, String?)] = [
            (try await known.issue(name), nil), (try await other.issue(name), "certificate_unknown_ca"),
            (other.identity, "certificate_self_signed"),
            (try await known.issue(leaf { $0.notAfter = "20210101000000Z" }), "certificate_expired"),
            (try await known.issue(leaf { $0.notBefore = "20980101000000Z" }), "certificate_not_yet_valid"),
            (try await known.issue(leaf { $0.purpose = "serverAuth" }), "certificate_purpose"),
        ]
        for (identity, reason) in cases {
            let told = try await deployment.explain(
                ["--json", "GET", "/v1/faq?query=card"], token: token, certificate: identity.certificate)
            let json = try JSONParser.parse(told.output)
            let step = json["steps"]?.elements?.first
            #expect(step?["check"]?.text == "handshake" && step?["outcome"]?.text == (reason == nil ? "pass" : "deny"))
            #expect(told.status == (reason == nil ? 0 : 77) && json["reason"]?.text == reason, "\(told.text)")
            // The handshake's own verdict.
            let caller = Caller(identity: identity, token: deployment.token(.customer))
            let reply = try await gateway.get("/v1/faq?query=card", by: caller)
            #expect(reply.status == (reason == nil ? 200 : 0), "\(reason ?? "good")")
            guard let reason else { continue }
            #expect(json["record"]?.text == "connection.reject" && json["status"] == nil)
            let isOnRecord = await eventually {
                let rejects = try? LogFiles(deployment.logDirectory).records.filter { $0.type == "connection.reject" }
                return rejects?.contains { $0.json["tls"]?["reason"]?.text == reason } == true
            }
            #expect(isOnRecord, "\(reason)")
        }
        let supposed = try await deployment.policy(
            ["explain", "--policy", deployment.rules, "--role", "customer", "--cert", cases[1].0.certificate]
                + ["GET", "/v1/faq"])
        #expect(supposed.status == 0 && supposed.text.hasPrefix("note  handshake: who signed"), "\(supposed.text)")
    }

    @Test func `takes the certificates that come with a client's, as deep as the settings let it`() async throws {
        let deployment = try await Deployment.make()
        let known = try await Authority.make("root", scratch: deployment.scratch)
        try deployment.set("client_ca", "\"\(known.identity.certificate)\"")
        let middle = try await known.issue(
            .init(name: "middle", alternativeName: "DNS:middle", purpose: "clientAuth", isAuthority: true))
        let leaf = try await Authority(middle, scratch: deployment.scratch).issue(
            .init(name: "c", alternativeName: "URI:spiffe://portcullis.dev/client/customer"))
        let whole = deployment.scratch.file("whole.crt")
        try write(contents(of: leaf.certificate) + contents(of: middle.certificate), to: whole)
        func explain(_ certificate: String) async throws -> String {
            try await deployment.explain(
                ["GET", "/v1/faq"], token: deployment.tokenPath(.customer), certificate: certificate
            ).text
        }
        #expect(try await explain(leaf.certificate).contains("deny: certificate_unknown_ca\n"))
        #expect(try await explain(whole).contains("pass  handshake: "))
        try deployment.set("chain_depth_max", "0")
        #expect(try await explain(whole).contains("deny: certificate_chain_too_long\n"))
    }

    @Test func `refuses what it cannot read, and names it`() async throws {
        let deployment = try SharedGateway.current.deployment
        let (token, request) = (deployment.tokenPath(.customer), ["POST", "/v1/ask"])
        let certificate = deployment.identity(.customer).certificate
        let cases: [([String], Int32, String)] = [
            (["explain", "--token", token] + request, 64, "--cert: is missing"),
            (["explain"] + request, 64, "--token: is missing"),
            (["explain", "--role", "customer", "POST"], 64, "METHOD PATH: is missing"),
            (["explain", "--role", "customer", "--tool", "t"] + request, 64, "--tool: goes without"),
            (["explain", "--role", "customer", "--time", "noon"] + request, 64, "--time: found \"noon\""),
            (["explain", "--role", "customer", "--tls", "1.1"] + request, 64, "--tls: found \"1.1\""),
            (["explain", "--role", "customer", "--address", "host"] + request, 64, "--address: found \"host\""),
            (["explain", "--role", "customer", "--cert", "none.crt"] + request, 64, "--cert: found \"none.crt\""),
            (["explain", "--role", "customer", "--cert", token] + request, 65, "this is no certificate"),
            (["explain", "--role", "customer", "--bound", "--no-cert"] + request, 64, "--bound: there is no"),
            (
                ["explain", "--token", "none.jwt", "--cert", certificate, "--config", deployment.configuration]
                    + ["--state", deployment.state] + request, 66, "none.jwt: cannot read it"
            ),
        ]
        for (words, status, text) in cases {
            let finished = try await deployment.policy(words + ["--policy", deployment.rules])
            #expect(finished.status == status && finished.errors.contains(text), "\(words): \(finished.errors)")
        }
    }
}

@Suite struct `policy explain --role` {
    @Test func `tells of denials, conditions and tools`() async throws {
        let deployment = try await Deployment.make()
        try deployment.changeRules(
            "  routes: [",
            #"  deny: [{ permissions: ["assistant:ask"], unless: { addresses: ["10.0.0.0/8"] } }],"# + "\n  routes: [")
        try deployment.changeRules(
            "    service: {",
            #"    teller: { inherits: ["customer"], permissions: [], tools: [{ tool: "look_up", when: { bound: true } }] },"#
                + "\n    service: {")
        let explain = { (words: [String]) in
            try await deployment.policy(["explain", "--policy", deployment.rules] + words)
        }
        let denied = try await explain(["--role", "customer", "POST", "/v1/ask"])
        #expect(denied.status == 77 && denied.text.contains("\ndeny: denied_by_policy by /deny/0\n"), "\(denied.text)")
        #expect(
            denied.text.hasSuffix(
                "record: request.end, stage authorise, reason denied_by_policy; the answer is 403\n"), "\(denied.text)")
        let spared = try await explain(["--role", "customer", "--address", "10.1.1.1", "POST", "/v1/ask"])
        #expect(spared.status == 0 && spared.text.contains("note  deny: /deny/0 spares the request"), "\(spared.text)")
        let tool = ["--role", "teller", "--cert", "uri:spiffe://portcullis.dev/client/customer", "--tool", "look_up"]
        let unbound = try await explain(tool)
        #expect(unbound.status == 77 && unbound.text.contains("deny: role_not_for_certificate\n"), "\(unbound.text)")
        try deployment.changeRules(#"roles: ["customer"] },"#, #"roles: ["customer", "teller"] },"#)
        #expect(try await explain(tool).text.contains("\ndeny: token_not_bound\n"))
        let bound = try await explain(tool + ["--bound", "--json"])
        #expect(bound.status == 0)
        #expect(try JSONParser.parse(bound.output)["permission"]?.text == "look_up")
    }

    @Test func `asks the policy that the settings name, where they are given`() async throws {
        let deployment = try await Deployment.make()
        let words = ["--role", "auditor", "GET", "/v1/audit/head"]
        let settings = ["explain", "--config", deployment.configuration]
        #expect(try await deployment.policy(settings + words).status == 0)
        try deployment.changeRules(#"roles: ["auditor"] }"#, #"roles: ["admin"] }"#)
        #expect(try await deployment.policy(settings + words).status == 77)
    }
}
