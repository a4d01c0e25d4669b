/// Makes sentences into vectors whose direction is what they say: near where they mean the same.
///
/// Vectors have length 1, so that the cosine of two is their product. Those of two models cannot be compared.
public protocol SentenceEmbedder: Sendable {
    /// What tells its vectors from those of any other model, or of the same one used otherwise: 32 bytes, the same in each
    /// process.
    var identity: [UInt8] { get }

    /// Numbers of a vector.
    var dimensions: Int { get }

    /// The vector of what a user asks.
    /// - Throws: `.busy`, and the failures of whoever makes it.
    func vector(ofQuestion question: CleanText) async throws(AgentError) -> [Float]

    /// The vectors of passages of the knowledge base, in UTF-8, in their order.
    ///
    /// Some models take a question for another thing than a passage; they are told by this.
    /// - Throws: `.busy`, `.textTooLong` above `AgentLimits.embeddedPassageBytesMax`, and the failures of whoever makes them.
    func vectors(ofPassages passages: [[UInt8]]) async throws(AgentError) -> [[Float]]
}

extension SentenceEmbedder {
    /// The vectors of `passages` as `make` gives them, `AgentLimits.passagesPerJobMax` at a time, so that questions come between.
    /// - Throws: `.textTooLong` before any is made; what `make` throws.
    func vectors(
        ofPassages passages: [[UInt8]], madeBy make: ([[UInt8]]) async throws(AgentError) -> [[Float]]
    ) async throws(AgentError) -> [[Float]] {
        let bytesMax = AgentLimits.embeddedPassageBytesMax
        guard passages.allSatisfy({ $0.count <= bytesMax }) else { throw .textTooLong(bytesMax: bytesMax) }
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: passages.count, by: AgentLimits.passagesPerJobMax) {
            let end = min(passages.count, start + AgentLimits.passagesPerJobMax)
            vectors += try await make(Array(passages[start..<end]))
        }
        return vectors
    }
}
