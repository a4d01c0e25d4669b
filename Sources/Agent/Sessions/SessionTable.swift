internal import SQLite

/// Conversations as rows: what the threads of the store do with their connections. Texts are sealed before they come here.
enum SessionTable {
    static let schema = [
        """
        CREATE TABLE sessions (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL,
            created INTEGER NOT NULL, used INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'escalated')), messages INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, ticket TEXT, metadata BLOB,
            summary BLOB, summary_through INTEGER NOT NULL DEFAULT 0, summary_due INTEGER NOT NULL DEFAULT 0,
            UNIQUE (issuer, subject, id)) STRICT;
        CREATE INDEX sessions_used ON sessions (used);
        CREATE INDEX sessions_id ON sessions (id);
        CREATE INDEX sessions_due ON sessions (number) WHERE summary_due = 1;
        CREATE TABLE messages (
            session INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE, position INTEGER NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('user', 'assistant')), request TEXT NOT NULL, created INTEGER NOT NULL,
            route TEXT, attachments TEXT NOT NULL DEFAULT '', content BLOB NOT NULL,
            PRIMARY KEY (session, position)) STRICT, WITHOUT ROWID;
        CREATE TABLE usage (
            day INTEGER NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, name)) STRICT, WITHOUT ROWID;
        """
    ]

    /// A conversation's row.
    struct Found {
        let session: Session
        let number: Int64
        let bytes: Int
        let metadata: [UInt8]?
        let summary: [UInt8]?
        let summaryThrough: Int
    }

    /// A message's row.
    struct Sealed {
        let message: SessionMessage
        let content: [UInt8]
    }

    private static let columns = """
        number, id, issuer, subject, created, used, state, messages, failures, ticket, bytes, metadata, summary,
        summary_through
        """

    static func insert(
        _ id: SessionID, _ owner: PrincipalKey, metadata: [UInt8]?, now: Int64, in database: Database
    ) throws(AgentError) {
        let sessionsMax = AgentLimits.sessionsPerOwnerMax
        let count = try first(
            "SELECT count(*) FROM sessions WHERE issuer = ?1 AND subject = ?2",
            [.text(owner.issuer), .text(owner.subject)], in: database
        ) { $0.integer(0) }
        guard (count ?? 0) < Int64(sessionsMax) else {
            throw .bound("a principal may have \(sessionsMax) conversations: delete one")
        }
        try run(
            "INSERT INTO sessions (id, issuer, subject, created, used, state, metadata) VALUES (?1, ?2, ?3, ?4, ?4, 'open', ?5)",
            [.text(id.bytes), .text(owner.issuer), .text(owner.subject), .integer(now), blob(metadata)], in: database)
    }

    static func find(_ id: SessionID, of owner: PrincipalKey, in database: Database) throws(AgentError) -> Found? {
        try first(
            "SELECT \(columns) FROM sessions WHERE issuer = ?1 AND subject = ?2 AND id = ?3",
            [.text(owner.issuer), .text(owner.subject), .text(id.bytes)], in: database, row: read)
    }

    /// Whoever's it is; the newest where several principals have one of this name.
    static func find(_ id: SessionID, in database: Database) throws(AgentError) -> Found? {
        try first(
            "SELECT \(columns) FROM sessions WHERE id = ?1 ORDER BY number DESC LIMIT 1", [.text(id.bytes)],
            in: database, row: read)
    }

    static func page(_ filter: SessionFilter, in database: Database) throws(AgentError) -> SessionPage {
        var found: [Found] = []
        try query(
            """
            SELECT \(columns) FROM sessions
            WHERE (?1 IS NULL OR subject = ?1) AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR number < ?3)
            ORDER BY number DESC LIMIT ?4
            """,
            [
                filter.subject.map { .text($0) } ?? .null, word(filter.state?.rawValue),
                filter.cursor.map { .integer($0) } ?? .null, .integer(Int64(filter.limit + 1)),
            ], in: database
        ) { found.append(read($0)) }
        let isMore = found.count > filter.limit
        if isMore { found.removeLast() }
        return SessionPage(sessions: found.map(\.session), next: isMore ? found.last?.number : nil)
    }

    static func delete(_ number: Int64, in database: Database) throws(AgentError) {
        try run("DELETE FROM sessions WHERE number = ?1", [.integer(number)], in: database)
    }

    /// Those that nothing was said in since `moment`, the longest idle first.
    static func idle(since moment: Int64, limit: Int, in database: Database) throws(AgentError) -> [Session] {
        var sessions: [Session] = []
        try query(
            "SELECT \(columns) FROM sessions WHERE used < ?1 ORDER BY used LIMIT ?2",
            [.integer(moment), .integer(Int64(limit))], in: database
        ) { sessions.append(read($0).session) }
        return sessions
    }

    // MARK: Messages

