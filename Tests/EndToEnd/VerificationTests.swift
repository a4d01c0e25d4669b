import Foundation
import JSON
import Testing

@Suite struct `The bank's customer in a conversation` {
    private static let path = "/v1/verification"

    private func start(
        _ deployment: Deployment? = nil, _ settings: [(name: String, value: String)] = [],
        environment: [String: String] = [:]
    ) async throws -> GatewayProcess {
        let deployment = if let deployment { deployment } else { try await Deployment.make() }
        try deployment.raiseRateLimits()
        for setting in settings { try deployment.set(setting.name, setting.value) }
        return try await GatewayProcess.start(deployment, environment: environment)
    }

    private func challenge(
        _ account: String, _ name: String, in session: String, method: String = "question", at gateway: GatewayProcess,
        by role: Role = .agent
    ) async throws -> Reply {
        try await gateway.post(
            Self.path,
            #"{"account": "\#(account)", "name": "\#(name)", "session_id": "\#(session)", "method": "\#(method)"}"#,
            by: .role(role, of: gateway.deployment))
    }

    private func answer(
        _ text: String, in session: String, at gateway: GatewayProcess, by role: Role = .agent
    ) async throws -> Reply {
        try await gateway.post(
            Self.path, #"{"session_id": "\#(session)", "answer": "\#(text)"}"#, by: .role(role, of: gateway.deployment))
    }

    private func state(of session: String, at gateway: GatewayProcess, by role: Role = .agent) async throws -> JSONNode
    {
        let reply = try await gateway.get(
            Self.path + "?session_id=" + session, by: .role(role, of: gateway.deployment))
        #expect(reply.status == 200, "\(reply.text)")
        return try JSONParser.parse(reply.body)
    }

    private func customers(_ words: String..., at deployment: Deployment) async throws -> Finished {
        try await run(
            Place.binary,
            ["customers"] + words
                + [
                    "--key", deployment.certificates + "/customers.key", "--database",
                    deployment.state + "/var/customers.db",
                ].dropLast(words.first == "reference" ? 2 : 0), scratch: deployment.scratch)
    }

    private func record(of reply: Reply, at gateway: GatewayProcess) throws -> LogFiles.Record {
        let id = try #require(reply.field("x-request-id"))
        return try #require(try LogFiles(gateway.deployment.logDirectory).record(ofRequest: id))
    }

    private func reason(_ reply: Reply, at gateway: GatewayProcess) throws -> String? {
        try record(of: reply, at: gateway).json["decision"]?["reason"]?.text
    }

    @Test func `is asked, answers, and is known in that conversation alone`() async throws {
        let gateway = try await start()
        let asked = try await challenge("1001", "Ada Lindqvist", in: "chat-0001", at: gateway)
        #expect(asked.status == 201 && asked.text.contains("What was the name of your first pet?"), "\(asked.text)")
        let nobody = try await challenge("9999", "No One", in: "chat-9999", at: gateway)
        let (here, there) = (try JSONParser.parse(asked.body), try JSONParser.parse(nobody.body))
        #expect(here.members?.map(\.name) == there.members?.map(\.name), "nobody learns who is a customer")
        for (session, text) in [("chat-9999", "Rex"), ("chat-0001", "Some other pet")] {
            let wrong = try await answer(text, in: session, at: gateway)
            try expectProblem(wrong, 403)
            #expect(wrong.text.contains("2 more may be given"))
            #expect(try reason(wrong, at: gateway) == "verification_wrong")
            let customer = try record(of: wrong, at: gateway).json["customer"]
            #expect(customer?["level"]?.text == "none" && customer?["ref"]?.text?.count == 32, "whom it was a guess at")
        }
        #expect(try await state(of: "chat-0001", at: gateway)["state"]?.text == "challenged")
        let right = try await answer(" REX. ", in: "chat-0001", at: gateway)
        #expect(right.status == 200, "\(right.text)")
        let standing = try await state(of: "chat-0001", at: gateway)
        #expect(standing["state"]?.text == "verified" && standing["level"]?.text == "knowledge")
        #expect(try await state(of: "chat-0001", at: gateway, by: .customer)["state"]?.text == "unverified")
        try expectProblem(try await answer("Rex", in: "chat-0001", at: gateway, by: .customer), 409)
        try expectProblem(try await challenge("1001", "Ada", in: "chat-0001", at: gateway, by: .auditor), 403)

        // The level is in the record of what follows; the customer under the name that the command tells.
        let question = try await gateway.post(
            "/v1/ask", #"{"message": "How do I order a card?", "session_id": "chat-0001"}"#,
            by: .role(.agent, of: gateway.deployment))
        let other = try await gateway.ask()
        let reference = try await customers(
            "reference", "--account", "1001", "--name", "ada lindqvist", at: gateway.deployment)
        let name = reference.text.trimmingCharacters(in: .newlines)
        let known = try record(of: question, at: gateway).json["customer"]
        #expect(known?["level"]?.text == "knowledge" && known?["ref"]?.text == name && name.count == 32)
        let unknown = try record(of: other, at: gateway).json["customer"]
        #expect(unknown?["level"]?.text == "none" && unknown?["ref"] == nil)

        try await gateway.stop()
        let log = try LogFiles(gateway.deployment.logDirectory)
        let believed = log.records.filter { $0.type == "customer.verify" }
        let id = try #require(right.field("x-request-id"))
        #expect(believed.count == 1 && believed[0].json["req"]?["id"]?.text == id)
        #expect(believed[0].json["customer"]?["ref"]?.text == name)
        let end = try #require(log.record(ofRequest: id)?.json["seq"]?.integer)
        #expect(try #require(believed[0].json["seq"]?.integer) < end, "on record before anybody is told")
        for file in try FileManager.default.contentsOfDirectory(atPath: gateway.deployment.logDirectory)
        where file.hasPrefix("seg-") {
            let bytes = contents(of: gateway.deployment.logDirectory + "/" + file)
            for text in ["indqvist", "Some other pet", "first pet"] {
                #expect(!occurs(text, in: bytes), "\(text)")
            }
        }
        let verified = try await portcullis(
            "audit", "verify", gateway.deployment.logDirectory, "--unpinned", scratch: gateway.deployment.scratch)
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test func `proves by a one-time code that they hold a device, once`() async throws {
        let gateway = try await start()
        let asked = try await challenge("1003", "Carla Weiss", in: "chat-0001", method: "code", at: gateway)
        #expect(asked.status == 201 && !asked.text.contains("question"), "\(asked.text)")
        let code = try await oneTimeCode(at: gateway.deployment)
        #expect(try await answer(code, in: "chat-0001", at: gateway).status == 200)
        #expect(try await state(of: "chat-0001", at: gateway)["level"]?.text == "possession")
        _ = try await challenge("1003", "Carla Weiss", in: "chat-0002", method: "code", at: gateway)
        try expectProblem(try await answer(code, in: "chat-0002", at: gateway), 403)
    }

    @Test func `is locked after too many wrong answers, across a crash, until the command unlocks`() async throws {
        let deployment = try await Deployment.make()
        var gateway = try await start(deployment, [("customer_guesses_max", "2")])
        _ = try await challenge("1001", "Ada Lindqvist", in: "chat-0001", at: gateway)
        for _ in 0..<2 { try expectProblem(try await answer("Max", in: "chat-0001", at: gateway), 403) }
        let locked = try await answer("Rex", in: "chat-0001", at: gateway)
        try expectProblem(locked, 429)
        let seconds = try #require(locked.field("retry-after").flatMap { Int($0) })
        #expect((800...900).contains(seconds))
        #expect(try reason(locked, at: gateway) == "verification_locked")
        try await gateway.crash()
        gateway = try await GatewayProcess.start(deployment)
        try expectProblem(try await challenge("1001", "Ada Lindqvist", in: "chat-0001", at: gateway), 429)
        #expect(try await challenge("1002", "Ben Okafor", in: "chat-0002", at: gateway).status == 201)
        let unlocked = try await customers("unlock", "--account", "1001", at: deployment)
        #expect(unlocked.status == 0 && unlocked.text == "1 unlocked\n", "\(unlocked.errors)")
        #expect(try await customers("unlock", "--account", "1001", at: deployment).status == 69)
        _ = try await challenge("1001", "Ada Lindqvist", in: "chat-0001", at: gateway)
        #expect(try await answer("Rex", in: "chat-0001", at: gateway).status == 200)
        func isRecorded(_ action: String) -> Bool {
            ((try? LogFiles(deployment.logDirectory).records) ?? []).contains {
                $0.json["admin"]?["action"]?.text == action
                    && $0.json["admin"]?["customers"]?["operator"]?.text == NSUserName()
            }
        }
        #expect(await eventually { isRecorded("customers.unlock") && isRecorded("customers.seed") })
    }

    @Test func `is taken in from a file while the gateway serves, all or none`() async throws {
        let gateway = try await start()
        let file = gateway.deployment.scratch.file("customers.csv")
        try write(
            "account,name,question,answer\n77,Zoë Ng,Colour?,Blue\n78,X,Colour?,\n79,,Colour?,Red\n".utf8, to: file)
        let refused = try await customers("import", file, at: gateway.deployment)
        #expect(
            refused.status == 65 && refused.errors.contains("line 3: answer")
                && refused.errors.contains("line 4: account"))
        #expect(try await customers("show", at: gateway.deployment).text.hasPrefix("4  customers\n"))
        try write("name,account,question,answer\nZoë Ng,77,Colour?,Blue\n".utf8, to: file)
        #expect(try await customers("import", file, at: gateway.deployment).text == "1 customers taken\n")
        let asked = try await challenge("77", "ZOË NG", in: "chat-0001", at: gateway)
        #expect(asked.text.contains("Colour?"), "\(asked.text)")
        #expect(try await answer("blue", in: "chat-0001", at: gateway).status == 200)
        #expect(
            try await customers("remove", "--account", "77", at: gateway.deployment).text == "1 customers removed\n")
        _ = try await challenge("77", "Zoë Ng", in: "chat-0002", at: gateway)
        try expectProblem(try await answer("blue", in: "chat-0002", at: gateway), 403)
        #expect(try await customers("remove", "--account", "77", at: gateway.deployment).status == 69)
    }

