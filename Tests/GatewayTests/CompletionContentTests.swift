import Agent
import Testing

@testable import Gateway

@Suite struct `A request for a completion` {
    private func decode(_ text: String) throws(Refusal) -> CompletionContent {
        try CompletionContent.decoding(Array(text.utf8))
    }

    /// A request with these members besides model and messages.
    private func request(_ members: String) -> String {
        #"{"model":"assistant","messages":[{"role":"user","content":"x"}]\#(members.isEmpty ? "" : ", " + members)}"#
    }

    @Test func `has messages of all roles, whose content is text or parts of it`() throws {
        let content = try decode(
            #"""
            {"model": "assistant", "messages": [
              {"role": "system", "content": "a"}, {"role": "developer", "content": "b"},
              {"role": "user", "content": [{"type": "text", "text": "c"}, {"type": "text", "text": "d"}], "name": "x"},
              {"role": "assistant", "content": [{"type": "refusal", "refusal": "e"}], "tool_calls": null}],
             "max_completion_tokens": 7, "stream": true, "stream_options": {"include_usage": true}}
            """#)
        #expect(content.messages.map(\.role) == [.system, .system, .user, .assistant])
        #expect(content.messages.map(\.texts) == [[[0x61]], [[0x62]], [[0x63], [0x64]], [[0x65]]])
        #expect(content.answerTokensMax == 7 && content.isStreamed && content.includesUsage)
        #expect(content.model == Array("assistant".utf8))
    }

    @Test(arguments: [
        "", #""temperature": 0.7, "top_p": 1, "seed": 7, "presence_penalty": 0.1, "user": "u", "store": false"#,
        #""n": 1, "tools": [], "functions": null, "stop": null, "logprobs": false, "logit_bias": {}"#,
        #""response_format": {"type": "text"}, "modalities": ["text"], "metadata": {"a": "b"}, "brand_new": [1]"#,
        #""stream": null, "max_tokens": null, "stream_options": null"#,
    ])
    func `ignores what only tunes it, what nobody knows and what says nothing`(_ members: String) throws {
        let content = try decode(request(members))
        #expect(!content.isStreamed && content.answerTokensMax == CompletionLimits.answerTokensDefault)
    }

    @Test(arguments: [
        (#""tools": [{"type": "function"}]"#, "/tools"), (#""functions": [{}]"#, "/functions"), (#""n": 2"#, "/n"),
        (#""logprobs": true"#, "/logprobs"), (#""response_format": {"type": "json_object"}"#, "/response_format/type"),
        (#""stop": ["a"]"#, "/stop"), (#""stop": "a""#, "/stop"), (#""logit_bias": {"1": 2}"#, "/logit_bias"),
        (#""modalities": ["audio"]"#, "/modalities"), (#""audio": {"voice": "x"}"#, "/audio"),
        (#""stream_options": {"include_usage": true}"#, "/stream_options"), (#""max_tokens": 0"#, "/max_tokens"),
        (#""max_tokens": 32769"#, "/max_tokens"), (#""max_completion_tokens": 32769"#, "/max_completion_tokens"),
        (#""stream": "yes""#, "/stream"),
    ])
    func `is refused where it asks for another answer than is given`(_ members: String, _ pointer: String) {
        #expect { try decode(request(members)) } throws: { error in
            let refusal = error as? Refusal
            return refusal?.problem == .invalidBody && refusal?.place?.pointer == pointer && refusal?.detail != nil
        }
    }

    @Test(arguments: [
        (#"{"messages":[{"role":"user","content":"x"}]}"#, ""), (#"{"model":"a","messages":[]}"#, "/messages"),
        (#"{"model":"a","messages":[{"role":"tool","content":"x"}]}"#, "/messages/0/role"),
        (#"{"model":"a","messages":[{"role":"user","content":""}]}"#, "/messages/0/content"),
        (#"{"model":"a","messages":[{"role":"user","content":[]}]}"#, "/messages/0/content"),
        (#"{"model":"a","messages":[{"role":"user"}]}"#, "/messages/0"),
        (
            #"{"model":"a","messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]}"#,
            "/messages/0/content/0/type"
        ),
        (
            #"{"model":"a","messages":[{"role":"assistant","content":"x","tool_calls":[]}]}"#,
            "/messages/0/tool_calls"
        ),
    ])
    func `names what is wrong with a message`(_ text: String, _ pointer: String) {
        #expect { try decode(text) } throws: { ($0 as? Refusal)?.place?.pointer == pointer }
    }

    @Test func `has as many messages and parts as it may, and not one more`() throws {
        func messages(_ count: Int) -> String {
            let list = Array(repeating: #"{"role":"user","content":"x"}"#, count: count).joined(separator: ",")
            return #"{"model":"a","messages":[\#(list)]}"#
        }
        func parts(_ count: Int) -> String {
            let list = Array(repeating: #"{"type":"text","text":"x"}"#, count: count).joined(separator: ",")
            return #"{"model":"a","messages":[{"role":"user","content":[\#(list)]}]}"#
        }
        #expect(try decode(messages(CompletionLimits.messagesMax)).messages.count == CompletionLimits.messagesMax)
        #expect(throws: Refusal.self) { try decode(messages(CompletionLimits.messagesMax + 1)) }
        #expect(try decode(parts(CompletionLimits.partsMax)).messages[0].texts.count == CompletionLimits.partsMax)
        #expect(throws: Refusal.self) { try decode(parts(CompletionLimits.partsMax + 1)) }
        let name = String(repeating: "m", count: CompletionLimits.modelBytesMax)
        #expect(
            try decode(#"{"model":"\#(name)","messages":[{"role":"user","content":"x"}]}"#).model.count == name.count)
        #expect(throws: Refusal.self) {
            try decode(#"{"model":"\#(name)m","messages":[{"role":"user","content":"x"}]}"#)
        }
    }
}
