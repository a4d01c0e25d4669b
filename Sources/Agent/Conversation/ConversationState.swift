/// What a conversation is in the middle of. It holds redacted text alone, and never the answer to a security question.
public struct ConversationState: Hashable, Sendable {
    /// What the customer wants done and is on the way to.
    struct Wish: Hashable, Sendable {
        var intent: Intent
        /// What is known of the arguments.
        var arguments: [String: ToolArguments.Value] = [:]
    }

    /// What the next message is expected to be.
    enum Awaited: Hashable, Sendable {
        /// Account and name, one of which may be known already.
        case identity(account: [UInt8]?, name: [UInt8]?, method: IdentityMethod)
        /// The answer to a security question, or a one-time code.
        case proof(IdentityMethod)
        /// The new value of what is to be changed.
        case value(CustomerChange.Field)
        /// Yes or no, to exactly this change.
        case confirmation(PendingWrite)
    }

    /// A change as the customer was asked to confirm it.
    struct PendingWrite: Hashable, Sendable {
        let tool: AssistantTool
        let arguments: ToolArguments
        /// The call's name: part of the key by which the bank tells a repeated write.
        let callID: [UInt8]
        /// The first second since 1970 at which it can no longer be confirmed.
        let ends: Int64
    }

    /// One thing that was asked or done.
    struct Entry: Hashable, Sendable {
        enum Outcome: String, Hashable, Sendable { case asked, done, failed, declined, handedOver }

        let what: String
        var outcome: Outcome
    }

    var wish: Wish?
    var awaited: Awaited?
    /// How often the same thing was asked for in a row.
    var prompts = 0
    /// The last write that was done, for who says yes again.
    var lastWrite: PendingWrite?
    /// The id of the last transaction that was shown, and whether there are earlier ones.
    var lastTransaction: [UInt8]?
    private(set) var journal: [Entry] = []

    /// A conversation that begins.
    public init() {}

    /// Whether nothing was said that a later message needs.
    var isEmpty: Bool { self == ConversationState() }

    /// Whether the next message is expected to be a secret, which is not for a transcript.
    public var expectsSecret: Bool {
        if case .proof = awaited { true } else { false }
    }

    mutating func note(_ what: String, _ outcome: Entry.Outcome) {
        if outcome != .asked, let last = journal.lastIndex(where: { $0.what == what && $0.outcome == .asked }) {
            journal[last].outcome = outcome
            return
        }
        journal.append(Entry(what: what, outcome: outcome))
        if journal.count > AgentLimits.journalEntriesMax { journal.removeFirst() }
    }
}
