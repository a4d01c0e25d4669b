internal import SQLite

/// The knowledge base's tables. One transaction replaces all rows, so that a reader sees the old or the new ones.
enum KnowledgeStore {
    /// `passages_fts` keeps no copy of the texts (external content) and is rebuilt with them. Its weights favour the
    /// question over the other phrasings over the answer.
    static let schema = [
        """
        CREATE TABLE knowledge (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL) STRICT;
        INSERT INTO knowledge VALUES (1, 0);
        CREATE TABLE passages (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, question TEXT NOT NULL, answer TEXT NOT NULL,
            category TEXT NOT NULL, variants TEXT NOT NULL) STRICT;
        CREATE VIRTUAL TABLE passages_fts USING fts5(
            question, variants, answer, content='passages', content_rowid='number', tokenize='porter unicode61');
        INSERT INTO passages_fts(passages_fts, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)');
        """,
        meaningSchema,
        versionsSchema,
    ]

    /// Replaces every passage inside the caller's transaction. Passage `i` gets the number `i + 1`.
    /// - Returns: the new version.
    static func replace(_ database: Database, with passages: [Passage]) throws(SQLiteError) -> Int64 {
        try database.run("DELETE FROM passages")
        for (index, passage) in passages.enumerated() {
            try database.run(
                "INSERT INTO passages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                [.integer(Int64(index + 1))] + columns(passage))
        }
        try database.run("INSERT INTO passages_fts(passages_fts) VALUES ('rebuild')")
        try database.run("UPDATE knowledge SET version = version + 1")
        let version = try version(database)
        try keep(passages, as: version, database)
        return version
    }

    /// The version in force; 0 before the first import.
    static func version(_ database: Database) throws(SQLiteError) -> Int64 {
        try database.first("SELECT version FROM knowledge") { $0.integer(0) } ?? 0
    }

    /// Every passage in the order of its file.
    static func passages(_ database: Database) throws(SQLiteError) -> [Passage] {
        var passages: [Passage] = []
        try database.query("SELECT \(columnNames) FROM passages ORDER BY number") { passages.append(passage($0)) }
        return passages
    }

    /// Indices of the passages that FTS5's BM25 ranks first for any of `words`.
    ///
    /// Each word is a quoted string of FTS5's query syntax, so that nothing a user types is an operator.
    static func candidates(_ database: Database, words: [[UInt8]], limit: Int) throws(SQLiteError) -> [Int] {
        guard !words.isEmpty else { return [] }
        var indices: [Int] = []
        try database.query(
            "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?1 ORDER BY rank LIMIT ?2",
            [.text(matchExpression(words)), .integer(Int64(limit))]
        ) { indices.append(Int($0.integer(0)) - 1) }
        return indices
    }

    static func matchExpression(_ words: [[UInt8]]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        var expression: [UInt8] = []
        for word in words {
            if !expression.isEmpty { expression.append(contentsOf: " OR ".utf8) }
            expression.append(quote)
            for byte in word {
                if byte == quote { expression.append(quote) }
                expression.append(byte)
            }
            expression.append(quote)
        }
        return expression
    }
}
