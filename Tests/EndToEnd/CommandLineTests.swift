import Foundation
import JSON
import Testing

@Suite struct `The command` {
    @Test func `it lists its commands and refuses others`() async throws {
        let scratch = try Scratch()
        let help = try await portcullis("--help", scratch: scratch)
        #expect(help.status == 0)
        for name in [
            "serve", "ca init", "ca issue", "token issue", "token inspect", "token revoke",
            "token revocations", "policy check", "policy explain", "redact",
            "redact eval", "restore",
            "audit verify", "audit verify-bundle", "audit check-receipt", "knowledge import", "knowledge search",
            "knowledge list", "knowledge eval", "knowledge versions", "knowledge rollback", "extract",
            "version",
        ] {
            #expect(help.text.contains("  \(name) "), "\(name)")
            let page = try await run(
                Place.binary, name.split(separator: " ").map(String.init) + ["--help"], scratch: scratch)
            #expect(page.status == 0 && page.text.contains("Usage: portcullis \(name)"))
        }
        let bare = try await portcullis(scratch: scratch)
        #expect(bare.status == 64 && bare.output.isEmpty)
        let wrong = try await portcullis("serv", scratch: scratch)
        #expect(wrong.status == 64 && wrong.errors.contains("did you mean serve?"), "\(wrong.errors)")
        let group = try await portcullis("ca", scratch: scratch)
        #expect(group.status == 64 && group.errors.contains("ca init"))
    }

    @Test func `output that cannot be written is a failure`() async throws {
        let scratch = try Scratch()
        let finished = try await run("bash", ["-c", "\(Place.binary) version > /dev/full"], scratch: scratch)
        #expect(finished.status == 74)
    }

    @Test func `openssl accepts what the authority issues`() async throws {
        let deployment = try await Deployment.make()
        let authority = deployment.authority.certificate
        for (path, purpose) in [
            (deployment.identity(.customer).certificate, "sslclient"),
            (deployment.certificates + "/server.crt", "sslserver"),
        ] {
            let good = try await run(
                "openssl", ["verify", "-x509_strict", "-CAfile", authority, "-purpose", purpose, path],
                scratch: deployment.scratch)
            #expect(good.status == 0, "\(good.errors)\(good.text)")
            let other = purpose == "sslclient" ? "sslserver" : "sslclient"
            let bad = try await run(
                "openssl", ["verify", "-CAfile", authority, "-purpose", other, path], scratch: deployment.scratch)
            #expect(bad.status != 0)
        }
        for name in ["ca.key", "server.key", "token-keys/signing.key", "clients/admin.key", "tokens/admin.jwt"] {
            #expect(try mode(of: deployment.certificates + "/" + name) == 0o600, "\(name)")
        }
    }

    @Test func `nothing that exists is overwritten`() async throws {
        let deployment = try await Deployment.make()
        let before = contents(of: deployment.authority.key)
        let finished = try await portcullis("ca", "init", "--dir", deployment.certificates, scratch: deployment.scratch)
        #expect(finished.status == 73)
        #expect(finished.errors.contains("ca."), "\(finished.errors)")
        #expect(contents(of: deployment.authority.key) == before)
    }

