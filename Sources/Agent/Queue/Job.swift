/// A piece of work that is done later, off the request's path.
public struct Job: Hashable, Sendable {
    /// What kind of work it is. The raw value is its name in the database.
    public enum Kind: String, CaseIterable, Sendable {
        /// Sum up what a conversation's window no longer holds.
        case summary
        /// Add what was counted to the days' figures.
        case usage
        /// Erase conversations that are older than they may be.
        case retention
        /// Tell another system of a ticket.
        case webhook
    }

    /// What kind of work it is.
    public let kind: Kind
    /// What it is about, such as a ticket's id: of two jobs of one kind with one key there is only one.
    public let key: [UInt8]
    /// What its worker needs besides; at most `AgentLimits.jobPayloadBytesMax`.
    public let payload: [UInt8]
    /// How often it was begun, this time included.
    public let attempt: Int
    /// When it was put into the queue, in microseconds since 1970.
    public let createdMicroseconds: Int64
}

/// How an attempt at a job ended.
public enum JobOutcome: Hashable, Sendable {
    /// It is done, or need not be done any more.
    case done
    /// It failed and may go better later. `reason` is for the operator.
    case failed(reason: String)
    /// It will never go better. `reason` is for the operator.
    case hopeless(reason: String)
}
