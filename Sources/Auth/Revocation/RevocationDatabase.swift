internal import LinuxIO
internal import SQLite

/// The revocations on the disk (SQLite, WAL): one row for each target; beside them what the command issued. One thread at
/// a time.
///
/// Example row: number 7, key 16 bytes, kind 3, issuer `https://portcullis.dev`, name `agent`, before 1800000001, created
/// 1800000000, recorded 1.
final class RevocationDatabase {
    private let path: String
    private let revocationsMax: Int64
    private let issuancesMax: Int64
    private var database: Database
    private var identity: FileIdentity
    /// What `PRAGMA data_version` said when the rows were last read; nil where they were not.
    private var version: Int64?
    private var lastNumber: Int64 = 0
    private(set) var table = RevocationTable()

    private static let schemaVersion: Int64 = 2
    private static let schema = """
        CREATE TABLE revocations (
            number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
            issuer TEXT NOT NULL, name TEXT NOT NULL, before INTEGER, created INTEGER NOT NULL,
            recorded INTEGER NOT NULL) STRICT;
        CREATE INDEX revocations_unrecorded ON revocations (number) WHERE recorded = 0;
        """
    /// What version 2 added. A program that knows version 1 alone refuses the file from then on.
    private static let schema2 = IssuanceTable.schema + "PRAGMA user_version=2;"

    /// Opens the database at `path`.
    /// - Parameters:
    ///   - makes: whether it is made where there is none: a path that is mistyped must not become an empty list.
    ///   - revocationsMax: revocations that may be in it.
    ///   - issuancesMax: tokens issued by the command that may be in it.
    /// - Throws: `AuthError.storage`.
    init(
        path: String, makes: Bool, revocationsMax: Int64 = AuthLimits.revocationsMax,
        issuancesMax: Int64 = AuthLimits.issuancesMax
    ) throws(AuthError) {
        self.path = path
        self.revocationsMax = revocationsMax
        self.issuancesMax = issuancesMax
        if !makes { _ = try Self.identity(of: path) }
        database = try Self.open(path, makes: makes)
        identity = try Self.identity(of: path)
    }

    /// The tokens that the command issued.
    var issuances: IssuanceTable { IssuanceTable(database: database, path: path, issuancesMax: issuancesMax) }

    private static func open(_ path: String, makes: Bool) throws(AuthError) -> Database {
        let database = try AuthError.translating(path) { () throws(SQLiteError) in
            try Database.open(path, access: .readWrite, busyTimeoutMilliseconds: 2_000)
        }
        try database.transaction(.write, mapping: { AuthError($0, path) }) { () throws(AuthError) in
            let found = try AuthError.translating(path) { () throws(SQLiteError) in
                try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
            }
            if found == 0 && makes {
                try AuthError.translating(path) { () throws(SQLiteError) in try database.runScript(schema + schema2) }
            } else if found == 1 {
                try AuthError.translating(path) { () throws(SQLiteError) in try database.runScript(schema2) }
            } else if found != schemaVersion {
                throw .damaged(path, "its schema is version \(found), wanted \(schemaVersion)")
            }
        }
        return database
    }

    private static func identity(of path: String) throws(AuthError) -> FileIdentity {
        do throws(FileError) { return try FileDirectory.status(of: path).identity } catch {
            throw .storage(
                file: path, found: error.description, mend: "put it back: a gateway makes it when it starts, not later")
        }
    }

    /// Reads every row and compares it with its key, and has SQLite look at its pages: for a start, when there is nothing
    /// in force yet that could be kept.
    /// - Throws: `AuthError.storage`.
    func inspect() throws(AuthError) {
        let verdict = try translating { () throws(SQLiteError) in
            try database.first("PRAGMA quick_check(1)") { $0.bytes(0) } ?? []
        }
        guard verdict == Array("ok".utf8) else { throw .damaged(path, String(decoding: verdict, as: UTF8.self)) }
        var bad: Int64?
        try translating { () throws(SQLiteError) in
            try database.query("\(Self.selection) WHERE number > ?1", [.integer(0)]) { row in
                let entry = Self.entry(row)
                if entry?.revocation.key.bytes != row.bytes(6) { bad = row.integer(0) }
            }
        }
        if let bad { throw .damaged(path, "row \(bad) is not what its key says") }
        try issuances.inspect()
    }

    /// Goes over to another file where one lies at the path now.
    func follow() throws(AuthError) {
        let now = try Self.identity(of: path)
        guard now != identity else { return }
        database = try Self.open(path, makes: false)
        identity = now
        version = nil
    }

    /// Whether there may be other rows than were read last: another connection wrote, or this is another file.
    func isStale() throws(AuthError) -> Bool { try dataVersion() != version }

    private func dataVersion() throws(AuthError) -> Int64 {
        try translating { () throws(SQLiteError) in
            try database.first("PRAGMA data_version") { $0.integer(0) } ?? 0
        }
    }

    /// Reads what is new into `table`; all of it where rows are gone or the file is another.
    func reload() throws(AuthError) {
        let isOther = version == nil
        // Before the rows: what is written between the two is read again.
        let newest = try dataVersion()
        try database.transaction(.read, mapping: { AuthError($0, path) }) { () throws(AuthError) in
            let count = try integer("SELECT count(*) FROM revocations")
            guard count <= revocationsMax else {
                throw .damaged(path, "it has \(count) rows, wanted at most \(revocationsMax)")
            }
            if !isOther { try readNew() }
            guard isOther || table.count != Int(count) else { return }
            (table, lastNumber) = (RevocationTable(reserving: Int(count)), 0)
            try readNew()
        }
        version = newest
    }

