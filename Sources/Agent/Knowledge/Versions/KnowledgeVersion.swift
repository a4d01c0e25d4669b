/// A version of the knowledge base that is kept.
public struct KnowledgeVersion: Equatable, Sendable {
    /// Its number: 1 for the first import, one more for each import and rollback after it.
    public let version: Int64
    /// When it came into force, in seconds since 1970.
    public let created: Int64
    /// Its passages.
    public let passages: Int
    /// A digest of all of them, in order: versions with the same digest are the same.
    public let digest: [UInt8]
}

/// How a version differs from the one before, by the ids of passages.
public struct KnowledgeChanges: Equatable, Sendable {
    /// Passages with ids that were not there, that are not there any more, that are there with another text, and the rest.
    public let added: Int, removed: Int, changed: Int, unchanged: Int

    package init(from old: [Passage], to new: [Passage]) {
        let before = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        var added = 0, changed = 0, unchanged = 0
        for passage in new {
            switch before[passage.id] {
            case nil: added += 1
            case passage: unchanged += 1
            default: changed += 1
            }
        }
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        removed = before.count - changed - unchanged
    }
}
