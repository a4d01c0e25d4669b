import Foundation
import JSON
import Testing

/// `portcullis redact` by hand.
@Suite struct `Redacting by hand` {
    private static let letter = "Zoë <zoe@example.org>\ncard 4111 1111 1111 1111,\nno more\n"

    private func policy(_ text: String, in scratch: Scratch) throws -> String {
        try write("{version: 1, confidence_min_ppm: 500000, \(text)}".utf8, to: scratch.file("policy"))
        return scratch.file("policy")
    }

    private func redact(
        _ words: [String], _ scratch: Scratch, input: String? = letter, environment: [String: String] = [:]
    ) async throws -> Finished {
        try await run(
            Place.binary, ["redact"] + words, scratch: scratch, input: input.map { Array($0.utf8) },
            environment: environment)
    }

    @Test func `says where each value is and why it was found, and never the value`() async throws {
        let scratch = try Scratch()
        let explained = try await redact(["--explain"], scratch)
        #expect(explained.status == 0, "\(explained.errors)")
        #expect(
            explained.text == """
                standard input:1:7: EMAIL_ADDRESS tokenise 99 % email_address.mailbox: a name, an @ and a domain that ends \
                with letters
                standard input:2:6: CREDIT_CARD mask 99 % credit_card.digits: 13 to 19 digits, the last the Luhn check \
                digit, with the first digits and length of a card brand or behind a word for a card; named by the word \
                before: card

                """)
    }

    @Test func `prints an object a line with the redacted text and what was found in it`() async throws {
        let scratch = try Scratch()
        let printed = try await redact(["--json"], scratch)
        #expect(printed.status == 0, "\(printed.errors)")
        let lines = try printed.text.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        #expect(lines.map { $0["line"]?.integer } == [1, 2, 3])
        #expect(
            lines.map { $0["text"]?.text } == ["Zoë <[EMAIL_1]>", "card **** **** **** 1111,", "no more"])
        let bytes = Array(Self.letter.utf8)
        let places = lines.flatMap { $0["findings"]?.elements ?? [] }.compactMap { finding -> String? in
            guard let start = finding["byte_start"]?.integer, let end = finding["byte_end"]?.integer else { return nil }
            return String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self)
        }
        #expect(places == ["zoe@example.org", "4111 1111 1111 1111"])
        let card = try #require(lines[1]["findings"]?.elements?.first)
        #expect(card["action"]?.text == "mask" && card["line"]?.integer == 2 && card["column"]?.integer == 6)
        #expect(card["reason"]?.text?.hasSuffix("named by the word before: card") == true)
        let text = lines.compactMap { $0["byte_start"]?.integer }
        #expect(text == [0, 23, 49])
    }

    @Test func `takes several files, each a text of its own, with tokens that go on`() async throws {
        let scratch = try Scratch()
        try write("a@example.org\n".utf8, to: scratch.file("a"))
        try write("b@example.org a@example.org\n".utf8, to: scratch.file("b"))
        let printed = try await redact([scratch.file("a"), "-", scratch.file("b")], scratch, input: "x\n")
        #expect(printed.text == "[EMAIL_1]\nx\n[EMAIL_2] [EMAIL_1]\n", "\(printed.errors)")
        let counted = try await redact(["--counts", scratch.file("a"), scratch.file("b")], scratch, input: nil)
        #expect(counted.errors == "EMAIL_ADDRESS 3\n")
        let explained = try await redact(["--explain", scratch.file("a"), scratch.file("b")], scratch, input: nil)
        #expect(explained.text.contains("\(scratch.file("b")):1:15: EMAIL_ADDRESS"), "\(explained.text)")
    }

    @Test func `colours where it is told to, and nowhere else`() async throws {
        let scratch = try Scratch()
        let colored = try await redact(["--color", "always"], scratch)
        #expect(colored.text.hasPrefix("Zoë <\u{1B}[1;33m[EMAIL_1]\u{1B}[0m>\ncard \u{1B}[1;33m****"))
        #expect(try await !redact([], scratch).text.contains("\u{1B}"))
        let terminal = "script -qec '\(Place.binary) redact' /dev/null < \(scratch.file("letter"))"
        try write(Self.letter.utf8, to: scratch.file("letter"))
        for (environment, isColored) in [
            (["TERM": "xterm", "NO_COLOR": ""], true), (["TERM": "dumb", "NO_COLOR": ""], false),
            (["TERM": "xterm", "NO_COLOR": "1"], false),
        ] {
            let shown = try await run("bash", ["-c", terminal], scratch: scratch, environment: environment)
            #expect(shown.text.contains("\u{1B}[1;33m") == isColored, "\(environment) \(shown.text)")
        }
        let wrong = try await redact(["--color", "sometimes"], scratch)
        #expect(wrong.status == 64 && wrong.errors.contains("--color"), "\(wrong.errors)")
    }

    @Test func `refuses what the policy blocks, and shows all of it where it is asked why`() async throws {
        let scratch = try Scratch()
        let policy = try policy("otherwise: 'mask', types: { EMAIL_ADDRESS: 'block' }", in: scratch)
        for words in [[], ["--color", "always"]] {
            let refused = try await redact(["--policy", policy] + words, scratch)
            #expect(refused.status == 77 && refused.output.isEmpty)
            #expect(refused.errors.contains("EMAIL_ADDRESS") && !refused.errors.contains("zoe"))
        }
        let explained = try await redact(["--policy", policy, "--explain"], scratch)
        #expect(explained.status == 77 && explained.text.contains("EMAIL_ADDRESS block"))
        #expect(explained.text.contains("CREDIT_CARD mask"))
        let printed = try await redact(["--policy", policy, "--json"], scratch)
        #expect(printed.status == 77 && printed.text.contains("<EMAIL_ADDRESS>") && !printed.text.contains("zoe@"))
    }

    @Test func `applies the rules for a role, a route and a direction`() async throws {
        let scratch = try Scratch()
        let policy = try policy(
            """
            otherwise: 'mask', types: { EMAIL_ADDRESS: 'tokenise' }, rules: [
                { roles: ['auditor'], types: { EMAIL_ADDRESS: 'replace' } },
                { routes: ['/v1/ask'], direction: 'output', types: { EMAIL_ADDRESS: 'allow' } },
            ]
            """, in: scratch)
        for (words, start) in [
            ([], "Zoë <[EMAIL_1]>"), (["--role", "teller", "--role", "auditor"], "Zoë <<EMAIL>>"),
            (["--route", "/v1/ask"], "Zoë <[EMAIL_1]>"),
            (["--route", "/v1/ask", "--direction", "output"], "Zoë <zoe@example.org>"),
        ] {
            let redacted = try await redact(["--policy", policy] + words, scratch)
            #expect(redacted.text.hasPrefix(start + "\n"), "\(words) \(redacted.text)\(redacted.errors)")
        }
        #expect(try await redact(["--direction", "up"], scratch).status == 64)
    }

    @Test func `hashes under a key that must be there and be a key`() async throws {
        let scratch = try Scratch()
        let policy = try policy("otherwise: 'hash', types: {}", in: scratch)
        let without = try await redact(["--policy", policy], scratch)
        #expect(without.status == 78 && without.errors.contains("--hash-key"), "\(without.errors)")
        var marks: [String] = []
        for key in [7, 7, 8] as [UInt8] {
            try write((Data(repeating: key, count: 32).base64EncodedString() + "\n").utf8, to: scratch.file("key"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.file("key"))
            let hashed = try await redact(["--policy", policy, "--hash-key", scratch.file("key")], scratch)
            #expect(hashed.status == 0, "\(hashed.errors)")
            marks.append(String(hashed.text.prefix { !$0.isNewline }))
        }
        #expect(marks[0].wholeMatch(of: #/Zoë <<EMAIL:[0-9a-f]{10}>>/#) != nil, "\(marks)")
        #expect(marks[0] == marks[1] && marks[0] != marks[2])
        try write("short".utf8, to: scratch.file("key"))
        #expect(try await redact(["--policy", policy, "--hash-key", scratch.file("key")], scratch).status == 78)
    }

    @Test func `keeps bytes that are no text, and finds what stands among them`() async throws {
        let scratch = try Scratch()
        try write([0xFF] + Array("a@example.org".utf8) + [0xC3], to: scratch.file("odd"))
        let redacted = try await redact([scratch.file("odd")], scratch, input: nil)
        #expect(redacted.status == 0 && redacted.output == [0xFF] + Array("[EMAIL_1]".utf8) + [0xC3])
        let printed = try await redact(["--json", scratch.file("odd")], scratch, input: nil)
        #expect(try JSONParser.parse(printed.output)["text"]?.text == "\u{FFFD}[EMAIL_1]\u{FFFD}")
    }

    @Test func `goes on with a vault's tokens, and lets one command at a time have it`() async throws {
        let scratch = try Scratch()
        try write((Data(repeating: 7, count: 32).base64EncodedString() + "\n").utf8, to: scratch.file("key"))
        let vault = ["--vault", scratch.file("vault"), "--vault-key", scratch.file("key")]
        let open = try await redact(vault, scratch, input: "a@example.org")
        #expect(open.status == 78 && open.errors.contains("chmod 600"), "\(open.errors)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.file("key"))
        #expect(try await redact(vault, scratch, input: "a@example.org").text == "[EMAIL_1]")
        #expect(try await redact(vault, scratch, input: "b@example.org a@example.org").text == "[EMAIL_2] [EMAIL_1]")
        let restored = try await run(
            Place.binary, ["restore"] + vault, scratch: scratch, input: Array("email_2, [EMAIL_1] EMAIL_2.".utf8))
        #expect(restored.text == "email_2, a@example.org b@example.org.", "\(restored.errors)")
        let sealed = contents(of: scratch.file("vault"))
        #expect(sealed.starts(with: "PCVT".utf8) && !String(decoding: sealed, as: UTF8.self).contains("example"))
        let holder = try Child("flock", [scratch.file("vault.lock"), "cat"], scratch: scratch, interactive: true)
        let busy = await eventually { (try? await redact(vault, scratch, input: "c@example.org"))?.status == 75 }
        #expect(busy)
        holder.endInput()
        try await holder.wait()
        #expect(try await redact(["--vault", scratch.file("vault")], scratch).status == 64)
    }
}
