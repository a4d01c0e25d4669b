/// What is changed of a ticket; what is nil stays as it is.
public struct TicketChange: Sendable {
    /// Its new state; the one it has is no change.
    public var state: Ticket.State?
    /// Its new priority, whose time then holds.
    public var priority: Ticket.Priority?
    /// Its new category.
    public var category: TicketCategory?
    /// Who works on it from here on; `.some(nil)` for nobody.
    public var assignee: Assignee??

    /// A change.
    public init(
        state: Ticket.State? = nil, priority: Ticket.Priority? = nil, category: TicketCategory? = nil,
        assignee: Assignee?? = nil
    ) {
        self.state = state
        self.priority = priority
        self.category = category
        self.assignee = assignee
    }
}

/// The work name of who works on a ticket: 1 to 64 letters, digits, `-`, `_`, `.` or `:`.
public struct Assignee: Hashable, Sendable {
    /// ASCII.
    public let bytes: [UInt8]

    /// - Throws: `.badIdentifier`.
    public init(_ text: CleanText) throws(AgentError) {
        guard Identifier.accepts(text.bytes, countRange: 1...AgentLimits.assigneeBytesMax, punctuation: "-_.:") else {
            throw .badIdentifier(name: "assignee", wanted: "1 to 64 of A-Z a-z 0-9 - _ . :")
        }
        bytes = text.bytes
    }
}

extension Ticket {
    /// The ticket after `change`, made at `now`.
    /// - Throws: `.conflict` for a state that this one does not lead to, or where it is closed.
    func changed(_ change: TicketChange, levels: ServiceLevels, now: Int64) throws(AgentError) -> Ticket {
        var ticket = self
        guard state != .closed else {
            throw .conflict(wanted: "the ticket is closed for good: open another")
        }
        if let next = change.state, next != state {
            guard state.successors.contains(next) else {
                let wanted = state.successors.map(\.rawValue).joined(separator: ", ")
                throw .conflict(wanted: "state: \(state.rawValue) leads to \(wanted), not to \(next.rawValue)")
            }
            ticket.state = next
            if next.isTimed { ticket.clock.run(from: now) } else { ticket.clock.stop(at: now) }
        }
        if let next = change.priority, next != priority {
            ticket.clock.set(
                minutes: levels.minutes(for: next),
                instead: levels.minutes(of: category, priority))
            ticket.priority = next
        }
        if let category = change.category { ticket.category = category }
        if let assignee = change.assignee { ticket.assignee = assignee?.bytes }
        ticket.updatedMicroseconds = now
        return ticket
    }
}

extension ServiceLevels {
    /// Minutes of a ticket of `category` that has this priority: the category's own while it has the category's priority.
    func minutes(of category: TicketCategory, _ priority: Ticket.Priority) -> Int {
        let level = level(of: category)
        return level.priority == priority ? level.minutes : minutes(for: priority)
    }
}

/// A remark on a ticket, by who works on it.
public struct TicketNote: Hashable, Sendable {
    /// Counts the notes of all tickets from 1.
    public let number: Int64
    /// Who wrote it.
    public let author: PrincipalKey
    /// The redacted text.
    public var text: [UInt8]
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let createdMicroseconds: Int64
}

/// Which tickets are asked for. Each that is named must hold.
public struct TicketFilter: Sendable {
    /// Opened by this principal; nil for anybody's.
    public var owner: PrincipalKey?
    /// In this state.
    public var state: Ticket.State?
    /// Of this category.
    public var category: TicketCategory?
    /// Of this priority.
    public var priority: Ticket.Priority?
    /// Worked on by this person.
    public var assignee: Assignee?
    /// Whether its time has run out.
    public var isBreached: Bool?
    /// Older than the ticket with this cursor, which a page before gave.
    public var cursor: Int64?
    /// Tickets of the page, 1 to `AgentLimits.ticketsPerPageMax`.
    public var limit = AgentLimits.ticketsPerPageDefault

    /// All of `owner`'s, or all there are.
    public init(owner: PrincipalKey? = nil) { self.owner = owner }
}

/// Tickets, newest first.
public struct TicketPage: Sendable {
    /// The tickets.
    public var tickets: [Ticket]
    /// The cursor of the next page; nil for the last one.
    public let next: Int64?
}
