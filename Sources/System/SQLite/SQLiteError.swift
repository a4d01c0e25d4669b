internal import CSQLite

/// Why SQLite could not do something (sqlite.org/rescode.html).
public struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds that a caller treats differently.
    public enum Kind: Equatable, Sendable {
        /// Another connection held the lock for longer than the busy time-out.
        case busy
        /// The disk or the database's page limit is full; nothing was written.
        case full
        /// The file cannot be opened, or its directory cannot be written.
        case cannotOpen
        /// The file is damaged, or is no SQLite database.
        case corrupt
        /// A row breaks a rule of the schema.
        case constraint
        /// Reading or writing the file failed.
        case io
        /// Anything else: a mistake in an SQL text, a missing feature.
        case other
    }

    /// What to do about it.
    public let kind: Kind
    /// SQLite's extended result code.
    public let code: Int32
    /// SQLite's own words: for a log of the operator, never for a client.
    public let message: String

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
        kind =
            switch code & 0xFF {
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_FULL: .full
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: .cannotOpen
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
            case SQLITE_CONSTRAINT: .constraint
            case SQLITE_IOERR: .io
            default: .other
            }
    }

    /// "SQLite error CODE: message".
    public var description: String { "SQLite error \(code): \(message)" }
}
