import Foundation
import JSON
import Patience
import Testing

/// The search by meaning, by the built binary: with the real model in a confined gateway, and with a server of vectors.
@Suite struct `Searching by meaning` {
    private static let key = "sk-never-shown"

    // MARK: A model in the process

    private static func model(_ scratch: Scratch) async throws -> String {
        let folder = Place.root.path + "/.build/models/all-MiniLM-L6-v2"
        try await succeed(Place.root.path + "/scripts/model.sh", [folder], scratch: scratch)
        return folder
    }

    private func metric(_ name: String, of gateway: GatewayProcess) async throws -> String? {
        try await gateway.metrics().split(separator: "\n").first { $0.hasPrefix(name + " ") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    @Test func `a confined gateway makes its vectors while it serves, and finds by meaning after`() async throws {
        let deployment = try await Deployment.make()
        let head = "id,question,answer,category,variants\n"
        let rows = "vault,How do I open the vault?,With a key.,c,\nloan,What does a loan cost?,Interest.,c,\n"
        try write((head + rows).utf8, to: deployment.scratch.file("rows.csv"))
        try await succeed(
            Place.binary,
            ["knowledge", "import", "--database", deployment.database, deployment.scratch.file("rows.csv")],
            scratch: deployment.scratch)
        try deployment.set("model", "\"\(try await Self.model(deployment.scratch))\"")
        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox", "on"])
        #expect(gateway.child.errors.contains("the search goes by meaning and words"), "\(gateway.child.errors)")
        #expect(
            await eventually(within: .seconds(30)) { gateway.child.errors.contains("\"embedded\"") },
            "\(gateway.child.errors)")
        #expect(try await metric("portcullis_texts_without_vector", of: gateway) == "0")
        // No word of it is in the rows.
        let question = "borrowing money at which price"
        let found = try await gateway.get(
            "/v1/faq?query=\(question.replacing(" ", with: "+"))&limit=1", by: gateway.customer)
        #expect(found.status == 200 && found.text.contains("\"loan\""), "\(found.text)")
        #expect(
            try await gateway.get("/v1/faq?query=borrowing+money+at+which+price&limit=2", by: gateway.customer).status
                == 200)
        #expect(try await metric("portcullis_question_vectors_total{source=\"cache\"}", of: gateway) == "1")
        #expect(try await metric("portcullis_question_vectors_total{source=\"model\"}", of: gateway) == "1")
        let folder = "/proc/\(gateway.child.pid)/task"
        let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
        let statuses = threads.map { String(decoding: contents(of: "\(folder)/\($0)/status"), as: UTF8.self) }
        #expect(statuses.count { $0.contains("Name:\tembed-0\n") } == 1)
        #expect(statuses.allSatisfy { $0.contains("Seccomp:\t2\n") })
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `without a model the start says that words alone count`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        #expect(gateway.child.errors.contains("the search goes by words alone: there is no embedding model at"))
        #expect(try await !gateway.metrics().contains("portcullis_question_vectors_total"))
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `a folder that is no model stops the start and is named`() async throws {
        let deployment = try await Deployment.make()
        let folder = deployment.scratch.file("empty")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try deployment.set("model", "\"\(folder)\"")
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait(within: .seconds(20)) == .exited(78))
        #expect(child.errors.contains("\(folder)/config.json"), "\(child.errors)")
    }

