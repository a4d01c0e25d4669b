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
        // A page without letters, and more pages than are read.
        let scan = try await upload("scan.pdf", to: session, at: gateway)
        let silent = try await say("show me document \(scan)", in: session, at: gateway)
        #expect(silent["answer"]?.text?.contains("there is no text in it") == true, "\(silent["answer"]?.text ?? "")")
        let long = try await upload("pages.pdf", to: session, at: gateway)
        let hostile = try await say("read the document \(long)", in: session, at: gateway)
        #expect(
            hostile["answer"]?.text?.contains("it has more than 2000 pages") == true,
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

    private func send(
        _ message: String, with files: [String], in session: String, at gateway: GatewayProcess
    ) async throws -> Reply {
        var options = ["-F", "message=\(message)"]
        for file in files { options += ["-F", "file=@\(file)"] }
        return try await gateway.request(
            "POST", "/v1/sessions/\(session)/messages", by: gateway.customer, type: nil, options: options)
    }

    @Test func `come with a message of curl's, are there before it is answered, and one that is refused refuses it`()
        async throws
    {
        let deployment = try await Deployment.make()
        let gateway = try await start(deployment)
        let session = try await begin(gateway)
        let pdf = try await document("good.pdf")
        let plain = try await document("plain.txt")
        let sent = try await send("What does my document say?", with: [pdf], in: session, at: gateway)
        #expect(sent.status == 200, "\(sent.text)")
        #expect(
            try sent.json["answer"]?.text?.contains("The yearly fee is waived for students") == true, "\(sent.text)")
        let two = try await send("show my documents", with: [pdf, plain], in: session, at: gateway)
        #expect(two.status == 200 && two.text.contains("There are 2 documents"), "\(two.text)")
        // All or none: the good one beside a program is not kept.
        let blank = deployment.scratch.file("other.txt")
        try write(Array("Another text.".utf8), to: blank)
        let refused = try await send(
            "Is this it?", with: [blank, try await document("program.pdf")], in: session, at: gateway)
        #expect(refused.status == 415 && refused.text.contains("file 2: "), "\(refused.text)")
        let five = try await send("x", with: [pdf, pdf, pdf, pdf, pdf], in: session, at: gateway)
        #expect(five.status == 400 && five.text.contains("at most 4 files"), "\(five.text)")
        let elsewhere = try await send("x", with: [pdf], in: "s-unknown", at: gateway)
        #expect(elsewhere.status == 404, "\(elsewhere.text)")

        let messages = try #require(
            try await gateway.get("/v1/sessions/\(session)/messages", by: gateway.customer).json["messages"]?.elements)
        #expect(messages.map { $0["attachments"]?.elements?.count ?? 0 } == [1, 0, 2, 0])
        let id = try #require(messages[0]["attachments"]?.elements?[0].text)
        #expect(messages[2]["attachments"]?.elements?[0].text == id, "the same content is kept once")
        let read = try await gateway.get("/v1/documents/\(id)?session_id=\(session)", by: gateway.customer)
        #expect(read.status == 200 && read.body == contents(of: pdf))
        // Who the customer is does not take from them what they sent before.
        for text in [
            "What's my balance?", "My account number is 1001 and my name is Ada Lindqvist", "The answer is Rex",
        ] {
            _ = try await say(text, in: session, at: gateway)
        }
        #expect(try await gateway.get("/v1/documents/\(id)?session_id=\(session)", by: gateway.customer).status == 200)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        let log = try LogFiles(deployment.logDirectory)
        let request = try #require(try two.json["request_id"]?.text)
        let records = log.records.filter { $0.json["req"]?["id"]?.text == request }
        #expect(records.map(\.type) == ["request.begin", "document.change", "document.change", "request.end"])
        #expect(log.records.filter { $0.type == "document.change" }.count == 3)
    }

    @Test func `are not taken with a message of who may keep none`() async throws {
        let deployment = try await Deployment.make()
        let rules = String(decoding: contents(of: deployment.rules), as: UTF8.self)
        try write(Array(rules.replacing("\"documents:write\", ", with: "").utf8), to: deployment.rules)
        let gateway = try await start(deployment)
        let session = try await begin(gateway)
        let refused = try await send("x", with: [try await document("good.pdf")], in: session, at: gateway)
        #expect(refused.status == 403, "\(refused.text)")
        let without = try await send("Where is the nearest branch?", with: [], in: session, at: gateway)
        #expect(without.status == 200, "\(without.text)")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }
}
