import Foundation
import JSON
import Testing

/// `portcullis knowledge list` and `knowledge eval`.
@Suite struct `Measuring knowledge` {
    private static let head = "id,question,answer,category,variants\n"
    private static let vault = "vault,How do I open the vault?,With a key.,Vaults,\n"
    private static let moon = "moon,Where is your office on the moon?,In a crater.,Branches,\n"
    private static let policy = Place.root.path + "/policies/escalation.json5"

    private func knowledge(_ words: String..., scratch: Scratch, input: String? = nil) async throws -> Finished {
        try await run(
            Place.binary, ["knowledge"] + words + ["--database", scratch.file("knowledge.db")], scratch: scratch,
            input: input.map { Array($0.utf8) })
    }

    private func base(_ rows: String) async throws -> Scratch {
        let scratch = try Scratch()
        try write((Self.head + rows).utf8, to: scratch.file("rows.csv"))
        let imported = try await knowledge("import", scratch.file("rows.csv"), scratch: scratch)
        #expect(imported.status == 0, "\(imported.errors)")
        return scratch
    }

    private func shipped() async throws -> Scratch {
        let scratch = try Scratch()
        let imported = try await knowledge("import", Place.root.path + "/knowledge/faq.csv", scratch: scratch)
        #expect(imported.status == 0, "\(imported.errors)")
        return scratch
    }

    private func number(_ node: JSONNode?) -> Double? {
        switch node?.value {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        default: nil
        }
    }

    // MARK: The list