    @Test func `a token is issued and inspected`() async throws {
        let deployment = try await Deployment.make()
        let certificates = deployment.certificates
        let issued = try await portcullis(
            "token", "issue", "--unrecorded", "--key", certificates + "/token-keys/signing.key", "--role", "agent",
            "--subject",
            "emp-7",
            scratch: deployment.scratch)
        #expect(issued.status == 0, "\(issued.errors)")
        let token = issued.text.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try TokenForge.parts(of: token).claims.contains("emp-7"))
        let good = try await portcullis(
            "token", "inspect", "--key", certificates + "/token-keys/signing.pub", "-", scratch: deployment.scratch,
            input: issued.output)
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.text.contains("emp-7") && good.text.contains("agent"))
        let (header, claims) = try TokenForge.parts(of: token)
        let expired = claims.replacing(#/"exp":\d+/#, with: "\"exp\":1000000000")
        let old = try await deployment.forge.es256(header: header, claims: expired)
        for bad in [old, String(token.dropLast(4)) + "AAAA"] {
            let finished = try await portcullis(
                "token", "inspect", "--key", certificates + "/token-keys/signing.pub", "-", scratch: deployment.scratch,
                input: Array(bad.utf8))
            #expect(finished.status == 77, "\(finished.text)")
        }
        let nonsense = try await portcullis(
            "token", "inspect", "-", scratch: deployment.scratch, input: Array("x".utf8))
        #expect(nonsense.status == 65)
    }

    @Test func `policies are checked and explained`() async throws {
        let deployment = try await Deployment.make()
        let good = try await portcullis("policy", "check", deployment.policies, scratch: deployment.scratch)
        #expect(good.status == 0, "\(good.errors)")
        let rules = deployment.policies + "/rbac.json5"
        let allowed = try await portcullis(
            "policy", "explain", "--policy", rules, "--role", "customer", "POST", "/v1/ask",
            scratch: deployment.scratch)
        #expect(allowed.status == 0 && allowed.text.contains("allow: assistant:ask for customer"), "\(allowed.text)")
        let stolen = ["--role", "admin", "--cert", deployment.identity(.customer).certificate]
        for words in [["--role", "customer"], stolen, ["--role", "admin", "--no-cert"]] {
            let denied = try await run(
                Place.binary, ["policy", "explain", "--policy", rules] + words + ["GET", "/v1/audit/head"],
                scratch: deployment.scratch)
            #expect(denied.status == 77 && denied.text.contains("deny: "), "\(denied.text) \(denied.errors)")
        }
        try write(
            "{ version: \"1\", roles: 5, routes: [], bindings: [] }".utf8, to: deployment.policies + "/rbac.json5")
        let bad = try await portcullis("policy", "check", deployment.policies, scratch: deployment.scratch)
        #expect(bad.status == 78)
        #expect(bad.errors.contains("rbac.json5") && bad.errors.contains("roles"), "\(bad.errors)")
    }

    @Test func `text is redacted from a file or standard input`() async throws {
        let scratch = try Scratch()
        let text = "Write to jane.doe@example.org about 4111 1111 1111 1111.\n"
        try write(text.utf8, to: scratch.file("letter"))
        for (words, input) in [(["redact", scratch.file("letter")], nil), (["redact"], Array(text.utf8))]
            as [([String], [UInt8]?)]
        {
            let finished = try await run(Place.binary, words, scratch: scratch, input: input)
            #expect(finished.status == 0, "\(finished.errors)")
            #expect(!finished.text.contains("jane.doe") && !finished.text.contains("4111 1111 1111 1111"))
            #expect(finished.text.hasPrefix("Write to "))
        }
        let missing = try await portcullis("redact", scratch.file("none"), scratch: scratch)
        #expect(missing.status == 66 && missing.errors.contains("none"), "\(missing.errors)")
    }

    @Test func `labelled texts are evaluated, and what was found is written down`() async throws {
        let scratch = try Scratch()
        let rows = [
            #"{"id":"a","text":"write to jane@example.org","spans":[{"start":9,"end":25,"type":"EMAIL_ADDRESS"}]}"#,
            #"{"id":"b","text":"nothing","spans":[],"decoys":[{"start":0,"end":7}]}"#,
        ]
        let gold = scratch.file("gold.jsonl")
        try write((rows.joined(separator: "\n") + "\n").utf8, to: gold)
        let found = scratch.file("found.jsonl")
        let table = try await portcullis("redact", "eval", gold, "--predictions", found, scratch: scratch)
        #expect(table.status == 0 && table.errors.isEmpty, "\(table.errors)")
        #expect(table.text.contains("EMAIL_ADDRESS") && table.text.contains("100.0 %"), "\(table.text)")
        let lines = String(decoding: contents(of: found), as: UTF8.self)
        #expect(
            lines == #"{"id":"a","spans":[{"byte_start":9,"byte_end":25,"type":"EMAIL_ADDRESS"}]}"# + "\n"
                + #"{"id":"b","spans":[]}"# + "\n")
        #expect(try await portcullis("redact", "eval", gold, "--predictions", found, scratch: scratch).status == 73)
        let figures = try await portcullis("redact", "eval", gold, "--json", scratch: scratch)
        let json = try JSONParser.parse(Array(figures.text.utf8))
        #expect(json["rows"]?.integer == 2 && json["all"]?["labelled"]?.integer == 1, "\(figures.text)")
        try write((rows[0] + "\n{}\n").utf8, to: gold)
        let bad = try await portcullis("redact", "eval", gold, scratch: scratch)
        #expect(bad.status == 65 && bad.errors.contains("gold.jsonl:2: found no text /id"), "\(bad.errors)")
    }

    @Test func `knowledge is imported and searched`() async throws {
        let scratch = try Scratch()
        let database = scratch.file("knowledge.db")
        let imported = try await portcullis(
            "knowledge", "import", "--database", database, Place.root.path + "/knowledge/faq.csv", scratch: scratch)
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.text.contains("106"), "\(imported.text)")
        let found = try await portcullis(
            "knowledge", "search", "--database", database, "--limit", "3", "my card was stolen", scratch: scratch)
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.text.contains("stolen"), "\(found.text)")
        try write("id,question,answer,category,variants\n,,,,\n".utf8, to: scratch.file("bad.csv"))
        let bad = try await portcullis(
            "knowledge", "import", "--database", database, scratch.file("bad.csv"), scratch: scratch)
        #expect(bad.status == 65)
        #expect(bad.errors.contains("line 2"), "\(bad.errors)")
    }

    @Test func `an import that takes over a second shows on a terminal that it goes on`() async throws {
        let scratch = try Scratch()
        let slow =
            "(sleep 1.5; cat knowledge/faq.csv) | \(Place.binary) knowledge import --database \(scratch.file("db")) -"
        let terminal = "import pty, sys; sys.exit(pty.spawn(['bash', '-c', sys.argv[1]]) >> 8)"
        let shown = try await run(
            "python3", ["-c", terminal, "cd '\(Place.root.path)' && \(slow)"], scratch: scratch)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.text.contains("importing [") && shown.text.contains("106 rows taken"), "\(shown.text)")
    }
}
