internal import CSQLite

/// One connection to a SQLite database in WAL mode, used by one thread at a time.
///
/// Safe because it alone owns the handle, its statements do not leave it, and rows are lent and not given. It is not
/// `Sendable`: a thread makes its own.
@safe public final class Database {
    /// What the connection may do.
    public enum Access: Sendable {
        /// Reads only; the file must exist.
        case readOnly
        /// Reads and writes; the file is made, for its owner alone, where there is none.
        case readWrite
    }

    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    /// Texts prepared since the start: one that runs fifty times a second must not be prepared each time.
    private(set) var preparations = 0

    /// Cached statements; past them the cache starts anew. Statements come from the program's own texts, of which there
    /// are few, so that the bound is a guard against a text built at run time.
    static let statementsMax = 64

    private init(adopting handle: OpaquePointer) { unsafe self.handle = handle }

    deinit {
        statements.removeAll()
        unsafe sqlite3_close_v2(handle)
    }

    /// Opens the database at `path`: WAL journal, `synchronous=FULL` (a commit is on disk when it returns), foreign keys
    /// on, defensive mode, no trusted schema.
    /// - Parameter busyTimeoutMilliseconds: how long to wait for another connection's lock before `.busy`.
    public static func open(
        _ path: String, access: Access, busyTimeoutMilliseconds: Int32 = 5_000
    ) throws(SQLiteError) -> Database {
        if access == .readWrite { _ = unsafe pc_sqlite_create_private(path) }
        let mode = access == .readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        var opened: OpaquePointer?
        let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let result = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard let handle = unsafe opened else {
            throw SQLiteError(code: result, message: "no memory to open \(path)")
        }
        let database = unsafe Database(adopting: handle)
        guard result == SQLITE_OK else { throw SQLiteError(code: result, message: "cannot open \(path)") }
        unsafe sqlite3_busy_timeout(handle, busyTimeoutMilliseconds)
        if access == .readWrite { try database.run("PRAGMA journal_mode=WAL") }
        try database.run("PRAGMA synchronous=FULL")
        try database.run("PRAGMA foreign_keys=ON")
        try database.run("PRAGMA trusted_schema=OFF")
        // A confined process has no folder to spill to, and personal data none to lie in.
        try database.run("PRAGMA temp_store=MEMORY")
        return database
    }

    /// Runs one statement to its end. Its rows are dropped.
    public func run(_ sql: String, _ values: SQLValue...) throws(SQLiteError) { try run(sql, values) }

    /// The same with values in a list.
    public func run(_ sql: String, _ values: [SQLValue]) throws(SQLiteError) {
        try statement(sql).run(values) { (_) throws(SQLiteError) in true }
    }

    /// Runs several statements that are separated by semicolons and take no values: a schema.
    public func runScript(_ sql: String) throws(SQLiteError) {
        let result = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard result == SQLITE_OK else { throw unsafe Self.error(result, in: handle) }
    }

    /// Runs a query and hands each row to `row`.
    public func query(
        _ sql: String, _ values: [SQLValue] = [], row: (borrowing Row) -> Void
    ) throws(SQLiteError) {
        try statement(sql).run(values) { (current) throws(SQLiteError) in
            row(current)
            return true
        }
    }

    /// The first row of a query as `row` reads it, or nil where there is none.
    public func first<Value>(
        _ sql: String, _ values: [SQLValue] = [], row: (borrowing Row) -> Value
    ) throws(SQLiteError) -> Value? {
        var value: Value?
        try statement(sql).run(values) { (current) throws(SQLiteError) in
            value = row(current)
            return false
        }
        return value
    }

    /// How a transaction takes its locks.
    public enum Transaction: Sendable {
        /// One consistent view of the database.
        case read
        /// The write lock at once, so that two writers wait and do not deadlock.
        case write
    }

    /// Runs `body` in a transaction: committed where it returns, undone where it throws.
    public func transaction<Value, Failure: Error>(
        _ kind: Transaction, mapping: (SQLiteError) -> Failure, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        do { try run(kind == .write ? "BEGIN IMMEDIATE" : "BEGIN") } catch { throw mapping(error) }
        do throws(Failure) {
            let value = try body()
            do { try run("COMMIT") } catch { throw mapping(error) }
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// Undoes the open transaction, if SQLite has not done so already (it does on a full disk).
    private func rollBack() {
        guard unsafe sqlite3_get_autocommit(handle) == 0 else { return }
        do { try run("ROLLBACK") } catch {
            // A failed ROLLBACK means that SQLite already ended the transaction; there is nothing left to undo.
        }
    }

    /// A tokeniser of this connection's FTS5, such as `porter unicode61`.
    /// - Parameter arguments: the tokeniser's name, then its arguments.
    public func tokenizer(_ name: String, _ arguments: [String]) throws(SQLiteError) -> TextTokenizer {
        guard let api = unsafe pc_sqlite_fts5(handle) else {
            throw SQLiteError(code: SQLITE_ERROR, message: "this SQLite is built without FTS5")
        }
        return try unsafe TextTokenizer.make(name, arguments, of: api, keeping: self)
    }

    private func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let statement = statements[sql] { return statement }
        let statement = try unsafe Statement(sql, in: handle)
        preparations += 1
        if statements.count >= Self.statementsMax { statements.removeAll() }
        statements[sql] = statement
        return statement
    }

    static func error(_ code: Int32, in handle: OpaquePointer) -> SQLiteError {
        let message = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "unknown"
        return unsafe SQLiteError(code: sqlite3_extended_errcode(handle), message: message)
    }
}
