internal import SQLite
public import Threading

/// Conversations in SQLite, their texts sealed each with its conversation's own key (`ContentKeyring`).
///
/// To erase one its key is shredded first: from then on no copy of its texts can be read, whether in free pages, in the
/// write-ahead log or in a backup. What was said is on disk when it is answered.
public final class SessionStore: Sendable {
    private let writer: DatabaseThreads<Database>
    private let reader: DatabaseThreads<Database>
    private let keyring: ContentKeyring

    private init(writer: DatabaseThreads<Database>, reader: DatabaseThreads<Database>, keyring: ContentKeyring) {
        self.writer = writer
        self.reader = reader
        self.keyring = keyring
    }

    /// Jobs that wait for the threads that read and for the one that writes.
    public var queueDepths: (read: Int, write: Int) { (reader.queueDepth, writer.queueDepth) }

    /// Opens the database at `path` and makes it where there is none. It blocks; call it at start.
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(path: String, keyring: ContentKeyring) throws(AgentError) -> SessionStore {
        let writer = try DatabaseThreads.start(named: "chats-write", count: 1) { () throws(AgentError) in
            let database = try AgentError.translating { () throws(SQLiteError) in
                let database = try Database.open(path, access: .readWrite)
                try database.run("PRAGMA secure_delete=ON")
                return database
            }
            try Migration.migrate(database, file: path, steps: SessionTable.schema)
            return database
        }
        let reader = try DatabaseThreads.start(named: "chats-read", count: 1) { () throws(AgentError) in
            try AgentError.translating { () throws(SQLiteError) in try Database.open(path, access: .readOnly) }
        }
        return SessionStore(writer: writer, reader: reader, keyring: keyring)
    }

    /// Begins a conversation.
    /// - Parameter metadata: a JSON object, redacted, of at most `AgentLimits.sessionMetadataBytesMax`.
    /// - Throws: `.bound`, `.busy`, `.storageFull`, `.storage`.
    public func create(
        _ id: SessionID, of owner: PrincipalKey, metadata: CleanText? = nil, now: Int64 = WallClock.microseconds
    ) async throws(AgentError) {
        guard metadata?.bytes.count ?? 0 <= AgentLimits.sessionMetadataBytesMax else {
            throw .bound("metadata may have \(AgentLimits.sessionMetadataBytesMax) bytes")
        }
        let seal = try await seal(of: id, owner)
        let sealed: [UInt8]? = if let metadata { try seal.seal(metadata.bytes, as: .metadata) } else { nil }
        try await write { (database) throws(AgentError) in
            try SessionTable.insert(id, owner, metadata: sealed, now: now, in: database)
        }
    }

    /// A conversation of `owner`'s; nil where there is none, or it is somebody else's.
    /// - Throws: `.busy`, `.storage`.
    public func session(_ id: SessionID, of owner: PrincipalKey) async throws(AgentError) -> SessionContent? {
        guard let found = try await find(id, owner), let seal = try await existingSeal(of: found.session) else {
            return nil
        }
        return try Self.content(found, seal)
    }

    /// A conversation, whoever's it is; nil where there is none.
    /// - Throws: `.busy`, `.storage`.
    public func anybodysSession(_ id: SessionID) async throws(AgentError) -> SessionContent? {
        guard let found = try await find(id, nil), let seal = try await existingSeal(of: found.session) else {
            return nil
        }
        return try Self.content(found, seal)
    }

    /// Conversations, newest first.
    /// - Throws: `.busy`, `.storage`.
    public func sessions(_ filter: SessionFilter) async throws(AgentError) -> SessionPage {
        var filter = filter
        filter.limit = max(1, min(filter.limit, AgentLimits.sessionsPerPageMax))
        return try await read { [filter] (database) throws(AgentError) in try SessionTable.page(filter, in: database) }
    }

    /// Messages after position `after`, oldest first, at most `limit`.
    /// - Throws: `.busy`, `.storage`.
    public func messages(
        of session: Session, after: Int = 0, limit: Int = AgentLimits.messagesPerPageMax
    ) async throws(AgentError) -> [SessionMessage] {
        guard let seal = try await existingSeal(of: session) else { return [] }
        return try await read { (database) throws(AgentError) in
            guard let found = try SessionTable.find(session.id, of: session.owner, in: database) else { return [] }
            return try Self.open(
                try SessionTable.messages(of: found.number, after: max(0, after), limit: limit, in: database), seal)
        }
    }

