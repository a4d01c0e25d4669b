internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON

extension Pipeline {
    /// `POST /v1/ask`: from the knowledge base, or handed to a person with a ticket.
    @inline(never)
    func answer(
        _ question: Question, _ permit: Permit, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> AnswerDraft {
        let plan: Plan
        do throws(AgentError) { plan = try await services.assistant.plan(question) } catch { throw Refusal(error) }
        switch plan {
        case .answer(let answer): return draft(answer, question, &path)
        case .needsEffect(let escalation):
            try await begin(permit, exchange, &path)
            do throws(AgentError) {
                return draft(try await services.assistant.perform(escalation), question, &path)
            } catch {
                throw Refusal(error)
            }
        }
    }

    private func draft(_ answer: Answer, _ question: Question, _ path: inout DecisionPath) -> AnswerDraft {
        path.facts.agent = AuditAgent(
            route: Array(answer.route.rawValue.utf8),
            tools: answer.steps.map { step in
                AuditAgent.Tool(name: Array(step.name.rawValue.utf8), outcome: .pass, microseconds: step.microseconds)
            },
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
