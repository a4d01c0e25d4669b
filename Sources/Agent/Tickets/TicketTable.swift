internal import SQLite

/// Tickets as rows: what the threads of the store do with their connections.
enum TicketTable {
    static let schema = [
        """
        CREATE TABLE tickets (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category TEXT NOT NULL, message TEXT NOT NULL,
            issuer TEXT NOT NULL, subject TEXT NOT NULL, customer TEXT, request TEXT NOT NULL,
            created INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'closed'))) STRICT;
        CREATE INDEX tickets_open ON tickets (issuer, subject) WHERE state = 'open';
        """,
        // A CHECK cannot be changed, so the table is made anew (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table
        // Schema Changes"). Tickets of before have a day from when they were opened, and need not be announced.
        """
        ALTER TABLE tickets RENAME TO tickets_1;
        DROP INDEX tickets_open;
        CREATE TABLE tickets (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category TEXT NOT NULL, message TEXT NOT NULL,
            issuer TEXT NOT NULL, subject TEXT NOT NULL, customer TEXT, request TEXT NOT NULL,
            created INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'pending', 'resolved', 'closed')),
            updated INTEGER NOT NULL DEFAULT 0,
            priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
            due INTEGER, time_left INTEGER, session TEXT, assignee TEXT, reasons TEXT NOT NULL DEFAULT '',
            announced INTEGER NOT NULL DEFAULT 0) STRICT;
        INSERT INTO tickets (number, id, category, message, issuer, subject, customer, request, created, state, updated,
                due, time_left, announced)
            SELECT number, id, category, message, issuer, subject, customer, request, created, state, created,
                CASE state WHEN 'open' THEN created + 86400000000 END, CASE state WHEN 'open' THEN NULL ELSE 0 END, 1
            FROM tickets_1;
        DROP TABLE tickets_1;
        CREATE INDEX tickets_open ON tickets (issuer, subject) WHERE state = 'open';
        CREATE INDEX tickets_owner ON tickets (issuer, subject, number);
        CREATE INDEX tickets_unannounced ON tickets (number) WHERE announced = 0;
        CREATE TABLE notes (
            number INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES tickets (number), issuer TEXT NOT NULL,
            subject TEXT NOT NULL, text TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
        CREATE INDEX notes_ticket ON notes (ticket, number);
        """,
    ]

    private static let columns = """
        id, category, message, issuer, subject, customer, request, created, state, updated, priority, due, time_left,
        session, assignee, reasons, number
        """