    static func insert(
        _ message: SessionMessage, content: [UInt8], of session: Int64, in database: Database
    ) throws(AgentError) {
        try run(
            """
            INSERT INTO messages (session, position, role, request, created, route, attachments, content)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            [
                .integer(session), .integer(Int64(message.position)), word(message.role.rawValue),
                .text(message.requestID), .integer(message.createdMicroseconds),
                message.route.map { .text($0) } ?? .null,
                .text(Array(message.attachments.joined(separator: [UInt8(ascii: " ")]))), .blob(content),
            ], in: database)
    }

    static func advance(
        _ number: Int64, by turn: SessionTurn, bytes: Int, now: Int64, in database: Database
    ) throws(AgentError) {
        try run(
            """
            UPDATE sessions SET messages = messages + 2, used = ?2, bytes = bytes + ?3,
                failures = CASE WHEN ?4 THEN failures + 1 ELSE 0 END, ticket = coalesce(?5, ticket),
                state = CASE WHEN ?5 IS NULL THEN state ELSE 'escalated' END
            WHERE number = ?1
            """,
            [
                .integer(number), .integer(now), .integer(Int64(bytes)), .integer(turn.isFailure ? 1 : 0),
                turn.ticketID.map { .text($0) } ?? .null,
            ], in: database)
    }

    static func escalate(_ number: Int64, ticket: [UInt8], in database: Database) throws(AgentError) {
        try run(
            "UPDATE sessions SET state = 'escalated', ticket = ?2 WHERE number = ?1",
            [.integer(number), .text(ticket)], in: database)
    }

    /// From position `after` on, oldest first; or, where `after` is nil, the newest first.
    static func messages(
        of session: Int64, after: Int?, limit: Int, in database: Database
    ) throws(AgentError) -> [Sealed] {
        var rows: [Sealed] = []
        let columns = "position, role, request, created, route, attachments, content"
        let sql =
            after == nil
            ? "SELECT \(columns) FROM messages WHERE session = ?1 AND position > ?2 ORDER BY position DESC LIMIT ?3"
            : "SELECT \(columns) FROM messages WHERE session = ?1 AND position > ?2 ORDER BY position LIMIT ?3"
        try query(sql, [.integer(session), .integer(Int64(after ?? 0)), .integer(Int64(limit))], in: database) { row in
            rows.append(
                Sealed(
                    message: SessionMessage(
                        position: Int(row.integer(0)),
                        role: row.bytes(1).elementsEqual("user".utf8) ? .user : .assistant, text: [],
                        requestID: row.bytes(2), createdMicroseconds: row.integer(3),
                        route: row.isNull(4) ? nil : row.bytes(4),
                        attachments: row.bytes(5).split(separator: UInt8(ascii: " ")).map { Array($0) }),
                    content: row.bytes(6)))
        }
        return rows
    }

    // MARK: Summaries

    static func setSummary(
        _ sealed: [UInt8], through position: Int, of number: Int64, in database: Database
    ) throws(AgentError) {
        try run(
            "UPDATE sessions SET summary = ?2, summary_through = ?3, summary_due = 0 WHERE number = ?1",
            [.integer(number), .blob(sealed), .integer(Int64(position))], in: database)
    }

    static func wantSummary(of number: Int64, in database: Database) throws(AgentError) {
        try run("UPDATE sessions SET summary_due = 1 WHERE number = ?1", [.integer(number)], in: database)
    }

    static func wantsSummary(_ number: Int64, in database: Database) throws(AgentError) -> Bool {
        try first("SELECT 1 FROM sessions WHERE number = ?1 AND summary_due = 1", [.integer(number)], in: database) {
            _ in
            true
        } ?? false
    }

    static func wantingSummary(limit: Int, in database: Database) throws(AgentError) -> [Session] {
        var sessions: [Session] = []
        try query(
            "SELECT \(columns) FROM sessions WHERE summary_due = 1 ORDER BY number LIMIT ?1", [.integer(Int64(limit))],
            in: database
        ) { sessions.append(read($0).session) }
        return sessions
    }

    // MARK: Usage

    static func add(_ count: Int64, to name: [UInt8], day: Int64, in database: Database) throws(AgentError) {
        try run(
            """
            INSERT INTO usage (day, name, count) VALUES (?1, ?2, ?3)
            ON CONFLICT (day, name) DO UPDATE SET count = count + excluded.count
            """, [.integer(day), .text(name), .integer(count)], in: database)
    }

    static func usage(since day: Int64, in database: Database) throws(AgentError) -> [UsageCount] {
        var counts: [UsageCount] = []
        try query(
            "SELECT day, name, count FROM usage WHERE day >= ?1 ORDER BY day, name", [.integer(day)], in: database
        ) { counts.append(UsageCount(day: $0.integer(0), name: $0.bytes(1), count: $0.integer(2))) }
        return counts
    }

    static func dropUsage(before day: Int64, in database: Database) throws(AgentError) {
        try run("DELETE FROM usage WHERE day < ?1", [.integer(day)], in: database)
    }

    // MARK: Values

    private static func read(_ row: borrowing Row) -> Found {
        Found(
            session: Session(
                id: SessionID(stored: row.bytes(1)), owner: PrincipalKey(issuer: row.bytes(2), subject: row.bytes(3)),
                createdMicroseconds: row.integer(4), usedMicroseconds: row.integer(5),
                state: Session.State(rawValue: String(decoding: row.bytes(6), as: UTF8.self)) ?? .open,
                messages: Int(row.integer(7)), failures: Int(row.integer(8)),
                ticketID: row.isNull(9) ? nil : row.bytes(9)),
            number: row.integer(0), bytes: Int(row.integer(10)), metadata: row.isNull(11) ? nil : row.bytes(11),
            summary: row.isNull(12) ? nil : row.bytes(12), summaryThrough: Int(row.integer(13)))
    }

    private static func blob(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .blob($0) } ?? .null }
    private static func word(_ word: String?) -> SQLValue { word.map { .text(Array($0.utf8)) } ?? .null }

    private static func run(_ sql: String, _ values: [SQLValue], in database: Database) throws(AgentError) {
        try query(sql, values, in: database) { _ in }
    }

    private static func query(
        _ sql: String, _ values: [SQLValue], in database: Database, row: (borrowing Row) -> Void
    ) throws(AgentError) {
        try AgentError.translating { () throws(SQLiteError) in try database.query(sql, values, row: row) }
    }

    private static func first<Value>(
        _ sql: String, _ values: [SQLValue], in database: Database, row: (borrowing Row) -> Value
    ) throws(AgentError) -> Value? {
        try AgentError.translating { () throws(SQLiteError) in try database.first(sql, values, row: row) }
    }
}