    /// What was said before, as it goes with the next question.
    /// - Throws: `.busy`, `.storage`.
    public func history(of session: Session) async throws(AgentError) -> [ChatMessage] {
        guard let seal = try await existingSeal(of: session) else { return [] }
        return try await read { (database) throws(AgentError) in
            guard let found = try SessionTable.find(session.id, of: session.owner, in: database) else { return [] }
            return try Self.window(found, seal, in: database).messages
        }
    }

    /// Adds a question and its answer. They are on disk when this returns.
    /// - Throws: `.bound` where the conversation is as long as it may be, `.conflict` where it was erased meanwhile, `.busy`,
    ///   `.storageFull`, `.storage`.
    public func append(
        _ turn: SessionTurn, to session: Session, now: Int64 = WallClock.microseconds
    ) async throws(AgentError) {
        guard let seal = try await existingSeal(of: session) else { throw AgentError(content: .shredded) }
        try await write { (database) throws(AgentError) in
            guard let found = try SessionTable.find(session.id, of: session.owner, in: database) else {
                throw AgentError(content: .shredded)
            }
            let bytes = turn.question.bytes.count + turn.answer.count
            try Self.checkRoom(found, for: bytes)
            for (offset, text, role) in [(1, turn.question.bytes, ChatMessage.Role.user), (2, turn.answer, .assistant)]
            {
                let position = found.session.messages + offset
                let message = SessionMessage(
                    position: position, role: role, text: [], requestID: turn.requestID, createdMicroseconds: now,
                    route: role == .assistant ? turn.route : nil, attachments: role == .user ? turn.attachments : [])
                try SessionTable.insert(
                    message, content: try seal.seal(text, as: .message(position, role)), of: found.number, in: database)
            }
            try SessionTable.advance(found.number, by: turn, bytes: bytes, now: now, in: database)
            let window = try Self.window(found, seal, in: database)
            if window.coveredThrough > found.summaryThrough {
                try SessionTable.wantSummary(of: found.number, in: database)
            }
        }
    }

    /// Refuses a conversation that has no room for another exchange, before anything is done for it.
    /// - Throws: `.bound`.
    public func checkRoom(in session: Session, for bytes: Int) async throws(AgentError) {
        guard let found = try await find(session.id, session.owner) else { return }
        try Self.checkRoom(found, for: bytes)
    }

