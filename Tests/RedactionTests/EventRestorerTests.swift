import JSON
import Testing

@testable import Redaction

@Suite struct EventRestorerTests {
    private let redactor: Redactor

    init() throws {
        redactor = Redactor(policy: try .parse(policyText(otherwise: "\"tokenise\"")))
    }

    /// A vault with jane@example.com behind `[EMAIL_1]` and a number behind `[PHONE_1]`.
    private func vault() throws -> Vault {
        var vault = Vault()
        _ = try redactor.redact(Array("jane@example.com, call +92 300 1234567".utf8), into: &vault)
        return vault
    }

    private func delta(_ text: String, index: Int = 0, finish: String = "null") -> String {
        var json = JSONWriter()
        json.string(text)
        let quoted = String(decoding: json.bytes, as: UTF8.self)
        let choice = #"{"index":\#(index),"delta":{"content":\#(quoted)},"finish_reason":\#(finish)}"#
        return #"{"id":"x","created":1.50,"choices":[\#(choice)]}"#
    }

    private func event(_ data: String) -> String { "data: \(data)\n\n" }

    private func run(
        _ stream: [UInt8], of words: MessageRestorer.Words = .member(.chatDelta), _ vault: borrowing Vault,
        pieceBytes: () -> Int = { .max }
    ) throws -> [UInt8] {
        var restorer = EventRestorer(words)
        var output: [UInt8] = []
        var start = 0
        while start < stream.count {
            let end = start + min(pieceBytes(), stream.count - start)
            output += try restorer.feed(Array(stream[start..<end]), from: vault)
            start = end
        }
        return output + restorer.finish(from: vault)
    }

    /// The words of each answer in a stream.
    private func words(_ stream: [UInt8]) throws -> [Int64: String] {
        var reader = EventReader()
        var words: [Int64: String] = [:]
        for event in try reader.feed(stream) {
            guard let data = event.data, let root = try? JSONParser.parse(data) else { continue }
            for choice in root["choices"]?.elements ?? [] {
                words[choice["index"]?.integer ?? 0, default: ""] += choice["delta"]?["content"]?.text ?? ""
            }
        }
        return words
    }

