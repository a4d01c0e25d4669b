/// A question that a person will answer.
public struct Ticket: Hashable, Sendable {
    /// `T-` and 26 letters and digits that nobody can guess (128 random bits in Crockford's base 32).
    public let id: [UInt8]
    /// What it is about.
    public internal(set) var category: TicketCategory
    /// The redacted text.
    public internal(set) var message: [UInt8]
    /// Who opened it. Whether somebody else may see it is the gateway's to decide.
    public let owner: PrincipalKey
    /// The bank's customer it is about, where the caller named one.
    public let customerID: [UInt8]?
    /// The request that opened it.
    public let requestID: [UInt8]
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let createdMicroseconds: Int64
    /// When it was changed last; as `createdMicroseconds`.
    public internal(set) var updatedMicroseconds: Int64
    /// Where it stands.
    public internal(set) var state: State
    /// How soon somebody has to look at it.
    public internal(set) var priority: Priority
    /// The time that is left.
    public internal(set) var clock: TicketClock
    /// The conversation it came from.
    public internal(set) var sessionID: [UInt8]?
    /// Who works on it: a work name, as whoever assigned it wrote it.
    public internal(set) var assignee: [UInt8]?
    /// Why it was opened, by the rules of the escalation policy; empty where somebody opened it by hand.
    public internal(set) var reasons: [EscalationReason]
}

extension Ticket {
    /// The ticket with its message and its category put through `revise`.
    public func revised(_ revise: ([UInt8]) -> [UInt8]) -> Ticket {
        var ticket = self
        ticket.category = TicketCategory(stored: revise(category.bytes))
        ticket.message = revise(message)
        return ticket
    }
}

/// What a ticket is about: 1 to 32 of `a-z 0-9 _ -`.
public struct TicketCategory: Hashable, Sendable {
    /// ASCII.
    public let bytes: [UInt8]

    /// For a ticket that names none.
    public static let general = TicketCategory(known: "general")
    /// For a customer who asks for a person.
    public static let person = TicketCategory(known: "human")
    /// For a question that the assistant could not answer.
    public static let unanswered = TicketCategory(known: "unanswered")

    private init(known: String) { bytes = Array(known.utf8) }

    /// - Throws: `.badIdentifier`.
    public init(_ text: CleanText) throws(AgentError) { try self.init(checking: text.bytes) }

    /// A category that the bank's own policy names.
    init(checking bytes: [UInt8]) throws(AgentError) {
        let isLower = bytes.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        guard isLower, Identifier.accepts(bytes, countRange: 1...AgentLimits.categoryBytesMax, punctuation: "-_")
        else { throw .badIdentifier(name: "category", wanted: "1 to 32 of a-z 0-9 _ -") }
        self.bytes = bytes
    }

    init(stored: [UInt8]) { bytes = stored }
}

/// What a ticket is opened with.
public struct TicketDraft: Sendable {
    /// What it is about.
    public var category: TicketCategory
    /// The text, 1 to `AgentLimits.textBytesMax` bytes.
    public var message: CleanText
    /// Who opens it.
    public var owner: PrincipalKey
    /// The bank's customer it is about.
    public var customerID: CustomerID?
    /// The request that opens it.
    public var requestID: [UInt8]
    /// The conversation it comes from.
    public var sessionID: SessionID?
    /// Its priority; nil for that of its category.
    public var priority: Ticket.Priority?
    /// Why it is opened, where a rule says so; at most `AgentLimits.reasonsPerTicketMax`.
    public var reasons: [EscalationReason]

    /// A draft.
    public init(
        category: TicketCategory, message: CleanText, owner: PrincipalKey, customerID: CustomerID? = nil,
        requestID: [UInt8], sessionID: SessionID? = nil, priority: Ticket.Priority? = nil,
        reasons: [EscalationReason] = []
    ) {
        self.category = category
        self.message = message
        self.owner = owner
        self.customerID = customerID
        self.requestID = requestID
        self.sessionID = sessionID
        self.priority = priority
        self.reasons = reasons
    }
}
