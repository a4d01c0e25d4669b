import JSON
import Testing

@testable import Agent

@Suite struct `Server-Sent Events` {
    private func events(_ pieces: [[UInt8]], bytesMax: Int = 1_000) throws -> [String] {
        var parser = EventStreamParser(bytesMax: bytesMax)
        var events: [String] = []
        for piece in pieces { try parser.take(piece) { events.append(text($0)) } }
        return events
    }

    @Test(arguments: [
        ("data: a\n\ndata: b\n\n", ["a", "b"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
        ("data: a\r\rdata:b\r\r", ["a", "b"]),
        ("data: a\ndata: b\n\n", ["a\nb"]),
        (": comment\nevent: x\nid: 7\nretry: 3\ndata:  a\n\n", [" a"]),
        ("\u{FEFF}data: a\n\n", ["a"]),
        ("data\n\n", [""]),
        ("data: never ended", []),
        ("\n\n\n", []),
        ("datab: x\n\n", []),
    ])
    func `are cut as the standard has it`(stream: String, wanted: [String]) throws {
        #expect(try events([Array(stream.utf8)]) == wanted)
    }

    @Test func `are the same however the bytes are split`() throws {
        let stream = Array(
            "\u{FEFF}: hi\r\ndata: {\"a\":1}\r\n\r\ndata: x\rdata: y\r\rdata: é\n\nid: 1\n\ndata: end\n\n".utf8)
        let whole = try events([stream])
        #expect(whole == ["{\"a\":1}", "x\ny", "é", "end"])
        for cut in 0...stream.count {
            #expect(try events([Array(stream[..<cut]), Array(stream[cut...])]) == whole)
        }
        #expect(try events(stream.map { [$0] }) == whole)
    }

    @Test func `have as many bytes as they may, and one more is too long`() throws {
        let fits = "data: " + String(repeating: "x", count: 14)
        #expect(try events([Array((fits + "\n\n").utf8)], bytesMax: 20) == [String(repeating: "x", count: 14)])
        #expect(throws: EventStreamParser.TooLong.self) { try events([Array((fits + "x").utf8)], bytesMax: 20) }
        #expect(throws: EventStreamParser.TooLong.self) {
            try events([Array("data: 123456789\ndata: 123456789\ndata: 1\n\n".utf8)], bytesMax: 20)
        }
        // A comment is dropped as it comes.
        #expect(
            try events([Array((": " + String(repeating: "x", count: 99) + "\ndata: a\n\n").utf8)], bytesMax: 20) == [
                "a"
            ])
    }
}

@Suite struct `A streamed completion` {
    private func assembled(_ events: [String]) throws -> ReadCompletion {
        var assembly = DeltaAssembly()
        for event in events { _ = try assembly.take(Array(event.utf8)) }
        return try assembly.finished()
    }

    @Test func `is put together from its pieces, with the usage behind the end`() throws {
        let read = try assembled([
            #"{"choices":[{"index":0,"delta":{"role":"assistant"}}]}"#, delta("Hel"), delta("lo é", finish: "stop"),
            #"{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3}}"#, "[DONE]",
        ])
        #expect(text(read.text) == "Hello é" && read.finishReason == .stop)
        #expect(read.promptTokens == 12 && read.answerTokens == 3)
    }

