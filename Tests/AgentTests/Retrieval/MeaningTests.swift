import Testing

@testable import Agent

@Suite struct `The search by meaning` {
    private static let meanings = [["vault", "safe", "strongroom"], ["moon", "luna"], ["loan", "credit"]]
    private static let rows = [
        "vault,How do I open the vault?,With a key.,Vaults,",
        "moon,Where is your office on the moon?,In a crater.,Branches,",
        "loan,What is a loan?,Money that you give back.,Loans,",
    ]

    private func csv(_ rows: [String] = rows) -> [UInt8] {
        Array((["id,question,answer,category,variants"] + rows).joined(separator: "\n").utf8)
    }

    private func base(
        in directory: TemporaryDirectory, _ embedder: WordEmbedder?, screen: ScopeScreen = .empty
    ) throws -> KnowledgeBase {
        try KnowledgeBase.open(path: directory.file("k.sqlite"), readers: 1, embedder: embedder, screen: screen)
    }

    @Test func `finds what shares no word with the question`() async throws {
        let directory = try TemporaryDirectory()
        let embedder = WordEmbedder(Self.meanings)
        let knowledge = try base(in: directory, embedder)
        let report = try await knowledge.replace(csv: csv())
        #expect(report.textsWithoutVector == 0 && report.embeddingFailure == nil && knowledge.meaning == .ready)
        let found = try await knowledge.search(clean("strongroom"), limit: 3)
        #expect(found.method == .hybrid && !found.isDegraded && !found.isExact)
        #expect(found.matches.first.map { text($0.passage.id) } == "vault")
        // By words it cannot be found at all.
        let plain = try await base(in: directory, nil).search(clean("strongroom"), limit: 3)
        #expect(plain.method == .words && plain.matches.isEmpty && plain.confidencePPM == 0)
    }

    @Test func `makes the vectors of new texts alone, and finds those of before after a restart`() async throws {
        let directory = try TemporaryDirectory()
        do {
            let embedder = WordEmbedder(Self.meanings)
            _ = try await base(in: directory, embedder).replace(csv: csv())
            // Three questions, and each with its answer.
            #expect(embedder.passages.count == 6)
        }
        let embedder = WordEmbedder(Self.meanings)
        let knowledge = try base(in: directory, embedder)
        #expect(knowledge.meaning == .ready && embedder.passages.isEmpty)
        let changed = Self.rows.dropLast() + ["loan,What is a loan?,Borrowed money.,Loans,What is a credit?"]
        _ = try await knowledge.replace(csv: csv(Array(changed)))
        #expect(embedder.passages.sorted() == ["What is a credit?", "What is a loan? Borrowed money."])
        #expect(knowledge.meaning == .ready)
    }

    @Test func `an import while the model is away is in force, found by words, and made up for later`() async throws {
        let directory = try TemporaryDirectory()
        let embedder = WordEmbedder(Self.meanings)
        embedder.fail(with: .model(message: "away"))
        let knowledge = try base(in: directory, embedder)
        let report = try await knowledge.replace(csv: csv())
        #expect(report.rowsTaken == 3 && report.version == 1)
        #expect(report.textsWithoutVector == 6 && report.embeddingFailure == .model(message: "away"))
        #expect(knowledge.textsWithoutVector == 6)
        let found = try await knowledge.search(clean("tell me of the vault"), limit: 3)
        #expect(found.method == .words && found.matches.first.map { text($0.passage.id) } == "vault")
        #expect(found.isDegraded && embedder.questions.isEmpty)
        await #expect(throws: AgentError.model(message: "away")) { try await knowledge.embedMissing() }
        embedder.fail(with: nil)
        try await knowledge.embedMissing()
        #expect(knowledge.meaning == .ready && embedder.passages.count == 6)
        #expect(try await knowledge.search(clean("strongroom"), limit: 1).method == .hybrid)
        try await knowledge.embedMissing()
        #expect(embedder.passages.count == 6)
    }

    @Test func `takes the vectors of no other model for its own`() async throws {
        let directory = try TemporaryDirectory()
        _ = try await base(in: directory, WordEmbedder(Self.meanings)).replace(csv: csv())
        let other = WordEmbedder(Self.meanings, identity: 2)
        let knowledge = try base(in: directory, other)
        #expect(knowledge.meaning == .incomplete(texts: 6))
        #expect(try await knowledge.search(clean("strongroom"), limit: 1).method == .words)
        try await knowledge.embedMissing()
        #expect(other.passages.count == 6 && knowledge.meaning == .ready)
    }

