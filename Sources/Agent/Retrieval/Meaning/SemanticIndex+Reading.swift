internal import SQLite

/// How far the search by meaning is for a version of the knowledge base.
public enum MeaningState: Equatable, Sendable {
    /// There is no model.
    case off
    /// So many texts have no vector yet. Where they are examples alone, the rest is searched by meaning already.
    case incomplete(texts: Int)
    /// All texts together have more numbers than `AgentLimits.vectorNumbersMax`.
    case tooLarge
    /// All texts have their vectors.
    case ready
}

extension SemanticIndex {
    /// Which model's vectors are looked for.
    struct Model: Sendable {
        let identity: [UInt8]
        let dimensions: Int

        init(_ embedder: any SentenceEmbedder) {
            identity = embedder.identity
            dimensions = embedder.dimensions
        }
    }

    /// The vectors of `passages` and `examples` as far as the database has them.
    static func read(
        _ database: Database, _ model: Model, _ passages: [Passage], _ examples: [Example], _ cutter: WordCutter
    ) throws(SQLiteError) -> (index: SemanticIndex?, state: MeaningState) {
        let texts = EmbeddedTexts(passages, examples)
        let count =
            texts.phrasings.reduce(0) { $0 + $1.count } + texts.wholes.count
            + texts.examples.reduce(0) { $0 + $1.count }
        guard count > 0, count <= AgentLimits.vectorNumbersMax / model.dimensions else {
            return (nil, count > 0 ? .tooLarge : .ready)
        }
        var missing = 0
        let phrasings = try vectors(of: texts.phrasings, database, model, &missing)
        let wholes = try vectors(of: [texts.wholes], database, model, &missing).first ?? []
        let hasPassages = missing == 0
        let exampleVectors = try vectors(of: texts.examples, database, model, &missing)
        let state = missing > 0 ? MeaningState.incomplete(texts: missing) : .ready
        guard hasPassages else { return (nil, state) }
        var exampleIndex: ExampleIndex?
        if missing == 0, texts.examples.contains(where: { !$0.isEmpty }) {
            exampleIndex = ExampleIndex(
                vectors: exampleVectors, dimensions: model.dimensions, terms: terms(passages, texts, cutter))
        }
        let index = SemanticIndex(
            model: model.identity, dimensions: model.dimensions, phrasings: phrasings, wholes: wholes,
            examples: exampleIndex)
        return (index, state)
    }

    private static func vectors(
        of texts: [[EmbeddedTexts.Text]], _ database: Database, _ model: Model, _ missing: inout Int
    ) throws(SQLiteError) -> [[[Float]]] {
        var vectors: [[[Float]]] = []
        for texts in texts {
            var row: [[Float]] = []
            for text in texts {
                if let vector = try KnowledgeStore.vector(
                    database, model: model.identity, digest: text.digest, dimensions: model.dimensions)
                {
                    row.append(vector)
                } else {
                    missing += 1
                }
            }
            vectors.append(row)
        }
        return vectors
    }

    private static func terms(_ passages: [Passage], _ texts: EmbeddedTexts, _ cutter: WordCutter) -> ExampleTerms {
        ExampleTerms(
            passages: passages.map { passage in
                Set(([passage.question, passage.answer] + passage.variants).flatMap { cutter.stems($0) })
            },
            examples: texts.examples.map { $0.map { Set(cutter.stems($0.bytes)) } })
    }
}
