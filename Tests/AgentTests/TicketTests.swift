import Agent
import Foundation
import SQLite
import Testing

enum TicketCount {
    static func read(_ path: String) throws -> Int64? {
        try Database.open(path, access: .readOnly).first("SELECT count(*) FROM tickets") { $0.integer(0) }
    }
}

@Suite struct `tickets` {
    private let directory: TemporaryDirectory
    private let alice = PrincipalKey(issuer: Array("i".utf8), subject: Array("alice".utf8))

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.file("tickets.sqlite") }

    private func draft(_ message: String, owner: PrincipalKey? = nil) -> TicketDraft {
        TicketDraft(
            category: .general, message: clean(message), owner: owner ?? alice, requestID: Array("r-9".utf8))
    }

    @Test func `are on disk when they are handed out and survive a restart`() async throws {
        var withCustomer = draft("my card 'is' \"lost\"; --")
        withCustomer.customerID = try CustomerID(clean("c:1.2-3_4"))
        withCustomer.category = try TicketCategory(clean("lost-card_1"))
        let ticket: Ticket
        do { ticket = try await TicketStore.open(path: path).create(withCustomer) }
        // A second store sees only what is in the files.
        let found = try await TicketStore.open(path: path).ticket(ticket.id)
        #expect(found == ticket)
        #expect(ticket.state == .open && ticket.createdMicroseconds > 1_700_000_000_000_000)
    }

    @Test func `have names that nobody can guess`() async throws {
        let store = try TicketStore.open(path: path)
        var ids: Set<[UInt8]> = []
        for _ in 0..<50 { ids.insert(try await store.create(draft("m")).id) }
        #expect(ids.count == 50)
        #expect(ids.allSatisfy { text($0).wholeMatch(of: /T-[0-9a-hjkmnp-tv-z]{26}/) != nil })
        // No place of the name is the same in all of them, but for the prefix.
        for place in 2..<27 { #expect(Set(ids.map { $0[place] }).count > 5) }
    }

    @Test(arguments: ["", "T-", "T-00000000000000000000000000", "T-0000000000000000000000000U", "' OR 1=1 --"])
    func `that do not exist are not found`(id: String) async throws {
        let store = try TicketStore.open(path: path)
        _ = try await store.create(draft("m"))
        #expect(try await store.ticket(Array(id.utf8)) == nil)
    }

    @Test func `bound their text`() async throws {
        let store = try TicketStore.open(path: path)
        let longest = String(repeating: "x", count: AgentLimits.textBytesMax)
        #expect(try await store.create(draft(longest)).message.count == AgentLimits.textBytesMax)
        await #expect(throws: AgentError.textTooLong(bytesMax: AgentLimits.textBytesMax)) {
            _ = try await store.create(draft(longest + "x"))
        }
        await #expect(throws: AgentError.emptyText) { _ = try await store.create(draft("")) }
    }

    @Test func `are bounded for each principal while they are open`() async throws {
        let store = try TicketStore.open(path: path)
        _ = try await store.create(draft("m"))
        let limit = AgentLimits.openTicketsPerOwnerMax
        let other = try Database.open(path, access: .readWrite)
        try other.runScript(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < \(limit - 1))
            INSERT INTO tickets (id, category, message, issuer, subject, request, created, state)
            SELECT 'T-' || i, 'general', 'm', 'i', 'alice', 'r', 0, 'open' FROM n;
            """)
        _ = try await store.create(draft("the last one"))
        await #expect(throws: AgentError.tooManyOpenTickets(ticketsMax: limit)) {
            _ = try await store.create(draft("one past"))
        }
        let bob = PrincipalKey(issuer: Array("i".utf8), subject: Array("bob".utf8))
        _ = try await store.create(draft("of somebody else", owner: bob))
        try other.runScript("UPDATE tickets SET state = 'closed' WHERE id = 'T-2'")
        _ = try await store.create(draft("after one was closed"))
    }

    @Test func `are opened side by side`() async throws {
        let store = try TicketStore.open(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let ticket = try await store.create(draft("message \(number)"))
                    #expect(try await store.ticket(ticket.id)?.message == Array("message \(number)".utf8))
                }
            }
            try await group.waitForAll()
        }
        #expect(try TicketCount.read(path) == 50)
    }

    @Test(arguments: [("a", true), ("a_b-9", true), ("", false), ("A", false), ("a b", false), ("é", false)])
    func `have categories of few letters`(category: String, isGood: Bool) {
        #expect(((try? TicketCategory(clean(category))) != nil) == isGood)
    }

    @Test func `bound their identifiers`() {
        func accepted(_ count: Int, _ make: (CleanText) throws -> Void) -> Bool {
            (try? make(clean(String(repeating: "a", count: count)))) != nil
        }
        for (count, isGood) in [(7, false), (8, true), (64, true), (65, false)] {
            #expect(accepted(count) { _ = try SessionID($0) } == isGood)
        }
        for (count, isGood) in [(0, false), (1, true), (64, true), (65, false)] {
            #expect(accepted(count) { _ = try CustomerID($0) } == isGood)
        }
        for (count, isGood) in [(0, false), (1, true), (32, true), (33, false)] {
            #expect(accepted(count) { _ = try TicketCategory($0) } == isGood)
        }
        #expect(throws: AgentError.self) { _ = try SessionID(clean("session id")) }
        #expect(throws: AgentError.self) { _ = try SessionID(clean("session.id")) }
        #expect(throws: AgentError.self) { _ = try CustomerID(clean("a/b")) }
    }
}
