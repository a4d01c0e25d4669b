import Foundation
import JSON
import Testing

/// A server of OpenAI's chat completions (see completion_server.py).
private final class CompletionServer: Sendable {
    let port: Int
    private let child: Child

    init(_ scratch: Scratch) async throws {
        let child = try Child(
            "/usr/bin/env", ["python3", Place.root.path + "/Tests/EndToEnd/Support/completion_server.py"],
            scratch: scratch, interactive: true)
        var port: Int?
        _ = await eventually(within: .seconds(30)) {
            port = Int(
                String(decoding: child.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
            return port != nil || child.ending != nil
        }
        guard let port else { throw ChildFailure(description: "the model does not listen: \(child.errors)") }
        self.port = port
        self.child = child
    }

    deinit { child.signal(SIGKILL) }
}

/// OpenAI's own client library against the gateway, with a client certificate and a role's token, and a server behind it that
/// plays the model.
@Suite(.enabled("the gateway takes models from a policy") { Deployment.takesModels })
struct `OpenAI's client library` {
    private func seen(by role: Role, _ gateway: GatewayProcess) async throws -> JSONNode {
        let deployment = gateway.deployment
        let identity = deployment.identity(role)
        let python = try await ProviderProcess.interpreter(deployment.scratch)
        let client = try await run(
            python,
            [
                Place.root.path + "/Tests/EndToEnd/Support/completion_client.py", gateway.url,
                deployment.certificates + "/ca.crt", identity.certificate, identity.key, deployment.token(role),
            ], scratch: deployment.scratch)
        #expect(client.status == 0, "\(client.errors)")
        return try JSONParser.parse(Array(client.text.utf8))
    }

    @Test func `works against the gateway: whole, streamed and refused`() async throws {
        let deployment = try await Deployment.make()
        let model = try await CompletionServer(deployment.scratch)
        try deployment.useModel(port: model.port)
        let gateway = try await GatewayProcess.start(deployment)
        let agent = try await seen(by: .agent, gateway)
        #expect(agent["models"]?.elements?.map { $0.text } == ["assistant"])
        // An agent may have back what it sent, though the model saw none of it.
        #expect(agent["whole"]?.text == "write to jane.doe@example.org now" && agent["finish"]?.text == "stop")
        #expect(agent["tokens"]?.integer == 13 && agent["streamed_tokens"]?.integer == 13)
        let pieces = agent["pieces"]?.elements?.compactMap { $0.text } ?? []
        #expect(pieces.joined() == "write to jane.doe@example.org now" && pieces.count > 1, "\(pieces)")
        let errors = agent["errors"]?.elements?.map { $0.elements?.map { $0.text ?? "\($0.integer ?? 0)" } ?? [] }
        #expect(
            errors == [
                ["NotFoundError", "404", "not_found", "0"], ["BadRequestError", "400", "invalid_body", "tools"],
                ["InternalServerError", "503", "unavailable", "0"], ["APIError", "0", "unavailable", "0"],
            ])
        let customer = try await seen(by: .customer, gateway)
        #expect(customer["whole"]?.text == "write to [EMAIL_1] now")
        #expect(customer["pieces"]?.elements?.compactMap { $0.text }.joined() == "write to [EMAIL_1] now")
        #expect(try await gateway.stop() == .exited(0))
        let log = deployment.logText
        #expect(log.contains("\"stream\":true") && log.contains("\"upstream\"") && !log.contains("jane.doe"))
    }
}

/// The model wants the balance whatever it is asked, and so has the customer asked who they are first.
@Suite struct `A model that calls the bank's tools` {
    @Test func `tells the balance to whom proved who they are, and each call is on record`() async throws {
        let deployment = try await Deployment.make()
        let model = try await CompletionServer(deployment.scratch)
        try deployment.useModel(port: model.port)
        let gateway = try await GatewayProcess.start(deployment)
        func say(_ message: String) async throws -> JSONNode {
            let reply = try await gateway.post(
                "/v1/ask", #"{"message": "\#(message)", "session_id": "chat-0001"}"#, by: .role(.agent, of: deployment))
            #expect(reply.status == 200, "\(message): \(reply.text)")
            return try JSONParser.parse(reply.body)
        }
        let question = "Will the weather be like this tomorrow?"
        let asked = try await say(question)
        #expect(asked["needs"]?.text == "identity", "\(asked["answer"]?.text ?? "")")
        _ = try await say("My account number is 1001 and my name is Ada Lindqvist")
        let proven = try await say("The answer is Rex")
        #expect(proven["answer"]?.text?.contains("1,794.66 EUR") == true)
        let told = try await say(question)
        #expect(told["decision"]?["route"]?.text == "model" && told["answer"]?.text == "You have 1,794.66 EUR.")
        #expect(try await gateway.stop() == .exited(0))
        let log = try LogFiles(deployment.logDirectory)
        let id = try #require(told["request_id"]?.text)
        let end = try #require(log.record(ofRequest: id)).json
        let tools = end["agent"]?["tools"]?.elements?.compactMap { $0["name"]?.text } ?? []
        #expect(tools.contains("query_account_balance") && end["begin"] != nil)
        #expect(end["agent"]?["upstream"]?.text == "played" && end["customer"]?["level"]?.text == "knowledge")
        #expect(!deployment.logText.contains("1,794") && !deployment.logText.contains("indqvist"))
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.errors)")
    }
}

extension Deployment {
    /// Whether the shipped settings name a policy of models.
    fileprivate static var takesModels: Bool {
        String(decoding: contents(of: Place.root.path + "/policies/gateway.json5"), as: UTF8.self)
            .contains("models.json5")
    }

    /// Has a model answer that a server on this machine plays.
    fileprivate func useModel(port: Int) throws {
        try write(
            """
            {
                version: 1, currency: "USD",
                servers: { local: { url: "http://127.0.0.1:\(port)/v1", answer_form: "none" } },
                models: { played: { server: "local", model: "m", context_tokens: 8192, answer_tokens: 500 } },
                use: { answer: ["played"], summary: [] },
                budgets: { default: {}, roles: {} },
                patience: { attempts: 1, deadline_ms: 10000 },
            }
            """.utf8, to: policies + "/models.json5")
    }

    /// The log's records as they are.
    fileprivate var logText: String {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: logDirectory)) ?? []
        return files.filter { $0.hasPrefix("seg-") }.map {
            String(decoding: contents(of: logDirectory + "/" + $0), as: UTF8.self)
        }
        .joined()
    }
}