    @Test func `is believed by nobody whose disk takes no guesses`() async throws {
        let deployment = try await Deployment.make()
        let folder = deployment.state + "/var/bank"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for end in ["", "-wal", "-shm"]
        where FileManager.default.fileExists(atPath: deployment.state + "/var/customers.db" + end) {
            try FileManager.default.moveItem(
                atPath: deployment.state + "/var/customers.db" + end, toPath: folder + "/customers.db" + end)
        }
        let disk = try await FaultyDisk(under: folder, scratch: deployment.scratch)
        let gateway = try await start(
            deployment, [("customers", "\"var/bank/customers.db\"")], environment: disk.environment)
        _ = try await challenge("1001", "Ada Lindqvist", in: "chat-0001", at: gateway)
        try disk.order(.writesFail(ENOSPC))
        let failed = try await answer("Rex", in: "chat-0001", at: gateway)
        try expectProblem(failed, 503)
        #expect(try reason(failed, at: gateway) == "verification_storage")
        #expect(try await state(of: "chat-0001", at: gateway)["level"]?.text == "none")
        try disk.order(.healthy)
        #expect(try await answer("Rex", in: "chat-0001", at: gateway).status == 200)
    }

    @Test func `of a bank that does not exist is served on loopback alone`() async throws {
        let deployment = try await Deployment.make()
        try deployment.changeListenerAddress("0.0.0.0")
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait() == .exited(74))
        #expect(child.errors.contains("portcullis customers remove --development"), "\(child.errors)")
        #expect(try await customers("remove", "--development", at: deployment).text == "4 customers removed\n")
    }

    @Test func `is nobody where there is no database, and no start goes without its key`() async throws {
        let deployment = try await Deployment.make()
        let (key, database) = (deployment.certificates + "/customers.key", deployment.state + "/var/customers.db")
        let kept = contents(of: key)
        try FileManager.default.removeItem(atPath: key)
        let keyless = try GatewayProcess.launch(deployment)
        #expect(try await keyless.wait() == .exited(66))
        #expect(keyless.errors.contains("customers.key"), "\(keyless.errors)")
        #expect(try await customers("init", at: deployment).status == 66, "a key cannot be made for what is there")
        try write((Data(repeating: 1, count: 32).base64EncodedString() + "\n").utf8, to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let other = try GatewayProcess.launch(deployment)
        #expect(try await other.wait() == .exited(74))
        #expect(other.errors.contains("another key"), "\(other.errors)")
        try write(kept, to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        #expect(try await customers("show", at: deployment).status == 66)
        for file in [key, database, database + "-wal", database + "-shm"] {
            try? FileManager.default.removeItem(atPath: file)
        }
        let gateway = try await start(deployment)
        let off = try await challenge("1001", "Ada Lindqvist", in: "chat-0001", at: gateway)
        try expectProblem(off, 503)
        #expect(try reason(off, at: gateway) == "verification_off")
        #expect(try await gateway.ask().status == 200)
        #expect(try await customers("show", at: deployment).status == 66)
    }
}
