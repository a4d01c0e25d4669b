internal import LinuxIO
internal import SQLite

/// Why a document was not taken, found or given back.
public enum DocumentError: Error, Hashable, Sendable {
    // The caller's doing.

    /// Nothing of the owner's is called so.
    case notFound
    /// It has no bytes.
    case empty
    /// It has more bytes than a document may have.
    case tooLarge(bytesMax: Int)
    /// The owner's documents together would have more bytes than they may have.
    case quotaExceeded(bytesMax: Int64)
    /// The owner has as many documents as it may have.
    case tooMany(versionsMax: Int)
    /// Its content is not taken.
    case refused(DocumentRefusal)

    // Ours.

    /// Its bytes on the disk are not those that were taken.
    case damaged
    /// Its key is gone: its owner was erased.
    case erased
    /// Too many jobs wait, or others hold the database.
    case busy
    /// The disk or the store is full. Nothing was written.
    case storageFull
    /// A scanner is configured and cannot be asked. `reason` is for the operator.
    case scannerAway(reason: String)
    /// The database or a file failed. `reason` is for the operator, never for a client.
    case storage(reason: String)

    init(_ error: ContentError) {
        switch error {
        case .shredded: self = .erased
        case .damaged: self = .damaged
        case .tooLarge(let bytesMax): self = .tooLarge(bytesMax: bytesMax)
        case .busy: self = .busy
        case .storageFull: self = .storageFull
        case .storage(let reason): self = .storage(reason: reason)
        }
    }

    init(_ error: FileError) {
        self = error.code == FileError.outOfSpaceCode ? .storageFull : .storage(reason: error.description)
    }

    static func translating<Value: ~Copyable>(_ body: () throws(ContentError) -> Value) throws(DocumentError) -> Value {
        do { return try body() } catch { throw DocumentError(error) }
    }

    static func querying<Value>(_ body: () throws(SQLiteError) -> Value) throws(DocumentError) -> Value {
        do { return try body() } catch { throw DocumentError(ContentError(error)) }
    }
}
