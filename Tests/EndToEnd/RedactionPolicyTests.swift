import Foundation
import JSON
import Testing

/// What a redaction policy says for roles and directions, by the real binary.
@Suite struct `A redaction policy` {
    private static let knowledge = """
        id,question,answer,category,variants
        echo_token,Where will you write to?,We will write to [EMAIL_1] and to [EMAIL_2].,Contact,
        manager,Who is the branch manager?,Ask jane.roe@example.com about it.,Contact,
        bank,What is your mail address?,Write to help@bank.example at any time.,Contact,

        """

    private static let policy = """
        {
          version: 1, confidence_min_ppm: 500000, otherwise: "mask",
          types: { EMAIL_ADDRESS: "tokenise", PERSON: "allow", CREDIT_CARD: "hash" },
          allowed: { EMAIL_ADDRESS: ["@bank.example"] },
          rules: [
            { roles: ["customer"], direction: "input", types: { PHONE_NUMBER: "allow" } },
            { roles: ["agent"], routes: ["/v1/tickets/{id}"], direction: "output", types: { PHONE_NUMBER: "allow" } },
            { roles: ["service"], routes: ["/v1/redact"], types: { EMAIL_ADDRESS: "block" } },
          ],
        }
        """

    private func deployment() async throws -> Deployment {
        let deployment = try await Deployment.make()
        try write(Self.policy.utf8, to: deployment.policies + "/redaction.json5")
        for name in ["hash", "session"] {
            let key = try await succeed("openssl", ["rand", "-base64", "32"], scratch: deployment.scratch).text
            let file = deployment.certificates + "/\(name).key"
            try write(key.utf8, to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
        try deployment.set("hash_key", "\"certs/hash.key\"")
        try deployment.set("session_key", "\"certs/session.key\"")
        try deployment.raiseRateLimits()
        return deployment
    }

    /// The knowledge base in place of the shipped one.
    private func importKnowledge(_ gateway: GatewayProcess) async throws {
        let reply = try await gateway.request(
            "POST", "/v1/knowledge", by: .role(.admin, of: gateway.deployment), body: Array(Self.knowledge.utf8),
            type: "text/csv")
        #expect(reply.status == 200, "\(reply.text)")
    }

    private func answer(
        _ gateway: GatewayProcess, _ message: String, by role: Role, session: String
    ) async throws -> String {
        let body = #"{"message": "\#(message)", "session_id": "\#(session)"}"#
        let reply = try await gateway.post("/v1/ask", body, by: .role(role, of: gateway.deployment))
        return try #require(try reply.json["answer"]?.text, "\(reply.text)")
    }

    @Test func `says other things for other roles, routes and directions`() async throws {
        let gateway = try await GatewayProcess.start(try await deployment())
        let deployment = gateway.deployment
        let refused = try await gateway.post(
            "/v1/redact", #"{"text": "mail a@x.example"}"#, by: .role(.service, of: deployment))
        try expectProblem(refused, 422)
        #expect(refused.text.contains("EMAIL_ADDRESS") && !refused.text.contains("a@x.example"))
        let taken = try await gateway.post(
            "/v1/redact", #"{"text": "mail a@x.example"}"#, by: .role(.agent, of: deployment))
        #expect(try taken.json["text"]?.text == "mail [EMAIL_1]")

        let made = try await gateway.post(
            "/v1/tickets", #"{"message": "call +44 7911 123456, mail a@x.example"}"#, by: gateway.customer)
        #expect(made.status == 201, "\(made.text)")
        let path = try #require(made.field("location"))
        let wanted: [Role: String] = [
            .agent: "call +44 7911 123456, mail [EMAIL_1]", .admin: "call +** **** **3456, mail [EMAIL_1]",
            .customer: "call +** **** **3456, mail [EMAIL_1]",
        ]
        for (role, message) in wanted {
            let read = try await gateway.get(path, by: .role(role, of: deployment))
            #expect(try read.json["message"]?.text == message, "\(role): \(read.text)")
            let sequence = try #require(read.receipt).sequence
            let record = try #require(try LogFiles(deployment.logDirectory).record(sequence))
            #expect(
                record.json["redaction"]?["out"]?["phone_number"]?.integer == (role == .agent ? nil : 1), "\(role)")
            #expect(!occurs("123456", in: record.body))
        }
        let masked = #"portcullis_redactions_total{type="phone_number",action="mask",direction="output"}"#
        #expect(try await gateway.metric(masked) == 2)
        let blocked = #"portcullis_redactions_total{type="email_address",action="block",direction="input"}"#
        #expect(try await gateway.metric(blocked) == 1)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `leaves the same hash for the same value, from request to request and start to start`() async throws {
        let deployment = try await deployment()
        var seen: Set<String> = []
        for _ in 0..<2 {
            let gateway = try await GatewayProcess.start(deployment)
            for (role, text) in [(Role.agent, "card 4111 1111 1111 1111"), (.service, "card 4111111111111111")] {
                let reply = try await gateway.post(
                    "/v1/redact", #"{"text": "\#(text)"}"#, by: .role(role, of: deployment))
                seen.insert(try #require(try reply.json["text"]?.text))
            }
            #expect(try await gateway.stop() == .exited(0))
        }
        #expect(seen.count == 1 && seen.first?.wholeMatch(of: /card <CARD:[a-f][0-9a-f]{9}>/) != nil, "\(seen)")
    }

    @Test func `masks in answers what is neither the caller's nor the bank's, and tells the operator`() async throws {
        let gateway = try await GatewayProcess.start(try await deployment())
        try await importKnowledge(gateway)
        #expect(await eventually { gateway.child.errors.contains("knowledge_personal") })
        #expect(gateway.child.errors.contains("EMAIL_ADDRESS 1;") && !gateway.child.errors.contains("jane.roe"))
        let bank = try await answer(gateway, "What is your mail address?", by: .customer, session: "session-1")
        #expect(bank == "Write to help@bank.example at any time.")
        let manager = "Who is the branch manager?"
        let masked = "Ask <EMAIL_ADDRESS> about it."
        #expect(try await answer(gateway, manager, by: .customer, session: "session-1") == masked)
        _ = try await answer(gateway, "I am jane.roe@example.com.", by: .customer, session: "session-1")
        let own = try await answer(gateway, manager, by: .customer, session: "session-1")
        #expect(own == "Ask jane.roe@example.com about it.")
        #expect(try await answer(gateway, manager, by: .agent, session: "session-1") == masked)
        #expect(try await gateway.stop() == .exited(0))
        #expect(try !occurs("jane.roe", in: LogFiles(gateway.deployment.logDirectory).bytes))
    }

    @Test func `keeps the tokens of a session, for its principal alone, and over a restart`() async throws {
        let deployment = try await deployment()
        var gateway = try await GatewayProcess.start(deployment)
        try await importKnowledge(gateway)
        let question = "Where will you write to?"
        _ = try await answer(gateway, "I am a@x.example.", by: .agent, session: "session-1")
        _ = try await answer(gateway, "I am b@x.example, no longer a@x.example.", by: .agent, session: "session-1")
        let both = "We will write to a@x.example and to b@x.example."
        let none = "We will write to [EMAIL_1] and to [EMAIL_2]."
        #expect(try await answer(gateway, question, by: .agent, session: "session-1") == both)
        #expect(try await answer(gateway, question, by: .agent, session: "session-2") == none)
        #expect(try await answer(gateway, question, by: .customer, session: "session-1") == none)
        #expect(try await gateway.stop() == .exited(0))

        let folder = deployment.state + "/var/state/sessions"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count == 1)
        for file in files { #expect(!occurs("x.example", in: contents(of: folder + "/" + file))) }

        gateway = try await GatewayProcess.start(deployment)
        #expect(try await answer(gateway, question, by: .agent, session: "session-2") == none)
        #expect(try await answer(gateway, question, by: .agent, session: "session-1") == both)
        // What is written within a second outlives a crash too; a file has its name once it is whole.
        func kept() -> Int? {
            (try? FileManager.default.contentsOfDirectory(atPath: folder))?.count { $0.count == 64 }
        }
        _ = try await answer(gateway, "I am c@x.example.", by: .agent, session: "session-3")
        #expect(await eventually { kept() == 2 })
        try await gateway.crash()
        gateway = try await GatewayProcess.start(deployment)
        let later = try await answer(gateway, question, by: .agent, session: "session-3")
        #expect(later == "We will write to c@x.example and to [EMAIL_2].")
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `is held against a knowledge file by the command that imports it`() async throws {
        let deployment = try await deployment()
        let file = deployment.scratch.file("rows.csv")
        try write(Self.knowledge.utf8, to: file)
        func imported(_ options: [String]) async throws -> (status: Int32, errors: String) {
            let words = ["knowledge", "import", "--database", deployment.database] + options + [file]
            let finished = try await run(Place.binary, words, scratch: deployment.scratch)
            return (finished.status, finished.errors)
        }
        let built = try await imported([])
        #expect(built.status == 0 && built.errors.contains("EMAIL_ADDRESS 2;"), "\(built.errors)")
        let own = try await imported(["--policy", deployment.policies + "/redaction.json5"])
        #expect(own.status == 0 && own.errors.contains("EMAIL_ADDRESS 1;"), "\(own.errors)")
        #expect(!own.errors.contains("jane.roe"))
        let shipped = Place.root.path + "/knowledge/faq.csv"
        let words = [
            "knowledge", "import", "--database", deployment.database, "--policy",
            Place.root.path + "/policies/redaction.json5", shipped,
        ]
        let clean = try await run(Place.binary, words, scratch: deployment.scratch)
        #expect(clean.status == 0 && clean.errors.isEmpty, "\(clean.errors)")
    }
}
