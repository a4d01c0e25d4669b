/// How many tokens a text is, where no tokeniser is at hand.
///
/// An honest guess and no count: four bytes a token is what English takes in the tokenisers of the models that are met
/// (OpenAI, "What are tokens and how to count them"); other alphabets take up to one a byte or two. So a byte above ASCII
/// counts as half a token. What a server counts replaces it.
public enum TokenEstimate {
    /// Tokens around each message: role and marks of the template.
    private static let perMessage = 4

    /// Tokens of a text, rounded up.
    public static func tokens(_ text: [UInt8]) -> Int {
        var quarters = 0
        for byte in text { quarters += byte < 0x80 ? 1 : 2 }
        return (quarters + 3) / 4
    }

    /// Tokens of a request: messages, calls, tools.
    public static func tokens(_ request: ChatRequest) -> Int {
        let messages = request.messages.reduce(0) { sum, message in
            sum + perMessage + tokens(message.text)
                + message.toolCalls.reduce(0) { $0 + perMessage + tokens($1.name) + tokens($1.arguments) }
        }
        let tools = request.tools.reduce(0) { sum, tool in
            sum + 16 + (tool.summary.utf8.count + 3) / 4
                + tool.parameters.reduce(0) { $0 + 12 + ($1.summary.utf8.count + 3) / 4 }
        }
        return messages + tools
    }
}
