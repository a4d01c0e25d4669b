internal import Synchronization
internal import Threading

/// The keys of content at rest: a random one for each customer and each session, wrapped by AES-256-GCM under the operator's
/// key-encryption key in a database of their own. To erase a scope's content wherever copies of it are, its key is shredded.
///
/// The database has one thread, on which keys are also put into and taken out of the memory: so none comes back after it
/// was shredded.
public final class ContentKeyring: Sendable {
    private let threads: DatabaseThreads<ContentKeyDatabase>
    private let cache = Mutex<[ContentScope: ContentKey]>([:])

    private init(threads: DatabaseThreads<ContentKeyDatabase>) { self.threads = threads }

    /// Opens the database at `path`, which is kept under `key`, and makes it where there is none. It blocks; call it at
    /// start.
    /// - Throws: `.storage`, also where it is kept under another key; `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(path: String, key: ContentKeyEncryptionKey) throws(AgentError) -> ContentKeyring {
        ContentKeyring(
            threads: try .start(named: "content-keys", count: 1, jobsMax: AgentLimits.contentKeyJobsMax) {
                () throws(AgentError) in
                try ContentKeyDatabase(path: path, key: key)
            })
    }

    /// Wraps every key in the database at `path` under another key-encryption key, all or none. A gateway that runs makes no
    /// new keys from then on, until it is started with the new one. It blocks.
    /// - Throws: as `open`.
    public static func rewrap(
        path: String, from old: ContentKeyEncryptionKey, to new: ContentKeyEncryptionKey
    ) throws(AgentError) {
        let database = try ContentKeyDatabase(path: path, key: old)
        do throws(ContentError) { try database.rewrap(under: new) } catch { throw AgentError(error, file: path) }
    }

    /// Seals `bytes` under the scope's key, which is made where it has none, bound to `context`: what they are and where
    /// they stand, such as a table, a row and a column. The context is not in the result.
    /// - Throws: `.tooLarge`, `.busy`, `.storageFull`, `.storage`; `.shredded` where the scope is shredded meanwhile.
    public func seal(
        _ bytes: [UInt8], of scope: ContentScope, context: [UInt8]
    ) async throws(ContentError) -> [UInt8] {
        try await key(of: scope).seal(bytes, context: context)
    }

    /// What was sealed for the scope and `context`.
    /// - Throws: `.shredded` where its key is gone; `.damaged`, `.busy`, `.storage`.
    public func open(
        _ sealed: [UInt8], of scope: ContentScope, context: [UInt8]
    ) async throws(ContentError) -> [UInt8] {
        guard let key = try await existingKey(of: scope) else { throw .shredded }
        return try key.open(sealed, context: context)
    }

    /// The scope's key, for who seals or opens many values; made where it has none.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func key(of scope: ContentScope) async throws(ContentError) -> ContentKey {
        if let key = cached(scope) { return key }
        return try await threads.run(orThrow: .busy) { [self] database in
            Result { () throws(ContentError) -> ContentKey in
                if let key = cached(scope) { return key }
                let known = try database.key(of: scope)
                let key = if let known { known } else { try database.makeKey(of: scope) }
                keep(key, of: scope)
                return key
            }
        }
    }

    /// The scope's key; nil where it has none, or no more.
    /// - Throws: `.busy`, `.storage`.
    public func existingKey(of scope: ContentScope) async throws(ContentError) -> ContentKey? {
        if let key = cached(scope) { return key }
        return try await threads.run(orThrow: .busy) { [self] database in
            Result { () throws(ContentError) -> ContentKey? in
                if let key = cached(scope) { return key }
                guard let key = try database.key(of: scope) else { return nil }
                keep(key, of: scope)
                return key
            }
        }
    }

    /// Makes all content of the scope unreadable for good, wherever copies of it are. When it returns, the key is in no file
    /// of the database any more. What is sealed for the scope later has another key.
    /// - Returns: whether the scope had a key.
    /// - Throws: `.busy`, `.storageFull`, `.storage`: call it again, until it returns.
    @discardableResult
    public func shred(_ scope: ContentScope) async throws(ContentError) -> Bool {
        try await threads.run(orThrow: .busy) { [self] database in
            Result { () throws(ContentError) in
                // Dead before it is deleted: whatever the deletion comes to, the caller wants it to open nothing.
                cache.withLock { $0.removeValue(forKey: scope) }?.shred()
                return try database.deleteKey(of: scope)
            }
        }
    }

    private func cached(_ scope: ContentScope) -> ContentKey? { cache.withLock { $0[scope] } }

    private func keep(_ key: ContentKey, of scope: ContentScope) {
        cache.withLock { cache in
            if cache.count >= AgentLimits.contentKeysCachedMax { Self.evict(from: &cache) }
            cache[scope] = key
        }
    }
    /// Lets go of a key that nobody uses: one in use must die when its scope is shredded, and only what is here does.
    private static func evict(from cache: inout [ContentScope: ContentKey]) {
        var index = cache.values.startIndex
        while index != cache.values.endIndex {
            if isKnownUniquelyReferenced(&cache.values[index]) {
                cache.remove(at: index)
                return
            }
            cache.values.formIndex(after: &index)
        }
    }
}
