import Foundation
import JSON
import Testing

/// A text on its way to a model and back: redacted by the command, said back by a server that plays a model, restored by
/// the command as it comes.
@Suite struct `A model's answer` {
    private static let text =
        "Zoë wrote to jane.doe@example.org (😀), call +92 300 1234567; jane.doe@example.org again.\n"
    private static let values = ["jane.doe@example.org", "+92 300 1234567"]

    /// What is left of an alteration around an original (see ALTERATIONS in model_server.py).
    private static let alterations: [(name: String, before: String, after: String)] = [
        ("same", "", ""), ("lower", "", ""), ("spaced", "", ""), ("hyphen", "", ""), ("bare", "", ""),
        ("curly", "", ""), ("round", "(", ")"), ("plural", "", ""), ("escaped", "", ""), ("reference", "", ""),
        ("lenticular", "", ""),
        ("bold", "**", "**"), ("quoted", "\"", "\""), ("code", "`", "`"),
    ]

    /// A folder with a text that was redacted into a vault.
    private struct Redacted {
        let scratch: Scratch
        let text: String

        var restore: [String] { restore(vault: "vault") }

        func restore(vault: String, session: String = "s1") -> [String] {
            [
                Place.binary, "restore", "--vault", scratch.file(vault), "--vault-key", scratch.file("key"),
                "--session", session,
            ]
        }
    }

    private func redact() async throws -> Redacted {
        let scratch = try Scratch()
        try write((Data(repeating: 7, count: 32).base64EncodedString() + "\n").utf8, to: scratch.file("key"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.file("key"))
        func redact(_ text: String, vault: String) async throws -> Finished {
            try await run(
                Place.binary,
                [
                    "redact", "--vault", scratch.file(vault), "--vault-key", scratch.file("key"), "--session", "s1",
                ], scratch: scratch, input: Array(text.utf8))
        }
        let redacted = try await redact(Self.text, vault: "vault")
        #expect(redacted.status == 0, "\(redacted.errors)")
        for value in Self.values { #expect(!redacted.text.contains(value), "\(redacted.text)") }
        let other = try await redact("GB82 WEST 1234 5698 7654 32", vault: "other")
        #expect(other.text == "[IBAN_1]" && redacted.text.contains("[EMAIL_1]"), "\(other.errors)")
        #expect(try mode(of: scratch.file("vault")) == 0o600)
        return Redacted(scratch: scratch, text: redacted.text)
    }

    private struct Case {
        let transport: String, alteration: String
        let delta: Int, wire: Int
        var lineEnd = "\n"
    }

    private func request(_ one: Case, _ text: String) -> String {
        var json = JSONWriter()
        json.object {
            $0.member("transport", one.transport)
            $0.member("alter", one.alteration)
            $0.member("delta", one.delta)
            $0.member("wire", one.wire)
            $0.member("line_end", one.lineEnd)
            $0.name("messages")
            $0.array { json in
                json.object {
                    $0.member("role", "user")
                    $0.member("content", text)
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// What the restoring command printed for each case.
    private func ask(_ cases: [Case], _ redacted: Redacted, _ restore: [String]) async throws -> [String] {
        let venv = try await run("bash", [Place.root.path + "/scripts/python-venv.sh"], scratch: redacted.scratch)
        let python = venv.text.trimmingCharacters(in: .whitespacesAndNewlines)
        let support = Place.root.path + "/Tests/EndToEnd/Support"
        let server = try Child(python, [support + "/model_server.py"], scratch: redacted.scratch, interactive: true)
        defer { server.endInput() }
        try #require(await eventually(within: .seconds(30)) { server.output.contains(0x0A) }, "\(server.errors)")
        let ports = String(decoding: server.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .map(String.init)
        let requests = "[" + cases.map { request($0, redacted.text) }.joined(separator: ",") + "]"
        let finished = try await run(
            python, [support + "/model_client.py"] + ports + [requests] + restore, scratch: redacted.scratch)
        #expect(finished.status == 0, "\(finished.errors) \(server.errors)")
        let answers = try #require(try JSONParser.parse(finished.output).elements)
        #expect(answers.allSatisfy { $0["status"]?.integer == 0 })
        return answers.compactMap { $0["output"]?.text }
    }

    /// The words in what was printed.
    private func words(_ output: String, _ transport: String) throws -> String {
        if transport == "json" {
            return try JSONParser.parse(Array(output.utf8))["choices"]?.elements?[0]["message"]?["content"]?.text ?? ""
        }
        return output.split(whereSeparator: \.isNewline).reduce(into: "") { words, line in
            let data = line.hasPrefix("data: ") ? line.dropFirst(6) : line
            guard let root = try? JSONParser.parse(Array(data.utf8)) else { return }
            words += root["choices"]?.elements?[0]["delta"]?["content"]?.text ?? ""
        }
    }

    @Test(arguments: ["json", "sse", "websocket"])
    func `is restored whatever became of its tokens and wherever it was cut`(transport: String) async throws {
        let redacted = try await redact()
        var cases = Self.alterations.enumerated().map { index, alteration in
            Case(
                transport: transport, alteration: alteration.name, delta: 1 + index % 5,
                wire: [1, 3, 7, 4_096][index % 4])
        }
        cases += [1, 2, 3, 5, 8, 13].map { Case(transport: transport, alteration: "same", delta: $0, wire: $0) }
        cases.append(Case(transport: transport, alteration: "bare", delta: 1, wire: 1, lineEnd: "\r\n"))
        let answers = try await ask(cases, redacted, redacted.restore)
        #expect(answers.count == cases.count)
        for (one, answer) in zip(cases, answers) {
            let around = try #require(Self.alterations.first { $0.name == one.alteration })
            let wanted = Self.values.reduce(Self.text) {
                $0.replacing($1, with: around.before + $1 + around.after)
            }
            #expect(try words(answer, transport) == wanted, "\(one)")
            if transport != "json" { #expect(answer.contains("[DONE]")) }
        }
    }

    @Test func `keeps the tokens of another vault, session or key`() async throws {
        let redacted = try await redact()
        let cases = ["json", "sse", "websocket"].map { Case(transport: $0, alteration: "same", delta: 2, wire: 3) }
        let answers = try await ask(cases, redacted, redacted.restore(vault: "other"))
        for (one, answer) in zip(cases, answers) {
            #expect(try words(answer, one.transport) == redacted.text)
        }
        let other = try await run(
            Place.binary, Array(redacted.restore(vault: "vault", session: "s2").dropFirst()), scratch: redacted.scratch,
            input: Array(redacted.text.utf8))
        #expect(other.status == 77 && other.output.isEmpty, "\(other.errors)")
        try write((Data(repeating: 8, count: 32).base64EncodedString() + "\n").utf8, to: redacted.scratch.file("key"))
        let key = try await run(
            Place.binary, Array(redacted.restore.dropFirst()), scratch: redacted.scratch,
            input: Array(redacted.text.utf8))
        #expect(key.status == 77 && key.output.isEmpty, "\(key.errors)")
    }
}
