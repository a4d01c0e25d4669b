import Testing
import Threading

@testable import Agent

@Suite struct `A model's client` {
    private static let object = #"{"answer":"Yes.","confidence":0.9,"escalate":false,"actions":[]}"#

    @Test func `gives the first model's completion, with the server's count of tokens and what it costs`() async throws
    {
        let scripted = try ScriptedClient(
            [.says("Hello", usage: (1_000, 10))], policy(prices: "price_in: 2, price_out: 10"))
        let completion = try #require(await scripted.ask().completion)
        #expect(text(completion.text) == "Hello" && text(completion.model) == "a")
        #expect(completion.usage == TokenUsage(promptTokens: 1_000, answerTokens: 10, costMicros: 2_100))
        let sent = try #require(scripted.transport.requests.first)
        #expect(sent.url == "https://one.example/v1/chat/completions")
        #expect(sent.fields.contains { $0.name == "Authorization" && $0.value == "Bearer s3cret-key" })
    }

    @Test func `estimates what a server does not count, and not too little`() async throws {
        let scripted = try ScriptedClient([.says("Hello there")])
        let usage = try #require(await scripted.ask().completion).usage
        #expect(usage.answerTokens == 3 && usage.promptTokens >= 3)
    }

    @Test func `without models has none`() async throws {
        let scripted = try ScriptedClient([], policy(use: "answer: []"))
        #expect(await scripted.ask().error == ModelError.none && scripted.transport.requests.isEmpty)
    }

    @Test(arguments: [429, 500, 503, 408])
    func `tries again after a pause that the server asks for`(status: Int) async throws {
        let scripted = try ScriptedClient([.json("{}", status: status, ["retry-after": "7"]), .says("Hello")])
        #expect(await scripted.ask().completion != nil)
        #expect(scripted.time.pauses == [.seconds(7) + .milliseconds(250)])
    }

    @Test func `tries again after a date that the server names`() async throws {
        // 1,790,000,000 is 2026-09-21T14:13:20Z.
        let scripted = try ScriptedClient([
            .json("{}", status: 429, ["retry-after": "Mon, 21 Sep 2026 14:13:25 GMT"]), .says("Hello"),
        ])
        #expect(await scripted.ask().completion != nil)
        #expect(scripted.time.pauses == [.seconds(5) + .milliseconds(250)])
    }

    @Test func `goes on to the next model where the first asks for more time than there is`() async throws {
        let scripted = try ScriptedClient([.json("{}", status: 429, ["retry-after": "61"]), .says("Hello")])
        let completion = try #require(await scripted.ask().completion)
        #expect(text(completion.model) == "b" && scripted.time.pauses.isEmpty)
        #expect(scripted.transport.requests.last?.fields.contains { $0.name == "Authorization" } == false)
    }

    @Test func `says that all are away where 429 comes for ever, and after how long to ask`() async throws {
        let scripted = try ScriptedClient([], last: .json("{}", status: 429, ["retry-after": "2"]))
        #expect(await scripted.ask().error == .unavailable(retryAfterSeconds: 2))
        #expect(scripted.transport.requests.count == 6)
    }

    @Test func `does not ask a server again that refuses`() async throws {
        for status in [400, 401, 403, 404] {
            let scripted = try ScriptedClient(
                [], last: .json("{\"error\":{\"message\":\"s3cret-key\"}}", status: status))
            #expect(await scripted.ask().error == .unavailable(retryAfterSeconds: nil))
            #expect(scripted.transport.requests.count == 2)
        }
    }

    @Test func `leaves a server alone that failed several times, and finds out whether it is back`() async throws {
        let policy = try policy(use: "answer: [\"a\"]", patience: "attempts: 1, failures: 2, rest_ms: 10000")
        let scripted = try ScriptedClient([], last: .failure(.unreachable), policy)
        for _ in 0..<4 { #expect(await scripted.ask().error != nil) }
        #expect(scripted.transport.requests.count == 2)
        #expect(await scripted.ask().error == .unavailable(retryAfterSeconds: 11))
        #expect(scripted.memory.restingServers(scripted.time.clock().now()) == ["one"])
        scripted.time.advance(.seconds(10))
        #expect(await scripted.ask().error != nil)
        #expect(scripted.transport.requests.count == 3)
    }

    @Test func `ends at the deadline whatever the servers do`() async throws {
        let policy = try policy(
            patience: "attempts: 5, deadline_ms: 1000, pause_ms: 600, pause_max_ms: 600, failures: 99")
        let scripted = try ScriptedClient([], last: .failure(.timedOut), policy)
        #expect(await scripted.ask().error == .timedOut)
        let paused = scripted.time.pauses.reduce(Duration.zero, +)
        #expect(paused <= .seconds(1) && scripted.transport.requests.count <= 4)
    }

    // MARK: Streams

    @Test func `hands on a stream piece by piece`() async throws {
        let scripted = try ScriptedClient([
            .events([delta("Hel"), delta("lo"), delta("", finish: "stop"), "[DONE]"])
        ])
        var pieces: [String] = []
        let completion = try #require(
            await scripted.ask { piece in
                pieces.append(String(decoding: piece, as: UTF8.self))
                return true
            }.completion)
        #expect(pieces == ["Hel", "lo"] && text(completion.text) == "Hello")
    }

