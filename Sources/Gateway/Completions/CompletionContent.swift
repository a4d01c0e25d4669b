internal import Agent
internal import JSON

/// A request for a completion as OpenAI's clients send it, decoded and bounded, personal data and all.
///
/// ```json
/// {"model":"assistant","messages":[{"role":"user","content":"What is an IBAN?"}],"stream":true}
/// ```
/// Members that nobody here knows are ignored, as by OpenAI, whose clients send new ones every month; and so are those that
/// only tune the choice of words (`temperature`, `top_p`, `seed`, penalties): the policy of the models decides them. What
/// would make another answer than the one that is given is refused by name, so that no client takes silence for a yes.
struct CompletionContent: Sendable {
    /// One message; its texts in order.
    struct Message: Sendable {
        let role: ChatMessage.Role
        let texts: [[UInt8]]
    }

    let model: [UInt8]
    let messages: [Message]
    let answerTokensMax: Int
    let isStreamed: Bool
    /// Whether a stream ends with what it took (`stream_options.include_usage`).
    let includesUsage: Bool

    /// Decodes the text of a request.
    /// - Throws: `Refusal`: `400` with the place.
    static func decoding(_ text: [UInt8]) throws(Refusal) -> CompletionContent {
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(text, depthMax: CompletionLimits.depthMax)
        } catch {
            throw Refusal(error)
        }
        do throws(JSONShapeError) { return try CompletionContent(root) } catch { throw Refusal(error, in: text) }
    }

    private init(_ root: JSONNode) throws(JSONShapeError) {
        let object = try JSONObject(root, allowing: nil)
        try Self.refuseUnoffered(object)
        model = try object.bytes("model", countRange: 1...CompletionLimits.modelBytesMax)
        let elements = try object.array("messages")
        guard (1...CompletionLimits.messagesMax).contains(elements.count) else {
            throw object.error(
                "messages", found: "\(elements.count) messages", wanted: "1 to \(CompletionLimits.messagesMax)")
        }
        var messages: [Message] = []
        for (index, element) in elements.enumerated() {
            messages.append(try Self.message(element, at: object.path("messages") + "/\(index)"))
        }
        self.messages = messages
        let range = 1...CompletionLimits.answerTokensMax
        // The newer name first; a client that sends both means the same.
        let asked = try object.present("max_completion_tokens")?.optionalInteger("max_completion_tokens", in: range)
        let askedBefore = try object.present("max_tokens")?.optionalInteger("max_tokens", in: range)
        answerTokensMax = (asked ?? nil) ?? (askedBefore ?? nil) ?? CompletionLimits.answerTokensDefault
        isStreamed = try object.present("stream")?.optionalBool("stream") ?? false
        let options = try object.present("stream_options")?.optionalObject("stream_options", allowing: nil)
        guard options == nil || isStreamed else {
            throw object.error("stream_options", found: "options", wanted: "none without \"stream\": true")
        }
        includesUsage = try options?.present("include_usage")?.optionalBool("include_usage") ?? false
    }

    private static func message(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> Message {
        let object = try JSONObject(node, at: pointer, allowing: nil)
        let name = try object.string("role", countRange: 1...16)
        let role: ChatMessage.Role
        switch name {
        case "system", "developer": role = .system
        case "user": role = .user
        case "assistant": role = .assistant
        default: throw object.error("role", found: "another role", wanted: "system, developer, user or assistant")
        }
        for unoffered in ["tool_calls", "function_call", "audio"] where object.present(unoffered) != nil {
            throw object.error(unoffered, found: "calls", wanted: "none: tools of a client are not passed on")
        }
        return Message(role: role, texts: try texts(object))
    }

    /// A text, or parts of type `text` (and `refusal`, which is what a model said).
    private static func texts(_ object: JSONObject) throws(JSONShapeError) -> [[UInt8]] {
        let content = try object.required("content")
        guard case .array(let parts) = content.value else {
            return [try object.bytes("content", countRange: 1...Int.max)]
        }
        guard (1...CompletionLimits.partsMax).contains(parts.count) else {
            throw object.error("content", found: "\(parts.count) parts", wanted: "1 to \(CompletionLimits.partsMax)")
        }
        var texts: [[UInt8]] = []
        for (index, part) in parts.enumerated() {
            let part = try JSONObject(part, at: object.path("content") + "/\(index)", allowing: nil)
            switch try part.string("type", countRange: 1...32) {
            case "text": texts.append(try part.bytes("text", countRange: 1...Int.max))
            case "refusal": texts.append(try part.bytes("refusal", countRange: 1...Int.max))
            default:
                throw part.error("type", found: "another type", wanted: "text: images, sound and files are not taken")
            }
        }
        return texts
    }

    /// What would ask for another answer than is given here; the values that say "as always" are fine.
    private static func refuseUnoffered(_ object: JSONObject) throws(JSONShapeError) {
        for name in ["tools", "functions"] {
            if let list = try object.present(name)?.optionalArray(name), !list.isEmpty {
                throw object.error(
                    name, found: "tools",
                    wanted: "none: tools of a client are not passed on; POST /v1/ask has the bank's")
            }
        }
        if let count = try object.present("n")?.optionalInteger("n", in: Int.min...Int.max), count != 1 {
            throw object.error("n", found: "\(count)", wanted: "1: there is one answer")
        }
        if try object.present("logprobs")?.optionalBool("logprobs") == true {
            throw object.error("logprobs", found: "true", wanted: "false: probabilities are not given")
        }
        if let format = try object.present("response_format")?.optionalObject("response_format", allowing: nil),
            try format.string("type", countRange: 1...32) != "text"
        {
            throw format.error("type", found: "another form", wanted: "text")
        }
        for name in ["stop", "logit_bias", "audio", "prediction", "web_search_options"]
        where object.present(name).map({ !$0.isEmptyMember(name) }) ?? false {
            throw object.error(name, found: "a value", wanted: "none: it is not passed on to the model")
        }
        if let kinds = try object.present("modalities")?.optionalArray("modalities") {
            let isText = kinds.allSatisfy {
                if case .string(let kind) = $0.value { kind.elementsEqual("text".utf8) } else { false }
            }
            guard isText else { throw object.error("modalities", found: "others", wanted: "text alone") }
        }
    }
}

extension JSONObject {
    /// This object where it has a member called `name` that is not null, which OpenAI's clients send for "not given".
    fileprivate func present(_ name: String) -> JSONObject? {
        guard let node = optional(name) else { return nil }
        if case .null = node.value { return nil }
        return self
    }

    /// Whether the member called `name` is an array or object with nothing in it.
    fileprivate func isEmptyMember(_ name: String) -> Bool {
        switch optional(name)?.value {
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        default: false
        }
    }
}

/// A request for a completion without personal data.
struct CleanCompletion: Sendable {
    let model: [UInt8]
    let messages: [ChatMessage]
    let answerTokensMax: Int
    let isStreamed: Bool
    let includesUsage: Bool
}
