internal import SQLite
internal import Synchronization

extension KnowledgeBase {
    /// How far the vectors of the version in force are.
    public var meaning: MeaningState { questions == nil ? .off : snapshots.meaning }

    /// Texts of the version in force that have no vector yet, and could have one.
    public var textsWithoutVector: Int {
        if case .incomplete(let texts) = meaning { texts } else { 0 }
    }

    /// Vectors of questions since the start; nil without a model.
    public var embeddingCounts: EmbeddingCounts? { questions?.counts }

    /// Makes the vectors that texts of the version in force lack, a few at a time, so that questions come between, and puts
    /// them in force. It does nothing where none is missing, or where it runs already.
    /// - Parameter progress: told the texts that have a vector, and how many there are.
    /// - Throws: `.busy`, `.storage`, `.storageFull`, and what the embedder fails with; vectors made before that are kept.
    public func embedMissing(progress: (Int, Int) -> Void = { _, _ in }) async throws(AgentError) {
        guard case .incomplete = meaning, beginEmbedding() else { return }
        defer { isEmbedding.withLock { $0 = false } }
        let texts = try await readers.run { searcher in
            Result { () throws(AgentError) in
                try searcher.database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
                    try AgentError.translating { () throws(SQLiteError) in
                        EmbeddedTexts(
                            try KnowledgeStore.passages(searcher.database),
                            try KnowledgeStore.examples(searcher.database)
                        ).all
                    }
                }
            }
        }
        try await embed(texts, atOnce: AgentLimits.embeddedTextsPerStep, progress)
        let snapshots = snapshots
        try await writer.run { searcher in
            Result { () throws(AgentError) in
                try searcher.database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
                    let index = try searcher.currentIndex()
                    snapshots.publish(
                        KnowledgeIndex(
                            index,
                            semantic: try AgentError.translating { () throws(SQLiteError) in
                                try searcher.semantic(index.passages)
                            }))
                }
            }
        }
    }

    /// Lays a file of examples over the version in force, in this process alone and until the next import: to measure what they
    /// would do. Nothing but their vectors is kept.
    /// - Throws: as for `replace(csv:)`, and what the embedder fails with.
    public func tryExamples(
        csv: [UInt8], progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(AgentError) -> ImportReport.Examples {
        let passages = try await passages()
        let file = try ExampleFile(csv, ids: Set(passages.map(\.id)))
        try await embed(EmbeddedTexts(passages, file.examples).all, atOnce: AgentLimits.passagesPerJobMax, progress)
        let snapshots = snapshots
        try await writer.run { searcher in
            Result { () throws(AgentError) in
                try searcher.database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
                    let index = try searcher.currentIndex()
                    let semantic = try AgentError.translating { () throws(SQLiteError) in
                        try searcher.semantic(index.passages, file.examples)
                    }
                    snapshots.publish(KnowledgeIndex(index, semantic: semantic))
                }
            }
        }
        return ImportReport.Examples(
            taken: file.examples.count, refused: file.refused, rowsRefused: file.rowsRefused)
    }

    private func beginEmbedding() -> Bool {
        isEmbedding.withLock { isRunning in
            defer { isRunning = true }
            return !isRunning
        }
    }

    /// Makes the vectors of texts that are not in force yet, so that they are from the first moment on.
    /// - Parameter examples: nil for those that are there.
    /// - Returns: why not all could be made.
    func prepareVectors(
        _ passages: [Passage], _ examples: [Example]?, _ progress: (Int, Int) -> Void
    ) async -> AgentError? {
        guard let questions else { return nil }
        do throws(AgentError) {
            let kept = try await readers.run { searcher in
                Result { () throws(AgentError) in
                    if let examples { return examples }
                    return try AgentError.translating { () throws(SQLiteError) in
                        try KnowledgeStore.examples(searcher.database)
                    }
                }
            }
            let texts = EmbeddedTexts(passages, kept).all
            guard texts.count <= AgentLimits.vectorNumbersMax / questions.embedder.dimensions else { return nil }
            try await embed(texts, atOnce: AgentLimits.passagesPerJobMax, progress)
            return nil
        } catch {
            return error
        }
    }

    /// Makes and keeps the vectors of those of `texts` that have none.
    private func embed(
        _ texts: [EmbeddedTexts.Text], atOnce count: Int, _ progress: (Int, Int) -> Void
    ) async throws(AgentError) {
        guard let embedder = questions?.embedder else { return }
        let model = SemanticIndex.Model(embedder)
        var missing = try await readers.run { searcher in
            Result { () throws(AgentError) in
                try AgentError.translating { () throws(SQLiteError) in try searcher.withoutVector(texts, model) }
            }
        }
        let total = texts.count
        // The vectors of long texts take long: of texts of one length, a step takes as long as the one before.
        missing.sort { $0.bytes.count < $1.bytes.count }
        for start in stride(from: 0, to: missing.count, by: count) {
            progress(total - missing.count + start, total)
            let step = Array(missing[start..<min(missing.count, start + count)])
            let vectors = try await embedder.vectors(ofPassages: step.map(\.bytes))
            guard vectors.count == step.count, vectors.allSatisfy({ $0.count == model.dimensions }) else {
                throw .model(message: "the embedding model made vectors of other sizes than its own")
            }
            try await writer.run { searcher in
                Result { () throws(AgentError) in try searcher.keep(vectors, of: step, model) }
            }
        }
        if !missing.isEmpty { progress(total, total) }
    }
}

extension Searcher {
    /// Those of `texts` that have no vector, each once.
    func withoutVector(
        _ texts: [EmbeddedTexts.Text], _ model: SemanticIndex.Model
    ) throws(SQLiteError) -> [EmbeddedTexts.Text] {
        var seen: Set<[UInt8]> = []
        var missing: [EmbeddedTexts.Text] = []
        for text in texts where seen.insert(text.digest).inserted {
            let vector = try KnowledgeStore.vector(
                database, model: model.identity, digest: text.digest, dimensions: model.dimensions)
            if vector == nil { missing.append(text) }
        }
        return missing
    }

    func keep(
        _ vectors: [[Float]], of texts: [EmbeddedTexts.Text], _ model: SemanticIndex.Model
    ) throws(AgentError) {
        try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
            try AgentError.translating { () throws(SQLiteError) in
                for (vector, text) in zip(vectors, texts) {
                    try KnowledgeStore.keep(vector, database, model: model.identity, digest: text.digest)
                }
            }
        }
    }

    /// Forgets vectors of texts that are in no version any more, inside the caller's transaction.
    func forgetUnusedVectors(_ passages: [Passage]) throws(SQLiteError) {
        guard let model else { return }
        let texts = EmbeddedTexts(passages, try KnowledgeStore.examples(database)).all
        try KnowledgeStore.forgetVectors(database, but: Set(texts.map(\.digest)), of: model.identity)
    }
}
