import Foundation
import JSON
import Patience
import Testing

@Suite struct `A bank behind HTTP` {
    private static let token = "bank-token-of-this-test"

    /// A bank's systems, and the policy that names them.
    private func bank(of deployment: Deployment) async throws -> Child {
        let child = try Child(
            "python3", [Place.root.path + "/Tests/EndToEnd/Support/bank_server.py", Self.token],
            scratch: deployment.scratch)
        try #require(await eventually(within: .seconds(30)) { child.output.contains(0x0A) }, "\(child.errors)")
        let first = String(decoding: child.output, as: UTF8.self).prefix { $0 != "\n" }
        let file = deployment.policies + "/banking.json5"
        // The example as it is shipped, out of its comment.
        var policy = String(decoding: contents(of: file), as: UTF8.self)
            .replacing("    // ", with: "    ").replacing(
                "https://core.bank.example/v2", with: "http://127.0.0.1:\(first.dropFirst(5))/v2")
        policy = policy.split(separator: "\n").filter { !$0.contains("ca_file") }.joined(separator: "\n")
        try write(policy.utf8, to: file)
        return child
    }

    private func write(key mode: Int, of deployment: Deployment) throws {
        let file = deployment.certificates + "/bank.token"
        try write((Self.token + "\n").utf8, to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }

    private func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
        try Data(bytes).write(to: URL(filePath: file))
    }

    private func isTrue(_ node: JSONNode?) -> Bool { if case .bool(true)? = node?.value { true } else { false } }

    private func say(_ message: String, at gateway: GatewayProcess) async throws -> JSONNode {
        let reply = try await gateway.post(
            "/v1/ask", #"{"message": "\#(message)", "session_id": "bank-0001"}"#,
            by: .role(.agent, of: gateway.deployment))
        #expect(reply.status == 200, "\(message): \(reply.text)")
        return try reply.json
    }

    @Test func `tells balance and bookings and takes a change once, in the sandbox, with its token`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let bank = try await bank(of: deployment)
        defer { bank.signal(SIGKILL) }
        try write(key: 0o600, of: deployment)
        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
        _ = try await say("What's my balance?", at: gateway)
        _ = try await say("My account number is 1001 and my name is Ada Lindqvist", at: gateway)
        let balance = try await say("The answer is Rex", at: gateway)
        #expect(
            balance["answer"]?.text?.contains("7,654.32 EUR") == true,
            "\(balance["answer"]?.text ?? "") \(gateway.child.errors)")
        let history = try await say("show me my last transactions", at: gateway)
        #expect(history["answer"]?.text?.contains("Harbour ferry") == true, "\(history["answer"]?.text ?? "")")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        let asked = String(decoding: bank.output, as: UTF8.self).split(separator: "\n").dropFirst()
            .compactMap { try? JSONParser.parse(Array($0.utf8)) }
        #expect(asked.count >= 2 && asked.allSatisfy { isTrue($0["known"]) }, "\(asked)")
        #expect(asked.first?["path"]?.text?.hasPrefix("/v2/accounts/1001") == true, "\(asked)")
        let log = try LogFiles(deployment.logDirectory)
        for text in [Self.token, "765432", "7,654"] {
            #expect(!gateway.child.errors.contains(text))
            for record in log.records { #expect(!occurs(text, in: record.body), "\(text)") }
        }
    }

    @Test func `that does not know the gateway is said to be away, and a token that others may read stops the start`()
        async throws
    {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let bank = try await bank(of: deployment)
        defer { bank.signal(SIGKILL) }
        try write(key: 0o644, of: deployment)
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait(within: .seconds(30)) != .exited(0))
        #expect(child.errors.contains("bank.token"), "\(child.errors)")
        #expect(!child.errors.contains(Self.token))

        try write("another-token\n".utf8, to: deployment.certificates + "/bank.token")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: deployment.certificates + "/bank.token")
        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
        _ = try await say("What's my balance?", at: gateway)
        _ = try await say("My account number is 1001 and my name is Ada Lindqvist", at: gateway)
        let balance = try await say("The answer is Rex", at: gateway)
        #expect(
            balance["answer"]?.text?.contains("do not answer at the moment") == true, "\(balance["answer"]?.text ?? "")"
        )
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `makes the change that is confirmed, once, and takes a yes to nothing for nothing`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let bank = try await bank(of: deployment)
        defer { bank.signal(SIGKILL) }
        try write(key: 0o600, of: deployment)
        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
        let code = try await oneTimeCode(at: deployment)
        let caller = Caller.role(.agent, of: deployment)
        func confirm(_ isYes: Bool) async throws -> JSONNode {
            let reply = try await gateway.post(
                "/v1/ask", #"{"confirm": \#(isYes), "session_id": "bank-0001"}"#, by: caller)
            #expect(reply.status == 200, "\(reply.text)")
            return try reply.json
        }
        #expect(try await confirm(true)["answer"]?.text == "No change waits for a yes or no.")
        _ = try await say("change my email to ada@new.example", at: gateway)
        _ = try await say("1001, Ada Lindqvist", at: gateway)
        let early = try await confirm(true)
        #expect(early["needs"]?.text == "one_time_code", "no guess of the code: \(early["answer"]?.text ?? "")")
        let asked = try await say("my one-time code is \(code)", at: gateway)
        #expect(asked["needs"]?.text == "confirmation", "\(asked["answer"]?.text ?? "")")
        #expect(try await confirm(false)["answer"]?.text == "All right. Nothing was changed.")
        _ = try await say("change my email to ada@new.example", at: gateway)
        let done = try await confirm(true), again = try await confirm(true)
        #expect(done["answer"]?.text?.contains("The bank's reference is B-1") == true, "\(done["answer"]?.text ?? "")")
        #expect(again["answer"]?.text?.contains("had been changed already") == true, "\(again["answer"]?.text ?? "")")
        for (body, detail) in [
            (#"{"confirm": true}"#, "session_id"), (#"{"confirm": "yes", "session_id": "bank-0001"}"#, "true or false"),
            (#"{"confirm": true, "message": "yes", "session_id": "bank-0001"}"#, "not both"),
        ] {
            let refused = try await gateway.post("/v1/ask", body, by: caller)
            #expect(refused.status == 400 && refused.text.contains(detail), "\(body): \(refused.text)")
        }
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        let posts = String(decoding: bank.output, as: UTF8.self).split(separator: "\n").dropFirst()
            .compactMap { try? JSONParser.parse(Array($0.utf8)) }.filter { $0["method"]?.text == "POST" }
        #expect(posts.count == 2 && posts[0]["key"]?.text == posts[1]["key"]?.text, "\(posts)")
        #expect(posts.first?["body"]?.text?.contains("ada@new.example") == true)
    }
}
