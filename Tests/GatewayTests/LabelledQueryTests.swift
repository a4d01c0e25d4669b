import Agent
import Testing

@testable import Gateway

@Suite struct `Labelled queries` {
    private func file(_ text: String) throws(CommandFailure) -> LabelledQueryFile {
        try LabelledQueryFile(Array(text.utf8), name: "q.jsonl")
    }

    private func failure(_ bytes: [UInt8]) -> CommandFailure? {
        do throws(CommandFailure) {
            _ = try LabelledQueryFile(bytes, name: "q.jsonl")
            return nil
        } catch {
            return error
        }
    }

    private static func row(query: String = "q", kind: String = "k") -> String {
        "{\"query\":\"\(query)\",\"expected_id\":null,\"kind\":\"\(kind)\"}\n"
    }

    @Test func `are a JSON object a line`() throws {
        let rows = try file(
            """
            {"query": "Où est-elle?", "expected_id": "card_arrival", "kind": "noisy/chatter"}\r

            {"expected_id": null, "query": "weather"}
            """
        ).rows
        #expect(rows.map(\.line) == [1, 3])
        #expect(rows[0].query.query == Array("Où est-elle?".utf8))
        #expect(
            rows[0].query.expectedID == Array("card_arrival".utf8) && rows[0].query.kind == Array("noisy/chatter".utf8))
        #expect(rows[1].query.expectedID == nil && rows[1].query.kind == nil)
    }

    @Test(arguments: [
        ("{", "found the text ends too early in column 2; wanted a JSON object a line"),
        ("nonsense", "found expected true, false or null in column 1"), ("[]", "found an array; wanted an object"),
        ("\r", "found the text ends too early"),
        (#"{"expected_id":null}"#, "found no member \"query\""),
        (#"{"query":"q"}"#, "found no member \"expected_id\""),
        (#"{"query":"","expected_id":null}"#, "found /query: a string of 0 bytes; wanted 1 to 16384 bytes"),
        (#"{"query":5,"expected_id":null}"#, "found /query: an integer; wanted a string"),
        (#"{"query":"q","expected_id":""}"#, "found /expected_id: a string of 0 bytes; wanted 1 to 64 bytes"),
        (#"{"query":"q","expected_id":["a"]}"#, "nested deeper than 1 levels"),
        (#"{"query":"q","expected_id":false}"#, "found /expected_id: a boolean"),
        (#"{"query":"q","expected_id":null,"kind":null}"#, "found /kind: null"),
        (
            #"{"query":"q","expected_id":null,"kind":"a\u001b[2J"}"#,
            "found /kind: other characters; wanted printable ASCII"
        ),
        (#"{"query":"q","expected_id":null,"kind":"é"}"#, "found /kind: other characters"),
        (#"{"query":"q","expected_id":null,"knid":"a"}"#, "found /knid: an unknown member"),
        (#"{"query":"q","query":"r","expected_id":null}"#, "repeated"),
        (#"{"query":"q","expected_id":null} {}"#, "unexpected text after the value"),
    ])
    func `that are wrong are told of by file and line`(line: String, what: String) throws {
        let text = Self.row() + "\n" + line + "\n" + Self.row()
        let refused = try #require(failure(Array(text.utf8)))
        #expect(refused.status == .data && refused.subject == "q.jsonl:3")
        #expect(refused.description.contains(what), "\(refused)")
    }

    @Test(arguments: ["", "\n\n"]) func `are at least one`(text: String) {
        let refused = failure(Array(text.utf8))
        #expect(refused?.status == .data && refused?.description.contains("found no query") == true)
    }

    @Test func `are valid UTF-8`() { #expect(failure(Array(Self.row().utf8) + [0xFF])?.subject == "q.jsonl:2") }

    @Test func `are as long as a question may be, and no longer`() throws {
        let longest = String(repeating: "\\u0061", count: AgentLimits.textBytesMax)
        #expect(try file(Self.row(query: longest)).rows[0].query.query.count == AgentLimits.textBytesMax)
        #expect(failure(Array(Self.row(query: longest + "a").utf8))?.what.contains("16385 bytes") == true)
        let blanks = { String(repeating: " ", count: LabelledQuery.lineBytesMax - Self.row().utf8.count + 1 + $0) }
        #expect(try file(blanks(0) + Self.row()).rows.count == 1)
        #expect(failure(Array((blanks(1) + Self.row()).utf8))?.what == "found \(LabelledQuery.lineBytesMax + 1) bytes")
    }

    @Test func `have kinds of a bounded length and number`() throws {
        let longest = String(repeating: "k", count: LabelledQuery.kindBytesMax)
        #expect(try file(Self.row(kind: longest)).rows.count == 1)
        #expect(failure(Array(Self.row(kind: longest + "k").utf8))?.what.contains("65 bytes") == true)
        let most = (1...LabelledQueryFile.kindsMax).map { Self.row(kind: "\($0)") }.joined()
        #expect(try file(most + Self.row(kind: "1")).rows.count == LabelledQueryFile.kindsMax + 1)
        let refused = try #require(failure(Array((most + Self.row(kind: "0")).utf8)))
        #expect(refused.subject == "q.jsonl:257" && refused.what.contains("256 kinds"))
    }

    @Test func `are so many and no more`() throws {
        let row = #"{"query":"q","expected_id":null}"# + "\n"
        let most = Array(String(repeating: row, count: LabelledQueryFile.queriesMax).utf8)
        #expect(try LabelledQueryFile(most, name: "q").rows.count == 100_000)
        #expect(failure(most + Array(row.utf8))?.subject == "q.jsonl:100001")
    }

    @Test func `expect a row that is there`() throws {
        let known = try file(#"{"query":"q","expected_id":"a"}"# + "\n" + Self.row())
        try known.expect([Array("a".utf8)])
        let error = #expect(throws: CommandFailure.self) {
            try file(Self.row() + #"{"query":"q","expected_id":"b\n"}"#).expect([Array("a".utf8)])
        }
        #expect(error?.subject == "q.jsonl:2" && error?.status == .data)
        #expect(error?.what == #"found expected_id "b\n", which no row has"#)
    }
}
