internal import OpenSSL
internal import SQLite
internal import Threading

/// The wrapped keys on the disk (SQLite, WAL, `secure_delete`). One thread at a time.
///
/// Example row: scope 32 bytes, identifier 16 bytes, wrapped 76 bytes, created 1760000000000000.
final class ContentKeyDatabase {
    private let database: Database
    private let keyEncryptionKey: ContentKeyEncryptionKey
    /// What scopes are named under: random, wrapped in the database, so that it outlives a key-encryption key.
    private let naming: SecretBytes
    /// Grows when all keys are wrapped anew.
    private let generation: Int64

    private static let schema = [
        """
        CREATE TABLE keyring (generation INTEGER NOT NULL, naming BLOB NOT NULL) STRICT;
        CREATE TABLE keys (
            scope BLOB NOT NULL PRIMARY KEY, identifier BLOB NOT NULL, wrapped BLOB NOT NULL,
            created INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """
    ]
    private static let namingLabel = Array("naming".utf8)

    /// Opens the database at `path`, which is kept under `key`, and makes it where there is none.
    /// - Throws: `.storage`, also where it is kept under another key; `.storageFull`, `.busy`, `.schemaTooNew`.
    init(path: String, key: ContentKeyEncryptionKey) throws(AgentError) {
        keyEncryptionKey = key
        database = try AgentError.translating { () throws(SQLiteError) in
            let database = try Database.open(path, access: .readWrite)
            // A deleted key is overwritten with zeros in the file, not only unlinked from its pages.
            try database.run("PRAGMA secure_delete=ON")
            return database
        }
        try Migration.migrate(database, file: path, steps: Self.schema)
        do throws(ContentError) {
            let row = try Self.keyring(in: database, key)
            guard let naming = key.unwrap(row.naming, as: Self.namingLabel) else {
                throw .storage(
                    reason: "its keys are wrapped under another key-encryption key: give the one it was made with")
            }
            self.naming = naming
            generation = row.generation
            // What an earlier process deleted may still stand in the log that it could not cut.
            try Self.cutLog(of: database)
        } catch {
            throw AgentError(error, file: path)
        }
    }

    /// The row that is about all keys; made where the database is new.
    private static func keyring(
        in database: Database, _ key: ContentKeyEncryptionKey
    ) throws(ContentError) -> (generation: Int64, naming: [UInt8]) {
        try database.transaction(.write, mapping: ContentError.init) {
            () throws(ContentError) -> (generation: Int64, naming: [UInt8]) in
            if let row = try stored(in: database) { return row }
            let wrapped = try key.wrap(try SecretBytes.randomKey(), as: namingLabel)
            try ContentError.translating { () throws(SQLiteError) in
                try database.run("INSERT INTO keyring (generation, naming) VALUES (1, ?1)", .blob(wrapped))
            }
            return (1, wrapped)
        }
    }

    private static func stored(in database: Database) throws(ContentError) -> (generation: Int64, naming: [UInt8])? {
        try ContentError.translating { () throws(SQLiteError) in
            try database.first("SELECT generation, naming FROM keyring") { ($0.integer(0), $0.bytes(1)) }
        }
    }

    /// The scope's name in the database: it tells nobody without the key whose content there is.
    func name(of scope: ContentScope) -> [UInt8] {
        HMAC.code(.sha256, of: ([scope.kind.rawValue] + scope.name).span, key: naming)
    }

    /// The scope's key; nil where it has none.
    func key(of scope: ContentScope) throws(ContentError) -> ContentKey? {
        let name = name(of: scope)
        let row = try ContentError.translating { () throws(SQLiteError) in
            try database.first("SELECT identifier, wrapped FROM keys WHERE scope = ?1", [.blob(name)]) {
                (identifier: $0.bytes(0), wrapped: $0.bytes(1))
            }
        }
        guard let row else { return nil }
        return ContentKey(
            identifier: row.identifier, secret: try unwrap(row.wrapped, identifier: row.identifier, name: name))
    }

    /// A new key for a scope that has none.
    func makeKey(of scope: ContentScope) throws(ContentError) -> ContentKey {
        let name = name(of: scope)
        let identifier = try SaltedCipher.randomBytes(ContentKey.identifierBytes)
        let secret = try SecretBytes.randomKey()
        let wrapped = try keyEncryptionKey.wrap(secret, as: Self.label(identifier, name))
        try database.transaction(.write, mapping: ContentError.init) { () throws(ContentError) in
            // Wrapped under a key that the database was taken off meanwhile, nobody could open it after the next start.
            guard let found = try Self.stored(in: database), found.generation == generation else {
                throw .storage(reason: "the content's keys were wrapped under another key: start again with that one")
            }
            try ContentError.translating { () throws(SQLiteError) in
                try database.run(
                    "INSERT INTO keys (scope, identifier, wrapped, created) VALUES (?1, ?2, ?3, ?4)", .blob(name),
                    .blob(identifier), .blob(wrapped), .integer(WallClock.microseconds))
            }
        }
        return ContentKey(identifier: identifier, secret: secret)
    }

