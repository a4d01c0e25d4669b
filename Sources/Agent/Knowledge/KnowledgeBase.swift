internal import SQLite
internal import Synchronization
public import Threading

/// The bank's questions and answers: imported from CSV, kept in SQLite, searched by FTS5 and by resemblance.
///
/// Safe for any number of tasks. Readers see one whole version, never half of an import.
public final class KnowledgeBase: Sendable {
    let writer: DatabaseThreads<Searcher>
    let readers: DatabaseThreads<Searcher>
    let snapshots: KnowledgeSnapshots

    let questions: QuestionVectors?
    let isEmbedding = Mutex(false)
    let suggestions = SuggestionShelf()

    private init(
        writer: DatabaseThreads<Searcher>, readers: DatabaseThreads<Searcher>, snapshots: KnowledgeSnapshots,
        questions: QuestionVectors?
    ) {
        self.writer = writer
        self.readers = readers
        self.snapshots = snapshots
        self.questions = questions
    }

    /// Jobs that wait for the threads that read and for the one that writes.
    public var queueDepths: (read: Int, write: Int) { (readers.queueDepth, writer.queueDepth) }
    /// How long jobs waited for them, in microseconds.
    public var queueWaits: (read: HistogramCounts, write: HistogramCounts) { (readers.queueWaits, writer.queueWaits) }

    /// Says of each passage of a version whether its texts may go to any caller as they are, so that nobody has to look at
    /// them for each answer. It is asked when a version is taken into memory, on a thread of the database, and perhaps more
    /// than once.
    public typealias Inspector = @Sendable (_ version: Int64, _ passages: [Passage]) -> [Bool]

    /// Opens the database at `path`, makes it where there is none, and reads it into memory. It blocks; call it at start.
    /// - Parameters:
    ///   - readers: threads that search, 1 or more.
    ///   - inspector: looks at the passages; nil where nobody does, and no passage is cleared.
    ///   - screen: finds signs of being out of scope.
    ///   - embedder: makes vectors of questions and passages; nil to search by words alone. Vectors that are missing are not
    ///     made here (`embedMissing`).
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(
        path: String, readers: Int = 2, inspector: Inspector? = nil, embedder: (any SentenceEmbedder)? = nil,
        screen: ScopeScreen = .empty
    ) throws(AgentError) -> KnowledgeBase {
        let snapshots = KnowledgeSnapshots(inspector: inspector, screen: screen)
        let model = embedder.map { SemanticIndex.Model($0) }
        let writer = try DatabaseThreads.start(named: "know-write", count: 1) { () throws(AgentError) in
            try makeSearcher(path, .readWrite, snapshots, model)
        }
        let searchers = try DatabaseThreads.start(named: "know-read", count: max(1, readers)) {
            () throws(AgentError) in try makeSearcher(path, .readOnly, snapshots, model)
        }
        return KnowledgeBase(
            writer: writer, readers: searchers, snapshots: snapshots, questions: embedder.map { QuestionVectors($0) })
    }

    private static func makeSearcher(
        _ path: String, _ access: Database.Access, _ snapshots: KnowledgeSnapshots, _ model: SemanticIndex.Model?
    ) throws(AgentError) -> sending Searcher {
        let database: Database
        do { database = try Database.open(path, access: access) } catch { throw AgentError(error) }
        if access == .readWrite { try Migration.migrate(database, file: path, steps: KnowledgeStore.schema) }
        let searcher = try Searcher(database, snapshots: snapshots, model: model)
        try database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
            _ = try searcher.currentIndex()
        }
        return searcher
    }

    /// The version in force; 0 before the first import.
    public var version: Int64 { snapshots.version }

    /// The best passages for `text`, best first, on a reader's thread.
    /// - Parameter limit: clamped to 1...`AgentLimits.searchResultsMax`.
    /// - Throws: `.busy`, `.storage`.
    public func search(_ text: CleanText, limit: Int) async throws(AgentError) -> Retrieved {
        let limit = min(max(1, limit), AgentLimits.searchResultsMax)
        let isIncomplete = textsWithoutVector > 0
        guard let questions, snapshots.hasVectors else {
            return try await readers.run { searcher in
                Result { () throws(AgentError) in
                    try searcher.search(text.bytes, isDegraded: isIncomplete, limit: limit)
                }
            }
        }
        let vector = await questions.vector(of: text)
        return try await readers.run { searcher in
            Result { () throws(AgentError) in
                try searcher.search(text.bytes, vector: vector, isDegraded: vector == nil || isIncomplete, limit: limit)
            }
        }
    }

    /// The passages in force, in the order of their file; none before the first import.
    /// - Throws: `.busy`, `.storage`.
    public func passages() async throws(AgentError) -> [Passage] {
        try await readers.run { searcher in
            Result { () throws(AgentError) in
                try searcher.database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
                    try searcher.currentIndex()
                }.passages
            }
        }
    }

    /// Has another one look at the passages, those in force among them before this returns.
    /// - Throws: `.busy`.
    public func inspect(by inspector: @escaping Inspector) async throws(AgentError) {
        let snapshots = snapshots
        try await writer.run { _ in
            snapshots.replaceInspector(by: inspector)
            return .success(())
        }
    }

    /// From the next search on signs of being out of scope are those of `screen`.
    public func screen(by screen: ScopeScreen) { snapshots.replaceScreen(by: screen) }

    /// Looks whether another process has imported, and takes its rows. Any later search would do the same; this is for
    /// answers that come from a cache and ask no database.
    public func refresh() async throws(AgentError) {
        let shelf = suggestions
        try await readers.run { searcher in
            Result { () throws(AgentError) in
                let index = try searcher.database.transaction(.read, mapping: AgentError.init) {
                    () throws(AgentError) in try searcher.currentIndex()
                }
                // So that the first who types does not wait for it.
                _ = shelf.index(of: index, searcher.cutter)
            }
        }
    }
}
