internal import SQLite

/// Why content at rest could not be sealed, opened or shredded.
public enum ContentError: Error, Hashable, Sendable {
    /// Its key is gone for good: the content was erased, or sealed under a key that this keyring never had.
    case shredded
    /// It was changed, cut short, or stands where something else was sealed.
    case damaged
    /// It is larger than content may be.
    case tooLarge(bytesMax: Int)
    /// Others hold the database, or too many jobs wait for it.
    case busy
    /// The disk is full. Nothing was written.
    case storageFull
    /// The database or a file failed. `reason` is for the operator, never for a client.
    case storage(reason: String)

    init(_ error: SQLiteError) {
        switch error.kind {
        case .full: self = .storageFull
        case .busy: self = .busy
        case .cannotOpen, .corrupt, .constraint, .io, .other: self = .storage(reason: error.description)
        }
    }

    /// Runs `body` and turns the database's error into this one.
    static func translating<Value>(_ body: () throws(SQLiteError) -> Value) throws(ContentError) -> Value {
        do { return try body() } catch { throw ContentError(error) }
    }
}
