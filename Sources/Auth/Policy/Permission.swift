internal import JSON

/// What a caller can be allowed to do. The list is closed: a policy that names anything else is not loaded.
public enum Permission: UInt8, Sendable, CaseIterable {
    /// Ask the assistant.
    case assistantAsk
    /// Open a ticket.
    case ticketsCreate
    /// Read a ticket.
    case ticketsRead
    /// Read everybody's tickets, not only one's own.
    case ticketsReadAny
    /// Change tickets and write notes on them.
    case ticketsWrite
    /// Have conversations that are kept.
    case sessionsUse
    /// See which conversations there are, whoever's.
    case sessionsAdmin
    /// Read what was said in anybody's conversation.
    case sessionsTranscript
    /// See what was counted.
    case usageRead
    /// Search the knowledge base.
    case knowledgeRead
    /// Replace the knowledge base.
    case knowledgeWrite
    /// Issue tokens.
    case tokensIssue
    /// Take tokens back, and see which were.
    case tokensRevoke
    /// Read the audit log's head.
    case auditRead
    /// Make a person's sealed members of the audit log unreadable.
    case auditErase
    /// Get personal data back that was replaced by tokens.
    case piiRestore
    /// Have a text redacted.
    case textRedact
    /// Have a customer of the bank prove who they are.
    case customersVerify
    /// Keep and archive documents.
    case documentsWrite
    /// List and fetch documents.
    case documentsRead
    /// Erase all documents of an owner.
    case documentsErase
    /// Read the description of this interface.
    case interfaceRead
    /// Have a model complete a conversation.
    case assistantComplete

    /// The name in a policy and in the audit record.
    public var name: StaticString {
        switch self {
        case .assistantAsk: "assistant:ask"
        case .ticketsCreate: "tickets:create"
        case .ticketsRead: "tickets:read"
        case .ticketsReadAny: "tickets:read_any"
        case .ticketsWrite: "tickets:write"
        case .sessionsUse: "sessions:use"
        case .sessionsAdmin: "sessions:admin"
        case .sessionsTranscript: "sessions:transcript"
        case .usageRead: "usage:read"
        case .knowledgeRead: "knowledge:read"
        case .knowledgeWrite: "knowledge:write"
        case .tokensIssue: "tokens:issue"
        case .tokensRevoke: "tokens:revoke"
        case .auditRead: "audit:read"
        case .auditErase: "audit:erase"
        case .piiRestore: "pii:restore"
        case .textRedact: "text:redact"
        case .customersVerify: "customers:verify"
        case .documentsWrite: "documents:write"
        case .documentsRead: "documents:read"
        case .documentsErase: "documents:erase"
        case .interfaceRead: "interface:read"
        case .assistantComplete: "assistant:complete"
        }
    }

    /// The permission of that name.
    public init?(name: [UInt8]) {
        guard let found = Self.allCases.first(where: { name.isEqual(to: $0.name) }) else { return nil }
        self = found
    }
}
