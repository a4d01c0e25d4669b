import Foundation
import JSON
import Testing

@Suite(.enabled(if: Place.options.isEmpty, "a sanitizer takes more memory and calls than an extraction may"))
struct `Documents of a conversation` {
    private static let documents = Task { () throws -> Scratch in
        let scratch = try Scratch()
        try await succeed(
            "python3", [Place.root.path + "/Tests/EndToEnd/Support/documents.py", scratch.file("documents")],
            scratch: scratch)
        return scratch
    }

    private func document(_ name: String) async throws -> String {
        try await Self.documents.value.file("documents/\(name)")
    }

    private func start(_ deployment: Deployment) async throws -> GatewayProcess {
        try deployment.raiseRateLimits()
        return try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
    }

    private func begin(_ gateway: GatewayProcess) async throws -> String {
        let reply = try await gateway.post("/v1/sessions", "{}", by: gateway.customer)
        try #require(reply.status == 201, "\(reply.text) \(gateway.child.errors)")
        return try #require(try reply.json["session_id"]?.text)
    }

    private func say(_ text: String, in session: String, at gateway: GatewayProcess) async throws -> JSONNode {
        let reply = try await gateway.post(
            "/v1/sessions/\(session)/messages", #"{"message": "\#(text)"}"#, by: gateway.customer)
        #expect(reply.status == 200, "\(text): \(reply.text)")
        return try reply.json
    }

    private func upload(_ name: String, to session: String, at gateway: GatewayProcess) async throws -> String {
        let reply = try await gateway.request(
            "POST", "/v1/documents?session_id=\(session)", by: gateway.customer,
            options: ["-F", "file=@\(try await document(name))"])
        #expect(reply.status == 201, "\(name): \(reply.text)")
        return try #require(try reply.json["id"]?.text)
    }

    @Test func `are read out in the sandbox, those that cannot be with the reason, and go with the conversation`()
        async throws
    {
        let deployment = try await Deployment.make()
        let gateway = try await start(deployment)
        let session = try await begin(gateway)
        let id = try await upload("good.pdf", to: session, at: gateway)
        let only = try await say("What does my document say?", in: session, at: gateway)
        #expect(only["decision"]?["route"]?.text == "tool", "\(only["answer"]?.text ?? "")")
        #expect(
            only["answer"]?.text?.contains("The yearly fee is waived for students") == true,
            "\(only["answer"]?.text ?? "") \(gateway.child.errors)")
        // A page without letters, and one that says that its pages are its own parents.
        let scan = try await upload("scan.pdf", to: session, at: gateway)
        let silent = try await say("show me document \(scan)", in: session, at: gateway)
        #expect(silent["answer"]?.text?.contains("there is no text in it") == true, "\(silent["answer"]?.text ?? "")")
        let loop = try await upload("loop.pdf", to: session, at: gateway)
        let hostile = try await say("read the document \(loop)", in: session, at: gateway)
        #expect(
            hostile["answer"]?.text?.contains("was found, but not what it says") == true,
            "\(hostile["answer"]?.text ?? "")")
        let named = try await say("show me document \(id)", in: session, at: gateway)
        #expect(named["answer"]?.text?.contains("Card fees") == true, "\(named["answer"]?.text ?? "")")
        let list = try await say("show my documents", in: session, at: gateway)
        #expect(list["answer"]?.text?.hasPrefix("There are 3 documents: ") == true, "\(list["answer"]?.text ?? "")")

        // Another conversation finds none of it.
        let other = try await begin(gateway)
        let none = try await say("show me document \(id)", in: other, at: gateway)
        #expect(none["answer"]?.text?.contains("cannot find") == true, "\(none["answer"]?.text ?? "")")

        let files = deployment.state + "/var/documents/files"
        #expect(try FileManager.default.contentsOfDirectory(atPath: files).count == 3)
        #expect(try await gateway.get("/v1/documents/\(id)?session_id=\(session)", by: gateway.customer).status == 200)
        let gone = try await gateway.request("DELETE", "/v1/sessions/\(session)", by: gateway.customer)
        #expect(gone.status == 204, "\(gone.text)")
        #expect(try await gateway.get("/v1/documents/\(id)?session_id=\(session)", by: gateway.customer).status == 404)
        #expect(try FileManager.default.contentsOfDirectory(atPath: files) == [])
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        let log = try LogFiles(deployment.logDirectory)
        let actions = log.records.filter { $0.type == "document.change" }.map { $0.json["document"]?["action"]?.text }
        #expect(actions == ["store", "store", "store", "erase"])
        let request = try #require(only["request_id"]?.text)
        let call = try #require(log.record(ofRequest: request)).json
        let tool = try #require(call["agent"]?["tools"]?.elements?.last)
        #expect(tool["name"]?.text == "retrieve_document" && tool["outcome"]?.text == "pass")
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.errors)")
    }
}