    @Test func `a token that is cut at every byte over events is restored`() throws {
        let vault = try vault()
        let text = "Write to [EMAIL_1] — or **\\[phone 1\\]**, Zoë."
        for size in 1...text.unicodeScalars.count {
            var stream = event(#"{"choices":[{"index":0,"delta":{"role":"assistant"}}]}"#)
            let scalars = Array(text.unicodeScalars)
            for start in stride(from: 0, to: scalars.count, by: size) {
                var part = String.UnicodeScalarView()
                part.append(contentsOf: scalars[start..<min(scalars.count, start + size)])
                stream += event(delta(String(part)))
            }
            stream += event(#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#) + event("[DONE]")
            let output = try run(Array(stream.utf8), vault)
            #expect(try words(output)[0] == "Write to jane@example.com — or **+92 300 1234567**, Zoë.")
            #expect(output.suffix(14) == Array("data: [DONE]\n\n".utf8)[...])
        }
    }

    @Test func `the bytes may be cut anywhere, in events and characters`() throws {
        let vault = try vault()
        var random = SeededRandom.fromEnvironment()
        let stream = Array(
            (": hello Zoë\r\n\r\nevent: delta\r\nid: 7\r\n" + event(delta("Zoë [EM")) + ":\n\n"
                + event(delta("AIL_1] 😀 x")) + "data:" + delta("EMAIL") + "\r\r"
                + event(delta("_1", finish: #""stop""#))
                + event("[DONE]") + "data: unfinished").utf8)
        let whole = try run(stream, vault)
        #expect(try words(whole)[0] == "Zoë jane@example.com 😀 xEMAIL_1")
        for _ in 0..<60 {
            let longest = Int.random(in: 1...40, using: &random)
            let cut = try run(stream, vault) { Int.random(in: 1...longest, using: &random) }
            #expect(try words(cut) == words(whole))
        }
        #expect(whole.starts(with: Array(": hello Zoë\r\n\r\nevent: delta\nid: 7\ndata: {".utf8)))
    }

    @Test func `what has nothing to restore goes on byte for byte`() throws {
        let stream = Array(
            ("\n: ping\n\nretry: 10\n\ndata: a\ndata: b\n\ndata\n\n" + event(delta("plain words, no tokens. "))
                + event(#"{"choices":[]}"#) + event(#"{"choices": 7}"#) + event("{broken") + event("[DONE]")).utf8)
        #expect(try run(stream, try vault()) == stream)
        #expect(try run(Array("\u{FEFF}data: x\n\n".utf8), try vault()) == Array("data: x\n\n".utf8))
        #expect(try run([0xEF, 0xBB, 0x78, 0x0A, 0x0A], try vault()) == [0xEF, 0xBB, 0x78, 0x0A, 0x0A])
    }

    @Test func `answers in one stream are kept apart`() throws {
        let vault = try vault()
        let stream =
            event(delta("a [EMA", index: 0)) + event(delta("b [PHO", index: 1)) + event(delta("IL_1]", index: 0))
            + event(delta("NE_1]", index: 1)) + event("[DONE]")
        let words = try words(run(Array(stream.utf8), vault))
        #expect(words == [0: "a jane@example.com", 1: "b +92 300 1234567"])
    }

    @Test func `what is held comes before the event that ends the answer, in the type of its words`() throws {
        let vault = try vault()
        let stream =
            "event: content_block_delta\ndata: {\"index\":0,\"delta\":{\"text\":\"see EMAIL_1\"}}\n\n"
            + "event: content_block_stop\ndata: {\"index\":0}\n\n"
        let pointer = try #require(MessagePointer(Array("/delta/text".utf8)))
        let output = String(decoding: try run(Array(stream.utf8), of: .member(pointer), vault), as: UTF8.self)
        #expect(
            output == """
                event: content_block_delta
                data: {"index":0,"delta":{"text":"see "}}

                event: content_block_delta
                data: {"index":0,"delta":{"text":"jane@example.com"}}

                event: content_block_stop
                data: {"index":0}


                """)
    }

    @Test func `data that is words itself is restored over events`() throws {
        let output = try run(Array("data: to [EMAIL\n\ndata: _1] now\n\n".utf8), of: .message, try vault())
        #expect(output == Array("data: to \n\ndata: jane@example.com now\n\n".utf8))
    }

    @Test func `a token of another vault is left as it is`() throws {
        let stream = Array((event(delta("[EMAIL_1] [EMAIL_2] [IBAN_1]")) + event("[DONE]")).utf8)
        #expect(try words(run(stream, Vault()))[0] == "[EMAIL_1] [EMAIL_2] [IBAN_1]")
        #expect(try words(run(stream, try vault()))[0] == "jane@example.com [EMAIL_2] [IBAN_1]")
    }

    @Test func `an event past its bound breaks the stream off`() throws {
        let vault = Vault()
        var restorer = EventRestorer(.message)
        let limit = EventReader.eventBytesMax
        #expect(try restorer.feed([UInt8](repeating: 0x3A, count: limit), from: vault).isEmpty)
        #expect(throws: EventStreamError.eventTooLong(limitBytes: limit)) { try restorer.feed([0x3A], from: vault) }
    }

    @Test(arguments: ["", "a", "/~2", "/a~", String(repeating: "/a", count: MessagePointer.stepsMax + 1)])
    func `what is no pointer is refused`(_ text: String) { #expect(MessagePointer(Array(text.utf8)) == nil) }

    @Test(arguments: [
        ("/a~1b", #"{"a/b":"[EMAIL_1]"}"#, #"{"a/b":"jane@example.com"}"#),
        ("/a~0/0", #"{"a~":["[EMAIL_1]"]}"#, #"{"a~":["jane@example.com"]}"#),
        ("/*/t", #"[{"t":"[EMAIL_1] "},{"t":"[PHONE_1] "}]"#, #"[{"t":"jane@example.com "},{"t":"+92 300 1234567 "}]"#),
        ("/t", #"{"t":"\"[EMAIL_1]\"","done":true}"#, #"{"t":"\"jane@example.com\"","done":true}"#),
        ("/t", #"{"t":7}"#, #"{"t":7}"#), ("/t", #"{"u":"[EMAIL_1]"}"#, #"{"u":"[EMAIL_1]"}"#),
    ])
    func `a message is restored where the pointer points and nowhere else`(
        _ pointer: String, _ message: String, _ restored: String
    ) throws {
        let vault = try vault()
        var restorer = MessageRestorer(.member(try #require(MessagePointer(Array(pointer.utf8)))))
        let made = restorer.restore(Array(message.utf8), from: vault)
        #expect(made.before.isEmpty && made.message == Array(restored.utf8))
        #expect(restorer.finish(from: vault).isEmpty)
    }

    @Test func `answers past their bound go on as they are`() throws {
        let vault = try vault()
        var restorer = MessageRestorer(.member(.chatDelta))
        for index in 0...MessageRestorer.answersMax {
            let made = restorer.restore(Array(delta("[EMAIL_1] ", index: index).utf8), from: vault)
            let text = String(decoding: made.message ?? [], as: UTF8.self)
            #expect(text.contains("[EMAIL_1]") == (index == MessageRestorer.answersMax))
        }
    }

    @Test func `behind a message past the frame's bound nothing is held`() throws {
        let vault = try vault()
        var restorer = MessageRestorer(.member(.chatDelta))
        let long = String(repeating: "x ", count: MessageRestorer.frameBytesMax / 2)
        let made = restorer.restore(Array(delta(long + "EMAIL_1").utf8), from: vault)
        #expect(String(decoding: made.message ?? [], as: UTF8.self).contains("x jane@example.com"))
        #expect(restorer.finish(from: vault).isEmpty)
    }
}
