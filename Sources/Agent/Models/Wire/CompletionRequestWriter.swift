internal import JSON

/// Writes a request of the chat-completions interface.
enum CompletionRequestWriter {
    /// - Parameters:
    ///   - model: whom it is for: name, temperature, what its server supports.
    ///   - isStreamed: whether the answer comes piece by piece.
    static func write(
        _ request: ChatRequest, for model: ModelPolicy.Model, on server: ModelPolicy.Server, isStreamed: Bool
    )
        -> [UInt8]
    {
        var json = JSONWriter(capacity: 4_096)
        json.object { json in
            json.member("model", model.servedName)
            json.name("messages")
            json.array { json in for message in request.messages { write(message, to: &json) } }
            let tokens = min(request.answerTokensMax, model.answerTokensMax)
            switch server.answerTokensMember {
            case .maxTokens: json.member("max_tokens", tokens)
            case .maxCompletionTokens: json.member("max_completion_tokens", tokens)
            }
            if let temperature = model.temperaturePPM {
                json.name("temperature")
                json.millionths(temperature)
            }
            if isStreamed {
                json.member("stream", true)
                if server.countsStreams {
                    json.name("stream_options")
                    json.object { $0.member("include_usage", true) }
                }
            }
            if !request.tools.isEmpty, server.callsTools {
                json.name("tools")
                json.array { json in for tool in request.tools { tool.write(to: &json) } }
            }
            if case .structuredAnswer = request.form { writeForm(server.answerForm, to: &json) }
        }
        return json.bytes
    }

    private static func write(_ message: ChatMessage, to json: inout JSONWriter) {
        json.object { json in
            json.member("role", message.role.rawValue)
            json.member("content", message.text)
            if !message.toolCalls.isEmpty {
                json.name("tool_calls")
                json.array { json in for call in message.toolCalls { write(call, to: &json) } }
            }
            if let id = message.toolCallID { json.member("tool_call_id", id) }
        }
    }

    private static func write(_ call: ToolCall, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", call.id)
            json.member("type", literal: "function")
            json.name("function")
            json.object { json in
                json.member("name", call.name)
                json.member("arguments", call.arguments)
            }
        }
    }

    /// Where the server holds the model to no form, the prompt alone asks for it.
    private static func writeForm(_ form: ModelPolicy.Server.AnswerForm, to json: inout JSONWriter) {
        switch form {
        case .none: return
        case .jsonObject:
            json.name("response_format")
            json.object { $0.member("type", literal: "json_object") }
        case .jsonSchema:
            json.name("response_format")
            json.object { json in
                json.member("type", literal: "json_schema")
                json.name("json_schema")
                json.object { json in
                    json.member("name", literal: "answer")
                    json.member("strict", true)
                    json.name("schema")
                    StructuredAnswer.writeSchema(to: &json)
                }
            }
        }
    }
}
