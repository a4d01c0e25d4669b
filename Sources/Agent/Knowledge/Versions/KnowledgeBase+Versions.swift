internal import SQLite

extension KnowledgeBase {
    /// The versions that are kept, the newest first; the first of them is in force.
    /// - Throws: `.busy`, `.storage`.
    public func versions() async throws(AgentError) -> [KnowledgeVersion] {
        try await readers.run { searcher in
            Result { () throws(AgentError) in
                try AgentError.translating { () throws(SQLiteError) in try KnowledgeStore.versions(searcher.database) }
            }
        }
    }

    /// Puts the passages of an earlier version in force, as a new version.
    /// - Parameter version: one that is kept; nil for the one before that in force.
    /// - Throws: `.versionUnknown`, `.busy`, `.storage`, `.storageFull`.
    public func rollBack(to version: Int64?) async throws(AgentError) -> Rollback {
        let kept = try await versions()
        guard let current = kept.first else { throw .versionUnknown(kept: []) }
        let wanted = version ?? current.version - 1
        let isKept = kept.contains { $0.version == wanted }
        guard isKept, wanted != current.version else { throw .versionUnknown(kept: kept.dropFirst().map(\.version)) }
        let passages = try await readers.run { searcher in
            Result { () throws(AgentError) in
                try AgentError.translating { () throws(SQLiteError) in
                    try KnowledgeStore.passages(of: wanted, searcher.database)
                }
            }
        }
        // Another import may have dropped it meanwhile; an empty knowledge base is never meant.
        guard !passages.isEmpty else { throw .versionUnknown(kept: kept.dropFirst().map(\.version)) }
        let changes = KnowledgeChanges(from: try await self.passages(), to: passages)
        return Rollback(of: wanted, version: try await replace(passages: passages), changes: changes)
    }

    /// What a rollback did.
    public struct Rollback: Equatable, Sendable {
        /// The version whose passages are in force again.
        public let of: Int64
        /// The number that they are in force under.
        public let version: Int64
        /// Against the version before.
        public let changes: KnowledgeChanges
    }
}
