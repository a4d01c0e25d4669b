import Foundation
import JSON
import Testing

@Suite struct `A conversation with the bank's tools` {
    private func start(
        _ deployment: Deployment? = nil, _ settings: [(name: String, value: String)] = []
    ) async throws -> GatewayProcess {
        let deployment = if let deployment { deployment } else { try await Deployment.make() }
        try deployment.raiseRateLimits()
        for setting in settings { try deployment.set(setting.name, setting.value) }
        return try await GatewayProcess.start(deployment)
    }

    /// Says something in a conversation.
    private func say(
        _ message: String, in session: String = "chat-0001", at gateway: GatewayProcess, by role: Role = .agent
    ) async throws -> JSONNode {
        let reply = try await send(message, in: session, at: gateway, by: role)
        #expect(reply.status == 200, "\(message): \(reply.text)")
        return try JSONParser.parse(reply.body)
    }

    private func send(
        _ message: String, in session: String = "chat-0001", at gateway: GatewayProcess, by role: Role = .agent
    ) async throws -> Reply {
        try await gateway.post(
            "/v1/ask", #"{"message": "\#(message)", "session_id": "\#(session)"}"#,
            by: .role(role, of: gateway.deployment))
    }

    private func expectVerified(_ deployment: Deployment) async throws {
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.errors)")
    }

    /// The tools of a request's record: name and outcome.
    private func tools(of answer: JSONNode, _ log: LogFiles) throws -> [String] {
        let id = try #require(answer["request_id"]?.text)
        let record = try #require(log.record(ofRequest: id)).json
        return (record["agent"]?["tools"]?.elements ?? []).map {
            "\($0["name"]?.text ?? ""):\($0["outcome"]?.text ?? "")"
        }
    }

    @Test func `asks who it is, tells the balance, and has each call on record`() async throws {
        let gateway = try await start()
        let first = try await say("What's my balance?", at: gateway)
        #expect(first["needs"]?.text == "identity" && first["decision"]?["route"]?.text == "tool")
        let asked = try await say("My account number is 1001 and my name is Ada Lindqvist", at: gateway)
        #expect(asked["needs"]?.text == "security_answer")
        #expect(asked["answer"]?.text?.contains("What was the name of your first pet?") == true)
        let question = try await say("How do I activate my new card?", at: gateway)
        #expect(question["decision"]?["route"]?.text?.hasPrefix("faq") == true, "the knowledge base stays in reach")
        let wrong = try await say("Maximilian", at: gateway)
        #expect(wrong["answer"]?.text?.contains("2 more tries") == true && wrong["needs"]?.text == "security_answer")
        let balance = try await say("The answer is Rex", at: gateway)
        #expect(balance["answer"]?.text?.contains("1,794.66 EUR") == true, "\(balance["answer"]?.text ?? "")")
        let history = try await say("show me my last two transactions", at: gateway)
        #expect(history["answer"]?.text?.contains("Refund of railway ticket") == true)
        #expect(history["answer"]?.text?.contains("Bookshop") == false)

        // The same name under another token is another conversation, where nobody was verified.
        let other = try await say("What's my balance?", at: gateway, by: .customer)
        #expect(other["needs"]?.text == "identity" && other["answer"]?.text?.contains("EUR") == false)
        // A role without the tools has nothing done.
        let denied = try await say("What's my balance?", at: gateway, by: .admin)
        #expect(denied["decision"]?["route"]?.text == "refused")

        #expect(try await gateway.stop() == .exited(0))
        let log = try LogFiles(gateway.deployment.logDirectory)
        #expect(try tools(of: first, log) == [])
        #expect(try tools(of: asked, log) == ["verify_customer_identity:pass"])
        #expect(try tools(of: wrong, log) == ["validate_security_question:pass"])
        #expect(try tools(of: balance, log) == ["validate_security_question:pass", "query_account_balance:pass"])
        let id = try #require(balance["request_id"]?.text)
        let end = try #require(log.record(ofRequest: id)).json
        #expect(end["customer"]?["level"]?.text == "knowledge" && end["begin"]?.integer != nil)
        let call = try #require(end["agent"]?["tools"]?.elements?.last)
        #expect(call["args"]?.text == "{}" && call["result"]?.text?.count == 32)
        // In this order: the request begins, the answer is announced, the customer is known, the request ends.
        let records = log.records.filter { $0.json["req"]?["id"]?.text == id }
        #expect(records.map(\.type) == ["request.begin", "tool.call", "customer.verify", "request.end"])
        #expect(records[1].json["tool"]?["name"]?.text == "validate_security_question")
        #expect(records[1].json["tool"]?["args"] == nil, "what proves who somebody is is in no record")
        for file in try FileManager.default.contentsOfDirectory(atPath: gateway.deployment.logDirectory)
        where file.hasPrefix("seg-") {
            let bytes = contents(of: gateway.deployment.logDirectory + "/" + file)
            for text in ["indqvist", "Maximilian", "first pet", "1,794", "179466", "is Rex"] {
                #expect(!occurs(text, in: bytes), "\(text)")
            }
        }
        try await expectVerified(gateway.deployment)
    }

    @Test func `changes what the customer confirms with their device, once, and survives a kill`() async throws {
        let deployment = try await Deployment.make()
        var gateway = try await start(deployment)
        let code = try await oneTimeCode(at: deployment)
        try expectProblem(try await send("my one-time code is \(code)", at: gateway), 422)
        _ = try await say("change my email to ada@new.example", at: gateway)
        let asked = try await say("1001, Ada Lindqvist", at: gateway)
        #expect(asked["needs"]?.text == "one_time_code")
        let confirm = try await say("my one-time code is \(code)", at: gateway)
        #expect(confirm["needs"]?.text == "confirmation", "\(confirm["answer"]?.text ?? "")")
        let done = try await say("yes", at: gateway)
        let again = try await say("yes", at: gateway)
        #expect(done["answer"]?.text?.contains("is changed. The bank's reference is W-1") == true)
        #expect(again["answer"]?.text?.contains("had been changed already. The bank's reference is W-1") == true)
        _ = try await say("set my statements to paperless", at: gateway)
        try await gateway.crash()

        // What was not confirmed is not done; who was verified is asked again; what was done stays.
        gateway = try await start(deployment)
        let lost = try await say("yes", at: gateway)
        #expect(lost["decision"]?["route"]?.text != "tool")
        let anew = try await say("What's my balance?", at: gateway)
        #expect(anew["needs"]?.text == "identity")
        #expect(try await gateway.stop() == .exited(0))
        let rows = try await succeed(
            "python3",
            [
                "-c",
                """
                import sqlite3, sys
                bank = sqlite3.connect(sys.argv[1])
                print(bank.execute("SELECT email, statements FROM holders WHERE name = 'adalindqvist'").fetchone())
                print(bank.execute("SELECT count(*) FROM writes").fetchone()[0])
                """, deployment.state + "/var/bank.db",
            ], scratch: deployment.scratch)
        #expect(rows.text == "('ada@new.example', 'paper')\n1\n", "\(rows.text)")

        let log = try LogFiles(deployment.logDirectory)
        let calls = log.records.filter {
            $0.type == "tool.call" && $0.json["tool"]?["name"]?.text == "update_contact_info"
        }
        #expect(calls.count == 2 && calls[0].json["tool"]?["call"]?.text == calls[1].json["tool"]?["call"]?.text)
        #expect(calls[0].json["tool"]?["args"]?.text == #"{"field":"email","value":"[EMAIL_1]"}"#)
        #expect(calls[0].json["customer"]?["level"]?.text == "possession")
        let end = try #require(done["request_id"]?.text).utf8
        let recorded = try #require(
            log.record(ofRequest: String(decoding: Array(end), as: UTF8.self))?.json["seq"]?.integer)
        #expect(try #require(calls[0].json["seq"]?.integer) < recorded, "before it is done")
        try await expectVerified(deployment)
    }

    @Test func `is over after too many wrong answers, for the right one too`() async throws {
        let gateway = try await start(nil, [("customer_guesses_max", "2")])
        _ = try await say("What's my balance?", at: gateway)
        _ = try await say("1001, Ada Lindqvist", at: gateway)
        for _ in 0..<2 { _ = try await say("Maximilian", at: gateway) }
        let locked = try await say("Rex", at: gateway)
        #expect(locked["answer"]?.text?.contains("too many wrong answers") == true)
        let balance = try await say("What's my balance?", at: gateway)
        #expect(balance["needs"]?.text == "identity")
        let still = try await say("1001, Ada Lindqvist", at: gateway)
        #expect(still["answer"]?.text?.contains("too many wrong answers") == true && still["needs"] == nil)
        let person = try await say("I want to talk to a person", at: gateway)
        #expect(person["ticket_id"] != nil && person["decision"]?["route"]?.text == "escalated")
        let summary = try await say("summarise our chat", at: gateway)
        #expect(summary["answer"]?.text?.contains("the balance: not done") == true)
        #expect(summary["answer"]?.text?.contains("handed to a person") == true)
    }

    @Test func `does not start with the bank for development where clients come from elsewhere`() async throws {
        let deployment = try await Deployment.make()
        try deployment.changeListenerAddress("0.0.0.0")
        _ = try await run(
            Place.binary,
            [
                "customers", "remove", "--development", "--key", deployment.certificates + "/customers.key",
                "--database",
                deployment.state + "/var/customers.db",
            ], scratch: deployment.scratch)
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait(within: .seconds(20)) == .exited(78))
    }
}
