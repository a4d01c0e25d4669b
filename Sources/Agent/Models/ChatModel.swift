/// A language model: gets a conversation, says what comes next.
///
/// To call one is an effect on the world, so that `request.begin` is durable before (audit log §8, D2).
public protocol ChatModel: Sendable {
    /// Completes `request`.
    /// - Parameter deltas: gets the text piece by piece as it comes, whole UTF-8 sequences; false breaks the completion
    ///   off. nil where nobody reads along. Its pieces joined are the completion's text.
    /// - Throws: `ModelError`, after retries and fall-backs.
    func complete(
        _ request: ChatRequest, deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(ModelError) -> ChatCompletion
}

/// What a model is asked.
public struct ChatRequest: Sendable {
    /// The conversation so far, oldest first. The first is the system's prompt.
    public var messages: [ChatMessage]
    /// Tools that it may call.
    public var tools: [ToolDescription]
    /// The form that the answer must have; nil for plain text.
    public var form: AnswerForm?
    /// Tokens that the answer may have, 1 or more.
    public var answerTokensMax: Int
    /// Whose budget it is on.
    public var principal: PrincipalKey
    /// The principal's roles, by which it has one.
    public var roles: [[UInt8]]
    /// What it is for, which decides the models that are asked.
    public var use: ModelUse

    /// The forms that an answer can be asked for in.
    public enum AnswerForm: Sendable {
        /// An object with `answer`, `confidence`, `escalate` and `actions` (`StructuredAnswer`). Without `deltas` the completion's
        /// text is such an object, after one repair if need be; with them what the model writes is handed on unchecked.
        case structuredAnswer
    }

    /// A request.
    public init(
        messages: [ChatMessage], tools: [ToolDescription] = [], form: AnswerForm? = nil, answerTokensMax: Int,
        principal: PrincipalKey, roles: [[UInt8]] = [], use: ModelUse = .answer
    ) {
        self.roles = roles
        self.use = use
        self.messages = messages
        self.tools = tools
        self.form = form
        self.answerTokensMax = answerTokensMax
        self.principal = principal
    }
}

/// What a model said.
public struct ChatCompletion: Sendable {
    /// Why it ended.
    public enum FinishReason: String, Sendable {
        case stop, length
        case toolCalls = "tool_calls"
        case contentFilter = "content_filter"
    }

    /// What it says. UTF-8.
    public var text: [UInt8]
    /// What it wants done.
    public var toolCalls: [ToolCall]
    /// Why it ended.
    public var finishReason: FinishReason
    /// What it took.
    public var usage: TokenUsage
    /// The model that answered, as the policy calls it: the first asked, or a fall-back.
    public var model: [UInt8]

    /// A completion.
    public init(
        text: [UInt8], toolCalls: [ToolCall] = [], finishReason: FinishReason, usage: TokenUsage, model: [UInt8]
    ) {
        self.text = text
        self.toolCalls = toolCalls
        self.finishReason = finishReason
        self.usage = usage
        self.model = model
    }
}

/// Tokens and money.
public struct TokenUsage: Hashable, Sendable {
    /// Tokens of the request and of the answer, as the model's server counts them; estimated where it does not say.
    public var promptTokens: Int, answerTokens: Int
    /// Cost in millionths of the policy's currency.
    public var costMicros: Int64

    /// None yet.
    public init(promptTokens: Int = 0, answerTokens: Int = 0, costMicros: Int64 = 0) {
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.costMicros = costMicros
    }

    /// What both took.
    public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        TokenUsage(
            promptTokens: left.promptTokens + right.promptTokens, answerTokens: left.answerTokens + right.answerTokens,
            costMicros: left.costMicros + right.costMicros)
    }
}

/// Why there is no completion. Nothing in it names a server, a key or a prompt.
public enum ModelError: Error, Hashable, Sendable {
    /// No model is configured.
    case none
    /// The principal's budget is used up; what it asks for is free again after `retryAfterSeconds`.
    case budget(retryAfterSeconds: Int)
    /// All models are away, busy or refuse; `retryAfterSeconds` where one of them said how long.
    case unavailable(retryAfterSeconds: Int?)
    /// What came is no completion, or has not the form that was asked for, after one repair.
    case badAnswer(reason: StaticText)
    /// It took longer than it may.
    case timedOut
    /// Whoever read along broke it off.
    case brokenOff

    /// A few words of the program's own, for the operator.
    public struct StaticText: Hashable, Sendable {
        /// The words.
        public let text: String
        /// Words of the program.
        public init(_ text: StaticString) { self.text = text.description }
    }
}
