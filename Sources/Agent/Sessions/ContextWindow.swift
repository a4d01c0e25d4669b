/// What of a conversation goes with its next question: the newest messages that fit into a number of tokens, and before them,
/// where older ones do not fit, the summary that stands for those.
struct ContextWindow: Sendable {
    /// The oldest first.
    let messages: [ChatMessage]
    /// The last position that is not in it; 0 where all are.
    let coveredThrough: Int

    /// - Parameters:
    ///   - newestFirst: messages from the newest on, as many as may fit.
    ///   - summary: what stands for the ones that do not; nil where there is none.
    init(newestFirst: [SessionMessage], summary: [UInt8]?, tokensMax: Int = AgentLimits.windowTokensMax) {
        var rest = tokensMax - (summary.map { Self.tokens(of: $0) } ?? 0)
        var taken: [ChatMessage] = []
        var covered = 0
        for message in newestFirst {
            let cost = Self.tokens(of: message.text)
            guard cost <= rest else {
                covered = message.position
                break
            }
            rest -= cost
            taken.append(ChatMessage(message.role, message.text))
        }
        // An answer without its question says nothing: the window begins with a question.
        if covered > 0, taken.last?.role == .assistant {
            taken.removeLast()
            covered += 1
        }
        if covered > 0, let summary { taken.append(ChatMessage(.system, Self.introduction + summary)) }
        messages = taken.reversed()
        coveredThrough = covered
    }

    /// An estimate that no tokeniser of a model in use is much above for English: four bytes a token, and the message's frame.
    static func tokens(of text: [UInt8]) -> Int { (text.count + 3) / 4 + 4 }

    private static let introduction = Array("Summary of the conversation before:\n".utf8)
}
