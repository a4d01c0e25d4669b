internal import Synchronization
internal import Threading

/// The vectors of questions: by an embedder, or remembered.
///
/// A question must be answered whether a model is there or not: where the embedder fails, nothing is thrown, the question is
/// searched for by its words, and for `restAfterFailure` nobody else waits for an embedder that does not answer.
final class QuestionVectors: Sendable {
    let embedder: any SentenceEmbedder
    private let cache = AnswerCache<[Float]>(entriesMax: AgentLimits.cachedQuestionVectorsMax)
    private let restUntil = Mutex<MonotonicInstant?>(nil)
    private let hits = Atomic<UInt64>(0)
    private let misses = Atomic<UInt64>(0)
    private let failures = Atomic<UInt64>(0)

    /// After a failure other than a full queue.
    static let restAfterFailure: Duration = .seconds(5)

    init(_ embedder: any SentenceEmbedder) { self.embedder = embedder }

    /// The vector of `question`; nil where the embedder cannot make it now.
    func vector(of question: CleanText) async -> [Float]? {
        let key = question.bytes
        let isKept = key.count <= AgentLimits.cachedVectorQuestionBytesMax
        if isKept, let vector = cache.value(for: key, version: 0) {
            hits.add(1, ordering: .relaxed)
            return vector
        }
        misses.add(1, ordering: .relaxed)
        let isResting = restUntil.withLock { $0.map { $0 > .now } ?? false }
        guard !isResting else { return nil }
        do throws(AgentError) {
            let vector = try await embedder.vector(ofQuestion: question)
            guard vector.count == embedder.dimensions else { return fail() }
            if isKept { cache.store(vector, for: key, version: 0) }
            return vector
        } catch .busy {
            failures.add(1, ordering: .relaxed)
            return nil
        } catch {
            return fail()
        }
    }

    private func fail() -> [Float]? {
        failures.add(1, ordering: .relaxed)
        restUntil.withLock { $0 = .now + Self.restAfterFailure }
        return nil
    }

    var counts: EmbeddingCounts {
        EmbeddingCounts(
            hits: hits.load(ordering: .relaxed), misses: misses.load(ordering: .relaxed),
            failures: failures.load(ordering: .relaxed))
    }
}

/// Vectors of questions since the start.
public struct EmbeddingCounts: Equatable, Sendable {
    /// Remembered ones, those that were not, and of the latter those that could not be made: searched for by words alone.
    public let hits: UInt64, misses: UInt64, failures: UInt64
}