    @Test func `the rows in force are listed, for people and whole for programs`() async throws {
        let scratch = try await base(Self.vault + Self.moon)
        let listed = try await knowledge("list", scratch: scratch)
        #expect(listed.status == 0 && listed.errors.isEmpty, "\(listed.errors)")
        #expect(
            listed.text == """
                vault  Vaults    How do I open the vault?
                moon   Branches  Where is your office on the moon?

                """)
        let whole = try await knowledge("list", "--json", scratch: scratch)
        let rows = try whole.text.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        #expect(rows.map { $0["id"]?.text } == ["vault", "moon"] && rows[0]["answer"]?.text == "With a key.")
        let all = try await knowledge("list", scratch: try await shipped())
        #expect(all.text.split(separator: "\n").count == 106 && all.text.contains("\nfind_branch  "))
    }

    @Test func `a list of nothing says so by its status`() async throws {
        let scratch = try Scratch()
        let missing = try await knowledge("list", scratch: scratch)
        #expect(missing.status == 66 && missing.errors.contains("knowledge import"), "\(missing.errors)")
        #expect(!FileManager.default.fileExists(atPath: scratch.file("knowledge.db")))
        try write(Self.head.utf8, to: scratch.file("rows.csv"))
        #expect(try await knowledge("import", scratch.file("rows.csv"), scratch: scratch).status == 65)
        let empty = try await knowledge("list", scratch: scratch)
        #expect(empty.status == 69 && empty.output.isEmpty)
    }

    // MARK: The evaluation

    @Test func `a base with a known outcome has the figures that it must have`() async throws {
        let scratch = try await base(Self.vault + Self.moon)
        let queries = """
            {"query": "how do i OPEN the vault", "expected_id": "vault", "kind": "exact"}
            {"query": "Where is your office on the moon?", "expected_id": "moon", "kind": "exact/moon"}
            {"query": "Where is your office on the moon?", "expected_id": "vault"}
            {"query": "zzzz qqqq", "expected_id": null, "kind": "other"}
            {"query": "How do I open the vault?", "expected_id": null, "kind": "other"}

            """
        let run = try await knowledge(
            "eval", "-", "--threshold", "0.99", "--json", scratch: scratch, input: queries)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        let figures = try JSONParser.parse(run.output)
        // Word for word is 0.99 sure; nothing found is not sure at all.
        let all = try #require(figures["all"])
        #expect(figures["rows"]?.integer == 5 && number(figures["confidence_min"]) == 0.99)
        #expect(all["first"]?.integer == 2 && all["in_scope"]?.integer == 3 && all["right"]?.integer == 2)
        #expect(all["in_scope_answered"]?.integer == 3 && all["out_of_scope_answered"]?.integer == 1)
        #expect(number(all["abstain_precision"]) == 1 && number(all["abstain_recall"]) == 0.5)
        #expect(number(figures["kinds"]?["exact"]?["top_1"]) == 1)
        // Of six pairs three are ties and three are told apart.
        #expect(number(figures["auroc"]) == 0.75)
        let point = try #require(figures["operating_point"])
        #expect(number(point["confidence_min"]) == 0.990001 && number(point["in_scope_answered_share"]) == 0)
        let above = try await knowledge(
            "eval", "-", "--threshold", "0.990001", scratch: scratch, input: queries)
        #expect(above.text.contains("0.0 %, 0 of 5\n") && above.text.contains("exact/moon"), "\(above.text)")
        #expect(above.text.contains("right, of those answered                              -, 0\n"), "\(above.text)")
    }

    @Test func `the shipped table is as good as is said, at the shipped threshold`() async throws {
        let scratch = try await shipped()
        let queries = Place.root.path + "/Tests/AgentTests/Fixtures/queries.jsonl"
        let run = try await knowledge("eval", queries, "--policy", Self.policy, "--json", scratch: scratch)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        let figures = try JSONParser.parse(run.output)
        let again = try await knowledge("eval", queries, "--policy", Self.policy, "--json", scratch: scratch)
        #expect(again.output == run.output)
        #expect(figures["rows"]?.integer == 263 && number(figures["confidence_min"]) == 0.4)
        #expect(figures["kinds"]?["noisy"]?["in_scope"]?.integer == 30)
        #expect(number(figures["kinds"]?["intent"]?["top_1"]) ?? 0 >= 0.55)
        #expect(number(figures["kinds"]?["intent"]?["top_5"]) ?? 0 >= 0.84)
        #expect(number(figures["auroc"]) ?? 0 >= 0.91 && number(figures["calibration_error"]) ?? 1 <= 0.1)
        let point = try #require(figures["operating_point"])
        #expect(number(point["out_of_scope_answered_share"]) ?? 1 <= 0.05)
        // The threshold as it is printed does what is said of it.
        let printed = "\(try #require(number(point["confidence_min"])))"
        let there = try await knowledge("eval", queries, "--threshold", printed, "--json", scratch: scratch)
        let all = try JSONParser.parse(there.output)["all"]
        #expect(number(all?["out_of_scope_answered_share"]) == number(point["out_of_scope_answered_share"]))
        #expect(number(all?["in_scope_answered_share"]) == number(point["in_scope_answered_share"]))
    }

    @Test func `what is wrong is named, and nothing is printed`() async throws {
        let scratch = try await base(Self.vault)
        let file = scratch.file("queries.jsonl")
        let good = #"{"query":"q","expected_id":"vault"}"# + "\n"
        for (text, what) in [
            (good + "{}\n", "queries.jsonl:2: found no member \"query\""),
            (good + #"{"query":"q","expected_id":"moon"}"#, "queries.jsonl:2: found expected_id \"moon\""),
            ("", "queries.jsonl: found no query"),
        ] {
            try write(text.utf8, to: file)
            let run = try await knowledge("eval", file, "--threshold", "0.4", scratch: scratch)
            #expect(run.status == 65 && run.output.isEmpty && run.errors.contains(what), "\(run.errors)")
        }
        let stream = try await knowledge("eval", "-", "--threshold", "0.4", scratch: scratch, input: "x")
        #expect(stream.status == 65 && stream.errors.contains("standard input:1: "), "\(stream.errors)")
        try write(good.utf8, to: file)
        for (words, status, what) in [
            (["--threshold", "1.1"], 64, "--threshold"), (["--threshold", "0.4", "--policy", file], 64, "--policy"),
            (["--policy", scratch.file("none")], 66, "none"), (["--policy", file], 78, "queries.jsonl"),
        ] as [([String], Int32, String)] {
            let run = try await run(
                Place.binary, ["knowledge", "eval", file, "--database", scratch.file("knowledge.db")] + words,
                scratch: scratch)
            #expect(run.status == status && run.output.isEmpty && run.errors.contains(what), "\(words) \(run.errors)")
        }
        let missing = try await knowledge("eval", scratch.file("none"), "--threshold", "0", scratch: scratch)
        #expect(missing.status == 66 && missing.errors.contains("none"), "\(missing.errors)")
        let other = try Scratch()
        let none = try await knowledge("eval", file, "--threshold", "0", scratch: other)
        #expect(none.status == 66 && none.errors.contains("knowledge import"), "\(none.errors)")
    }

    @Test func `an evaluation that takes over a second shows on a terminal how far it is`() async throws {
        let scratch = try await base(Self.vault)
        let slow =
            "(sleep 1.5; echo '{\"query\":\"q\",\"expected_id\":null}') | \(Place.binary) knowledge eval --threshold 0.4"
            + " --database \(scratch.file("knowledge.db")) -"
        let terminal = "import pty, sys; sys.exit(pty.spawn(['bash', '-c', sys.argv[1]]) >> 8)"
        let shown = try await run("python3", ["-c", terminal, slow], scratch: scratch)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.text.contains("evaluating [") && shown.text.contains("100 %"), "\(shown.text)")
    }
}