    @Test func `a question whose vector cannot be made is searched for by words, and its answer is not kept`()
        async throws
    {
        let directory = try TemporaryDirectory()
        let embedder = WordEmbedder(Self.meanings)
        let knowledge = try base(in: directory, embedder)
        _ = try await knowledge.replace(csv: csv())
        let tickets = try TicketStore.open(path: directory.file("t.sqlite"))
        let policy = try EscalationPolicy(
            json5: Array("{version: 1, confidence_min: 0, phrases: {}}".utf8), file: "e.json5")
        let assistant = Assistant(knowledge: knowledge, tickets: tickets, policy: policy)
        func ask() async throws -> Answer? {
            let question = Question(
                text: clean("tell me of the vault"), requestID: [], principal: PrincipalKey(issuer: [], subject: []))
            guard case .answer(let answer) = try await assistant.plan(question) else { return nil }
            return answer
        }
        embedder.fail(with: .busy)
        let degraded = try await knowledge.search(clean("tell me of the vault"), limit: 1)
        #expect(degraded.method == .words && degraded.isDegraded)
        #expect(try await ask()?.steps.map(\.name) == [.search])
        embedder.fail(with: nil)
        // Not from the cache: the vector can be made now.
        #expect(try await ask()?.steps.map(\.name) == [.search])
        #expect(try await ask()?.steps.map(\.name) == [.cache])
        let counts = try #require(knowledge.embeddingCounts)
        #expect(counts == EmbeddingCounts(hits: 0, misses: 3, failures: 2))
        _ = try await knowledge.search(clean("tell me of the vault"), limit: 1)
        #expect(knowledge.embeddingCounts == EmbeddingCounts(hits: 1, misses: 3, failures: 2))
        #expect(embedder.questions == ["tell me of the vault"])
    }

    @Test func `after a failure nobody waits for the embedder for a while`() async throws {
        let embedder = WordEmbedder(Self.meanings)
        let questions = QuestionVectors(embedder)
        embedder.fail(with: .model(message: "away"))
        #expect(await questions.vector(of: clean("a vault")) == nil)
        embedder.fail(with: nil)
        #expect(await questions.vector(of: clean("a vault")) == nil)
        #expect(embedder.questions.isEmpty && questions.counts.failures == 1)
    }

    // MARK: Examples

    private static let examples = "text,category\nwhere is luna,moon\nmay i have luna,loan\nluna,loan\n"

    @Test func `examples find their passages, and are tried without being in force`() async throws {
        let directory = try TemporaryDirectory()
        let embedder = WordEmbedder(Self.meanings + [["may"], ["where"]])
        let knowledge = try base(in: directory, embedder)
        _ = try await knowledge.replace(csv: csv())
        #expect(try await knowledge.search(clean("may luna"), limit: 1).matches.map { text($0.passage.id) } == ["moon"])
        let tried = try await knowledge.tryExamples(csv: Array(Self.examples.utf8))
        #expect(tried.taken == 3 && tried.rowsRefused == 0)
        let found = try await knowledge.search(clean("may luna"), limit: 1)
        #expect(found.method == .examples && found.matches.map { text($0.passage.id) } == ["loan"])
        let again = try base(in: directory, embedder)
        #expect(try await again.search(clean("may luna"), limit: 1).method == .hybrid)
        let report = try await again.replace(csv: csv(), examples: Array((Self.examples + "x,none\n").utf8))
        #expect(report.examples == .init(taken: 3, refused: [RefusedRow(line: 5, reason: .unknownID)], rowsRefused: 1))
        // And an import without examples keeps them.
        _ = try await again.replace(csv: csv())
        #expect(try await again.search(clean("may luna"), limit: 1).method == .examples)
    }

    @Test func `a file of examples is refused whole for its head alone`() throws {
        let ids: Set<[UInt8]> = [Array("a".utf8)]
        #expect(throws: AgentError.self) { try ExampleFile(Array("category,text\n".utf8), ids: ids) }
        let file = try ExampleFile(Array("text,category\n hello ,a\nhello,a\n,a\nhello\n\"x,a\nbye,b\n".utf8), ids: ids)
        #expect(file.examples == [Example(text: Array("hello".utf8), passageID: Array("a".utf8))])
        #expect(
            file.refused.map(\.reason)
                == [.empty(field: "text"), .columnCount(found: 1, wanted: 2), .brokenQuotes, .unknownID])
    }

    @Test(arguments: [0, 1])
    func `an example has at most so many bytes`(over: Int) throws {
        let text = String(repeating: "x", count: AgentLimits.exampleBytesMax + over)
        let file = try ExampleFile(Array("text,category\n\(text),a\n".utf8), ids: [Array("a".utf8)])
        #expect(file.examples.count == 1 - over && file.rowsRefused == over)
    }

    @Test(arguments: [0, 1])
    func `a file has at most so many examples`(over: Int) throws {
        let rows = String(repeating: "x,a\n", count: AgentLimits.examplesMax + over)
        func read() throws -> Int {
            try ExampleFile(Array(("text,category\n" + rows).utf8), ids: [Array("a".utf8)]).examples.count
        }
        if over == 0 {
            #expect(try read() == 1)
        } else {
            #expect(throws: AgentError.knowledgeTooManyRows(rowsMax: AgentLimits.examplesMax)) { try read() }
        }
    }

    // MARK: Vectors that nobody needs

    @Test func `vectors of texts that are gone are forgotten once they are many`() async throws {
        let directory = try TemporaryDirectory()
        let embedder = WordEmbedder(Self.meanings)
        let knowledge = try base(in: directory, embedder)
        let many = (0..<600).map { "id\($0),Question \($0)?,Answer \($0).,c," }
        _ = try await knowledge.replace(csv: csv(many))
        _ = try await knowledge.replace(csv: csv())
        _ = try await knowledge.replace(csv: csv(many))
        // 1,200 texts came back, of which at most as many as are kept were remembered.
        #expect(embedder.passages.count == 2 * 1_200 + 6)
    }
}
