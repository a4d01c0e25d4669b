internal import SQLite

extension KnowledgeBase {
    /// Replaces all passages with those of a CSV file (`knowledge/README.md`), or changes nothing and throws.
    ///
    /// When it returns, the rows are on disk and every later search sees them: 10 ms for the shipped file, some seconds for
    /// the largest, and with a model as long as the vectors of new texts take. Where they cannot be made the rows are in force
    /// all the same, searched by words, and the report says how many texts wait (`embedMissing`).
    /// - Parameters:
    ///   - examples: a file of further phrasings (`text,category`) in place of those that are there; nil to keep them.
    ///   - progress: told the texts that have a vector, and how many there are; never for a base without a model.
    /// - Throws: `.knowledgeTooLarge`, `.knowledgeHeader`, `.knowledgeTooManyRows`, `.knowledgeWithoutRows`, `.busy`,
    ///   `.storageFull`, `.storage`.
    public func replace(
        csv: [UInt8], examples: [UInt8]? = nil, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(AgentError) -> ImportReport {
        let file = try await writer.run { _ in Result { () throws(AgentError) in try KnowledgeFile(csv) } }
        var report = try await take(file.passages, examples: examples, progress: progress)
        report.refused = file.refused
        report.rowsRefused = file.rowsRefused
        return report
    }

    /// Puts passages of any source in force, as `replace(csv:)` does those of a file.
    /// - Throws: `.knowledgeTooLarge`, `.knowledgeHeader`, `.knowledgeTooManyRows` for the examples, `.busy`, `.storageFull`,
    ///   `.storage`.
    package func take(
        _ passages: [Passage], examples: [UInt8]? = nil, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(AgentError) -> ImportReport {
        let phrasings: ExampleFile?
        if let examples {
            let ids = Set(passages.map(\.id))
            phrasings = try await writer.run { _ in
                Result { () throws(AgentError) in try ExampleFile(examples, ids: ids) }
            }
        } else {
            phrasings = nil
        }
        var report = ImportReport(version: 0, rowsTaken: passages.count, refused: [], rowsRefused: 0)
        report.examples = phrasings.map {
            ImportReport.Examples(taken: $0.examples.count, refused: $0.refused, rowsRefused: $0.rowsRefused)
        }
        report.embeddingFailure = await prepareVectors(passages, phrasings?.examples, progress)
        let (version, meaning) = try await replace(passages: passages, examples: phrasings?.examples)
        report.version = version
        if case .incomplete(let texts) = meaning { report.textsWithoutVector = texts }
        return report
    }

    /// Puts `passages` in force in one transaction, and `examples` in place of those that are there; nil keeps them.
    ///
    /// Vectors that are in the database already are in force with them; others are made later (`embedMissing`).
    /// - Returns: the new version, and how far its vectors are.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    package func replace(
        passages: [Passage], examples: [Example]?
    ) async throws(AgentError) -> (version: Int64, meaning: MeaningState) {
        let snapshots = snapshots
        return try await writer.run { searcher in
            Result { () throws(AgentError) in
                try Self.replace(passages, examples, with: searcher, snapshots)
            }
        }
    }

    /// Puts `passages` in force with the examples that are there, and their vectors as far as they can be made now.
    /// - Parameter progress: told the texts that have a vector, and how many there are.
    /// - Returns: the new version.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    package func replace(
        passages: [Passage], progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(AgentError) -> Int64 {
        // Where they cannot be made, the passages are found by words until `embedMissing` makes them.
        _ = await prepareVectors(passages, nil, progress)
        return try await replace(passages: passages, examples: nil).version
    }

    private static func replace(
        _ passages: [Passage], _ examples: [Example]?, with searcher: Searcher, _ snapshots: KnowledgeSnapshots
    ) throws(AgentError) -> (version: Int64, meaning: MeaningState) {
        let database = searcher.database
        do throws(AgentError) {
            let index = try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
                let (version, semantic) = try AgentError.translating { () throws(SQLiteError) in
                    if let examples { try KnowledgeStore.replaceExamples(database, with: examples) }
                    let version = try KnowledgeStore.replace(database, with: passages)
                    try searcher.forgetUnusedVectors(passages)
                    return (version, try searcher.semantic(passages))
                }
                let index = KnowledgeIndex(
                    version: version, passages: passages, cutter: searcher.cutter,
                    cleared: snapshots.cleared(version, passages), semantic: semantic)
                snapshots.prepare(index)
                return index
            }
            snapshots.publish(index)
            return (index.version, index.meaning)
        } catch {
            snapshots.withdraw()
            throw error
        }
    }
}
