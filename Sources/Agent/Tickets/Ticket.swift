/// A question that a person will answer.
public struct Ticket: Hashable, Sendable {
    /// Where a ticket stands.
    public enum State: String, Sendable { case open, closed }

    /// `T-` and 26 letters and digits that nobody can guess (128 random bits in Crockford's base 32).
    public let id: [UInt8]
    /// What it is about.
    public let category: TicketCategory
    /// The redacted text.
    public let message: [UInt8]
    /// Who opened it. Whether somebody else may see it is the gateway's to decide.
    public let owner: PrincipalKey
    /// The bank's customer it is about, where the caller named one.
    public let customerID: [UInt8]?
    /// The request that opened it.
    public let requestID: [UInt8]
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let createdMicroseconds: Int64
    /// Where it stands.
    public let state: State
}

extension Ticket {
    /// The ticket with its message and its category put through `revise`.
    public func revised(_ revise: ([UInt8]) -> [UInt8]) -> Ticket {
        Ticket(
            id: id, category: TicketCategory(stored: revise(category.bytes)), message: revise(message), owner: owner,
            customerID: customerID, requestID: requestID, createdMicroseconds: createdMicroseconds, state: state)
    }
}

/// What a ticket is about: 1 to 32 of `a-z 0-9 _ -`.
public struct TicketCategory: Hashable, Sendable {
    /// ASCII.
    public let bytes: [UInt8]

    /// For a ticket that names none.
    public static let general = TicketCategory(known: "general")
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

    /// A draft.
    public init(
        category: TicketCategory, message: CleanText, owner: PrincipalKey, customerID: CustomerID? = nil,
        requestID: [UInt8]
    ) {
        self.category = category
        self.message = message
        self.owner = owner
        self.customerID = customerID
        self.requestID = requestID
    }
}
