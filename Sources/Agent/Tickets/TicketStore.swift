internal import SQLite
internal import Synchronization
public import Threading

/// Tickets in SQLite. One that was handed out is on disk and survives a kill and a power cut (`synchronous=FULL`).
public final class TicketStore: Sendable {
    private let writer: DatabaseThreads<Database>
    private let reader: DatabaseThreads<Database>
    private let levels = Mutex(ServiceLevels.standard)

    private init(writer: DatabaseThreads<Database>, reader: DatabaseThreads<Database>) {
        self.writer = writer
        self.reader = reader
    }

    /// Jobs that wait for the threads that read and for the one that writes.
    public var queueDepths: (read: Int, write: Int) { (reader.queueDepth, writer.queueDepth) }
    /// How long jobs waited for them, in microseconds.
    public var queueWaits: (read: HistogramCounts, write: HistogramCounts) { (reader.queueWaits, writer.queueWaits) }

    /// Opens the database at `path` and makes it where there is none. It blocks; call it at start.
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(path: String) throws(AgentError) -> TicketStore {
        let writer = try DatabaseThreads.start(named: "ticket-write", count: 1) { () throws(AgentError) in
            let database = try AgentError.translating { () throws(SQLiteError) in
                try Database.open(path, access: .readWrite)
            }
            try Migration.migrate(database, file: path, steps: TicketTable.schema)
            return database
        }
        let reader = try DatabaseThreads.start(named: "ticket-read", count: 1) { () throws(AgentError) in
            try AgentError.translating { () throws(SQLiteError) in try Database.open(path, access: .readOnly) }
        }
        return TicketStore(writer: writer, reader: reader)
    }

    /// From here on tickets are opened with the priorities and times of `policy`.
    public func adopt(_ policy: EscalationPolicy) { levels.withLock { $0 = policy.serviceLevels } }

    /// Opens a ticket. It is on disk when this returns.
    /// - Throws: `.emptyText`, `.textTooLong`, `.tooManyOpenTickets`, `.busy`, `.storageFull`, `.storage`.
    public func create(_ draft: TicketDraft) async throws(AgentError) -> Ticket {
        try Self.check(draft.message)
        let levels = levels.withLock { $0 }
        let level = levels.level(of: draft.category)
        let priority = draft.priority ?? level.priority
        let now = WallClock.microseconds
        let ticket = Ticket(
            id: TicketID.make(), category: draft.category, message: draft.message.bytes, owner: draft.owner,
            customerID: draft.customerID?.bytes, requestID: draft.requestID, createdMicroseconds: now,
            updatedMicroseconds: now, state: .open, priority: priority,
            clock: .running(for: levels.minutes(of: draft.category, priority), from: now),
            sessionID: draft.sessionID?.bytes,
            reasons: Array(draft.reasons.prefix(AgentLimits.reasonsPerTicketMax)))
        return try await write { (database) throws(AgentError) in
            try TicketTable.insert(ticket, into: database)
            return ticket
        }
    }

    /// The ticket called `id`, or nil where there is none (or it could be none's name).
    /// - Throws: `.busy`, `.storage`.
    public func ticket(_ id: [UInt8]) async throws(AgentError) -> Ticket? {
        guard TicketID.isWellFormed(id) else { return nil }
        return try await reader.run { database in
            Result { () throws(AgentError) in try TicketTable.find(id, in: database)?.ticket }
        }
    }

    /// The tickets that `filter` lets through, newest first.
    /// - Throws: `.busy`, `.storage`.
    public func tickets(_ filter: TicketFilter) async throws(AgentError) -> TicketPage {
        var filter = filter
        filter.limit = max(1, min(filter.limit, AgentLimits.ticketsPerPageMax))
        let now = WallClock.microseconds
        return try await reader.run { [filter] database in
            Result { () throws(AgentError) in try TicketTable.page(filter, now: now, in: database) }
        }
    }

    /// Changes a ticket. The change is on disk when this returns.
    /// - Returns: the ticket as it is now; nil where there is none.
    /// - Throws: `.conflict`, `.busy`, `.storageFull`, `.storage`.
    public func change(_ id: [UInt8], _ change: TicketChange) async throws(AgentError) -> Ticket? {
        guard TicketID.isWellFormed(id) else { return nil }
        let levels = levels.withLock { $0 }
        let now = WallClock.microseconds
        return try await write { (database) throws(AgentError) in
            guard let found = try TicketTable.find(id, in: database) else { return nil }
            let ticket = try found.ticket.changed(change, levels: levels, now: now)
            try TicketTable.update(ticket, in: database)
            return ticket
        }
    }

    /// Says which conversation a ticket came from, where it does not say so yet.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func link(_ id: [UInt8], to session: SessionID) async throws(AgentError) {
        guard TicketID.isWellFormed(id) else { return }
        _ = try await write { (database) throws(AgentError) -> Bool in
            guard var ticket = try TicketTable.find(id, in: database)?.ticket, ticket.sessionID == nil else {
                return false
            }
            ticket.sessionID = session.bytes
            try TicketTable.update(ticket, in: database)
            return true
        }
    }

    /// Adds a note to a ticket.
    /// - Returns: the note; nil where there is no such ticket.
    /// - Throws: `.emptyText`, `.textTooLong`, `.bound`, `.busy`, `.storageFull`, `.storage`.
    public func note(_ text: CleanText, on id: [UInt8], by author: PrincipalKey) async throws(AgentError) -> TicketNote?
    {
        try Self.check(text)
        guard TicketID.isWellFormed(id) else { return nil }
        let now = WallClock.microseconds
        return try await write { (database) throws(AgentError) in
            guard let found = try TicketTable.find(id, in: database) else { return nil }
            return try TicketTable.note(text.bytes, by: author, on: found.number, now: now, in: database)
        }
    }

    /// The notes of a ticket, oldest first.
    /// - Throws: `.busy`, `.storage`.
    public func notes(on id: [UInt8]) async throws(AgentError) -> [TicketNote] {
        guard TicketID.isWellFormed(id) else { return [] }
        return try await reader.run { database in
            Result { () throws(AgentError) in
                guard let found = try TicketTable.find(id, in: database) else { return [] }
                return try TicketTable.notes(of: found.number, in: database)
            }
        }
    }

    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws(AgentError) -> Value
    ) async throws(AgentError) -> Value {
        try await writer.run { database in
            Result { () throws(AgentError) in
                try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
                    try body(database)
                }
            }
        }
    }

    private static func check(_ text: CleanText) throws(AgentError) {
        guard !text.bytes.isEmpty else { throw .emptyText }
        guard text.bytes.count <= AgentLimits.textBytesMax else {
            throw .textTooLong(bytesMax: AgentLimits.textBytesMax)
        }
    }
}

extension TicketStore {
    /// Tickets that nobody outside was told of, oldest first.
    /// - Throws: `.busy`, `.storage`.
    public func unannounced(limit: Int) async throws(AgentError) -> [[UInt8]] {
        try await reader.run { database in
            Result { () throws(AgentError) in try TicketTable.unannounced(limit: limit, in: database) }
        }
    }

    /// Notes that somebody outside is told of a ticket: the job for it is on disk.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func markAnnounced(_ id: [UInt8]) async throws(AgentError) {
        try await write { (database) throws(AgentError) in try TicketTable.markAnnounced(id, in: database) }
    }
}
