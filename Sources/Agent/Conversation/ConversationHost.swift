/// What a conversation asks of whoever holds the request: policy, the log, the customer's proof and what redaction took out.
/// The gateway implements it; one value is for one request.
public protocol ConversationHost: CustomerIdentity {
    /// Whether the caller may have `tool` called now.
    func decide(_ tool: AssistantTool) -> ToolDecision

    /// Makes it durable in the log that the request is about to have an effect: before a model is called, and before a tool
    /// changes something, which is named then.
    /// - Throws: `ToolError.unavailable` where the log cannot take it: the request must not go on.
    func announce(_ effect: ToolEffect?) async throws(ToolError)

    /// The original of a part of the message, or of what an earlier one of the conversation brought.
    func original(_ text: [UInt8]) -> [UInt8]

    /// The original as far as it will be known when the next message comes: what redaction masked for good is not.
    func remembered(_ text: [UInt8]) -> [UInt8]

    /// A tool's result as a model may see it: personal data is taken out by policy.
    func redacted(_ result: [UInt8]) -> [UInt8]

    /// A text that a model or planner wrote, redacted once more.
    func clean(_ text: [UInt8]) -> CleanText

    /// A keyed digest of a result, in hexadecimal; nil where there is no key.
    func digest(of result: [UInt8]) -> [UInt8]?
}

/// Whether a tool may be called.
public enum ToolDecision: Hashable, Sendable {
    case allowed
    /// Once it is so sure who the customer is.
    case needsCustomer(IdentityLevel)
    case denied
}

/// A tool's change to the world, as the log announces it.
public struct ToolEffect: Hashable, Sendable {
    /// The tool.
    public let tool: AssistantTool
    /// The call's name.
    public let callID: [UInt8]
    /// The arguments as JSON, redacted; nil where they may not be recorded.
    public let arguments: [UInt8]?

    /// An effect.
    public init(tool: AssistantTool, callID: [UInt8], arguments: [UInt8]?) {
        self.tool = tool
        self.callID = callID
        self.arguments = arguments
    }
}
