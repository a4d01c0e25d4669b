internal import Agent
internal import Audit
internal import Edge
internal import JSON

/// What a request for a conversation, a ticket's desk or the figures carries.
enum ConversationContent: Sendable {
    /// A member of what a client keeps with a conversation.
    struct Member: Equatable, Sendable {
        let name: [UInt8], text: [UInt8]
    }

    /// Which tickets are asked for, as it was written.
    struct TicketQuery: Sendable {
        var state: Ticket.State?
        var priority: Ticket.Priority?
        var category: [UInt8]?, assignee: [UInt8]?
        var isBreached: Bool?
        var cursor: Int64?
        var limit = AgentLimits.ticketsPerPageDefault
    }

    /// What is changed of a ticket, as it was written.
    struct TicketEdit: Sendable {
        let state: Ticket.State?
        let priority: Ticket.Priority?
        let category: [UInt8]?
        /// Empty for nobody.
        let assignee: [UInt8]?
    }

    case begin(metadata: [Member])
    case read(session: [UInt8])
    case delete(session: [UInt8])
    case message(MessageContent)
    case messages(session: [UInt8], after: Int, limit: Int)
    case summarise(session: [UInt8])
    case escalate(session: [UInt8], message: [UInt8]?, category: [UInt8]?)
    case tickets(TicketQuery)
    case edit(ticket: [UInt8], TicketEdit)
    case note(ticket: [UInt8], text: [UInt8])
    case sessions(SessionFilter)
    case transcript(session: [UInt8], after: Int, limit: Int)
    case usage(days: Int)

    /// The caller's own conversation that is named; nil where none is.
    var sessionID: [UInt8]? {
        switch self {
        case .read(let session), .delete(let session), .summarise(let session), .messages(let session, _, _),
            .escalate(let session, _, _):
            session
        case .message(let message): message.session
        case .begin, .tickets, .edit, .note, .sessions, .transcript, .usage: nil
        }
    }
}

// MARK: Bodies

extension ConversationContent {
    /// Decodes the body of a request to `route`, which is one of those below.
    init(_ root: JSONNode, for route: Route, _ identifier: [UInt8]) throws(JSONShapeError) {
        switch route {
        case .sessionsCreate:
            let object = try JSONObject(root, allowing: ["metadata"])
            self = .begin(metadata: try Self.members(object))
        case .messagesCreate:
            let object = try JSONObject(root, allowing: ["message", "customer_id", "confirm"])
            let said = try object.said()
            self = .message(
                MessageContent(
                    text: said.message, session: identifier,
                    customerID: try object.optionalBytes("customer_id", countRange: 1...64),
                    confirmation: said.confirmation))
        case .escalationsCreate:
            let object = try JSONObject(root, allowing: ["message", "category"])
            self = .escalate(
                session: identifier, message: try object.optionalBytes("message", countRange: 1...Int.max),
                category: try object.optionalBytes("category", countRange: 1...64))
        case .ticketsUpdate: self = .edit(ticket: identifier, try Self.edit(root))
        case .notesCreate:
            let object = try JSONObject(root, allowing: ["text"])
            self = .note(ticket: identifier, text: try object.bytes("text", countRange: 1...Int.max))
        default: preconditionFailure("the caller names a route that takes such a body")
        }
    }

    private static func members(_ root: JSONObject) throws(JSONShapeError) -> [Member] {
        guard let object = try root.optionalObject("metadata", allowing: nil) else { return [] }
        guard object.members.count <= AgentLimits.sessionMetadataMembersMax else {
            throw root.error(
                "metadata", found: "\(object.members.count) members",
                wanted: "up to \(AgentLimits.sessionMetadataMembersMax)")
        }
        var members: [Member] = []
        for member in object.members {
            let name = String(decoding: member.name, as: UTF8.self)
            guard (1...AgentLimits.sessionMetadataNameBytesMax).contains(member.name.count),
                member.name.allSatisfy({ isNameByte($0) })
            else {
                throw object.error(
                    name, found: "a bad name",
                    wanted: "1 to \(AgentLimits.sessionMetadataNameBytesMax) of a-z 0-9 _")
            }
            members.append(
                Member(
                    name: member.name,
                    text: try object.bytes(name, countRange: 0...AgentLimits.sessionMetadataTextBytesMax)))
        }
        return members
    }

