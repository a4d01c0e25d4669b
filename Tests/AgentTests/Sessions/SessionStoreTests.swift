import Foundation
import OpenSSL
import SQLite
import Testing

@testable import Agent

private let alice = PrincipalKey(issuer: Array("i".utf8), subject: Array("alice".utf8))
private let bob = PrincipalKey(issuer: Array("i".utf8), subject: Array("bob".utf8))

@Suite struct `conversations` {
    private let directory: TemporaryDirectory
    private let store: SessionStore
    private let keyring: ContentKeyring

    init() throws {
        directory = try TemporaryDirectory()
        var key = [UInt8](repeating: 7, count: 32)
        keyring = try ContentKeyring.open(
            path: directory.file("keys.sqlite"), key: ContentKeyEncryptionKey(SecretBytes(wiping: &key)))
        store = try SessionStore.open(path: directory.file("sessions.sqlite"), keyring: keyring)
    }

    private func begin(_ name: String, of owner: PrincipalKey = alice, metadata: String? = nil) async throws -> Session
    {
        let id = try SessionID(clean(name))
        try await store.create(id, of: owner, metadata: metadata.map { clean($0) })
        return try #require(try await store.session(id, of: owner)).session
    }

    private func turn(_ question: String, _ answer: String, isFailure: Bool = false, ticket: String? = nil)
        -> SessionTurn
    {
        SessionTurn(
            question: clean(question), answer: Array(answer.utf8), route: Array("faq_exact".utf8), isFailure: isFailure,
            ticketID: ticket.map { Array($0.utf8) }, requestID: Array("r-1".utf8))
    }

