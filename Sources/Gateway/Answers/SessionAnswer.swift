internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON

extension Pipeline {
    /// Conversations, the tickets' desk and the figures.
    @inline(never)
    func answer(
        _ content: CleanConversation, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ originals: RequestOriginals, _ path: inout DecisionPath
    ) async throws(Refusal) -> Draft {
        switch content {
        case .begin(let id, let metadata):
            return .reply(try await beginSession(id, metadata, permit, token, exchange, &path))
        case .read(let id): return .texts(try await showSession(id, token, exchange))
        case .delete(let id): return .reply(try await eraseSession(id, permit, token, exchange, &path))
        case .message(let message):
            return .answer(try await answerMessage(message, permit, token, exchange, originals, &path))
        case .messages(let id, let after, let limit):
            let session = try await session(id, of: token).session
            return .texts(try await showMessages(of: session, after, limit, isOwn: true, exchange))
        case .summarise(let id): return .texts(try await summarise(id, permit, token, exchange, &path))
        case .escalate(let id, let message, let category):
            return .reply(try await escalate(id, message, category, permit, token, exchange, &path))
        case .tickets(let filter): return .texts(try await listTickets(filter, permit, token, exchange))
        case .change(let ticket, let change):
            return .texts(try await changeTicket(ticket, change, permit, token, exchange, &path))
        case .note(let ticket, let text):
            return .reply(try await noteTicket(ticket, text, permit, token, exchange, &path))
        case .sessions(let filter): return .reply(try await listSessions(filter, exchange))
        case .transcript(let id, let after, let limit):
            return .texts(try await showTranscript(id, after, limit, permit, token, exchange, &path))
        case .usage(let days): return .reply(try await showUsage(days, exchange))
        }
    }

    /// `POST /v1/sessions`.
    @inline(never)
    private func beginSession(
        _ id: SessionID, _ metadata: CleanText?, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let store = try sessionDesk().store
        let owner = PrincipalKey(issuer: token.issuer, subject: token.subject)
        try await begin(permit, exchange, &path)
        try await agent { () async throws(AgentError) in try await store.create(id, of: owner, metadata: metadata) }
        let content = try await session(id, of: token)
        return Reply(
            status: .created,
            fields: [Self.jsonType, ResponseField("Location", Array("/v1/sessions/".utf8) + id.bytes)],
            body: Self.json(content, nil, content.metadata, try sessionDesk().retention, exchange))
    }

    /// `GET /v1/sessions/{id}`.
    @inline(never)
    private func showSession(
        _ id: SessionID, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) -> TextsDraft {
        let retention = try sessionDesk().retention
        let content = try await session(id, of: token)
        return TextsDraft(
            texts: [content.summary ?? [], content.metadata ?? []], isRestorable: true
        ) { texts in
            Reply(
                status: .ok, fields: [Self.jsonType],
                body: Self.json(
                    content, content.summary == nil ? nil : texts[0], content.metadata == nil ? nil : texts[1],
                    retention, exchange))
        }
    }

    /// `DELETE /v1/sessions/{id}`: its key and that of its documents are shredded, its rows go, and the originals behind
    /// its tokens are forgotten.
    @inline(never)
    private func eraseSession(
        _ id: SessionID, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let store = try sessionDesk().store
        let session = try await session(id, of: token).session
        try await begin(permit, exchange, &path)
        // Before the conversation: what fails here is asked for again, and that takes a conversation that is still there.
        if try await eraseDocuments(of: session) { try await recordDocument(.erasure, token, exchange, path) }
        try await agent { () async throws(AgentError) in try await store.erase(session) }
        services.sessions.forget(
            SessionKey(issuer: session.owner.issuer, subject: session.owner.subject, session: id.bytes))
        return Reply(status: .noContent)
    }

    /// `POST /v1/sessions/{id}/messages`: asks the assistant with what was said before, and keeps question, answer and documents.
    @inline(never)
    private func answerMessage(
        _ message: CleanMessage, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ originals: RequestOriginals, _ path: inout DecisionPath
    ) async throws(Refusal) -> AnswerDraft {
        let store = try sessionDesk().store
        let (text, id) = (message.text, message.session)
        try admitConfirmation(message.confirmation)
        try admitAttachments(of: message, token, exchange)
        let session = try await session(id, of: token).session
        try await agent { () async throws(AgentError) in
            try await store.checkRoom(in: session, for: text.bytes.count + AgentLimits.textBytesMax)
        }
        var question = Question(
            text: text, sessionID: id, customerID: message.customerID, requestID: exchange.id, principal: session.owner,
            history: try await agent { () async throws(AgentError) in try await store.history(of: session) })
        question.roles = services.policy.roles.names(of: permit.roles).map(\.bytes)
        question.failures = session.failures
        question.confirmation = message.confirmation
        // That something was said is an effect too.
        try await begin(permit, exchange, &path)
        // Before it is answered, so that the answer can be about them.
        let attachments = try await keepAttachments(of: message, in: session, token, exchange, path)
        let isSecret =
            message.confirmation == nil
            && services.verification?.standing(of: ConversationKey(token, id.bytes)).state == .challenged
        let draft = try await answer(question, permit, token, exchange, originals, &path)
        let turn = SessionTurn(
            question: isSecret ? answerToChallenge : text, answer: draft.text,
            route: Array(draft.answer.route.rawValue.utf8),
            isFailure: draft.answer.route == .refused || draft.answer.escalate && draft.answer.citations.isEmpty,
            ticketID: draft.answer.ticketID, requestID: exchange.id, attachments: attachments)
        try await agent { () async throws(AgentError) in
            // A tool may have opened it without knowing of conversations that are kept.
            if let ticket = turn.ticketID { try await services.tickets.link(ticket, to: id) }
            try await store.append(turn, to: session)
        }
        return draft
    }

