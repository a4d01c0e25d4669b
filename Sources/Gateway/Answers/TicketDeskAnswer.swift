internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import Threading

extension Pipeline {
    /// `GET /v1/tickets/{id}`: the ticket with what a person needs who takes it over: the conversation's summary, and, for who
    /// may read everybody's, the notes.
    @inline(never)
    func showTicket(
        _ identifier: CleanText, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) -> TextsDraft {
        let ticket = try await readTicket(identifier, permit, token, exchange)
        return try await show(ticket, permit, token, exchange)
    }

    private func show(
        _ ticket: Ticket, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) -> TextsDraft {
        let notes: [TicketNote] =
            if !permit.isOwnOnly && mayReadAny(token, exchange) {
                try await agent { () async throws(AgentError) in try await services.tickets.notes(on: ticket.id) }
            } else { [] }
        let content = try await conversation(of: ticket)
        let texts = [ticket.category.bytes, ticket.message, content?.summary ?? []] + notes.map(\.text)
        return TextsDraft(texts: texts) { texts in
            var json = JSONWriter(capacity: 1024)
            json.object { json in
                Self.write(ticket, category: texts[0], message: texts[1], to: &json)
                if let content {
                    json.name("handover")
                    json.object { json in
                        json.member("messages", content.session.messages)
                        if content.summary != nil { json.member("summary", texts[2]) }
                    }
                }
                if !notes.isEmpty {
                    json.name("notes")
                    json.array { json in
                        for (note, text) in zip(notes, texts.dropFirst(3)) { Self.write(note, text, to: &json) }
                    }
                }
                json.member("request_id", exchange.id)
            }
            return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
        }
    }

    /// The conversation that a ticket came from; nil where it came from none, or that is erased.
    private func conversation(of ticket: Ticket) async throws(Refusal) -> SessionContent? {
        guard let name = ticket.sessionID, let store = services.sessionDesk?.store else { return nil }
        let session = try session(inPath: name)
        return try await agent { () async throws(AgentError) in try await store.session(session, of: ticket.owner) }
    }

    /// `GET /v1/tickets`: one's own, or everybody's for who may read them.
    @inline(never)
    func listTickets(
        _ filter: TicketFilter, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) -> TextsDraft {
        var filter = filter
        if permit.isOwnOnly || !mayReadAny(token, exchange) {
            filter.owner = PrincipalKey(issuer: token.issuer, subject: token.subject)
        }
        let page = try await agent { [filter] () async throws(AgentError) in try await services.tickets.tickets(filter)
        }
        let texts = page.tickets.flatMap { [$0.category.bytes, $0.message] }
        return TextsDraft(texts: texts) { texts in
            var json = JSONWriter(capacity: 4096)
            json.object { json in
                json.name("tickets")
                json.array { json in
                    for (index, ticket) in page.tickets.enumerated() {
                        json.object { json in
                            Self.write(ticket, category: texts[2 * index], message: texts[2 * index + 1], to: &json)
                        }
                    }
                }
                if let next = page.next { json.member("next", next) }
                json.member("request_id", exchange.id)
            }
            return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
        }
    }

    /// `PATCH /v1/tickets/{id}`.
    @inline(never)
    func changeTicket(
        _ identifier: CleanText, _ change: TicketChange, _ permit: Permit, _ token: VerifiedToken,
        _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> TextsDraft {
        let ticket = try await readTicket(identifier, permit, token, exchange)
        try await begin(permit, exchange, &path)
        let changed = try await agent { () async throws(AgentError) in
            try await services.tickets.change(ticket.id, change)
        }
        guard let changed else { throw Refusal(problem: .notFound, reason: "ticket_unknown") }
        return try await show(changed, permit, token, exchange)
    }

    /// `POST /v1/tickets/{id}/notes`.
    @inline(never)
    func noteTicket(
        _ identifier: CleanText, _ text: CleanText, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let ticket = try await readTicket(identifier, permit, token, exchange)
        try await begin(permit, exchange, &path)
        let author = PrincipalKey(issuer: token.issuer, subject: token.subject)
        let note = try await agent { () async throws(AgentError) in
            try await services.tickets.note(text, on: ticket.id, by: author)
        }
        guard let note else { throw Refusal(problem: .notFound, reason: "ticket_unknown") }
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("ticket_id", ticket.id)
            json.name("note")
            Self.write(note, note.text, to: &json)
            json.member("request_id", exchange.id)
        }
        return Reply(status: .created, fields: [Self.jsonType], body: json.bytes)
    }

    // MARK: JSON

    private static func write(_ ticket: Ticket, category: [UInt8], message: [UInt8], to json: inout JSONWriter) {
        json.member("id", ticket.id)
        json.member("category", category)
        json.member("message", message)
        json.member("state", ticket.state.rawValue)
        json.member("created", Timestamp.text(microseconds: ticket.createdMicroseconds))
        writeDesk(of: ticket, to: &json)
    }

    /// What a ticket has beside what it was opened with.
    static func writeDesk(of ticket: Ticket, to json: inout JSONWriter) {
        json.member("priority", ticket.priority.rawValue)
        json.member("updated", Timestamp.text(microseconds: ticket.updatedMicroseconds))
        if let due = ticket.clock.dueMicroseconds { json.member("due", Timestamp.text(microseconds: due)) }
        json.member("breached", ticket.clock.isBreached(at: WallClock.microseconds))
        if let assignee = ticket.assignee { json.member("assignee", assignee) }
        if let session = ticket.sessionID { json.member("session_id", session) }
        if !ticket.reasons.isEmpty {
            json.name("reasons")
            json.array { json in for reason in ticket.reasons { json.string(reason.rawValue) } }
        }
    }

    private static func write(_ note: TicketNote, _ text: [UInt8], to json: inout JSONWriter) {
        json.object { json in
            json.member("number", note.number)
            json.member("author", note.author.subject)
            json.member("text", text)
            json.member("created", Timestamp.text(microseconds: note.createdMicroseconds))
        }
    }
}
