internal import SQLite
internal import Threading

/// What principals spent on models today, on disk, so that a restart gives nobody a second day's money.
///
/// The most that a request may cost is written before it is sent, and what it did cost after: a kill in between counts too
/// much and never too little.
public final class SpendingStore: Sendable {
    private let threads: DatabaseThreads<Database>

    private static let schema = [
        """
        CREATE TABLE spending (
            day INTEGER NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL, micros INTEGER NOT NULL,
            PRIMARY KEY (day, issuer, subject)) STRICT, WITHOUT ROWID;
        """
    ]

    /// What each principal had spent on `dayAtStart`, in millionths, when it was opened.
    let spentAtStart: [PrincipalKey: Int64], dayAtStart: Int64

    private init(threads: DatabaseThreads<Database>, spentAtStart: [PrincipalKey: Int64], dayAtStart: Int64) {
        self.threads = threads
        self.spentAtStart = spentAtStart
        self.dayAtStart = dayAtStart
    }

    /// Opens the database at `path` and makes it where there is none. It blocks; call it at start.
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`
    public static func open(path: String) throws(AgentError) -> SpendingStore {
        let day = WallClock.seconds / 86_400
        var spent: [PrincipalKey: Int64] = [:]
        let threads = try DatabaseThreads.start(named: "spending", count: 1) { () throws(AgentError) in
            let database = try AgentError.translating { () throws(SQLiteError) in
                try Database.open(path, access: .readWrite)
            }
            try Migration.migrate(database, file: path, steps: schema)
            spent = try AgentError.translating { () throws(SQLiteError) in try Self.spent(on: day, database) }
            return database
        }
        return SpendingStore(threads: threads, spentAtStart: spent, dayAtStart: day)
    }

    /// Adds `micros`, which may be less than 0, to what `principal` spent on `day` (days since 1970). It is on disk when this
    /// returns. Days before the one before are forgotten.
    /// - Throws: `.busy`, `.storageFull`, `.storage`
    func add(_ micros: Int64, _ principal: PrincipalKey, day: Int64) async throws(AgentError) {
        guard micros != 0 else { return }
        try await threads.run { database in
            Result { () throws(AgentError) in
                try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
                    try AgentError.translating { () throws(SQLiteError) in
                        try database.run("DELETE FROM spending WHERE day < ?1", .integer(day - 1))
                        try database.run(
                            """
                            INSERT INTO spending (day, issuer, subject, micros) VALUES (?1, ?2, ?3, ?4)
                            ON CONFLICT (day, issuer, subject) DO UPDATE SET micros = max(0, micros + excluded.micros)
                            """, .integer(day), .text(principal.issuer), .text(principal.subject), .integer(micros))
                    }
                }
            }
        }
    }

    private static func spent(on day: Int64, _ database: Database) throws(SQLiteError) -> [PrincipalKey: Int64] {
        var spent: [PrincipalKey: Int64] = [:]
        try database.query(
            "SELECT issuer, subject, micros FROM spending WHERE day = ?1 LIMIT ?2",
            [.integer(day), .integer(Int64(AgentLimits.budgetedPrincipalsMax))]
        ) { row in
            spent[PrincipalKey(issuer: row.bytes(0), subject: row.bytes(1))] = row.integer(2)
        }
        return spent
    }
}