    /// All bytes of the database: its file, its write-ahead log and what lies between.
    private func bytesOnDisk() throws -> Data {
        var all = Data()
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
            all += try Data(contentsOf: URL(filePath: directory.file(name)))
        }
        return all
    }

    @Test func `keep what was said, in order`() async throws {
        let session = try await begin("chat-0001", metadata: #"{"channel":"web"}"#)
        try await store.append(turn("first?", "one"), to: session)
        try await store.append(turn("second?", "two", ticket: "T-1"), to: session)
        let messages = try await store.messages(of: session)
        #expect(messages.map { text($0.text) } == ["first?", "one", "second?", "two"])
        #expect(
            messages.map(\.role) == [.user, .assistant, .user, .assistant] && messages.map(\.position) == [1, 2, 3, 4])
        #expect(try await store.messages(of: session, after: 2, limit: 1).map { text($0.text) } == ["second?"])
        let content = try #require(try await store.session(session.id, of: alice))
        #expect(content.metadata.map { text($0) } == #"{"channel":"web"}"#)
        #expect(content.session.state == .escalated && content.session.ticketID == Array("T-1".utf8))
        #expect(content.session.messages == 4)
        #expect(try await store.history(of: session).map { text($0.text) } == ["first?", "one", "second?", "two"])
    }

    @Test func `are for nobody but their owner`() async throws {
        let session = try await begin("chat-0001")
        #expect(try await store.session(session.id, of: bob) == nil)
        // A name that two principals chose stands for two conversations.
        let other = try await begin("chat-0001", of: bob)
        try await store.append(turn("of bob", "yes"), to: other)
        #expect(try await store.messages(of: session).isEmpty)
        try await store.erase(other)
        #expect(try await store.session(session.id, of: alice) != nil)
    }

    @Test func `lie sealed on the disk`() async throws {
        let session = try await begin("chat-0001", metadata: #"{"channel":"metadatum-7341"}"#)
        try await store.append(turn("question-7342", "answer-7343"), to: session)
        _ = try await store.summarise(session)
        let bytes = try bytesOnDisk()
        for secret in ["question-7342", "answer-7343", "metadatum-7341"] {
            #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret)")
        }
        #expect(bytes.firstRange(of: Data("chat-0001".utf8)) != nil, "the files are looked at")
    }

    @Test func `that are erased can be read in no copy`() async throws {
        let session = try await begin("chat-0001")
        try await store.append(turn("secret", "answer"), to: session)
        let copy = directory.file("copy.sqlite")
        try Database.open(directory.file("sessions.sqlite"), access: .readWrite).runScript("VACUUM INTO '\(copy)'")
        try await store.erase(session)
        #expect(try await store.session(session.id, of: alice) == nil)
        #expect(try await store.messages(of: session).isEmpty)
        await #expect(throws: AgentError.self) { try await store.append(turn("more", "x"), to: session) }
        // The copy has the rows, and nothing that opens them.
        let old = try SessionStore.open(path: copy, keyring: keyring)
        #expect(try await old.sessions(SessionFilter()).sessions.map(\.id) == [session.id])
        #expect(try await old.messages(of: session).isEmpty)
        #expect(try await old.session(session.id, of: alice) == nil)
        try await store.erase(session)
        // One of the same name has another key, and nothing of before.
        let again = try await begin("chat-0001")
        #expect(try await store.messages(of: again).isEmpty)
        #expect(throws: Never.self) { try Database.open(copy, access: .readOnly) }
        await #expect(throws: AgentError.self) { _ = try await old.messages(of: again) }
    }

    @Test func `count failures in a row`() async throws {
        let session = try await begin("chat-0001")
        for (isFailure, count) in [(true, 1), (true, 2), (false, 0), (true, 1)] {
            try await store.append(turn("q", "a", isFailure: isFailure), to: session)
            #expect(try await store.session(session.id, of: alice)?.session.failures == count)
        }
    }

    @Test func `want a summary once the window no longer holds all of them, and have it in its stead`() async throws {
        let session = try await begin("chat-0001")
        let long = String(repeating: "x", count: 1_000)
        for number in 0..<3 { try await store.append(turn("q\(number) \(long)", "a\(number) \(long)"), to: session) }
        #expect(try await store.wantingSummary(limit: 10).isEmpty)
        for number in 3..<6 { try await store.append(turn("q\(number) \(long)", "a\(number) \(long)"), to: session) }
        #expect(try await store.wantingSummary(limit: 10).map(\.id) == [session.id])
        let before = try await store.history(of: session)
        #expect(before.first?.role == .user && before.count < 12)
        let summary = try #require(try await store.summarise(session))
        #expect(text(summary).hasPrefix("6 questions.\nThe customer wrote: q0 xxx"))
        #expect(try await store.wantingSummary(limit: 10).isEmpty)
        let history = try await store.history(of: session)
        #expect(history.first?.role == .system && text(history.first?.text ?? []).contains("q0 xxx"))
        #expect(history.last.map { text($0.text).hasPrefix("a5 ") } == true)
        let tokens = history.reduce(0) { $0 + ContextWindow.tokens(of: $1.text) }
        #expect(tokens <= AgentLimits.windowTokensMax + 10)
        #expect(try await store.session(session.id, of: alice)?.summary == summary)
    }

    @Test func `are bounded for each principal`() async throws {
        let first = try await begin("chat-0001")
        let most = AgentLimits.sessionsPerOwnerMax
        try Database.open(directory.file("sessions.sqlite"), access: .readWrite).runScript(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < \(most - 1))
            INSERT INTO sessions (id, issuer, subject, created, used, state) SELECT 's-' || i, 'i', 'alice', 0, 0, 'open' FROM n;
            """)
        _ = try await begin("chat-last")
        await #expect(throws: AgentError.bound("a principal may have \(most) conversations: delete one")) {
            try await begin("chat-past")
        }
        _ = try await begin("chat-bobs", of: bob)
        try await store.erase(first)
        _ = try await begin("chat-past")
    }

    @Test func `are bounded in their messages and bytes`() async throws {
        let session = try await begin("chat-0001")
        let database = try Database.open(directory.file("sessions.sqlite"), access: .readWrite)
        try database.run("UPDATE sessions SET messages = ?1", .integer(Int64(AgentLimits.messagesPerSessionMax - 2)))
        try await store.append(turn("the last", "one"), to: session)
        await #expect(throws: AgentError.self) { try await store.append(turn("one", "past"), to: session) }
        let other = try await begin("chat-0002")
        try database.run(
            "UPDATE sessions SET bytes = ?1 WHERE id = 'chat-0002'", .integer(Int64(AgentLimits.sessionBytesMax - 4)))
        try await store.checkRoom(in: other, for: 4)
        await #expect(throws: AgentError.self) { try await store.checkRoom(in: other, for: 5) }
        try await store.append(turn("ab", "cd"), to: other)
        await #expect(throws: AgentError.self) { try await store.append(turn("e", ""), to: other) }
    }

    @Test func `bound what a client keeps with them`() async throws {
        let most = AgentLimits.sessionMetadataBytesMax
        _ = try await begin("chat-0001", metadata: String(repeating: "x", count: most))
        await #expect(throws: AgentError.self) {
            try await begin("chat-0002", metadata: String(repeating: "x", count: most + 1))
        }
    }

    @Test func `are listed newest first, by subject and state`() async throws {
        for number in 0..<3 { _ = try await begin("chat-000\(number)") }
        let bobs = try await begin("chat-bobs", of: bob)
        try await store.escalate(bobs, ticket: Array("T-9".utf8))
        var filter = SessionFilter()
        filter.limit = 3
        let page = try await store.sessions(filter)
        #expect(page.sessions.map { text($0.id.bytes) } == ["chat-bobs", "chat-0002", "chat-0001"])
        #expect(page.next != nil)
        filter.cursor = page.next
        let rest = try await store.sessions(filter)
        #expect(rest.sessions.map { text($0.id.bytes) } == ["chat-0000"] && rest.next == nil)
        filter = SessionFilter()
        filter.state = .escalated
        #expect(try await store.sessions(filter).sessions.map(\.id) == [bobs.id])
        filter = SessionFilter()
        filter.subject = Array("alice".utf8)
        #expect(try await store.sessions(filter).sessions.count == 3)
    }

    @Test func `that nothing was said in for long are found`() async throws {
        let old = try SessionID(clean("chat-old-"))
        try await store.create(old, of: alice, now: 1_000)
        let used = try SessionID(clean("chat-used"))
        try await store.create(used, of: alice, now: 1_000)
        try await store.append(
            turn("q", "a"), to: try #require(try await store.session(used, of: alice)).session, now: 5_000)
        #expect(try await store.idle(since: 1_000).isEmpty)
        #expect(try await store.idle(since: 5_000).map(\.id) == [old])
        #expect(try await store.idle(since: 5_001).map(\.id) == [old, used])
    }

    @Test func `have names that nobody can guess and that are sessions' names`() throws {
        let names = Set((0..<50).map { _ in SessionID.random().bytes })
        #expect(names.count == 50)
        for name in names { #expect(try SessionID(CleanText(redacted: name)).bytes == name && name.count == 28) }
    }
}

@Suite struct `what was counted` {
    @Test func `is added up day by day, and kept where it cannot be written`() async throws {
        let directory = try TemporaryDirectory()
        var key = [UInt8](repeating: 7, count: 32)
        let keyring = try ContentKeyring.open(
            path: directory.file("keys.sqlite"), key: ContentKeyEncryptionKey(SecretBytes(wiping: &key)))
        let store = try SessionStore.open(path: directory.file("sessions.sqlite"), keyring: keyring)
        let counters = UsageCounters()
        let day: Int64 = 86_400
        counters.add(.requests, now: 10 * day + 5)
        counters.add(.escalated, 0, now: 10 * day + 5)
        counters.add(.requests, 2, now: 10 * day + 9)
        try await store.add(counters)
        counters.add(.requests, 4, now: 11 * day)
        try await store.add(counters)
        try await store.add(counters)
        let requests = Array("requests".utf8)
        #expect(
            try await store.usage(days: 2, now: 11 * day) == [
                UsageCount(day: 10, name: requests, count: 3), UsageCount(day: 11, name: requests, count: 4),
            ])
        #expect(try await store.usage(days: 1, now: 11 * day).map(\.count) == [4])
        try await store.dropOldUsage(now: (11 + Int64(AgentLimits.usageDaysMax)) * day)
        #expect(try await store.usage(days: 366, now: 11 * day).map(\.day) == [11])
        try Database.open(directory.file("sessions.sqlite"), access: .readWrite).runScript("DROP TABLE usage")
        counters.add(.requests, 8, now: 11 * day)
        await #expect(throws: AgentError.self) { try await store.add(counters) }
        #expect(counters.take().map(\.count) == [8])
    }
}

@Suite struct `the window of a conversation` {
    private func message(_ position: Int, _ count: Int) -> SessionMessage {
        SessionMessage(
            position: position, role: position % 2 == 1 ? .user : .assistant,
            text: [UInt8](repeating: 0x61, count: count),
            requestID: [], createdMicroseconds: 0, route: nil, attachments: [])
    }

    @Test func `takes the newest that fit, and begins with a question`() {
        // 40 bytes are 14 tokens by the estimate.
        let all = (1...6).reversed().map { message($0, 40) }
        #expect(ContextWindow(newestFirst: all, summary: nil, tokensMax: 84).messages.count == 6)
        #expect(ContextWindow(newestFirst: all, summary: nil, tokensMax: 84).coveredThrough == 0)
        let less = ContextWindow(newestFirst: all, summary: nil, tokensMax: 83)
        #expect(less.messages.count == 4 && less.coveredThrough == 2)
        #expect(less.messages.first?.role == .user)
        let summed = ContextWindow(newestFirst: all, summary: Array("short".utf8), tokensMax: 83)
        #expect(summed.messages.map(\.role) == [.system, .user, .assistant, .user, .assistant])
        #expect(ContextWindow(newestFirst: [], summary: nil).messages.isEmpty)
        let giant = ContextWindow(newestFirst: [message(2, 100_000), message(1, 1)], summary: nil)
        #expect(giant.messages.isEmpty && giant.coveredThrough == 2)
    }
}
