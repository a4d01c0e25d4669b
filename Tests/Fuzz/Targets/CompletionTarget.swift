@testable internal import Gateway

/// Requests for completions: what is taken is within its bounds, and what is not is told where it is wrong.
enum CompletionTarget {
    static func run(_ input: [UInt8]) {
        do throws(Refusal) {
            let content = try CompletionContent.decoding(input)
            precondition((1...CompletionLimits.messagesMax).contains(content.messages.count), "messages are bounded")
            precondition((1...CompletionLimits.modelBytesMax).contains(content.model.count), "a name is bounded")
            precondition(
                (1...CompletionLimits.answerTokensMax).contains(content.answerTokensMax), "answers are bounded")
            precondition(!content.includesUsage || content.isStreamed, "options of a stream are a stream's")
            for message in content.messages {
                precondition((1...CompletionLimits.partsMax).contains(message.texts.count), "parts are bounded")
                precondition(message.texts.allSatisfy { !$0.isEmpty }, "a text says something")
            }
        } catch {
            precondition(error.problem == .invalidBody, "a request that is not taken is invalid")
            guard let line = error.place?.line else { return }
            precondition((1...input.count + 1).contains(line), "the place lies in the text")
        }
    }
}
