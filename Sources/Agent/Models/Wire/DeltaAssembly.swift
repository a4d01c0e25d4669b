internal import JSON

/// Puts a streamed answer together from its events' data.
///
/// ```
///            a piece                  finish_reason             [DONE], or the stream's end
/// speaking ──────────► speaking ─────────────────────► finished ──────────────────────────► completion
///     └───── the stream's end: cut off
/// ```
/// A stream is whole when it gave a reason to finish; the piece with the usage comes behind it. `[DONE]` alone is no reason.
struct DeltaAssembly: Hashable {
    private var text: [UInt8] = []
    private var calls = ToolCallAssembly()
    private var finishReason: ChatCompletion.FinishReason?
    private var promptTokens: Int?, answerTokens: Int?
    private(set) var isDone = false

    /// Bytes of text so far.
    var textBytes: Int { text.count }

    /// Takes an event's data.
    /// - Returns: the text that it adds, whole UTF-8 sequences; where it would go over the bound, what fits, and the answer is
    ///   finished.
    mutating func take(_ data: [UInt8]) throws(WireFault) -> [UInt8] {
        guard !isDone else { return [] }
        if data.isEqual(to: "[DONE]") {
            isDone = true
            return []
        }
        let root = try CompletionJSON.root(data)
        if let usage = CompletionJSON.usage(root) { (promptTokens, answerTokens) = (usage.prompt, usage.answer) }
        guard let choice = try CompletionJSON.choice(root) else { return [] }
        if let reason = try CompletionJSON.finishReason(choice) { finishReason = reason }
        guard let delta = choice["delta"], !delta.isNull else { return [] }
        if let node = delta["tool_calls"], !node.isNull { try calls.take(node) }
        guard var piece = try CompletionJSON.text(delta, "content") else { return [] }
        let room = AgentLimits.modelTextBytesMax - text.count
        if piece.count > room {
            piece = Array(piece[..<UTF8Cut.end(of: piece, atMost: room)])
            finishReason = .length
            isDone = true
        }
        text += piece
        return piece
    }

    /// The answer, once the stream has ended.
    func finished() throws(WireFault) -> ReadCompletion {
        guard var finishReason else { throw .cutOff }
        let toolCalls = try calls.finished()
        if !toolCalls.isEmpty, finishReason == .stop { finishReason = .toolCalls }
        return ReadCompletion(
            text: text, toolCalls: toolCalls, finishReason: finishReason, promptTokens: promptTokens,
            answerTokens: answerTokens)
    }
}

/// Where UTF-8 may be cut.
enum UTF8Cut {
    /// The largest end of at most `bytesMax` bytes that cuts no sequence of `text`, which is well-formed.
    static func end(of text: [UInt8], atMost bytesMax: Int) -> Int {
        guard text.count > bytesMax else { return text.count }
        var end = max(0, bytesMax)
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
