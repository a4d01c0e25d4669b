import Foundation
import JSON
import Testing

/// libphonenumber's port to Python says what a telephone number is; the redactor has to find it.
@Suite struct `Telephone numbers, by another's plans` {
    private struct Row {
        let name: String
        let text: String
        /// Where the number is; nil where it is none.
        let number: Range<Int>?
        let found: [Range<Int>]
    }

    /// Rows of one seed, each with what was found in it.
    private func rows(_ arguments: [String], in scratch: Scratch) async throws -> [Row] {
        let made = try await run(Place.root.path + "/scripts/python-venv.sh", [], scratch: scratch)
        try #require(made.status == 0, "\(made.errors)")
        let python = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
        let gold = scratch.file("rows.jsonl")
        let predictions = scratch.file("found.jsonl")
        let script = Place.root.path + "/Tests/EndToEnd/Support/phone_numbers.py"
        let seed = ProcessInfo.processInfo.environment["PORTCULLIS_SEED"] ?? "1"
        let written = try await run(python, ["-B", script, seed, gold] + arguments, scratch: scratch)
        try #require(written.status == 0, "\(written.errors)")
        let judged = try await portcullis("redact", "eval", gold, "--predictions", predictions, scratch: scratch)
        try #require(judged.status == 0, "\(judged.errors)")
        return try zip(lines(of: gold), lines(of: predictions)).map { gold, found in
            Row(
                name: gold["id"]?.text ?? "", text: gold["text"]?.text ?? "", number: places(gold).first,
                found: places(found))
        }
    }

    private func lines(of path: String) throws -> [JSONNode] {
        try contents(of: path).split(separator: 0x0A).map { try JSONParser.parse(Array($0), dialect: .rfc8259) }
    }

    private func places(_ row: JSONNode) -> [Range<Int>] {
        (row["spans"]?.elements ?? []).compactMap { span in
            guard let start = span["byte_start"]?.integer, let end = span["byte_end"]?.integer else { return nil }
            return Int(start)..<Int(end)
        }
    }

    /// Expects that of the rows whose names have `parts` at least so many in a thousand are found whole.
    private func expectFound(_ rows: [Row], _ parts: [String], perMille: Int) {
        let chosen = rows.filter { row in parts.contains { row.name.contains($0) } }
        let missed = chosen.filter { row in !row.found.contains { $0 == row.number } }
        #expect(chosen.count >= 90)
        #expect(
            (chosen.count - missed.count) * 1_000 >= chosen.count * perMille, "\(missed.map { ($0.name, $0.text) })")
    }

    @Test func `what it calls valid is found whole, in every writing`() async throws {
        let rows = try await rows([], in: Scratch())
        #expect(rows.count == 14 * 16 * 3)
        expectFound(rows, ["/international/"], perMille: 990)
        expectFound(rows, ["/e164/"], perMille: 990)
        expectFound(rows, ["US", "GB", "DE", "FR", "PK", "IN"].map { "\($0)/national/" }, perMille: 970)
        // The others' national numbers have no plan here, and the word before them all the same.
        expectFound(rows, ["/national/"], perMille: 950)
    }

    @Test func `a plus and digits that it calls impossible are left alone`() async throws {
        let rows = try await rows(["no"], in: Scratch())
        #expect(rows.count == 300)
        let touched = rows.filter { !$0.found.isEmpty }
        #expect(touched.isEmpty, "\(touched.map(\.text))")
    }
}
