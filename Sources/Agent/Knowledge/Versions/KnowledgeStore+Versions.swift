internal import OpenSSL
internal import SQLite
internal import Threading

/// Versions that were in force, each whole. A passage that is the same in several is kept once.
extension KnowledgeStore {
    /// `passages` holds what is in force; `version_passages` says of each version that is kept which bodies it had, in order.
    /// What was there before versions were kept is the first of them, under digests that say nothing.
    static let versionsSchema = """
        ALTER TABLE passages ADD COLUMN source TEXT NOT NULL DEFAULT '';
        ALTER TABLE passages ADD COLUMN page INTEGER;
        CREATE TABLE versions (
            version INTEGER PRIMARY KEY, created INTEGER NOT NULL, passages INTEGER NOT NULL, digest BLOB NOT NULL)
            STRICT;
        CREATE TABLE bodies (
            body INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, id TEXT NOT NULL, question TEXT NOT NULL,
            answer TEXT NOT NULL, category TEXT NOT NULL, variants TEXT NOT NULL, source TEXT NOT NULL, page INTEGER)
            STRICT;
        CREATE TABLE version_passages (
            version INTEGER NOT NULL, number INTEGER NOT NULL, body INTEGER NOT NULL, PRIMARY KEY (version, number))
            STRICT, WITHOUT ROWID;
        INSERT INTO versions
            SELECT version, CAST(strftime('%s', 'now') AS INTEGER), (SELECT count(*) FROM passages), randomblob(32)
            FROM knowledge WHERE version > 0;
        INSERT INTO bodies SELECT number, randomblob(32), id, question, answer, category, variants, '', NULL FROM passages;
        INSERT INTO version_passages SELECT version, number, number FROM passages, knowledge;
        """

    static let columnNames = "id, question, answer, category, variants, source, page"

    static func columns(_ passage: Passage) -> [SQLValue] {
        [
            .text(passage.id), .text(passage.question), .text(passage.answer), .text(passage.category),
            .text(Array(passage.variants.joined(separator: [variantSeparator]))), .text(passage.source?.document ?? []),
            passage.source?.page.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    /// The passage of a row whose columns are `columnNames`.
    static func passage(_ row: borrowing Row) -> Passage {
        let document = row.bytes(5)
        let page = row.isNull(6) ? nil : Int(row.integer(6))
        return Passage(
            id: row.bytes(0), question: row.bytes(1), answer: row.bytes(2), category: row.bytes(3),
            variants: row.bytes(4).split(separator: variantSeparator).map(Array.init),
            source: document.isEmpty ? nil : PassageSource(document: document, page: page))
    }

    /// Keeps what is in force now as `version`, and drops the oldest where there are more than may be kept. Inside the
    /// caller's transaction.
    static func keep(_ passages: [Passage], as version: Int64, _ database: Database) throws(SQLiteError) {
        var whole = SHA256()
        for (index, passage) in passages.enumerated() {
            let digest = passage.digest
            whole.update(digest)
            try database.run(
                "INSERT OR IGNORE INTO bodies VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                [.blob(digest.bytes)] + columns(passage))
            try database.run(
                "INSERT INTO version_passages SELECT ?1, ?2, body FROM bodies WHERE digest = ?3", .integer(version),
                .integer(Int64(index + 1)), .blob(digest.bytes))
        }
        try database.run(
            "INSERT INTO versions VALUES (?1, ?2, ?3, ?4)", .integer(version), .integer(Int64(WallClock.seconds)),
            .integer(Int64(passages.count)), .blob(whole.finish().bytes))
        let oldest = version - Int64(AgentLimits.knowledgeVersionsMax)
        let surplus = try database.first("SELECT count(*) FROM versions WHERE version <= ?1", [.integer(oldest)]) {
            $0.integer(0)
        }
        guard surplus ?? 0 > 0 else { return }
        try database.run("DELETE FROM version_passages WHERE version <= ?1", .integer(oldest))
        try database.run("DELETE FROM versions WHERE version <= ?1", .integer(oldest))
        try database.run("DELETE FROM bodies WHERE body NOT IN (SELECT body FROM version_passages)")
    }

    /// The versions that are kept, the newest first.
    static func versions(_ database: Database) throws(SQLiteError) -> [KnowledgeVersion] {
        var versions: [KnowledgeVersion] = []
        try database.query("SELECT version, created, passages, digest FROM versions ORDER BY version DESC") { row in
            versions.append(
                KnowledgeVersion(
                    version: row.integer(0), created: row.integer(1), passages: Int(row.integer(2)),
                    digest: row.bytes(3)))
        }
        return versions
    }

    /// The passages of a version that is kept; none where it is not.
    static func passages(of version: Int64, _ database: Database) throws(SQLiteError) -> [Passage] {
        var passages: [Passage] = []
        try database.query(
            """
            SELECT \(columnNames) FROM version_passages JOIN bodies USING (body) WHERE version = ?1 ORDER BY number
            """, [.integer(version)]
        ) { passages.append(passage($0)) }
        return passages
    }
}

extension Passage {
    /// A digest of all that it is, each part behind its length.
    var digest: SHA256Digest {
        var hash = SHA256()
        let page = source?.page.map { Array("\($0)".utf8) } ?? []
        for part in [id, question, answer, category] + variants + [source?.document ?? [], page] {
            hash.update(Array("\(part.count):".utf8))
            hash.update(part)
        }
        return hash.finish()
    }
}
