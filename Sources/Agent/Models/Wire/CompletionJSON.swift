internal import JSON

/// What whole answers and pieces of streamed ones have in common, in the form of the chat-completions interface (OpenAI API
/// reference, "Create chat completion"). Members that are not known are passed over; known ones must be of their kind.
enum CompletionJSON {
    /// The answer's object.
    static func root(_ text: [UInt8]) throws(WireFault) -> JSONNode {
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(text, depthMax: AgentLimits.modelJSONDepthMax)
        } catch {
            throw .malformed("the answer is no JSON")
        }
        guard root.members != nil else { throw .malformed("the answer is no object") }
        // Some servers answer 200 and fail in the body.
        if let error = root["error"], !error.isNull {
            throw .server(status: error["code"]?.integer.flatMap { (400...599).contains($0) ? Int($0) : nil })
        }
        return root
    }

    /// The first choice; nil where there is none, as in a stream's last piece.
    static func choice(_ root: JSONNode) throws(WireFault) -> JSONNode? {
        guard let node = root["choices"], !node.isNull else { return nil }
        guard let choices = node.elements else { throw .malformed("choices is no array") }
        // Only one was asked for.
        return choices.first { ($0["index"]?.integer ?? 0) == 0 }
    }

    /// The text called `name`; nil where it is not there or null.
    static func text(_ node: JSONNode, _ name: StaticString) throws(WireFault) -> [UInt8]? {
        guard let value = node[name], !value.isNull else { return nil }
        guard let bytes = value.bytes else { throw .malformed("a text of the answer is no string") }
        return bytes
    }

    static func finishReason(_ choice: JSONNode) throws(WireFault) -> ChatCompletion.FinishReason? {
        guard let name = try text(choice, "finish_reason"), !name.isEmpty else { return nil }
        // The name of a time before tools.
        if name.isEqual(to: "function_call") { return .toolCalls }
        guard let reason = ChatCompletion.FinishReason(rawValue: String(decoding: name, as: UTF8.self).lowercased())
        else { throw .malformed("finish_reason is unknown") }
        return reason
    }

    /// What the server counted; nil where it does not say.
    static func usage(_ root: JSONNode) -> (prompt: Int, answer: Int)? {
        guard let usage = root["usage"], let prompt = tokens(usage["prompt_tokens"]),
            let answer = tokens(usage["completion_tokens"])
        else { return nil }
        return (prompt, answer)
    }

    /// A count that can be reckoned with; one that no model reaches is none.
    private static func tokens(_ node: JSONNode?) -> Int? {
        node?.integer.flatMap { (0...100_000_000).contains($0) ? Int($0) : nil }
    }
}

extension JSONNode {
    var isNull: Bool { if case .null = value { true } else { false } }
}
