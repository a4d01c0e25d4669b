import Foundation
import JSON
import Testing

@Suite struct `A token that was taken back` {
    private static let path = "/v1/faq?query=card"

    private func start() async throws -> GatewayProcess {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        return try await GatewayProcess.start(deployment)
    }

    private func database(_ gateway: GatewayProcess) -> String { gateway.deployment.state + "/var/revocations.db" }

    /// A customer's token of its own, in a file.
    private func issue(_ subject: String, at gateway: GatewayProcess) async throws -> (token: String, file: String) {
        let file = gateway.deployment.scratch.file("\(subject).jwt")
        let issued = try await portcullis(
            "token", "issue", "--unrecorded", "--key", gateway.deployment.certificates + "/token-keys/signing.key",
            "--role",
            "customer",
            "--subject", subject, "--out", file, scratch: gateway.deployment.scratch)
        #expect(issued.status == 0, "\(issued.errors)")
        return (
            String(decoding: contents(of: file), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines), file
        )
    }

    private func identifier(_ token: String) throws -> String {
        try #require(try JSONParser.parse(Array(TokenForge.parts(of: token).claims.utf8))["jti"]?.text)
    }

    private func use(_ token: String, at gateway: GatewayProcess) async throws -> Reply {
        try await gateway.get(Self.path, by: Caller(identity: gateway.deployment.identity(.customer), token: token))
    }

    private func revoke(_ body: String, at gateway: GatewayProcess) async throws {
        let reply = try await gateway.post("/v1/revocations", body, by: .role(.admin, of: gateway.deployment))
        #expect(reply.status == 201, "\(reply.text)")
    }

    private func command(_ options: String..., at gateway: GatewayProcess) async throws {
        let finished = try await run(
            Place.binary, ["token", "revoke", "--database", database(gateway)] + options,
            scratch: gateway.deployment.scratch)
        #expect(finished.status == 0 && finished.text.hasPrefix("revoked "), "\(finished.text) \(finished.errors)")
        // The bound of what a command does.
        try await Task.sleep(for: .milliseconds(100))
    }

    private func expectRefused(
        _ token: String, _ reason: String, at gateway: GatewayProcess,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await use(token, at: gateway)
        try expectProblem(reply, 401, sourceLocation: sourceLocation)
        let id = try #require(reply.field("x-request-id"))
        let record = try LogFiles(gateway.deployment.logDirectory).record(ofRequest: id)
        #expect(record?.json["decision"]?["reason"]?.text == reason, sourceLocation: sourceLocation)
        #expect(record?.json["principal"]?["token"]?["jti"] != nil, "whose", sourceLocation: sourceLocation)
    }

    private func targets(at gateway: GatewayProcess) throws -> [String] {
        try LogFiles(gateway.deployment.logDirectory).records.compactMap { $0.json["admin"] }
            .filter { $0["action"]?.text == "token.revoke" }.compactMap { $0["target"]?.text }
    }

