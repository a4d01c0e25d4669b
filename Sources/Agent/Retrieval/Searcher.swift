internal import SQLite

/// Searches the knowledge base on one thread: FTS5 proposes by BM25, the index in memory scores.
final class Searcher {
    let database: Database
    let cutter: WordCutter
    private let snapshots: KnowledgeSnapshots
    private var scratch = [Float](repeating: 0, count: GramIndex.bucketCount)

    init(_ database: Database, snapshots: KnowledgeSnapshots) throws(AgentError) {
        self.database = database
        self.snapshots = snapshots
        do { cutter = try WordCutter(database) } catch { throw AgentError(error) }
    }

    /// The best `limit` passages for `text`.
    func search(_ text: [UInt8], limit: Int) throws(AgentError) -> Retrieved {
        try database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
            let index = try currentIndex()
            let query = Query(text, cutter: cutter, index: index)
            let scored = try score(query, in: index)
            return Self.retrieved(scored, query: query, index: index, limit: limit)
        }
    }

    /// The index of the version that the open transaction sees; it is read from the database where another process
    /// imported it.
    func currentIndex() throws(AgentError) -> KnowledgeIndex {
        do {
            let version = try KnowledgeStore.version(database)
            if let index = snapshots.index(version: version) { return index }
            let passages = try KnowledgeStore.passages(database)
            let index = KnowledgeIndex(
                version: version, passages: passages, cutter: cutter, cleared: snapshots.cleared(version, passages))
            snapshots.publish(index)
            return index
        } catch { throw AgentError(error) }
    }

    func score(_ query: Query, in index: KnowledgeIndex) throws(AgentError) -> [Scored] {
        let candidates: [Int]
        do {
            candidates = try KnowledgeStore.candidates(
                database, words: query.matchWords, limit: AgentLimits.candidatesMax)
        } catch { throw AgentError(error) }
        index.grams.load(query.text, into: &scratch)
        defer { GramIndex.clear(query.text, in: &scratch) }
        // A table that somebody else wrote may number its rows otherwise.
        let scored = candidates.filter(index.passages.indices.contains).map { passage in
            Scored(
                passage: passage, terms: index.terms.score(query.stems, passage: passage),
                grams: index.phrasingSimilarity(scratch, passage: passage))
        }
        return scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
    }

    private static func retrieved(
        _ scored: [Scored], query: Query, index: KnowledgeIndex, limit: Int
    ) -> Retrieved {
        var matches = scored.map { scored in
            Retrieved.Match(
                passage: index.passages[scored.passage], scorePPM: Confidence.ppm(scored.score),
                isCleared: index.cleared[scored.passage])
        }
        var confidence = scored.first.map { Confidence.ofFirst(score: $0.score) } ?? 0
        let exact = index.passage(asking: query.literalText) ?? index.passage(asking: query.text)
        if let exact {
            let passage = index.passages[exact]
            matches.removeAll { $0.passage.id == passage.id }
            matches.insert(
                Retrieved.Match(passage: passage, scorePPM: 1_000_000, isCleared: index.cleared[exact]), at: 0)
            confidence = Confidence.exactPPM
        }
        return Retrieved(
            version: index.version, matches: Array(matches.prefix(limit)), confidencePPM: confidence,
            isExact: exact != nil,
            hasWords: !query.literalText.isEmpty)
    }
}