    private func readNew() throws(AuthError) {
        // Alone in this variable, so that a table of megabytes is written to and not copied.
        var (table, last) = (table, lastNumber)
        self.table = RevocationTable()
        defer { (self.table, lastNumber) = (table, last) }
        try translating { () throws(SQLiteError) in
            try database.query(
                "SELECT number, key, before FROM revocations WHERE number > ?1 ORDER BY number", [.integer(last)]
            ) { row in
                last = row.integer(0)
                table.insert(
                    RevocationKey(bytes: row.bytes(1)), issuedBefore: row.isNull(2) ? .max : row.integer(2))
            }
        }
    }

    /// Adds a revocation, or widens the one of that target. It is on disk when this returns.
    /// - Parameters:
    ///   - isRecorded: whether whoever asks puts it on record.
    ///   - lifeSecondsMax: how long a token lives at most, for what may be forgotten to make room.
    /// - Throws: `.revocationsFull`, `.storage`.
    func add(_ revocation: Revocation, isRecorded: Bool, lifeSecondsMax: Int64, now: Int64) throws(AuthError) {
        let key = SQLValue.blob(revocation.key.bytes)
        try database.transaction(.write, mapping: { AuthError($0, path) }) { () throws(AuthError) in
            let known = try translating { () throws(SQLiteError) in
                try database.first("SELECT before FROM revocations WHERE key = ?1", [key]) { $0.integer(0) }
            }
            if known == nil { try makeRoom(lifeSecondsMax: lifeSecondsMax, now: now) }
            let before = revocation.issuedBefore.map { max($0, known ?? $0) }
            try translating { () throws(SQLiteError) in
                try database.run(
                    """
                    INSERT OR REPLACE INTO revocations (key, kind, issuer, name, before, created, recorded)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    """, key, .integer(Int64(revocation.kind.rawValue)), .text(revocation.issuer),
                    .text(revocation.name), before.map { .integer($0) } ?? .null, .integer(now),
                    .integer(isRecorded ? 1 : 0))
            }
        }
    }

    private func makeRoom(lifeSecondsMax: Int64, now: Int64) throws(AuthError) {
        guard try integer("SELECT count(*) FROM revocations") >= revocationsMax else { return }
        try prune(lifeSecondsMax: lifeSecondsMax, now: now)
        guard try integer("SELECT count(*) FROM revocations") < revocationsMax else {
            throw .revocationsFull(revocationsMax: revocationsMax)
        }
    }

    /// Forgets what no token can be refused for any more: whatever was issued until then has expired, for every clock that
    /// is allowed.
    func prune(lifeSecondsMax: Int64, now: Int64) throws(AuthError) {
        // An issuer's clock may be ahead when it issues, and that of a verifier behind when the token expires.
        let last = now - lifeSecondsMax - 2 * AuthLimits.clockSkewSecondsMax
        try translating { () throws(SQLiteError) in
            try database.run(
                "DELETE FROM revocations WHERE max(created, coalesce(before, 0)) < ?1 AND recorded = 1", .integer(last))
        }
    }

    /// At most `count` rows, oldest first, past `number`; those without a record only, where asked for.
    func entries(
        after number: Int64 = 0, unrecorded: Bool = false, count: Int = .max
    ) throws(AuthError) -> [RevocationEntry] {
        var entries: [RevocationEntry] = []
        try translating { () throws(SQLiteError) in
            try database.query(
                "\(Self.selection) WHERE number > ?1\(unrecorded ? " AND recorded = 0" : "") ORDER BY number LIMIT ?2",
                [.integer(number), .integer(Int64(count))]
            ) { if let entry = Self.entry($0) { entries.append(entry) } }
        }
        return entries
    }

    /// Notes that the log has these.
    func markRecorded(_ numbers: [Int64]) throws(AuthError) {
        try database.transaction(.write, mapping: { AuthError($0, path) }) { () throws(AuthError) in
            try translating { () throws(SQLiteError) in
                for number in numbers {
                    try database.run("UPDATE revocations SET recorded = 1 WHERE number = ?1", .integer(number))
                }
            }
        }
    }

    private static let selection = "SELECT number, kind, issuer, name, before, created, key FROM revocations"

    private static func entry(_ row: borrowing Row) -> RevocationEntry? {
        let name = row.bytes(3)
        let target: Revocation.Target? =
            switch UInt8(exactly: row.integer(1)).flatMap(RevocationKey.Kind.init) {
            case .token: .token(name)
            case .subject: .subject(name)
            case .role: RoleName(name).map { .role($0) }
            case .issuer: .issuer
            case nil: nil
            }
        guard let target else { return nil }
        return RevocationEntry(
            number: row.integer(0),
            revocation: Revocation(
                stored: target, issuer: row.bytes(2), issuedBefore: row.isNull(4) ? nil : row.integer(4)),
            created: row.integer(5))
    }

    private func integer(_ sql: String) throws(AuthError) -> Int64 {
        try translating { () throws(SQLiteError) in try database.first(sql) { $0.integer(0) } ?? 0 }
    }

    private func translating<Value>(_ body: () throws(SQLiteError) -> Value) throws(AuthError) -> Value {
        try AuthError.translating(path, body)
    }
}