    /// Deletes the scope's key for good: from the table, its pages and the write-ahead log.
    /// - Returns: whether there was one.
    /// - Throws: `ContentError`. The key may be deleted and still stand in the log: call it again.
    func deleteKey(of scope: ContentScope) throws(ContentError) -> Bool {
        let name = name(of: scope)
        let isDeleted = try database.transaction(.write, mapping: ContentError.init) { () throws(ContentError) in
            try ContentError.translating { () throws(SQLiteError) in
                let isThere = try database.first("SELECT 1 FROM keys WHERE scope = ?1", [.blob(name)]) { _ in true }
                try database.run("DELETE FROM keys WHERE scope = ?1", .blob(name))
                return isThere ?? false
            }
        }
        try Self.cutLog(of: database)
        return isDeleted
    }

    /// Wraps every key under `new`, all or none. This object is of no use after it.
    func rewrap(under new: ContentKeyEncryptionKey) throws(ContentError) {
        try database.transaction(.write, mapping: ContentError.init) { () throws(ContentError) in
            guard let found = try Self.stored(in: database), found.generation == generation else { throw .busy }
            var last: [UInt8] = []
            while true {
                let rows = try rows(after: last)
                for row in rows {
                    let label = Self.label(row.identifier, row.scope)
                    let secret = try unwrap(row.wrapped, identifier: row.identifier, name: row.scope)
                    let wrapped = try new.wrap(secret, as: label)
                    try ContentError.translating { () throws(SQLiteError) in
                        try database.run(
                            "UPDATE keys SET wrapped = ?2 WHERE scope = ?1", .blob(row.scope), .blob(wrapped))
                    }
                }
                guard let end = rows.last else { break }
                last = end.scope
            }
            let wrapped = try new.wrap(naming, as: Self.namingLabel)
            try ContentError.translating { () throws(SQLiteError) in
                try database.run("UPDATE keyring SET generation = generation + 1, naming = ?1", .blob(wrapped))
            }
        }
        try Self.cutLog(of: database)
    }

    private func rows(
        after last: [UInt8]
    ) throws(ContentError) -> [(scope: [UInt8], identifier: [UInt8], wrapped: [UInt8])] {
        var rows: [(scope: [UInt8], identifier: [UInt8], wrapped: [UInt8])] = []
        try ContentError.translating { () throws(SQLiteError) in
            try database.query(
                "SELECT scope, identifier, wrapped FROM keys WHERE scope > ?1 ORDER BY scope LIMIT ?2",
                [.blob(last), .integer(Int64(AgentLimits.contentKeysPerStep))]
            ) { rows.append(($0.bytes(0), $0.bytes(1), $0.bytes(2))) }
        }
        return rows
    }

    private func unwrap(
        _ wrapped: [UInt8], identifier: [UInt8], name: [UInt8]
    ) throws(ContentError) -> SecretBytes {
        guard identifier.count == ContentKey.identifierBytes,
            let secret = keyEncryptionKey.unwrap(wrapped, as: Self.label(identifier, name))
        else {
            throw .storage(reason: "a key of content does not unwrap: it was changed, or wrapped under another key")
        }
        return secret
    }

    /// A wrapped key is good for its own row only.
    private static func label(_ identifier: [UInt8], _ name: [UInt8]) -> [UInt8] {
        Array("key".utf8) + identifier + name
    }

    /// Brings the write-ahead log into the database and cuts it to nothing: older versions of pages stand in it.
    private static func cutLog(of database: Database) throws(ContentError) {
        let isBlocked = try ContentError.translating { () throws(SQLiteError) in
            try database.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) != 0 } ?? true
        }
        guard !isBlocked else { throw .busy }
    }
}

extension SecretBytes {
    /// A new key for AES-256 or HMAC-SHA-256.
    static func randomKey() throws(ContentError) -> SecretBytes {
        do throws(OpenSSLError) { return try .random(count: AES256GCM.keyBytes) } catch {
            throw .storage(reason: "no random numbers: \(error.description)")
        }
    }
}

extension AgentError {
    /// Why the database of keys cannot be opened.
    init(_ error: ContentError, file: String) {
        switch error {
        case .busy: self = .busy
        case .storageFull: self = .storageFull
        case .storage(let reason): self = .storage(reason: "\(file): \(reason)")
        case .shredded, .damaged, .tooLarge: self = .storage(reason: "\(file): a key in it is damaged")
        }
    }
}
