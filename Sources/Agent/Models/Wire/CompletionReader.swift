internal import JSON

/// What a server answered, before it is known what it cost.
struct ReadCompletion: Hashable {
    var text: [UInt8]
    var toolCalls: [ToolCall]
    var finishReason: ChatCompletion.FinishReason
    /// nil where the server does not count.
    var promptTokens: Int?, answerTokens: Int?
}

/// Reads an answer that comes whole.
enum CompletionReader {
    static func read(_ body: [UInt8]) throws(WireFault) -> ReadCompletion {
        let root = try CompletionJSON.root(body)
        guard let choice = try CompletionJSON.choice(root), let message = choice["message"] else {
            throw .malformed("the answer has no message")
        }
        var calls = ToolCallAssembly()
        if let node = message["tool_calls"], !node.isNull { try calls.take(node) }
        let text = try CompletionJSON.text(message, "content") ?? []
        let usage = CompletionJSON.usage(root)
        let toolCalls = try calls.finished()
        var finish = try CompletionJSON.finishReason(choice) ?? .stop
        // Some servers say "stop" and call tools.
        if !toolCalls.isEmpty, finish == .stop { finish = .toolCalls }
        guard text.count <= AgentLimits.modelTextBytesMax else { throw .tooLong("the answer's text is too long") }
        return ReadCompletion(
            text: text, toolCalls: toolCalls, finishReason: finish, promptTokens: usage?.prompt,
            answerTokens: usage?.answer)
    }
}