    /// Notes that a person was called to the conversation.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func escalate(_ session: Session, ticket: [UInt8]) async throws(AgentError) {
        try await write { (database) throws(AgentError) in
            guard let found = try SessionTable.find(session.id, of: session.owner, in: database) else { return }
            try SessionTable.escalate(found.number, ticket: ticket, in: database)
        }
    }

    /// Sums up what was said so far and keeps it. Doing it twice is doing it once.
    /// - Returns: the summary; nil where nothing was said, or there is no such conversation.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func summarise(_ session: Session) async throws(AgentError) -> [UInt8]? {
        guard let seal = try await existingSeal(of: session) else { return nil }
        return try await write { (database) throws(AgentError) in
            guard let found = try SessionTable.find(session.id, of: session.owner, in: database) else { return nil }
            let messages = try Self.open(
                try SessionTable.messages(
                    of: found.number, after: 0, limit: AgentLimits.messagesPerSessionMax, in: database), seal)
            guard let summary = SessionSummary.make(of: messages) else { return nil }
            try SessionTable.setSummary(
                try seal.seal(summary, as: .summary), through: messages.last?.position ?? 0, of: found.number,
                in: database)
            return summary
        }
    }

    /// Conversations whose window no longer holds all, and whose summary is behind it.
    /// - Throws: `.busy`, `.storage`.
    public func wantingSummary(limit: Int) async throws(AgentError) -> [Session] {
        try await read { (database) throws(AgentError) in try SessionTable.wantingSummary(limit: limit, in: database) }
    }

    /// The conversation, where its summary is still behind; nil where it is not, or there is none.
    /// - Throws: `.busy`, `.storage`.
    public func wantingSummary(_ id: [UInt8], of owner: PrincipalKey) async throws(AgentError) -> Session? {
        try await read { (database) throws(AgentError) in
            guard let found = try SessionTable.find(SessionID(stored: id), of: owner, in: database),
                try SessionTable.wantsSummary(found.number, in: database)
            else { return nil }
            return found.session
        }
    }

    /// Conversations in which nothing was said since `moment` (microseconds since 1970), the longest idle first.
    /// - Throws: `.busy`, `.storage`.
    public func idle(
        since moment: Int64, limit: Int = AgentLimits.sessionsPerRetentionMax
    ) async throws(AgentError) -> [Session] {
        try await read { (database) throws(AgentError) in
            try SessionTable.idle(since: moment, limit: limit, in: database)
        }
    }

    /// Erases a conversation for good: its key, then its rows. Where it fails in between, doing it again completes it.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func erase(_ session: Session) async throws(AgentError) {
        do throws(ContentError) { try await keyring.shred(.session(session.id.bytes, of: session.owner)) } catch {
            throw AgentError(content: error)
        }
        try await write { (database) throws(AgentError) in
            guard let found = try SessionTable.find(session.id, of: session.owner, in: database) else { return }
            try SessionTable.delete(found.number, in: database)
        }
    }

    // MARK: Threads and keys

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws(AgentError) -> Value
    ) async throws(AgentError) -> Value {
        try await reader.run { database in
            Result { () throws(AgentError) in
                try database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in try body(database)
                }
            }
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws(AgentError) -> Value
    ) async throws(AgentError) -> Value {
        try await writer.run { database in
            Result { () throws(AgentError) in
                try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in try body(database)
                }
            }
        }
    }

    private func find(_ id: SessionID, _ owner: PrincipalKey?) async throws(AgentError) -> SessionTable.Found? {
        try await read { (database) throws(AgentError) in
            if let owner { return try SessionTable.find(id, of: owner, in: database) }
            return try SessionTable.find(id, in: database)
        }
    }

    private func seal(of id: SessionID, _ owner: PrincipalKey) async throws(AgentError) -> SessionSeal {
        do throws(ContentError) {
            return SessionSeal(key: try await keyring.key(of: .session(id.bytes, of: owner)), id: id)
        } catch {
            throw AgentError(content: error)
        }
    }

    /// nil where the key was shredded: its rows are then as good as gone.
    private func existingSeal(of session: Session) async throws(AgentError) -> SessionSeal? {
        do throws(ContentError) {
            return try await keyring.existingKey(of: .session(session.id.bytes, of: session.owner)).map {
                SessionSeal(key: $0, id: session.id)
            }
        } catch {
            throw AgentError(content: error)
        }
    }

    private static func checkRoom(_ found: SessionTable.Found, for bytes: Int) throws(AgentError) {
        guard found.session.messages + 2 <= AgentLimits.messagesPerSessionMax,
            found.bytes + bytes <= AgentLimits.sessionBytesMax
        else {
            throw .bound(
                "a conversation may have \(AgentLimits.messagesPerSessionMax) messages and "
                    + "\(AgentLimits.sessionBytesMax) bytes: begin another")
        }
    }

    private static func content(_ found: SessionTable.Found, _ seal: SessionSeal) throws(AgentError) -> SessionContent {
        SessionContent(
            session: found.session,
            metadata: try found.metadata.map { sealed throws(AgentError) in try seal.open(sealed, as: .metadata) },
            summary: try found.summary.map { sealed throws(AgentError) in try seal.open(sealed, as: .summary) })
    }

    private static func window(
        _ found: SessionTable.Found, _ seal: SessionSeal, in database: Database
    ) throws(AgentError) -> ContextWindow {
        // A message takes five tokens at least.
        let rows = try SessionTable.messages(
            of: found.number, after: nil, limit: AgentLimits.windowTokensMax / 5 + 1, in: database)
        let summary = try found.summary.map { sealed throws(AgentError) in try seal.open(sealed, as: .summary) }
        return ContextWindow(newestFirst: try open(rows, seal), summary: summary)
    }

    private static func open(_ rows: [SessionTable.Sealed], _ seal: SessionSeal) throws(AgentError) -> [SessionMessage]
    {
        var messages: [SessionMessage] = []
        for row in rows { messages.append(try seal.open(row)) }
        return messages
    }
}