    static func insert(_ ticket: Ticket, into database: Database) throws(AgentError) {
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
                INSERT INTO tickets (id, category, message, issuer, subject, customer, request, created, state, updated,
                    priority, due, time_left, session, reasons)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, ?10, ?11, ?12, ?13, ?14)
                """,
                .text(ticket.id), .text(ticket.category.bytes), .text(ticket.message), .text(ticket.owner.issuer),
                .text(ticket.owner.subject), text(ticket.customerID), .text(ticket.requestID),
                .integer(ticket.createdMicroseconds), word(ticket.state.rawValue), word(ticket.priority.rawValue),
                due(ticket), left(ticket), text(ticket.sessionID),
                word(ticket.reasons.map(\.rawValue).joined(separator: " ")))
        }
    }

    static func update(_ ticket: Ticket, in database: Database) throws(AgentError) {
        try AgentError.translating { () throws(SQLiteError) in
            try database.run(
                """
                UPDATE tickets SET category = ?2, state = ?3, updated = ?4, priority = ?5, due = ?6, time_left = ?7,
                    session = ?8, assignee = ?9
                WHERE id = ?1
                """,
                .text(ticket.id), .text(ticket.category.bytes), word(ticket.state.rawValue),
                .integer(ticket.updatedMicroseconds), word(ticket.priority.rawValue), due(ticket), left(ticket),
                text(ticket.sessionID), text(ticket.assignee))
        }
    }

    static func find(_ id: [UInt8], in database: Database) throws(AgentError) -> (ticket: Ticket, number: Int64)? {
        try AgentError.translating { () throws(SQLiteError) in
            try database.first("SELECT \(columns) FROM tickets WHERE id = ?1", [.text(id)]) {
                (read($0), $0.integer(16))
            }
        }
    }

    static func page(_ filter: TicketFilter, now: Int64, in database: Database) throws(AgentError) -> TicketPage {
        var rows: [(ticket: Ticket, number: Int64)] = []
        // One text for all filters, so that it is prepared once; one that is not asked for is NULL.
        try AgentError.translating { () throws(SQLiteError) in
            try database.query(
                """
                SELECT \(columns) FROM tickets
                WHERE (?1 IS NULL OR issuer = ?1 AND subject = ?2) AND (?3 IS NULL OR state = ?3)
                    AND (?4 IS NULL OR category = ?4) AND (?5 IS NULL OR priority = ?5)
                    AND (?6 IS NULL OR assignee = ?6) AND (?7 IS NULL OR number < ?7)
                    AND (?8 IS NULL OR (coalesce(due < ?9, time_left < 0)) = ?8)
                ORDER BY number DESC LIMIT ?10
                """,
                [
                    text(filter.owner?.issuer), text(filter.owner?.subject), word(filter.state?.rawValue),
                    text(filter.category?.bytes), word(filter.priority?.rawValue), text(filter.assignee?.bytes),
                    filter.cursor.map { .integer($0) } ?? .null,
                    filter.isBreached.map { .integer($0 ? 1 : 0) } ?? .null, .integer(now),
                    .integer(Int64(filter.limit + 1)),
                ]
            ) { rows.append((read($0), $0.integer(16))) }
        }
        let isMore = rows.count > filter.limit
        if isMore { rows.removeLast() }
        return TicketPage(tickets: rows.map(\.ticket), next: isMore ? rows.last?.number : nil)
    }

    private static func read(_ row: borrowing Row) -> Ticket {
        let reasons = row.bytes(15).split(separator: UInt8(ascii: " ")).compactMap {
            EscalationReason(rawValue: String(decoding: $0, as: UTF8.self))
        }
        return Ticket(
            id: row.bytes(0), category: TicketCategory(stored: row.bytes(1)), message: row.bytes(2),
            owner: PrincipalKey(issuer: row.bytes(3), subject: row.bytes(4)),
            customerID: row.isNull(5) ? nil : row.bytes(5), requestID: row.bytes(6),
            createdMicroseconds: row.integer(7), updatedMicroseconds: row.integer(9),
            state: Ticket.State(rawValue: String(decoding: row.bytes(8), as: UTF8.self)) ?? .closed,
            priority: Ticket.Priority(rawValue: String(decoding: row.bytes(10), as: UTF8.self)) ?? .normal,
            clock: TicketClock(row.isNull(11) ? .left(row.integer(12)) : .due(row.integer(11))),
            sessionID: row.isNull(13) ? nil : row.bytes(13), assignee: row.isNull(14) ? nil : row.bytes(14),
            reasons: reasons)
    }

    // MARK: Notes

    static func note(
        _ text: [UInt8], by author: PrincipalKey, on ticket: Int64, now: Int64, in database: Database
    ) throws(AgentError) -> TicketNote {
        let notesMax = AgentLimits.notesPerTicketMax
        guard try notes(of: ticket, in: database).count < notesMax else {
            throw .bound("a ticket may have \(notesMax) notes")
        }
        let number = try AgentError.translating { () throws(SQLiteError) in
            try database.run(
                "INSERT INTO notes (ticket, issuer, subject, text, created) VALUES (?1, ?2, ?3, ?4, ?5)",
                .integer(ticket), .text(author.issuer), .text(author.subject), .text(text), .integer(now))
            return try database.first("SELECT last_insert_rowid()") { $0.integer(0) } ?? 0
        }
        return TicketNote(number: number, author: author, text: text, createdMicroseconds: now)
    }

    /// Oldest first.
    static func notes(of ticket: Int64, in database: Database) throws(AgentError) -> [TicketNote] {
        var notes: [TicketNote] = []
        try AgentError.translating { () throws(SQLiteError) in
            try database.query(
                "SELECT number, issuer, subject, text, created FROM notes WHERE ticket = ?1 ORDER BY number",
                [.integer(ticket)]
            ) { row in
                notes.append(
                    TicketNote(
                        number: row.integer(0), author: PrincipalKey(issuer: row.bytes(1), subject: row.bytes(2)),
                        text: row.bytes(3), createdMicroseconds: row.integer(4)))
            }
        }
        return notes
    }

    // MARK: Announcing

    /// Tickets that nobody outside was told of, oldest first.
    static func unannounced(limit: Int, in database: Database) throws(AgentError) -> [[UInt8]] {
        var ids: [[UInt8]] = []
        try AgentError.translating { () throws(SQLiteError) in
            try database.query(
                "SELECT id FROM tickets WHERE announced = 0 ORDER BY number LIMIT ?1", [.integer(Int64(limit))]
            ) { ids.append($0.bytes(0)) }
        }
        return ids
    }

    static func markAnnounced(_ id: [UInt8], in database: Database) throws(AgentError) {
        try AgentError.translating { () throws(SQLiteError) in
            try database.run("UPDATE tickets SET announced = 1 WHERE id = ?1", .text(id))
        }
    }

    // MARK: Values

    private static func text(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .text($0) } ?? .null }
    private static func word(_ word: String?) -> SQLValue { word.map { .text(Array($0.utf8)) } ?? .null }

    private static func due(_ ticket: Ticket) -> SQLValue {
        if case .due(let moment) = ticket.clock.face { .integer(moment) } else { .null }
    }

    private static func left(_ ticket: Ticket) -> SQLValue {
        if case .left(let rest) = ticket.clock.face { .integer(rest) } else { .null }
    }
}