    @Test func `never tries again once a piece was handed out`() async throws {
        for end in [TransportError.badAnswer, .timedOut, nil] {
            let scripted = try ScriptedClient([.events([delta("Hel")], end: end), .says("Hello")])
            var got: [UInt8] = []
            let result = await scripted.ask { piece in
                got += piece
                return true
            }
            #expect(result.error != nil && text(got) == "Hel" && scripted.transport.requests.count == 1)
        }
        let before = try ScriptedClient([.events([], end: .badAnswer), .says("Hello")])
        #expect(await before.ask { _ in true }.completion != nil)
    }

    @Test func `is broken off by whoever reads along`() async throws {
        let scripted = try ScriptedClient([.events([delta("a"), delta("b")])])
        #expect(await scripted.ask { _ in false }.error == .brokenOff)
        #expect(scripted.transport.cancelled == 1)
    }

    @Test func `bounds text without end`() async throws {
        let scripted = try ScriptedClient(
            [
                .endless(
                    status: 200, fields: ["content-type": "text/event-stream"],
                    piece: Array("data: \(delta("word "))\n\n".utf8))
            ])
        var count = 0
        let completion = try #require(
            await scripted.ask { piece in
                count += piece.count
                return true
            }.completion)
        #expect(completion.finishReason == .length && completion.text.count == count)
        #expect(count <= AgentLimits.modelTextBytesMax && count > AgentLimits.modelTextBytesMax - 8)
        #expect(scripted.transport.cancelled == 1)
    }

    @Test func `bounds a body, a line and a stream of comments without end`() async throws {
        let json = ["content-type": "application/json"]
        let events = ["content-type": "text/event-stream"]
        let filler = [UInt8](repeating: 0x20, count: 65_536)
        for turn in [
            ScriptedTransport.Turn.endless(status: 200, fields: json, piece: filler),
            .endless(status: 200, fields: events, piece: filler),
            .endless(status: 200, fields: events, piece: [0x3A] + filler + [0x0A]),
        ] {
            let scripted = try ScriptedClient([], last: turn, policy(use: "answer: [\"a\"]", patience: "attempts: 1"))
            guard case .badAnswer? = await scripted.ask(deltas: { _ in true }).error else {
                Issue.record("an answer without end is no answer")
                continue
            }
            #expect(scripted.transport.cancelled == 1)
        }
    }

    @Test(arguments: ["nonsense", "{}", "{\"choices\":[]}", "", "{\"choices\":[{\"message\":{\"content\":3}}]}"])
    func `says that nonsense is no answer, after other models were asked`(body: String) async throws {
        let scripted = try ScriptedClient([], last: .json(body))
        guard case .badAnswer? = await scripted.ask().error else {
            Issue.record("nonsense is a bad answer")
            return
        }
        #expect(scripted.transport.requests.count == 6)
    }

    // MARK: Form

    @Test func `has an answer of another form mended once, and tells the model what was wrong`() async throws {
        let scripted = try ScriptedClient([.says("I say yes", usage: (10, 5)), .says(Self.object, usage: (20, 6))])
        let completion = try #require(await scripted.ask(request(form: .structuredAnswer)).completion)
        #expect(text(completion.text) == Self.object)
        #expect(completion.usage.promptTokens == 30 && completion.usage.answerTokens == 11)
        #expect(scripted.transport.bodies[1].contains("Mend it: no JSON object was found"))
        #expect(scripted.transport.bodies[1].contains("I say yes"))
    }

    @Test func `fails honestly where the mended answer is no better, after the others were asked`() async throws {
        let scripted = try ScriptedClient([], last: .says("no"))
        guard case .badAnswer? = await scripted.ask(request(form: .structuredAnswer)).error else {
            Issue.record("an answer of another form is a bad answer")
            return
        }
        #expect(scripted.transport.requests.count == 4)
    }

    @Test func `lets a model call tools in place of the form`() async throws {
        let scripted = try ScriptedClient([
            .json(
                #"{"choices":[{"message":{"content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"x","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"#
            )
        ])
        let completion = try #require(await scripted.ask(request(form: .structuredAnswer)).completion)
        #expect(completion.toolCalls.map { text($0.name) } == ["x"] && completion.finishReason == .toolCalls)
    }

    @Test func `does not ask a model whose context is too small`() async throws {
        let scripted = try ScriptedClient([.says("x")])
        let long = request(String(repeating: "word ", count: 8_000))
        guard case .badAnswer? = await scripted.ask(long).error else {
            Issue.record("it does not fit")
            return
        }
        #expect(scripted.transport.requests.isEmpty)
    }

    // MARK: Keys

    @Test func `names a key nowhere but in its field`() async throws {
        let policy = try policy()
        let access = try ModelAccess(policy, path: { $0 }, variable: { _ in Array(" s3cret-key\n".utf8) })
        #expect(!String(describing: access).contains("s3cret") && !String(reflecting: policy).contains("s3cret"))
        let missing = #expect(throws: AgentError.self) { try ModelAccess(policy, path: { $0 }, variable: { _ in nil }) }
        #expect(String(describing: missing).contains("KEY"))
        for bad in ["", "two words", "é", String(repeating: "k", count: AgentLimits.modelKeyBytesMax + 1)] {
            let error = #expect(throws: AgentError.self) {
                try ModelAccess(policy, path: { $0 }, variable: { _ in Array(bad.utf8) })
            }
            #expect(bad.isEmpty || !String(describing: error).contains(bad))
        }
        _ = try ModelAccess(
            policy, path: { $0 },
            variable: { _ in [UInt8](repeating: UInt8(ascii: "k"), count: AgentLimits.modelKeyBytesMax) })
    }
}