    @Test func `has calls of tools that came in pieces, by number, by id or one after the other`() throws {
        let numbered = try assembled([
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"a","arguments":""}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c2","function":{"name":"b","arguments":"{\"y\":"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":"2}"}}]},"finish_reason":"tool_calls"}]}"#,
        ])
        #expect(numbered.toolCalls.map { text($0.name) } == ["a", "b"])
        #expect(numbered.toolCalls.map { text($0.arguments) } == ["{\"x\":1}", "{\"y\":2}"])
        #expect(numbered.finishReason == .toolCalls)
        let bare = try assembled([
            #"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":"{}"}},{"function":{"name":"b"}}]}}]}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
        ])
        #expect(bare.toolCalls.map { text($0.id) } == ["call_0", "call_1"] && bare.finishReason == .toolCalls)
        let same = try assembled([
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"a"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c2","function":{"name":"b"}}]},"finish_reason":"stop"}]}"#,
        ])
        #expect(same.toolCalls.map { text($0.name) } == ["a", "b"])
    }

    @Test func `without a reason to finish is cut off, whatever else came`() {
        #expect(throws: WireFault.cutOff) { try assembled([delta("Hello")]) }
        #expect(throws: WireFault.cutOff) { try assembled([delta("Hello"), "[DONE]"]) }
    }

    @Test(arguments: [
        "nonsense", "[]", "{\"choices\":3}", "{\"choices\":[{\"delta\":{\"content\":7}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":{}}}]}", "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}",
    ])
    func `with a malformed piece is refused`(piece: String) {
        #expect(throws: WireFault.self) { try assembled([piece, delta("", finish: "stop")]) }
    }

    @Test func `that fails in its body says with what`() {
        #expect(throws: WireFault.server(status: 429)) {
            try assembled([#"{"error":{"message":"slow down, key sk-123","code":429}}"#])
        }
    }

    @Test func `is cut at its bound, between characters, and says so`() throws {
        let half = String(repeating: "é", count: AgentLimits.modelTextBytesMax / 2)
        var assembly = DeltaAssembly()
        _ = try assembly.take(Array(delta("x" + String(half.dropLast())).utf8))
        #expect(try assembly.take(Array(delta("é").utf8)).isEmpty)
        let read = try assembly.finished()
        #expect(read.finishReason == .length && read.text.count == AgentLimits.modelTextBytesMax - 1)
        var fits = DeltaAssembly()
        #expect(try fits.take(Array(delta(half, finish: "stop").utf8)).count == AgentLimits.modelTextBytesMax)
        #expect(try fits.finished().finishReason == .stop)
    }

    @Test func `has at most as many calls as may be, and each as long as it may be`() throws {
        func calls(_ count: Int) -> String {
            let calls = (0..<count).map { "{\"index\":\($0),\"id\":\"c\($0)\",\"function\":{\"name\":\"a\"}}" }
            return
                "{\"choices\":[{\"delta\":{\"tool_calls\":[\(calls.joined(separator: ","))]},\"finish_reason\":\"stop\"}]}"
        }
        #expect(try assembled([calls(AgentLimits.modelToolCallsMax)]).toolCalls.count == AgentLimits.modelToolCallsMax)
        #expect(throws: WireFault.self) { try assembled([calls(AgentLimits.modelToolCallsMax + 1)]) }
        func call(_ bytes: Int) -> String {
            let arguments = String(repeating: "x", count: bytes)
            return
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":\"\(arguments)\"}}]},\"finish_reason\":\"stop\"}]}"
        }
        let bytesMax = AgentLimits.modelToolArgumentsBytesMax
        #expect(try assembled([call(bytesMax)]).toolCalls.count == 1)
        #expect(throws: WireFault.self) { try assembled([call(bytesMax + 1)]) }
    }
}

@Suite struct `A request to a model` {
    private func written(_ request: ChatRequest, _ policy: ModelPolicy, streamed: Bool) throws -> JSONNode {
        let model = try #require(policy.models["a"])
        let server = try #require(policy.servers["one"])
        return try JSONParser.parse(
            CompletionRequestWriter.write(request, for: model, on: server, isStreamed: streamed))
    }

    @Test func `has what the server can do, and no more`() throws {
        var asked = request("Hi \"there\"", form: .structuredAnswer, tokens: 10_000)
        asked.tools = [
            ToolDescription(
                .queryAccountBalance, "Balance.",
                parameters: [
                    .init("account", "Which.", .text(bytesRange: 1...20)),
                    .init("days", "How far back.", .integer(1...90), isRequired: false),
                    .init("kind", "Kind.", .choice(["current", "savings"])),
                ], hasEffect: false)
        ]
        let full = try written(asked, policy(), streamed: true)
        #expect(full["model"]?.text == "maker/a" && full["max_tokens"]?.integer == 400)
        #expect(full["stream_options"]?["include_usage"] != nil)
        #expect(full["response_format"]?["json_schema"]?["schema"]?["required"]?.elements?.count == 4)
        #expect(full["messages"]?.elements?.last?["content"]?.text == "Hi \"there\"")
        let function = full["tools"]?.elements?.first?["function"]
        #expect(function?["name"]?.text == "query_account_balance")
        #expect(function?["parameters"]?["properties"]?["days"]?["maximum"]?.integer == 90)
        #expect(function?["parameters"]?["required"]?.elements?.compactMap(\.text) == ["account", "kind"])
        let plain = try written(
            asked,
            policy(
                one:
                    "answer_form: \"none\", tools: false, stream_usage: false, answer_tokens: \"max_completion_tokens\""
            ),
            streamed: true)
        #expect(plain["tools"] == nil && plain["response_format"] == nil && plain["stream_options"] == nil)
        #expect(plain["max_completion_tokens"]?.integer == 400 && plain["max_tokens"] == nil)
        let whole = try written(asked, policy(one: "answer_form: \"json_object\""), streamed: false)
        #expect(whole["stream"] == nil && whole["response_format"]?["type"]?.text == "json_object")
    }
}