    /// `GET /v1/sessions/{id}/messages`, and the transcript for who may read everybody's.
    @inline(never)
    func showMessages(
        of session: Session, _ after: Int, _ limit: Int, isOwn: Bool, _ exchange: Exchange
    ) async throws(Refusal) -> TextsDraft {
        let store = try sessionDesk().store
        let messages = try await agent { () async throws(AgentError) in
            try await store.messages(of: session, after: after, limit: limit + 1)
        }
        let isMore = messages.count > limit
        let shown = Array(messages.prefix(limit))
        return TextsDraft(texts: shown.map(\.text), isRestorable: isOwn) { texts in
            var json = JSONWriter(capacity: 4096)
            json.object { json in
                json.member("session_id", session.id.bytes)
                json.name("messages")
                json.array { json in
                    for (message, text) in zip(shown, texts) { Self.write(message, text, to: &json) }
                }
                if isMore, let last = shown.last { json.member("next", last.position) }
                json.member("request_id", exchange.id)
            }
            return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
        }
    }

    /// `POST /v1/sessions/{id}/summary`.
    @inline(never)
    private func summarise(
        _ id: SessionID, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> TextsDraft {
        let store = try sessionDesk().store
        let session = try await session(id, of: token).session
        guard session.messages > 0 else {
            throw Refusal(AgentError.conflict(wanted: "nothing was said yet: send a message first"))
        }
        try await begin(permit, exchange, &path)
        let summary = try await agent { () async throws(AgentError) in try await store.summarise(session) }
        guard let summary else { throw Refusal.sessionUnknown }
        return TextsDraft(texts: [summary], isRestorable: true) { texts in
            var json = JSONWriter(capacity: 512 + texts[0].count)
            json.object { json in
                json.member("session_id", id.bytes)
                json.member("summary", texts[0])
                json.member("messages", session.messages)
                json.member("request_id", exchange.id)
            }
            return Reply(status: .created, fields: [Self.jsonType], body: json.bytes)
        }
    }

    /// `POST /v1/sessions/{id}/escalations`: calls a person, who finds a summary of what was said with the ticket.
    @inline(never)
    private func escalate(
        _ id: SessionID, _ message: CleanText, _ category: TicketCategory, _ permit: Permit, _ token: VerifiedToken,
        _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let store = try sessionDesk().store
        let session = try await session(id, of: token).session
        try await begin(permit, exchange, &path)
        let draft = TicketDraft(
            category: category, message: message, owner: session.owner, requestID: exchange.id, sessionID: id,
            reasons: [.requested])
        let ticket = try await agent { () async throws(AgentError) in
            let ticket = try await services.tickets.create(draft)
            _ = try await store.summarise(session)
            try await store.escalate(session, ticket: ticket.id)
            return ticket
        }
        return Reply(
            status: .created,
            fields: [Self.jsonType, ResponseField("Location", Array("/v1/tickets/".utf8) + ticket.id)],
            body: Self.json(ticket, exchange))
    }

    // MARK: JSON

    private static func json(
        _ content: SessionContent, _ summary: [UInt8]?, _ metadata: [UInt8]?, _ retention: Duration,
        _ exchange: Exchange
    ) -> [UInt8] {
        let session = content.session
        var json = JSONWriter(capacity: 512)
        json.object { json in
            write(session, to: &json)
            json.member(
                "expires",
                Timestamp.text(
                    microseconds: session.usedMicroseconds + retention.components.seconds * 1_000_000))
            if let summary { json.member("summary", summary) }
            if let metadata {
                json.name("metadata")
                json.raw(metadata)
            }
            json.member("request_id", exchange.id)
        }
        return json.bytes
    }

    static func write(_ session: Session, to json: inout JSONWriter) {
        json.member("session_id", session.id.bytes)
        json.member("state", session.state.rawValue)
        json.member("created", Timestamp.text(microseconds: session.createdMicroseconds))
        json.member("last_used", Timestamp.text(microseconds: session.usedMicroseconds))
        json.member("messages", session.messages)
        if let ticket = session.ticketID { json.member("ticket_id", ticket) }
    }

    private static func write(_ message: SessionMessage, _ text: [UInt8], to json: inout JSONWriter) {
        json.object { json in
            json.member("position", message.position)
            json.member("role", message.role.rawValue)
            json.member("text", text)
            if let route = message.route { json.member("route", route) }
            if !message.attachments.isEmpty {
                json.name("attachments")
                json.array { json in for name in message.attachments { json.string(name) } }
            }
            json.member("created", Timestamp.text(microseconds: message.createdMicroseconds))
            json.member("request_id", message.requestID)
        }
    }
}
