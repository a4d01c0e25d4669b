internal import Agent
internal import JSON

/// Writes completions as OpenAI's interface has them: whole, or as the events of a stream.
///
/// ```
/// data: {"id":"chatcmpl-01JD…","object":"chat.completion.chunk","created":1764324000,"model":"assistant","choices":
/// [{"index":0,"delta":{"content":"An IBAN"},"finish_reason":null}]}
///
/// data: [DONE]
/// ```
struct CompletionWriter: Sendable {
    private let id: [UInt8], model: [UInt8]
    private let created: Int64
    private let includesUsage: Bool

    /// - Parameters:
    ///   - requestID: names the completion.
    ///   - model: as the client called it.
    ///   - created: seconds since 1970.
    init(requestID: [UInt8], model: [UInt8], created: Int64, includesUsage: Bool = false) {
        id = Array("chatcmpl-".utf8) + requestID
        self.model = model
        self.created = created
        self.includesUsage = includesUsage
    }

    /// A whole completion with this text.
    func whole(_ text: [UInt8], _ completion: ChatCompletion) -> [UInt8] {
        var json = JSONWriter(capacity: 512 + text.count)
        json.object { json in
            begin(&json, "chat.completion")
            json.name("choices")
            json.array { json in
                json.object { json in
                    json.member("index", 0)
                    json.name("message")
                    json.object { json in
                        json.member("role", literal: "assistant")
                        json.member("content", text)
                        json.name("refusal")
                        json.null()
                    }
                    json.name("logprobs")
                    json.null()
                    json.member("finish_reason", literal: Self.reason(completion.finishReason))
                }
            }
            Self.write(completion.usage, to: &json)
        }
        return json.bytes
    }

    /// The event that begins a stream.
    func opening() -> [UInt8] {
        event { json in
            json.member("role", literal: "assistant")
            json.member("content", literal: "")
        }
    }

    /// The event with the next words.
    func words(_ text: [UInt8]) -> [UInt8] { event { $0.member("content", text) } }

    /// The events that end a stream well.
    func closing(_ completion: ChatCompletion) -> [UInt8] {
        var events = event(Self.reason(completion.finishReason)) { _ in }
        if includesUsage {
            events += Self.event { json in
                json.object { json in
                    begin(&json, "chat.completion.chunk")
                    json.name("choices")
                    json.array { _ in }
                    Self.write(completion.usage, to: &json)
                }
            }
        }
        return events + Self.done
    }

    private func event(_ reason: StaticString? = nil, _ delta: (inout JSONWriter) -> Void) -> [UInt8] {
        Self.event { json in
            json.object { json in
                begin(&json, "chat.completion.chunk")
                json.name("choices")
                json.array { json in
                    json.object { json in
                        json.member("index", 0)
                        json.name("delta")
                        json.object(delta)
                        if let reason {
                            json.member("finish_reason", literal: reason)
                        } else {
                            json.name("finish_reason")
                            json.null()
                        }
                    }
                }
                // With `include_usage` every chunk has the member, and all but the last have null.
                if includesUsage {
                    json.name("usage")
                    json.null()
                }
            }
        }
    }

    /// One event of a stream with a JSON text, which has no line end.
    static func event(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: 320)
        body(&json)
        return Array("data: ".utf8) + json.bytes + [0x0A, 0x0A]
    }

    private static let done = Array("data: [DONE]\n\n".utf8)

    private func begin(_ json: inout JSONWriter, _ object: StaticString) {
        json.member("id", id)
        json.member("object", literal: object)
        json.member("created", created)
        json.member("model", model)
    }

    /// A model's wish for tools cannot be carried out here: none were offered to it.
    private static func reason(_ reason: ChatCompletion.FinishReason) -> StaticString {
        switch reason {
        case .stop, .toolCalls: "stop"
        case .length: "length"
        case .contentFilter: "content_filter"
        }
    }

    private static func write(_ usage: TokenUsage, to json: inout JSONWriter) {
        json.name("usage")
        json.object { json in
            json.member("prompt_tokens", usage.promptTokens)
            json.member("completion_tokens", usage.answerTokens)
            json.member("total_tokens", usage.promptTokens + usage.answerTokens)
        }
    }
}
