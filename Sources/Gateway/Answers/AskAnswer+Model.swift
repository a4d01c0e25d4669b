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
    /// passage: then a person gets the question. `request.begin` is durable.
    ///
    /// Passages with personal data that nobody cleared, and those that the screen refuses, are not shown to it.
    @inline(never)
    func askModel(
        _ question: Question, _ assistance: ModelAssistance
    ) async throws(Refusal) -> (answer: Answer?, note: ModelNote?) {
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
        do throws(ModelError) {
            let said = try await assistance.answerer.answer(
                question, passages: matches.map(\.passage), model: assistance.client)
            let note = ModelNote(upstream: said.model, promptsDigest: assistance.promptsDigest)
            let microseconds = MonotonicInstant.now.microseconds(since: start)
            return (said.isFounded ? said.answer(citing: matches, microseconds: microseconds) : nil, note)
        } catch {
            services.observation.say(.warning, "model_failed", Self.words(error))
            return (nil, nil)
        }
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
