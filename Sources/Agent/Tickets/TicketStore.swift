internal import SQLite
public import Threading

/// Tickets in SQLite. One that was handed out is on disk and survives a kill and a power cut (`synchronous=FULL`).
public final class TicketStore: Sendable {
    private let writer: DatabaseThreads<Database>
    private let reader: DatabaseThreads<Database>

    private static let schema = [
        """
        CREATE TABLE tickets (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category TEXT NOT NULL, message TEXT NOT NULL,
            issuer TEXT NOT NULL, subject TEXT NOT NULL, customer TEXT, request TEXT NOT NULL,
            created INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'closed'))) STRICT;
        CREATE INDEX tickets_open ON tickets (issuer, subject) WHERE state = 'open';
        """
    ]

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
            try Migration.migrate(database, file: path, steps: schema)
            return database
        }
        let reader = try DatabaseThreads.start(named: "ticket-read", count: 1) { () throws(AgentError) in
            try AgentError.translating { () throws(SQLiteError) in try Database.open(path, access: .readOnly) }
        }
        return TicketStore(writer: writer, reader: reader)
    }

    /// Opens a ticket. It is on disk when this returns.
    /// - Throws: `.emptyText`, `.textTooLong`, `.tooManyOpenTickets`, `.busy`, `.storageFull`, `.storage`.
    public func create(_ draft: TicketDraft) async throws(AgentError) -> Ticket {
        guard !draft.message.bytes.isEmpty else { throw .emptyText }
        guard draft.message.bytes.count <= AgentLimits.textBytesMax else {
            throw .textTooLong(bytesMax: AgentLimits.textBytesMax)
        }
        let ticket = Ticket(
            id: TicketID.make(), category: draft.category, message: draft.message.bytes, owner: draft.owner,
            customerID: draft.customerID?.bytes, requestID: draft.requestID,
            createdMicroseconds: WallClock.microseconds, state: .open)
        return try await writer.run { database in
            Result { () throws(AgentError) in
                try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
                    try Self.insert(ticket, into: database)
                }
                return ticket
            }
        }
    }

    private static func insert(_ ticket: Ticket, into database: Database) throws(AgentError) {
        let ticketsMax = AgentLimits.openTicketsPerOwnerMax
        let open = try AgentError.translating { () throws(SQLiteError) in
            try database.first(
                """
                SELECT count(*) FROM
                    (SELECT 1 FROM tickets WHERE issuer = ?1 AND subject = ?2 AND state = 'open' LIMIT ?3)
                """,
                [.text(ticket.owner.issuer), .text(ticket.owner.subject), .integer(Int64(ticketsMax))]
            ) { $0.integer(0) } ?? 0
        }
        guard open < ticketsMax else { throw .tooManyOpenTickets(ticketsMax: ticketsMax) }
        try AgentError.translating { () throws(SQLiteError) in
            try database.run(
                """
                INSERT INTO tickets (id, category, message, issuer, subject, customer, request, created, state)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """,
                .text(ticket.id), .text(ticket.category.bytes), .text(ticket.message), .text(ticket.owner.issuer),
                .text(ticket.owner.subject), ticket.customerID.map { .text($0) } ?? .null, .text(ticket.requestID),
                .integer(ticket.createdMicroseconds), .text(Array(ticket.state.rawValue.utf8)))
        }
    }

    /// The ticket called `id`, or nil where there is none (or it could be none's name).
    /// - Throws: `.busy`, `.storage`.
    public func ticket(_ id: [UInt8]) async throws(AgentError) -> Ticket? {
        guard TicketID.isWellFormed(id) else { return nil }
        return try await reader.run { database in
            Result { () throws(AgentError) in
                try AgentError.translating { () throws(SQLiteError) in
                    try database.first(
                        """
                        SELECT id, category, message, issuer, subject, customer, request, created, state
                        FROM tickets WHERE id = ?1
                        """, [.text(id)], row: Self.read)
                }
            }
        }
    }

    private static func read(_ row: borrowing Row) -> Ticket {
        Ticket(
            id: row.bytes(0), category: TicketCategory(stored: row.bytes(1)), message: row.bytes(2),
            owner: PrincipalKey(issuer: row.bytes(3), subject: row.bytes(4)),
            customerID: row.isNull(5) ? nil : row.bytes(5), requestID: row.bytes(6),
            createdMicroseconds: row.integer(7),
            state: row.bytes(8).elementsEqual("open".utf8) ? .open : .closed)
    }
}
