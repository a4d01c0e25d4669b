import Foundation
import SQLite
import Testing

@testable import Agent

private let alice = PrincipalKey(issuer: Array("i".utf8), subject: Array("alice".utf8))
private let bob = PrincipalKey(issuer: Array("i".utf8), subject: Array("bob".utf8))
private let minute: Int64 = 60_000_000

@Suite struct `a ticket's life` {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.file("tickets.sqlite") }

    private func draft(_ message: String = "m", owner: PrincipalKey = alice, category: String = "general") throws
        -> TicketDraft
    {
        TicketDraft(category: try TicketCategory(clean(category)), message: clean(message), owner: owner, requestID: [])
    }

    @Test(arguments: Ticket.State.allCases, Ticket.State.allCases)
    func `goes by its table`(from: Ticket.State, to: Ticket.State) async throws {
        let allowed: [Ticket.State: Set<Ticket.State>] = [
            .open: [.open, .pending, .resolved, .closed], .pending: [.pending, .open, .resolved, .closed],
            .resolved: [.resolved, .open, .closed], .closed: [],
        ]
        let store = try TicketStore.open(path: path)
        let id = try await store.create(try draft()).id
        if from != .open { _ = try await store.change(id, TicketChange(state: from)) }
        if allowed[from]?.contains(to) == true {
            #expect(try await store.change(id, TicketChange(state: to))?.state == to)
            #expect(try await TicketStore.open(path: path).ticket(id)?.state == to, "on disk")
        } else {
            await #expect(throws: AgentError.self) { try await store.change(id, TicketChange(state: to)) }
            #expect(try await store.ticket(id)?.state == from)
        }
    }

    @Test func `is changed, and says who has it`() async throws {
        let store = try TicketStore.open(path: path)
        let before = try await store.create(try draft())
        let change = TicketChange(
            priority: .urgent, category: try TicketCategory(clean("fraud")), assignee: try Assignee(clean("kim.lee")))
        let after = try #require(try await store.change(before.id, change))
        #expect(
            after.priority == .urgent && text(after.category.bytes) == "fraud"
                && after.assignee == Array("kim.lee".utf8))
        #expect(after.updatedMicroseconds >= before.updatedMicroseconds)
        #expect(try await store.ticket(before.id) == after)
        let nobody = try #require(try await store.change(before.id, TicketChange(assignee: .some(nil))))
        #expect(nobody.assignee == nil && nobody.priority == .urgent)
        #expect(try await store.change(Array("T-00000000000000000000000000".utf8), change) == nil)
    }

    @Test func `has notes`() async throws {
        let store = try TicketStore.open(path: path)
        let id = try await store.create(try draft()).id
        _ = try #require(try await store.note(clean("called back"), on: id, by: bob))
        let notes = try await store.notes(on: id)
        #expect(notes.map { text($0.text) } == ["called back"] && notes.first?.author == bob)
        await #expect(throws: AgentError.emptyText) { try await store.note(clean(""), on: id, by: bob) }
        try Database.open(path, access: .readWrite).runScript(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < \(AgentLimits.notesPerTicketMax - 1))
            INSERT INTO notes (ticket, issuer, subject, text, created) SELECT 1, 'i', 'bob', 'n', 0 FROM n;
            """)
        _ = try #require(try await store.note(clean("the last one"), on: id, by: bob))
        await #expect(throws: AgentError.bound("a ticket may have \(AgentLimits.notesPerTicketMax) notes")) {
            try await store.note(clean("one past"), on: id, by: bob)
        }
    }

    @Test func `is found by filters, page by page`() async throws {
        let store = try TicketStore.open(path: path)
        for number in 0..<5 {
            _ = try await store.create(try draft("\(number)", category: number == 3 ? "fraud" : "general"))
        }
        let bobs = try await store.create(try draft("of bob", owner: bob))
        var filter = TicketFilter(owner: alice)
        filter.limit = 2
        var messages: [String] = []
        var pages = 0
        repeat {
            let page = try await store.tickets(filter)
            messages += page.tickets.map { text($0.message) }
            filter.cursor = page.next
            pages += 1
        } while filter.cursor != nil
        #expect(messages == ["4", "3", "2", "1", "0"] && pages == 3)
        var others = TicketFilter()
        others.category = try TicketCategory(clean("fraud"))
        #expect(try await store.tickets(others).tickets.map { text($0.message) } == ["3"])
        others = TicketFilter()
        others.state = .resolved
        _ = try await store.change(bobs.id, TicketChange(state: .resolved, assignee: try Assignee(clean("kim"))))
        #expect(try await store.tickets(others).tickets.map(\.id) == [bobs.id])
        others.assignee = try Assignee(clean("lee"))
        #expect(try await store.tickets(others).tickets.isEmpty)
        others = TicketFilter()
        others.priority = .urgent
        #expect(try await store.tickets(others).tickets.isEmpty)
        others = TicketFilter()
        others.limit = 10_000
        #expect(try await store.tickets(others).tickets.count == 6)
    }

    @Test func `tells those whose time has run out`() async throws {
        let store = try TicketStore.open(path: path)
        let late = try await store.create(try draft("late")), early = try await store.create(try draft("early"))
        try Database.open(path, access: .readWrite).run("UPDATE tickets SET due = 1 WHERE id = ?1", .text(late.id))
        var filter = TicketFilter()
        filter.isBreached = true
        #expect(try await store.tickets(filter).tickets.map(\.id) == [late.id])
        // Whoever answers too late has answered too late.
        _ = try await store.change(late.id, TicketChange(state: .resolved))
        #expect(try await store.tickets(filter).tickets.map(\.id) == [late.id])
        filter.isBreached = false
        #expect(try await store.tickets(filter).tickets.map(\.id) == [early.id])
    }

    @Test func `keeps what a database of the first schema held`() async throws {
        let old = try Database.open(path, access: .readWrite)
        try old.runScript(
            """
            CREATE TABLE tickets (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category TEXT NOT NULL, message TEXT NOT NULL,
                issuer TEXT NOT NULL, subject TEXT NOT NULL, customer TEXT, request TEXT NOT NULL,
                created INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'closed'))) STRICT;
            CREATE INDEX tickets_open ON tickets (issuer, subject) WHERE state = 'open';
            INSERT INTO tickets VALUES
                (1, 'T-00000000000000000000000001', 'general', 'old', 'i', 'alice', 'c-1', 'r-1', 1000000, 'open'),
                (2, 'T-00000000000000000000000002', 'fraud', 'older', 'i', 'bob', NULL, 'r-2', 2000000, 'closed');
            PRAGMA user_version=1;
            """)
        let store = try TicketStore.open(path: path)
        let open = try #require(try await store.ticket(Array("T-00000000000000000000000001".utf8)))
        #expect(text(open.message) == "old" && open.owner == alice && open.customerID == Array("c-1".utf8))
        #expect(open.state == .open && open.priority == .normal && open.createdMicroseconds == 1_000_000)
        #expect(
            open.clock.dueMicroseconds == 1_000_000 + 1440 * minute && open.sessionID == nil && open.reasons.isEmpty)
        let closed = try #require(try await store.ticket(Array("T-00000000000000000000000002".utf8)))
        #expect(closed.state == .closed && closed.clock.dueMicroseconds == nil && !closed.clock.isBreached(at: .max))
        #expect(try await store.unannounced(limit: 10).isEmpty, "nobody is told of old tickets")
        _ = try await store.create(try draft("new"))
        #expect(try await store.tickets(TicketFilter()).tickets.map { text($0.message) } == ["new", "older", "old"])
    }

    @Test func `says that nobody was told of it until somebody was`() async throws {
        let store = try TicketStore.open(path: path)
        let first = try await store.create(try draft()).id, second = try await store.create(try draft()).id
        #expect(try await store.unannounced(limit: 10) == [first, second])
        try await store.markAnnounced(first)
        #expect(try await store.unannounced(limit: 10) == [second])
    }

    @Test func `begins with the priority and time of its category`() async throws {
        let store = try TicketStore.open(path: path)
        let policy = try EscalationPolicy(
            json5: Array(
                """
                { version: 1, confidence_min: 0.4, phrases: {}, sla_minutes: { high: 120 },
                  categories: { fraud: { priority: "urgent", sla_minutes: 7 }, complaint: { priority: "high" } } }
                """.utf8), file: "escalation.json5")
        store.adopt(policy)
        for (category, priority, minutes) in [
            ("fraud", Ticket.Priority.urgent, 7), ("complaint", .high, 120), ("general", .normal, 1440),
        ] {
            let ticket = try await store.create(try draft(category: category))
            #expect(ticket.priority == priority)
            #expect(ticket.clock.dueMicroseconds == ticket.createdMicroseconds + Int64(minutes) * minute)
        }
        var asked = try draft()
        asked.priority = .low
        let low = try await store.create(asked)
        #expect(low.priority == .low && low.clock.dueMicroseconds == low.createdMicroseconds + 2880 * minute)
    }
}

@Suite struct `a ticket's clock` {
    @Test func `stands still while the customer is waited for`() {
        var clock = TicketClock.running(for: 10, from: 0)
        #expect(clock.dueMicroseconds == 10 * minute)
        #expect(!clock.isBreached(at: 10 * minute) && clock.isBreached(at: 10 * minute + 1))
        clock.stop(at: 4 * minute)
        #expect(clock.dueMicroseconds == nil && !clock.isBreached(at: .max))
        clock.stop(at: 5 * minute)
        clock.run(from: 100 * minute)
        #expect(clock.dueMicroseconds == 106 * minute)
        clock.run(from: 200 * minute)
        #expect(clock.dueMicroseconds == 106 * minute, "a clock that runs is not begun again")
        clock.stop(at: 107 * minute)
        #expect(clock.isBreached(at: 0), "it had run out")
    }

    @Test func `has another end with another priority, from the same beginning`() {
        var clock = TicketClock.running(for: 60, from: 0)
        clock.set(minutes: 10, instead: 60)
        #expect(clock.dueMicroseconds == 10 * minute)
        clock.stop(at: 3 * minute)
        clock.set(minutes: 60, instead: 10)
        clock.run(from: 50 * minute)
        #expect(clock.dueMicroseconds == 107 * minute)
    }
}
