/// One message of a conversation with a model, in the terms of the chat-completions interface.
public struct ChatMessage: Hashable, Sendable {
    /// Who speaks.
    public enum Role: String, Sendable, CaseIterable { case system, user, assistant, tool }

    /// Who speaks.
    public var role: Role
    /// What is said: redacted, UTF-8; empty where a model only calls tools.
    public var text: [UInt8]
    /// What a model wants done; of the assistant's messages alone.
    public var toolCalls: [ToolCall]
    /// The call that this message answers; of a tool's messages alone.
    public var toolCallID: [UInt8]?

    /// A message.
    public init(_ role: Role, _ text: [UInt8], toolCalls: [ToolCall] = [], toolCallID: [UInt8]? = nil) {
        self.role = role
        self.text = text
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
    }
}

/// What a model, or a planner, wants done. Nothing in it was checked.
public struct ToolCall: Hashable, Sendable {
    /// The model's name for the call, which its answer repeats.
    public var id: [UInt8]
    /// The tool's name as the model wrote it.
    public var name: [UInt8]
    /// The arguments: JSON as the model wrote it.
    public var arguments: [UInt8]

    /// A call.
    public init(id: [UInt8], name: [UInt8], arguments: [UInt8]) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
