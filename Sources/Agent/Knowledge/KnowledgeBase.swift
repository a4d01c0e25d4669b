internal import SQLite
public import Threading

/// The bank's questions and answers: imported from CSV, kept in SQLite, searched by FTS5 and by resemblance.
///
/// Safe for any number of tasks. Readers see one whole version, never half of an import.
public final class KnowledgeBase: Sendable {
    let writer: DatabaseThreads<Searcher>
    let readers: DatabaseThreads<Searcher>
    let snapshots: KnowledgeSnapshots
    let suggestions = SuggestionShelf()

    private init(
        writer: DatabaseThreads<Searcher>, readers: DatabaseThreads<Searcher>, snapshots: KnowledgeSnapshots
    ) {
        self.writer = writer
        self.readers = readers
        self.snapshots = snapshots
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
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(
        path: String, readers: Int = 2, inspector: Inspector? = nil
    ) throws(AgentError) -> KnowledgeBase {
        let snapshots = KnowledgeSnapshots(inspector: inspector)
        let writer = try DatabaseThreads.start(named: "know-write", count: 1) { () throws(AgentError) in
            try makeSearcher(path, .readWrite, snapshots)
        }
        let searchers = try DatabaseThreads.start(named: "know-read", count: max(1, readers)) {
            () throws(AgentError) in try makeSearcher(path, .readOnly, snapshots)
        }
        return KnowledgeBase(writer: writer, readers: searchers, snapshots: snapshots)
    }

    private static func makeSearcher(
        _ path: String, _ access: Database.Access, _ snapshots: KnowledgeSnapshots
    ) throws(AgentError) -> sending Searcher {
        let database: Database
        do { database = try Database.open(path, access: access) } catch { throw AgentError(error) }
        if access == .readWrite { try Migration.migrate(database, file: path, steps: KnowledgeStore.schema) }
        let searcher = try Searcher(database, snapshots: snapshots)
        try database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
            _ = try searcher.currentIndex()
        }
        return searcher
    }

    /// The version in force; 0 before the first import.
    public var version: Int64 { snapshots.version }

    /// Replaces all passages with those of a CSV file (`knowledge/README.md`), or changes nothing and throws.
    ///
    /// When it returns, the rows are on disk and every later search sees them. 10 ms for the shipped file, some
    /// seconds for the largest.
    /// - Throws: `.knowledgeTooLarge`, `.knowledgeHeader`, `.knowledgeTooManyRows`, `.knowledgeWithoutRows`, `.busy`,
    ///   `.storageFull`, `.storage`.
    public func replace(csv: [UInt8]) async throws(AgentError) -> ImportReport {
        let file = try await writer.run { _ in Result { () throws(AgentError) in try KnowledgeFile(csv) } }
        return ImportReport(
            version: try await replace(passages: file.passages), rowsTaken: file.passages.count, refused: file.refused,
            rowsRefused: file.rowsRefused)
    }

    /// Puts `passages` in force in one transaction.
    /// - Returns: the new version.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    package func replace(passages: [Passage]) async throws(AgentError) -> Int64 {
        let snapshots = snapshots
        return try await writer.run { searcher in
            Result { () throws(AgentError) in try Self.replace(passages, with: searcher, snapshots) }
        }
    }

    private static func replace(
        _ passages: [Passage], with searcher: Searcher, _ snapshots: KnowledgeSnapshots
    ) throws(AgentError) -> Int64 {
        let database = searcher.database
        do throws(AgentError) {
            let index = try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
                let version = try AgentError.translating { () throws(SQLiteError) in
                    try KnowledgeStore.replace(database, with: passages)
                }
                let index = KnowledgeIndex(
                    version: version, passages: passages, cutter: searcher.cutter,
                    cleared: snapshots.cleared(version, passages))
                snapshots.prepare(index)
                return index
            }
            snapshots.publish(index)
            return index.version
        } catch {
            snapshots.withdraw()
            throw error
        }
    }

    /// The best passages for `text`, best first, on a reader's thread.
    /// - Parameter limit: clamped to 1...`AgentLimits.searchResultsMax`.
    /// - Throws: `.busy`, `.storage`.
    public func search(_ text: CleanText, limit: Int) async throws(AgentError) -> Retrieved {
        let limit = min(max(1, limit), AgentLimits.searchResultsMax)
        return try await readers.run { searcher in
            Result { () throws(AgentError) in try searcher.search(text.bytes, limit: limit) }
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