    @Test func `is refused on its next use, by whatever it is named over HTTP, and after a crash`() async throws {
        let gateway = try await start()
        let one = try await issue("u-1", at: gateway).token
        let two = try await issue("u-2", at: gateway).token
        let three = try await issue("u-3", at: gateway).token
        for token in [one, two, three] { #expect(try await use(token, at: gateway).status == 200) }
        try await revoke(#"{"jti": "\#(try identifier(one))"}"#, at: gateway)
        try await expectRefused(one, "token_revoked", at: gateway)
        try await revoke(#"{"subject": "u-2"}"#, at: gateway)
        try await expectRefused(two, "token_revoked_subject", at: gateway)
        #expect(try await use(three, at: gateway).status == 200, "others are left alone")
        let found = try targets(at: gateway)
        #expect(found.first == "jti:" + (try identifier(one)) && found.last?.hasPrefix("subject:") == true, "\(found)")
        #expect(try await gateway.metric("portcullis_token_revocations ") == 2)
        #expect(try await gateway.metric("portcullis_token_revoked_uses_total ") == 2)
        try await gateway.crash()

        let again = try await GatewayProcess.start(gateway.deployment)
        try await expectRefused(one, "token_revoked", at: again)
        try await expectRefused(two, "token_revoked_subject", at: again)
        #expect(try await use(three, at: again).status == 200)
        try await revoke(#"{"role": "customer"}"#, at: again)
        try await expectRefused(three, "token_revoked_role", at: again)
        try await revoke(#"{"issued_before": \#(Int(Date().timeIntervalSince1970) + 1)}"#, at: again)
        let admin = try await again.get("/v1/audit/head", by: .role(.admin, of: again.deployment))
        try expectProblem(admin, 401)
        #expect(try await again.stop() == .exited(0))
    }

    @Test func `is refused by whatever the command names it, once that is acknowledged`() async throws {
        let gateway = try await start()
        let (one, file) = try await issue("u-1", at: gateway)
        let two = try await issue("u-2", at: gateway).token
        let three = try await issue("u-3", at: gateway).token
        let four = try await issue("u-4", at: gateway).token
        for token in [one, two, three, four] { #expect(try await use(token, at: gateway).status == 200) }
        try await command("--token", file, at: gateway)
        try await expectRefused(one, "token_revoked", at: gateway)
        try await command("--jti", try identifier(two), at: gateway)
        try await expectRefused(two, "token_revoked", at: gateway)
        try await command("--subject", "u-3", at: gateway)
        try await expectRefused(three, "token_revoked_subject", at: gateway)
        try await command("--role", "customer", "--issued-before", "1000", at: gateway)
        #expect(try await use(four, at: gateway).status == 200, "it was issued later")
        try await command("--role", "customer", at: gateway)
        try await expectRefused(four, "token_revoked_role", at: gateway)
        try await command("--issued-before", "now", at: gateway)
        let admin = try await gateway.get("/v1/audit/head", by: .role(.admin, of: gateway.deployment))
        try expectProblem(admin, 401)
        let isOnRecord = await eventually { (try? targets(at: gateway).count) == 6 }
        let recorded = try targets(at: gateway)
        #expect(isOnRecord, "\(recorded)")
        let list = try await portcullis(
            "token", "revocations", "--database", database(gateway), scratch: gateway.deployment.scratch)
        let lines = list.text.split(separator: "\n")
        #expect(list.status == 0 && lines.count == 5, "the role is there once: \(list.text)")
        #expect(lines.first?.contains("jti " + (try identifier(one))) == true)
        #expect(lines.last?.contains("all tokens  of https://portcullis.dev  issued before ") == true)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `is refused 100 ms after the acknowledgement at the latest, in use on many connections`() async throws {
        let gateway = try await start()
        let deployment = gateway.deployment
        let body = deployment.scratch.file("revocation.json")
        let (_, byCommand) = try await issue("hot-1", at: gateway)
        let (other, byHTTP) = try await issue("hot-2", at: gateway)
        try write(#"{"jti": "\#(try identifier(other))"}"#.utf8, to: body)
        let (identity, admin) = (deployment.identity(.customer), deployment.identity(.admin))
        let ways = [
            (byCommand, [Place.binary, "token", "revoke", "--token", byCommand, "--database", database(gateway)]),
            (
                byHTTP,
                [
                    "curl", "-sS", "--fail", "--cacert", deployment.authority.certificate, "--cert", admin.certificate,
                    "--key", admin.key, "-H", "Authorization: Bearer " + deployment.token(.admin), "-H",
                    "Content-Type: application/json", "--data-binary", "@" + body, gateway.url + "/v1/revocations",
                ]
            ),
        ]
        for (file, command) in ways {
            let load = try await run(
                "python3",
                [
                    Place.root.path + "/Tests/EndToEnd/Support/revocation_load.py", "\(gateway.port)",
                    deployment.authority.certificate,
                    identity.certificate, identity.key, file, "100",
                ] + command, scratch: deployment.scratch)
            #expect(load.status == 0, "\(load.text) \(load.errors)")
        }
        #expect(try #require(try await gateway.metric("portcullis_token_revoked_uses_total ")) > 0)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `stays refused while the database is away, and then every token is`() async throws {
        let gateway = try await start()
        let revoked = try await issue("u-1", at: gateway).token
        let good = try await issue("u-2", at: gateway).token
        try await revoke(#"{"subject": "u-1"}"#, at: gateway)
        let away = database(gateway) + ".away"
        try FileManager.default.moveItem(atPath: database(gateway), toPath: away)
        let isTold = await eventually { gateway.child.errors.contains("\"revocations_unreadable\"") }
        #expect(isTold, "\(gateway.child.errors)")
        try await expectRefused(revoked, "token_revoked_subject", at: gateway)
        #expect(try await use(good, at: gateway).status == 200, "what was read last is in force")
        let isClosed = await eventually { (try? await use(good, at: gateway).status) == 503 }
        #expect(isClosed)
        #expect(try await gateway.metric("portcullis_token_revocations_stale ") == 1)
        #expect(try await gateway.get("/readyz", by: gateway.customer).status == 503)
        let reply = try await use(good, at: gateway)
        try expectProblem(reply, 503)
        #expect(reply.field("retry-after") != nil)
        try FileManager.default.moveItem(atPath: away, toPath: database(gateway))
        let isOpen = await eventually { (try? await use(good, at: gateway).status) == 200 }
        #expect(isOpen)
        try await expectRefused(revoked, "token_revoked_subject", at: gateway)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `cannot come back by a damaged database: the gateway does not start`() async throws {
        let deployment = try await Deployment.make()
        let path = deployment.state + "/var/revocations.db"
        try FileManager.default.createDirectory(atPath: deployment.state + "/var", withIntermediateDirectories: true)
        try write([UInt8](repeating: 0x78, count: 8192), to: path)
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait() == .exited(74))
        #expect(
            child.errors.contains(path + ": ") && child.errors.contains("put a copy in its place"), "\(child.errors)")
    }

    @Test(arguments: [
        (["--jti", "a", "--subject", "b"], Int32(64), "wanted one of them"), ([], 64, "--issued-before"),
        (["--issued-before", "soon"], 64, "--issued-before"), (["--issued-before", "0"], 64, "--issued-before"),
        (["--jti", "a", "--issued-before", "now"], 64, "revoked for good"), (["--role", "a b"], 64, "--role"),
        (["--subject", ""], 64, "subject"), (["--token", "/dev/null"], 65, "no token"),
        (["--subject", "a"], 74, "a gateway makes it"),
    ])
    func `is named by options that make sense`(options: [String], status: Int32, message: String) async throws {
        let scratch = try Scratch()
        let finished = try await run(
            Place.binary, ["token", "revoke", "--database", scratch.file("none.db")] + options, scratch: scratch)
        #expect(finished.status == status && finished.errors.contains(message), "\(finished.errors)")
    }
}