    /// The names are not redacted, so that none may be more than a word.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func edit(_ root: JSONNode) throws(JSONShapeError) -> TicketEdit {
        let object = try JSONObject(root, allowing: ["state", "priority", "category", "assignee"])
        guard !object.members.isEmpty else {
            throw JSONShapeError(
                pointer: "", offset: object.offset, found: "nothing to change",
                wanted: "one or more of state, priority, category, assignee")
        }
        return TicketEdit(
            state: try choice(object, "state", Ticket.State.self),
            priority: try choice(object, "priority", Ticket.Priority.self),
            category: try object.optionalBytes("category", countRange: 1...64),
            assignee: try object.optionalBytes("assignee", countRange: 0...64))
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ object: JSONObject, _ name: String, _ type: Choice.Type
    ) throws(JSONShapeError) -> Choice? {
        guard let text = try object.optionalString(name, countRange: 0...32) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw object.error(
                name, found: "\"\(text)\"", wanted: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }
}

// MARK: Queries

extension ConversationContent {
    /// Decodes a request without a body, whose query says which part is wanted.
    /// - Throws: `Refusal`: `400` with what is wrong.
    init(_ route: Route, _ identifier: [UInt8], _ items: QueryItems) throws(Refusal) {
        var query = try Query(items)
        switch route {
        case .sessionsRead: self = .read(session: identifier)
        case .sessionsDelete: self = .delete(session: identifier)
        case .summariesCreate: self = .summarise(session: identifier)
        case .messagesRead, .transcriptsRead:
            let after = try query.number("after", in: 0...Int64(AgentLimits.messagesPerSessionMax)) ?? 0
            let limit =
                try query.number("limit", in: 1...Int64(AgentLimits.messagesPerPageMax))
                ?? Int64(AgentLimits.messagesPerPageDefault)
            self =
                route == .messagesRead
                ? .messages(session: identifier, after: Int(after), limit: Int(limit))
                : .transcript(session: identifier, after: Int(after), limit: Int(limit))
        case .ticketsList: self = .tickets(try TicketQuery(&query))
        case .sessionsList: self = .sessions(try SessionFilter(&query))
        case .usage: self = .usage(days: Int(try query.number("days", in: 1...Int64(AgentLimits.usageDaysMax)) ?? 7))
        default: preconditionFailure("the caller names a route that takes such a query")
        }
        try query.end()
    }

    /// A query's pairs, each of which is taken once.
    struct Query {
        private var values: [String: [UInt8]] = [:]

        init(_ items: QueryItems) throws(Refusal) {
            for item in items {
                let name = String(decoding: item.name, as: UTF8.self)
                guard values.updateValue(item.value, forKey: name) == nil else {
                    throw Content.badQuery("each parameter once")
                }
                guard values.count <= 16 else { throw Content.badQuery("too many parameters") }
            }
        }

        mutating func text(_ name: String, bytesMax: Int) throws(Refusal) -> [UInt8]? {
            guard let value = values.removeValue(forKey: name) else { return nil }
            guard (1...bytesMax).contains(value.count), UTF8Validation.firstInvalid(in: value) == nil else {
                throw Content.badQuery("\(name): wanted 1 to \(bytesMax) bytes of UTF-8")
            }
            return value
        }

        mutating func number(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
            guard let value = values.removeValue(forKey: name) else { return nil }
            guard let number = UInt64(plainDecimal: value[...]).flatMap(Int64.init(exactly:)), range.contains(number)
            else {
                throw Content.badQuery("\(name): wanted an integer from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }

        mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
            _ name: String, _ type: Choice.Type
        ) throws(Refusal) -> Choice? {
            guard let value = values.removeValue(forKey: name) else { return nil }
            guard let choice = Choice(rawValue: String(decoding: value, as: UTF8.self)) else {
                let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw Content.badQuery("\(name): wanted one of \(names)")
            }
            return choice
        }

        func end() throws(Refusal) {
            guard let name = values.keys.min() else { return }
            throw Content.badQuery("\(name.prefix(64)): there is no such parameter here")
        }
    }
}

extension ConversationContent.TicketQuery {
    fileprivate init(_ query: inout ConversationContent.Query) throws(Refusal) {
        state = try query.choice("state", Ticket.State.self)
        priority = try query.choice("priority", Ticket.Priority.self)
        category = try query.text("category", bytesMax: 64)
        assignee = try query.text("assignee", bytesMax: 64)
        isBreached = try query.choice("breached", YesNo.self).map { $0 == .true }
        cursor = try query.number("cursor", in: 1...Int64.max)
        if let limit = try query.number("limit", in: 1...Int64(AgentLimits.ticketsPerPageMax)) {
            self.limit = Int(limit)
        }
    }

    private enum YesNo: String, CaseIterable { case `true`, `false` }
}

extension SessionFilter {
    fileprivate init(_ query: inout ConversationContent.Query) throws(Refusal) {
        self.init()
        subject = try query.text("subject", bytesMax: 256)
        state = try query.choice("state", Session.State.self)
        cursor = try query.number("cursor", in: 1...Int64.max)
        if let limit = try query.number("limit", in: 1...Int64(AgentLimits.sessionsPerPageMax)) {
            self.limit = Int(limit)
        }
    }
}
