internal import Agent
internal import Synchronization
internal import Telemetry
internal import Threading

/// Sees to it that the knowledge base has all its vectors: at the start, and after an import that could not make them.
///
/// It asks for a few at a time and lets questions come between. After a failure it rests, for an endpoint that is away should
/// not be asked twice a second.
final class EmbeddingUpkeep: Sendable {
    private struct State {
        var isRunning = false
        var nextTry = MonotonicInstant.now
        var lastFailure: String?
        var isToldTooLarge = false
    }

    private let knowledge: KnowledgeBase
    private let observation: Observation
    private let state = Mutex(State())

    static let restAfterFailure: Duration = .seconds(30)

    init(_ knowledge: KnowledgeBase, _ observation: Observation) {
        self.knowledge = knowledge
        self.observation = observation
    }

    /// Makes what is missing, if anything is. On a loop; returns at once where another call is at it.
    func run() async {
        if knowledge.meaning == .tooLarge { return tellTooLarge() }
        let missing = knowledge.textsWithoutVector
        guard missing > 0, begin() else { return }
        observation.say(.info, "embedding", "\(missing) texts of the knowledge base get their vectors")
        do throws(AgentError) {
            try await knowledge.embedMissing()
            end(failure: nil)
            observation.say(.info, "embedded", "the knowledge base is searched by meaning: all its texts have vectors")
        } catch {
            end(failure: "\(error)")
        }
    }

    private func tellTooLarge() {
        let isNews = state.withLock { state in
            defer { state.isToldTooLarge = true }
            return !state.isToldTooLarge
        }
        guard isNews else { return }
        observation.say(
            .warning, "embedding_too_large",
            "the knowledge base has more texts than vectors are kept for: it is searched by words alone")
    }

    private func begin() -> Bool {
        state.withLock { state in
            guard !state.isRunning, state.nextTry <= .now else { return false }
            state.isRunning = true
            return true
        }
    }

    private func end(failure: String?) {
        let isNews = state.withLock { state in
            defer { state.lastFailure = failure }
            state.isRunning = false
            if failure != nil { state.nextTry = .now + Self.restAfterFailure }
            return failure != nil && failure != state.lastFailure
        }
        guard isNews, let failure else { return }
        observation.say(
            .error, "embedding_failed",
            "\(knowledge.textsWithoutVector) texts have no vector, and words alone find them: \(failure); "
                + "it is tried again every \(Self.restAfterFailure.components.seconds) s")
    }
}
