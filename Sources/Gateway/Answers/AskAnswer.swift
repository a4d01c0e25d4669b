internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON

extension Pipeline {
    /// `POST /v1/ask`: from the knowledge base, or handed to a person with a ticket.
    @inline(never)
    func answer(
        _ question: Question, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ originals: RequestOriginals, _ path: inout DecisionPath
    ) async throws(Refusal) -> AnswerDraft {
        let conversed = try await converse(question, permit, token, exchange, originals, &path)
        if let answer = conversed.answer { return draft(answer, question, &path) }
        let plan: Plan
        do throws(AgentError) { plan = try await services.assistant.plan(question) } catch { throw Refusal(error) }
        switch plan {
        case .answer(let answer): return draft(answer, question, &path)
        case .needsEffect(var escalation):
            var note: ModelNote?
            if let assistance = services.assistance, escalation.category == .unanswered {
                if let refused = screened(question, assistance, &path) {
                    let reasons = services.assistant.judge(answerBytes: nil, isFailure: true, of: question)
                    guard !reasons.isEmpty else { return draft(refused, question, &path) }
                    escalation = escalation.adding(calls: [], reasons: reasons)
                    try await begin(permit, exchange, &path)
                } else {
                    try await begin(permit, exchange, &path)
                    let host = conversed.host
                    host?.note(begin: path.facts.beginSeq)
                    let asked = try await askModel(question, assistance, host)
                    // Where the log cannot take what tools did, nothing is answered.
                    if let failure = host?.failure { throw failure }
                    if let customer = host?.customer { path.facts.customer = customer }
                    if let answer = asked.answer { return draft(answer, question, &path, asked.note) }
                    note = asked.note
                    escalation = escalation.adding(calls: asked.reports, reasons: asked.reasons)
                }
            } else {
                try await begin(permit, exchange, &path)
            }
            do throws(AgentError) {
                return draft(try await services.assistant.perform(escalation), question, &path, note)
            } catch {
                throw Refusal(error)
            }
        }
    }

    /// The answer to a message of a conversation that wants something done; nil for any other. The conversation goes with it,
    /// so that a model may have tools called in it; nil where none may.
    @inline(never)
    private func converse(
        _ question: Question, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ originals: RequestOriginals, _ path: inout DecisionPath
    ) async throws(Refusal) -> (answer: Answer?, host: ConversationExchange?) {
        guard let session = question.sessionID, let conversations = services.conversations else { return (nil, nil) }
        if services.assistant.asksForPerson(question.text) {
            await conversations.dialogue.handedOver(
                ConversationName(principal: question.principal, session: session))
            return (nil, nil)
        }
        let host = ConversationExchange(
            self, conversations, session: session, token: token, permit: permit, exchange: exchange,
            originals: originals,
            facts: ConversationExchange.Facts(
                steps: path.closedSteps, token: path.facts.token, bodyBytes: path.facts.bodyBytes),
            beginSeq: path.facts.beginSeq)
        let answer = await conversations.dialogue.answer(question, with: host)
        path.facts.beginSeq = host.beginSeq
        if let customer = host.customer { path.facts.customer = customer }
        if let failure = host.failure { throw failure }
        return (answer, host)
    }

    private func draft(
        _ answer: Answer, _ question: Question, _ path: inout DecisionPath, _ note: ModelNote? = nil
    ) -> AnswerDraft {
        path.facts.agent = AuditAgent(
            route: Array(answer.route.rawValue.utf8), upstream: note?.upstream, prompts: note?.promptsDigest,
            tools: answer.steps.map { step in
                AuditAgent.Tool(name: Array(step.name.rawValue.utf8), outcome: .pass, microseconds: step.microseconds)
            } + answer.calls.map { AuditAgent.Tool($0) },
            confidence: Double(answer.confidencePPM) / 1_000_000, citations: answer.citations.map(\.id),
            escalated: answer.escalate)
        if answer.escalate { path.modify("escalated") }
        services.metrics.countAnswer(answer.route)
        return AnswerDraft(text: answer.text, answer: answer, sessionID: question.sessionID)
    }

    /// Writes the answer out, with the decision's path so far, and what is left of the caller's rate.
    func finish(
        _ guarded: GuardedDraft, _ admission: Admission, _ exchange: Exchange, _ steps: [AuditStep]
    ) -> Reply {
        var reply: Reply
        switch guarded.draft {
        case .reply(let ready): reply = ready
        case .answer(let answer):
            reply = Reply(status: .ok, fields: [Self.jsonType], body: Self.json(answer, exchange, steps))
        case .found(let found): reply = Reply(status: .ok, fields: [Self.jsonType], body: Self.json(found))
        case .suggested(let found): reply = Reply(status: .ok, fields: [Self.jsonType], body: Self.json(found))
        case .texts(let draft): reply = draft.write(draft.texts)
        }
        reply.fields += admission.verdict.fields
        return reply
    }

    private static func json(_ draft: AnswerDraft, _ exchange: Exchange, _ steps: [AuditStep]) -> [UInt8] {
        let answer = draft.answer
        var json = JSONWriter(capacity: 1024 + draft.text.count)
        json.object { json in
            json.member("answer", draft.text)
            json.name("confidence")
            json.millionths(answer.confidencePPM)
            json.name("citations")
            json.array { json in for citation in answer.citations { write(citation, to: &json) } }
            json.member("escalate", answer.escalate)
            json.name("suggested_actions")
            json.array { json in for action in answer.suggestedActions { write(action, to: &json) } }
            if let need = answer.need { json.member("needs", need.rawValue) }
            if let ticketID = answer.ticketID { json.member("ticket_id", ticketID) }
            if let sessionID = draft.sessionID { json.member("session_id", sessionID.bytes) }
            json.member("request_id", exchange.id)
            json.name("decision")
            json.object { json in
                json.member("result", literal: "allow")
                json.member("route", answer.route.rawValue)
                json.name("path")
                json.array { json in for step in steps { write(step, to: &json) } }
            }
        }
        return json.bytes
    }

    private static func write(_ citation: Answer.Citation, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", citation.id)
            json.member("title", citation.title)
            json.member("source", literal: "faq")
            json.name("score")
            json.millionths(citation.scorePPM)
        }
    }

    private static func write(_ action: Answer.SuggestedAction, to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", action.kind.rawValue)
            json.member("text", action.text)
        }
    }

    private static func write(_ step: AuditStep, to json: inout JSONWriter) {
        json.object { json in
            json.member("stage", literal: step.stage.name)
            json.member("outcome", literal: step.outcome.name)
            json.member("us", step.microseconds)
        }
    }

    /// The type of everything but problems and text.
    static let jsonType = ResponseField("Content-Type", "application/json")
}

extension AuditAgent.Tool {
    fileprivate init(_ report: ToolReport) {
        let outcome: AuditOutcome =
            switch report.outcome {
            case .done: .pass
            case .denied: .deny
            case .failed: .error
            }
        self.init(
            name: report.name, outcome: outcome, microseconds: report.microseconds,
            reason: report.reason.map { ReasonCode(Array($0.utf8)) }, arguments: report.arguments,
            resultDigest: report.resultDigest)
    }
}