    /// The 29 topics of the shipped table that have the fewest questions like them elsewhere, and as many questions.
    @Test func `finds more than words do, and knows better what it does not know`() async throws {
        let scratch = try Scratch()
        let model = try await Self.model(scratch)
        let labelled = String(
            decoding: contents(of: Place.root.path + "/Tests/AgentTests/Fixtures/queries.jsonl"), as: UTF8.self
        )
        .split(separator: "\n")
        let general = labelled.filter { $0.contains("\"kind\": \"general\"") }
        let outOfScope = labelled.filter { $0.contains("out_of_scope/") }.prefix(25)
        #expect(general.count == 29 && outOfScope.count == 25)
        let ids = try general.map { try #require(JSONParser.parse(Array($0.utf8))["expected_id"]?.text) }
        let table = String(decoding: contents(of: Place.root.path + "/knowledge/faq.csv"), as: UTF8.self)
            .split(separator: "\n")
        let rows = table.prefix(1) + table.filter { row in ids.contains { row.hasPrefix($0 + ",") } }
        try write(rows.joined(separator: "\n").utf8, to: scratch.file("rows.csv"))
        try write((general + outOfScope).joined(separator: "\n").utf8, to: scratch.file("queries.jsonl"))
        let database = ["--database", scratch.file("k.db")]
        try await succeed(
            Place.binary, ["knowledge", "import", scratch.file("rows.csv"), "--model", model] + database,
            scratch: scratch)
        func figures(_ more: [String]) async throws -> (first: Double, area: Double) {
            let words = ["knowledge", "eval", scratch.file("queries.jsonl"), "--threshold", "0.4", "--json"]
            let finished = try await run(Place.binary, words + database + more, scratch: scratch)
            #expect(finished.status == 0, "\(finished.errors)")
            let json = try JSONParser.parse(finished.output)
            guard case .double(let area)? = json["auroc"]?.value else { return (0, 0) }
            guard let all = json["all"], let first = all["first"]?.integer, let count = all["in_scope"]?.integer else {
                return (0, 0)
            }
            return (Double(first) / Double(count), area)
        }
        let words = try await figures([])
        let meaning = try await figures(["--model", model])
        #expect(meaning.first >= 0.9 && meaning.first > words.first, "\(words) \(meaning)")
        #expect(meaning.area >= 0.95, "\(words) \(meaning)")
    }

    // MARK: A server of vectors

    private struct Server {
        let child: Child
        let port: Int

        init(_ options: [String], scratch: Scratch) async throws {
            child = try Child(
                "python3", [Place.root.path + "/Tests/EndToEnd/Support/embedding_server.py"] + options,
                scratch: scratch,
                interactive: true)
            let child = child
            var found: Int?
            _ = await eventually(within: .seconds(60)) {
                let first = String(decoding: child.output, as: UTF8.self).split(separator: "\n").first
                found = first.flatMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
                return found != nil || child.ending != nil
            }
            port = try #require(found, "\(child.errors)")
        }

        var requests: [JSONNode] {
            String(decoding: child.output, as: UTF8.self).split(separator: "\n").dropFirst()
                .compactMap { try? JSONParser.parse(Array($0.utf8)) }.filter { $0["path"] != nil }
        }

        func answer(_ status: Int) async -> Bool {
            child.send(Array("status \(status)\n".utf8))
            return await eventually { String(decoding: child.output, as: UTF8.self).contains("{\"set\": \(status)}") }
        }

        func stop() { child.signal(SIGKILL) }
    }

    private func deploy(_ server: Server, dimensions: Int = 32) async throws -> Deployment {
        let deployment = try await Deployment.make()
        let key = deployment.scratch.file("embedding.key")
        try write((Self.key + "\n").utf8, to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try deployment.set("embedding.url", "\"http://127.0.0.1:\(server.port)/v1/embeddings\"")
        try deployment.set("api_key", "\"\(key)\"")
        try deployment.set("dimensions", "\(dimensions)")
        try deployment.set("question_prefix", "\"query: \"")
        try deployment.set("passage_prefix", "\"passage: \"")
        let text = String(decoding: contents(of: deployment.configuration), as: UTF8.self)
        let named = text.replacing("name: \"\", // of the server", with: "name: \"letters\", // of the server")
            .replacing("timeout_ms: 2000, // of a request to the server", with: "timeout_ms: 1000, // of a request")
        try write(named.utf8, to: deployment.configuration)
        let rows = "id,question,answer,category,variants\nvault,How do I open the vault?,With a key.,c,\n"
        try write(rows.utf8, to: deployment.scratch.file("rows.csv"))
        return deployment
    }

    private func knowledge(_ words: [String], _ deployment: Deployment) async throws -> Finished {
        try await run(
            Place.binary,
            ["knowledge"] + words + [
                "--database", deployment.database, "--config", deployment.configuration, "--state", deployment.state,
            ], scratch: deployment.scratch)
    }

    @Test func `gives vectors to an import and to a confined gateway, and its key to nobody`() async throws {
        let scratch = try Scratch()
        let server = try await Server(["--key", Self.key], scratch: scratch)
        defer { server.stop() }
        let deployment = try await deploy(server)
        let imported = try await knowledge(["import", deployment.scratch.file("rows.csv")], deployment)
        #expect(imported.status == 0 && imported.errors.isEmpty, "\(imported.errors)")
        let asked = server.requests.flatMap { $0["input"]?.elements ?? [] }.compactMap(\.text)
        #expect(
            asked.sorted() == ["passage: How do I open the vault?", "passage: How do I open the vault? With a key."])
        #expect(server.requests.allSatisfy { $0["model"]?.text == "letters" && $0["status"]?.integer == 200 })

        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox", "on"])
        // Letters of the vault's question, and no word of it.
        let found = try await gateway.get("/v1/faq?query=oped+nhe+valut&limit=1", by: gateway.customer)
        #expect(found.status == 200 && found.text.contains("\"vault\""), "\(found.text)")
        #expect(server.requests.last?["input"]?.elements?.first?.text == "query: oped nhe valut")

        // The server fails: the question is answered by its words, and the next does not wait for it.
        #expect(await server.answer(500))
        #expect(
            try await gateway.get("/v1/faq?query=the+vault&limit=1", by: gateway.customer).text.contains("\"vault\""))
        let count = server.requests.count
        #expect(try await gateway.get("/v1/faq?query=a+vault&limit=1", by: gateway.customer).status == 200)
        #expect(server.requests.count == count)
        #expect(try await metric("portcullis_question_vectors_total{source=\"none\"}", of: gateway) == "1")
        #expect(try await gateway.stop() == .exited(0))
        #expect(!gateway.child.errors.contains(Self.key))
        let arguments = String(decoding: contents(of: deployment.configuration), as: UTF8.self)
        #expect(!arguments.contains(Self.key))
    }

    @Test(arguments: [
        (["--key", "another"], 32, "it answered 401"), (["--status", "500"], 32, "it answered 500"),
        (["--dimensions", "16"], 32, "vectors of 16 numbers, and 32 are configured"),
        (["--delay", "3"], 32, "timedOut"),
    ])
    func `that gives none costs an import its vectors and not its rows`(
        options: [String], dimensions: Int, what: String
    ) async throws {
        let scratch = try Scratch()
        let server = try await Server(options, scratch: scratch)
        defer { server.stop() }
        let deployment = try await deploy(server, dimensions: dimensions)
        let imported = try await knowledge(["import", deployment.scratch.file("rows.csv")], deployment)
        #expect(imported.status == 0 && imported.text.contains("1 rows taken"), "\(imported.errors)")
        #expect(
            imported.errors.contains("no vectors for new texts") && imported.errors.contains(what), "\(imported.errors)"
        )
        #expect(!imported.errors.contains(Self.key) && !imported.errors.contains("vault?"))
        let listed = try await run(
            Place.binary, ["knowledge", "list", "--database", deployment.database], scratch: deployment.scratch)
        #expect(listed.text.contains("vault"))
    }
}
