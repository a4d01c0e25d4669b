internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import Telemetry
internal import Threading

/// That a model was asked, for the record.
struct ModelNote: Sendable {
    let upstream: [UInt8]
    let promptsDigest: [UInt8]
}

/// What came of asking a model.
struct ModelAsked: Sendable {
    /// What the caller gets; nil for a person.
    var answer: Answer?
    var note: ModelNote?
    /// What it had called, and what was wrong with what it said.
    var reports: [ToolReport] = []
    /// Its calls and their results, for the request that asks for the answer.
    var messages: [ChatMessage] = []
    /// Why the policy gives the question to a person.
    var reasons: [EscalationReason] = []
}

extension Pipeline {
    /// The refusal of a question that the screen takes for an attempt on the model; nil where a model may be asked.
    func screened(
        _ question: Question, _ assistance: ModelAssistance, _ path: inout DecisionPath
    ) -> Answer? {
        let start = MonotonicInstant.now
        switch assistance.screen.look(at: question.text.bytes).decision {
        case .pass: return nil
        case .mark:
            path.modify("injection_suspected")
            return nil
        case .refuse:
            path.modify("injection_refused")
            return .refusedByScreen(microseconds: MonotonicInstant.now.microseconds(since: start))
        }
    }

    /// A model's answer to what the knowledge base alone does not answer; none where the model is away, not sure, or rests on no
    /// passage and no tool's result: then a person gets the question. `request.begin` is durable.
    ///
    /// Passages with personal data that nobody cleared, and those that the screen refuses, are not shown to it.
    /// - Parameter host: the conversation in which it may have tools called; nil where it may not.
    @inline(never)
    func askModel(
        _ question: Question, _ assistance: ModelAssistance, _ host: ConversationExchange?
    ) async throws(Refusal) -> ModelAsked {
        let start = MonotonicInstant.now
        let found: Retrieved
        do throws(AgentError) {
            found = try await services.knowledge.search(question.text, limit: AgentLimits.passagesShownMax)
        } catch {
            throw Refusal(error)
        }
        let matches = found.matches.filter { match in
            match.isCleared
                && [match.passage.question, match.passage.answer].allSatisfy {
                    assistance.screen.look(at: $0).decision != .refuse
                }
        }
        let passages = matches.map(\.passage)
        var asked = ModelAsked()
        do throws(ModelError) {
            var said = try await consult(question, passages, assistance, host, &asked)
            if asked.answer != nil { return asked }
            if said == nil {
                let answer = try await assistance.answerer.answer(
                    question, passages: passages, history: asked.messages, model: assistance.client)
                services.sessionDesk?.usage.count(answer.usage)
                said = answer
            }
            guard let said else { return asked }
            asked.note = ModelNote(upstream: said.model, promptsDigest: assistance.promptsDigest)
            asked.reports += said.findings.names.map { ToolReport(step: "model.guard", reason: $0) }
            let isFounded = said.isFounded(on: asked.reports)
            asked.reasons = services.assistant.judge(
                answerBytes: said.text.count, isFailure: !isFounded, of: question)
            guard isFounded, asked.reasons.isEmpty else { return asked }
            asked.answer = said.answer(
                citing: matches, calls: asked.reports, microseconds: MonotonicInstant.now.microseconds(since: start))
        } catch {
            services.observation.say(.warning, "model_failed", Self.words(error))
            asked.reports.append(ToolReport(step: "model.answer", reason: error.reason))
            asked.reasons = services.assistant.judge(answerBytes: nil, isFailure: true, of: question)
        }
        return asked
    }

    /// Has the model call what it needs. Where it says its answer at the end, it is not asked for it once more.
    private func consult(
        _ question: Question, _ passages: [Passage], _ assistance: ModelAssistance, _ host: ConversationExchange?,
        _ asked: inout ModelAsked
    ) async throws(ModelError) -> ModelAnswer? {
        guard let host, let conversations = services.conversations, assistance.callsTools else { return nil }
        let before = assistance.answerer.messages(for: question, passages: passages)
        let fence = DataFence()
        let screen = assistance.screen
        let consultation = await conversations.dialogue.consult(
            assistance.client, about: question, messages: before, with: host,
            fence: { fence.fenced($0, label: $1) }, isHarmless: { screen.look(at: $0).decision != .refuse })
        services.sessionDesk?.usage.count(consultation.usage)
        asked.reports += consultation.reports
        asked.messages = consultation.messages
        if !consultation.model.isEmpty {
            asked.note = ModelNote(upstream: consultation.model, promptsDigest: assistance.promptsDigest)
        }
        if let failure = consultation.failure { throw failure }
        asked.answer = consultation.answer
        guard let said = consultation.said else { return nil }
        return assistance.answerer.answer(
            reading: said, passages: passages, messages: before + consultation.messages)
    }

    /// For the operator; nothing of a request or a server is in it.
    private static func words(_ error: ModelError) -> String {
        switch error {
        case .none: "no model is configured"
        case .budget: "the caller's budget is used up"
        case .unavailable: "all models are away"
        case .badAnswer(let reason): "no model's answer could be used: \(reason.text)"
        case .timedOut: "no model answered in time"
        case .brokenOff: "the answer was broken off"
        }
    }
}

extension ToolReport {
    /// What is to be said of a step that no tool made.
    fileprivate init(step: StaticString, reason: String) {
        self.init(name: Array(step.description.utf8), outcome: .failed, reason: reason, microseconds: 0)
    }
}

extension ModelError {
    /// The word in records.
    fileprivate var reason: String {
        switch self {
        case .none: "model_none"
        case .budget: "model_budget"
        case .unavailable: "model_unavailable"
        case .badAnswer: "model_bad_answer"
        case .timedOut: "model_timed_out"
        case .brokenOff: "client_disconnected"
        }
    }
}
