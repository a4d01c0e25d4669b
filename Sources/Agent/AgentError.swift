internal import SQLite

/// Why the assistant could not do what it was asked.
public enum AgentError: Error, Equatable, Sendable {
    // Faults: the caller sent something wrong.

    /// An identifier has a byte that is not allowed, or is empty or too long.
    case badIdentifier(name: String, wanted: String)
    /// A text that must say something is empty.
    case emptyText
    /// A text is longer than its bound.
    case textTooLong(bytesMax: Int)
    /// The knowledge file is longer than its bound.
    case knowledgeTooLarge(bytesMax: Int)
    /// The knowledge file has more rows than its bound.
    case knowledgeTooManyRows(rowsMax: Int)
    /// The knowledge file's first line is not the header. `found` is cut at 128 bytes.
    case knowledgeHeader(found: String, wanted: String)
    /// The knowledge file has no row that could be taken; `refused` says why, one row each.
    case knowledgeWithoutRows(refused: [RefusedRow])
    /// The knowledge base has no such version to go back to; these it has.
    case versionUnknown(kept: [Int64])
    /// The principal has as many open tickets as it may have.
    case tooManyOpenTickets(ticketsMax: Int)

    /// Something is as full or as large as it may be. `wanted` says what is allowed.
    case bound(_ wanted: String)
    /// What is asked for does not go with what a ticket or conversation is now. `wanted` names the mend.
    case conflict(wanted: String)

    // Failures: we could not.

    /// The queue in front of the database's threads is full.
    case busy
    /// The disk is full. Nothing was written.
    case storageFull
    /// The database failed. `reason` is for the operator, never for a client.
    case storage(reason: String)
    /// The database was written by a newer version.
    case schemaTooNew(file: String, found: Int64, supported: Int64)
    /// A policy file is wrong: the message names the file, the place, what was found and what was wanted.
    case policy(message: String)
    /// An embedding model cannot be used: the message names the file, what was found and what was wanted.
    case model(message: String)

    init(_ error: SQLiteError) {
        switch error.kind {
        case .full: self = .storageFull
        case .busy: self = .busy
        case .cannotOpen, .corrupt, .constraint, .io, .other: self = .storage(reason: error.description)
        }
    }

    /// Runs `body` and turns the database's error into this module's.
    static func translating<Value>(_ body: () throws(SQLiteError) -> Value) throws(AgentError) -> Value {
        do { return try body() } catch { throw AgentError(error) }
    }
}
