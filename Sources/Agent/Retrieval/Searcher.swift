internal import SQLite

/// Searches the knowledge base on one thread: FTS5 proposes by BM25, or vectors do, and the index in memory scores.
final class Searcher {
    let database: Database
    let cutter: WordCutter
    private let snapshots: KnowledgeSnapshots
    let model: SemanticIndex.Model?
    private var scratch = [Float](repeating: 0, count: GramIndex.bucketCount)

    /// - Parameter model: whose vectors are looked for; nil to search by words alone.
    init(
        _ database: Database, snapshots: KnowledgeSnapshots, model: SemanticIndex.Model? = nil
    ) throws(AgentError) {
        self.database = database
        self.snapshots = snapshots
        self.model = model
        do { cutter = try WordCutter(database) } catch { throw AgentError(error) }
    }

    /// The best `limit` passages for `text`.
    /// - Parameters:
    ///   - vector: the text's; nil where there is none, and words alone count.
    ///   - isDegraded: whether vectors are missing that there should be.
    func search(
        _ text: [UInt8], vector: [Float]? = nil, isDegraded: Bool = false, limit: Int
    ) throws(AgentError) -> Retrieved {
        try database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
            let index = try currentIndex()
            let query = Query(text, cutter: cutter, index: index)
            let ranking = try rank(query, vector, in: index)
            return retrieved(text, ranking, query: query, index: index, isDegraded: isDegraded, limit: limit)
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
                version: version, passages: passages, cutter: cutter, cleared: snapshots.cleared(version, passages),
                semantic: try semantic(passages))
            snapshots.publish(index)
            return index
        } catch { throw AgentError(error) }
    }

    /// The vectors of `passages` and of their examples, as far as the database has them.
    /// - Parameter examples: nil for those in force.
    func semantic(
        _ passages: [Passage], _ examples: [Example]? = nil
    ) throws(SQLiteError) -> (index: SemanticIndex?, state: MeaningState) {
        guard let model else { return (nil, .off) }
        if let examples { return try SemanticIndex.read(database, model, passages, examples, cutter) }
        return try SemanticIndex.read(database, model, passages, try KnowledgeStore.examples(database), cutter)
    }

    /// The passages in question, best first, and by what they were judged.
    private func rank(
        _ query: Query, _ vector: [Float]?, in index: KnowledgeIndex
    ) throws(AgentError) -> (scored: [Scored], method: Retrieved.Method) {
        guard let vector, let semantic = index.semantic, semantic.dimensions == vector.count else {
            return (Self.sorted(try scoreByWords(query, in: index)), .words)
        }
        let nearness = semantic.nearness(to: vector)
        let typical = semantic.examples?.numbers(of: query.literalStems) ?? []
        let candidates = try candidates(query, nearness, in: index)
        let scored = candidates.map { passage in
            Scored(
                passage: passage, terms: index.terms.score(query.stems, passage: passage), nearness: nearness[passage],
                typicality: semantic.examples?.typicality(typical, passage: passage),
                hasExamples: semantic.examples != nil)
        }
        return (Self.sorted(scored), semantic.examples == nil ? .hybrid : .examples)
    }

    private func scoreByWords(_ query: Query, in index: KnowledgeIndex) throws(AgentError) -> [Scored] {
        let candidates = try proposals(query, in: index)
        index.grams.load(query.text, into: &scratch)
        defer { GramIndex.clear(query.text, in: &scratch) }
        return candidates.map { passage in
            Scored(
                passage: passage, terms: index.terms.score(query.stems, passage: passage),
                grams: index.phrasingSimilarity(scratch, passage: passage))
        }
    }

    /// What FTS5 proposes. A table that somebody else wrote may number its rows otherwise.
    private func proposals(_ query: Query, in index: KnowledgeIndex) throws(AgentError) -> [Int] {
        do {
            return try KnowledgeStore.candidates(
                database, words: query.matchWords, limit: AgentLimits.candidatesMax
            ).filter(index.passages.indices.contains)
        } catch { throw AgentError(error) }
    }

    /// All passages where there are few: then no proposal is needed, nor a question to FTS5. Else what words propose and
    /// what is nearest.
    private func candidates(
        _ query: Query, _ nearness: [SemanticIndex.Nearness], in index: KnowledgeIndex
    ) throws(AgentError) -> [Int] {
        guard index.passages.count > AgentLimits.passagesScoredMax else { return Array(index.passages.indices) }
        let near = Scored.nearest(AgentLimits.candidatesMax, of: nearness)
        return Array(Set(try proposals(query, in: index)).union(near))
    }

    private static func sorted(_ scored: [Scored]) -> [Scored] {
        scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
    }

    private func retrieved(
        _ text: [UInt8], _ ranking: (scored: [Scored], method: Retrieved.Method), query: Query, index: KnowledgeIndex,
        isDegraded: Bool, limit: Int
    ) -> Retrieved {
        let scored = ranking.scored.prefix(AgentLimits.searchResultsMax + 1)
        var matches = scored.map { scored in
            Retrieved.Match(
                passage: index.passages[scored.passage], scorePPM: Confidence.ppm(scored.score),
                isCleared: index.cleared[scored.passage])
        }
        let signs = snapshots.screen.signs(in: text, isOurs: index.mentions)
        let evidence = Evidence(Array(scored.prefix(2)), query: query, signs: signs)
        var confidence = matches.isEmpty ? 0 : Confidence.ofFirst(evidence, method: ranking.method)
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
            isExact: exact != nil, hasWords: !query.literalText.isEmpty, method: ranking.method,
            isDegraded: isDegraded, evidence: evidence)
    }
}
