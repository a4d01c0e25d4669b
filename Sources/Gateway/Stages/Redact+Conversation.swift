internal import Agent
internal import Audit
internal import Auth
internal import Redaction

/// What a request for a conversation, a ticket's desk or the figures carries once it is redacted.
enum CleanConversation: Sendable {
    case begin(SessionID, metadata: CleanText?)
    case read(SessionID)
    case delete(SessionID)
    case message(CleanMessage)
    case messages(of: SessionID, after: Int, limit: Int)
    case summarise(SessionID)
    case escalate(SessionID, message: CleanText, category: TicketCategory)
    case tickets(TicketFilter)
    case change(ticket: CleanText, TicketChange)
    case note(ticket: CleanText, text: CleanText)
    case sessions(SessionFilter)
    case transcript(of: SessionID, after: Int, limit: Int)
    case usage(days: Int)
}

extension Pipeline {
    /// The stage for conversations: what is said in one is redacted into the vault of the same name, as a question of
    /// `POST /v1/ask` that names it is.
    /// - Throws: `Refusal`.
    func redact(
        _ content: ConversationContent, _ permit: Permit, _ vault: inout RequestVault, _ path: inout DecisionPath
    ) throws(Refusal) -> CleanConversation {
        switch content {
        case .begin(let members):
            let session = newSession()
            vault.join(session.bytes)
            return .begin(session, metadata: try metadata(members, permit, &vault, &path))
        case .message(let message):
            let session = try session(inPath: message.session)
            try refusePersonal(message.customerID, named: "customer_id")
            vault.join(session.bytes)
            return .message(
                CleanMessage(
                    text: try cleanMessage(message.text, permit, &vault, &path), session: session,
                    customerID: try checked(message.customerID) { text throws(AgentError) in try CustomerID(text) },
                    confirmation: message.confirmation, attachments: message.attachments, place: message.place))
        case .escalate(let name, let text, let category):
            let session = try session(inPath: name)
            vault.join(session.bytes)
            let message = if let text { try clean(text, permit, &vault, &path) } else { askedForPerson }
            return .escalate(
                session, message: message,
                category: try checked(category) { text throws(AgentError) in try TicketCategory(text) } ?? .person)
        case .read(let name):
            let session = try session(inPath: name)
            vault.join(session.bytes)
            return .read(session)
        case .messages(let name, let after, let limit):
            let session = try session(inPath: name)
            vault.join(session.bytes)
            return .messages(of: session, after: after, limit: limit)
        case .summarise(let name):
            let session = try session(inPath: name)
            vault.join(session.bytes)
            return .summarise(session)
        case .delete(let name):
            path.skip()
            return .delete(try session(inPath: name))
        case .transcript(let name, let after, let limit):
            path.skip()
            return .transcript(of: try session(inPath: name), after: after, limit: limit)
        case .note(let ticket, let text):
            return .note(
                ticket: masked(ticket, by: services.redactor), text: try clean(text, permit, &vault, &path))
        case .edit(let ticket, let edit):
            path.skip()
            return .change(ticket: masked(ticket, by: services.redactor), try change(edit))
        case .tickets(let query):
            path.skip()
            return .tickets(try filter(query))
        case .sessions(let filter):
            path.skip()
            return .sessions(filter)
        case .usage(let days):
            path.skip()
            return .usage(days: days)
        }
    }

    /// A name that could be taken for somebody's number would be masked wherever it is shown.
    private func newSession() -> SessionID {
        for _ in 0..<8 {
            let name = SessionID.random()
            if services.redactor.redactForLog(name.bytes) == name.bytes { return name }
        }
        return .random()
    }

    private func change(_ edit: ConversationContent.TicketEdit) throws(Refusal) -> TicketChange {
        var change = TicketChange(
            state: edit.state, priority: edit.priority,
            category: try checked(edit.category) { text throws(AgentError) in try TicketCategory(text) })
        if let assignee = edit.assignee {
            try refusePersonal(assignee, named: "assignee")
            change.assignee =
                assignee.isEmpty
                ? .some(nil) : try checked(assignee) { text throws(AgentError) in try Assignee(text) }
        }
        return change
    }

    private func filter(_ query: ConversationContent.TicketQuery) throws(Refusal) -> TicketFilter {
        var filter = TicketFilter()
        filter.state = query.state
        filter.priority = query.priority
        filter.category = try checked(query.category) { text throws(AgentError) in try TicketCategory(text) }
        filter.assignee = try checked(query.assignee) { text throws(AgentError) in try Assignee(text) }
        filter.isBreached = query.isBreached
        filter.cursor = query.cursor
        filter.limit = query.limit
        return filter
    }

    private func checked<Value>(
        _ text: [UInt8]?, _ make: (CleanText) throws(AgentError) -> Value
    ) throws(Refusal) -> Value? {
        guard let text else { return nil }
        do throws(AgentError) { return try make(masked(text, by: services.redactor)) } catch { throw Refusal(error) }
    }
}
