import Foundation
import JSON
import Redaction
import Seeds
import Testing
import Threading
import WireClient

@testable import Gateway

private func key(_ session: String, of subject: String = "customer", issuer: String = "i") -> SessionKey {
    SessionKey(issuer: Array(issuer.utf8), subject: Array(subject.utf8), session: Array(session.utf8))
}

private func at(_ seconds: Int) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: 1_000_000_000) + .seconds(seconds)
}

@Suite struct `The table of sessions` {
    private var table: SessionTable
    private var dropped: [SessionTable.Session] = []

    init() {
        table = SessionTable(bounds: SessionTable.Bounds(sessionsMax: 3, bytesMax: 100_000, idleMax: .seconds(10)))
    }

    private mutating func keep(_ name: String, bytes: Int = 1000, at seconds: Int = 0) -> SharedVault {
        table.keep(SharedVault(), bytes: bytes, for: key(name), now: at(seconds), dropping: &dropped).vault
    }

    private mutating func find(_ name: String, at seconds: Int = 0) -> SharedVault? {
        table.find(key(name), now: at(seconds), dropping: &dropped)
    }

    @Test mutating func `keeps what it is given, by issuer, subject and name`() {
        let vault = SharedVault()
        let mine = SessionKey(issuer: [1], subject: [2], session: [3])
        #expect(table.keep(vault, bytes: 1, for: mine, now: at(0), dropping: &dropped).vault === vault)
        #expect(table.find(mine, now: at(0), dropping: &dropped) === vault)
        for other in [
            SessionKey(issuer: [9], subject: [2], session: [3]), SessionKey(issuer: [1], subject: [9], session: [3]),
            SessionKey(issuer: [1], subject: [2], session: [9]), SessionKey(issuer: [1, 2], subject: [], session: [3]),
        ] { #expect(table.find(other, now: at(0), dropping: &dropped) == nil) }
    }

    @Test mutating func `the second to keep a vault gets the first one's`() {
        let first = keep("a", bytes: 1000)
        let second = SharedVault()
        #expect(table.keep(second, bytes: 9000, for: key("a"), now: at(1), dropping: &dropped).vault === first)
        #expect(table.count == 1 && table.bytes == 1000 + key("a").byteCount + SessionTable.overheadBytes)
    }

    @Test mutating func `holds as many as its bound, and one more drops the longest idle`() {
        let a = keep("a", at: 0)
        _ = keep("b", at: 1)
        _ = keep("c", at: 2)
        #expect(table.count == 3 && dropped.isEmpty)
        #expect(find("a", at: 3) === a)
        _ = keep("d", at: 4)
        #expect(table.count == 3 && dropped.count == 1 && table.evictions == 1)
        #expect(find("b", at: 4) == nil && find("a", at: 4) === a && find("c", at: 4) != nil)
    }

    @Test mutating func `holds as many bytes as its bound, and one more drops the longest idle`() {
        let each = key("a").byteCount + SessionTable.overheadBytes
        _ = keep("a", bytes: 50_000 - each)
        let b = keep("b", bytes: 50_000 - each, at: 1)
        #expect(table.bytes == 100_000 && dropped.isEmpty)
        // A vault that grows counts anew.
        #expect(table.keep(b, bytes: 50_001 - each, for: key("b"), now: at(2), dropping: &dropped).vault === b)
        #expect(table.count == 1 && table.bytes == 50_001 && dropped.count == 1)
        // A number from before does not shrink it.
        let later = table.keep(b, bytes: 10, for: key("b"), now: at(3), dropping: &dropped)
        #expect(later.vault === b && !later.hasGrown && table.bytes == 50_001)
        // One that alone is over the bound stays until another comes.
        _ = table.keep(b, bytes: 200_000, for: key("b"), now: at(4), dropping: &dropped)
        #expect(table.count == 1)
        _ = keep("c", at: 5)
        #expect(table.count == 1 && find("b", at: 5) == nil && find("c", at: 5) != nil)
    }

    @Test mutating func `forgets a session that was idle for longer than its bound`() {
        _ = keep("a", at: 0)
        #expect(find("a", at: 10) != nil)
        #expect(find("a", at: 20) != nil)
        #expect(find("a", at: 31) == nil)
        #expect(table.count == 0 && table.bytes == 0 && table.expirations == 1 && dropped.count == 1)
        _ = keep("b", at: 40)
        table.dropIdle(now: at(50), dropping: &dropped)
        #expect(table.count == 1)
        table.dropIdle(now: at(51), dropping: &dropped)
        #expect(table.count == 0 && dropped.count == 2)
    }

    @Test mutating func `agrees with a plain model through thousands of steps`() {
        var model: [(name: String, used: Int)] = []
        var random = SeededGenerator(seed: Seed.value)
        var second = 0
        for _ in 0..<5000 {
            second += Int.random(in: 0...4, using: &random)
            let name = ["a", "b", "c", "d", "e"].randomElement(using: &random) ?? "a"
            model.removeAll { $0.used + 10 < second }
            let known = model.contains { $0.name == name }
            if Bool.random(using: &random) {
                _ = keep(name, at: second)
                model.removeAll { $0.name == name }
                model.append((name, second))
                if model.count > 3 { model.removeFirst() }
            } else {
                #expect((find(name, at: second) != nil) == known)
                if known {
                    model.removeAll { $0.name == name }
                    model.append((name, second))
                }
            }
            #expect(table.count == model.count)
        }
    }
}

/// An answer that says which tokens a session has.
private let knowledge = """
    id,question,answer,category,variants
    echo,Where will you write to?,To [EMAIL_1] or [EMAIL_2] or [EMAIL_3].,Contact,

    """

@Suite struct `A session's tokens` {
    /// Sends values in a session.
    private func tell(
        _ gateway: TestGateway, _ mails: String, session: String?, by role: String = "agent", subject: String? = nil
    ) async throws {
        let reply = try await gateway.ask(
            "Reach me at " + mails, token: gateway.token(role, subject: subject), session: session)
        #expect(reply.status == 200, "\(reply.text)")
    }

    /// What the session's tokens become in an answer.
    private func ask(
        _ gateway: TestGateway, session: String?, by role: String = "agent", subject: String? = nil
    ) async throws -> String {
        let reply = try await gateway.ask(
            "Where will you write to?", token: gateway.token(role, subject: subject), session: session)
        return try #require(try JSONParser.parse(reply.body)["answer"]?.text, "\(reply.text)")
    }

    private let nobodys = "To [EMAIL_1] or [EMAIL_2] or [EMAIL_3]."

    @Test func `stay the same and are restored in its later requests, and in no other's`() async throws {
        let gateway = try await TestGateway(knowledge: knowledge)
        try await tell(gateway, "a@x.example", session: "session-1")
        #expect(try await ask(gateway, session: "session-1") == "To a@x.example or [EMAIL_2] or [EMAIL_3].")
        try await tell(gateway, "b@x.example, a@x.example", session: "session-1")
        #expect(try await ask(gateway, session: "session-1") == "To a@x.example or b@x.example or [EMAIL_3].")
        #expect(try await ask(gateway, session: "session-2") == nobodys)
        #expect(try await ask(gateway, session: nil) == nobodys)
        #expect(try await ask(gateway, session: "session-1", subject: "agent-2") == nobodys)
        #expect(try await ask(gateway, session: "session-1", by: "customer") == nobodys)
        // Another's session of the same name has values of its own.
        try await tell(gateway, "c@x.example", session: "session-1", subject: "agent-2")
        #expect(
            try await ask(gateway, session: "session-1", subject: "agent-2")
                == "To c@x.example or [EMAIL_2] or [EMAIL_3].")
        #expect(try await ask(gateway, session: "session-1").hasPrefix("To a@x.example or"))
        // A caller who may not have them back keeps tokens, in its own session too.
        try await tell(gateway, "d@x.example", session: "session-1", by: "customer")
        #expect(try await ask(gateway, session: "session-1", by: "customer") == nobodys)
        #expect(gateway.services.sessions.statistics.sessions == 3)
        #expect(try !gateway.records().joined().contains("x.example"))
    }

    @Test func `are kept only where there are any`() async throws {
        let gateway = try await TestGateway(knowledge: knowledge)
        #expect(try await ask(gateway, session: "session-1") == nobodys)
        try await tell(gateway, "a@x.example", session: nil)
        #expect(gateway.services.sessions.statistics.sessions == 0)
    }

    @Test func `are forgotten with the session`() async throws {
        let gateway = try await TestGateway(
            settings: [(text: "sessions_max: 10000", other: "sessions_max: 1")], knowledge: knowledge)
        try await tell(gateway, "a@x.example", session: "session-1")
        try await tell(gateway, "b@x.example", session: "session-2")
        #expect(try await ask(gateway, session: "session-1") == nobodys)
        #expect(try await ask(gateway, session: "session-2").hasPrefix("To b@x.example or"))
        #expect(gateway.services.sessions.statistics.evictions == 1)
    }

    @Test func `fill a vault up to its bound, and the request past it is refused`() async throws {
        let gateway = try await TestGateway(knowledge: knowledge)
        for part in 0..<16 {
            try await tell(
                gateway, (0..<64).map { "m\(part)x\($0)@x.example" }.joined(separator: ", "), session: "session-1")
        }
        let full = try await gateway.ask("or more@x.example", token: gateway.token("agent"), session: "session-1")
        #expect(full.status == 413 && full.text.contains("its session"), "\(full.text)")
        try await tell(gateway, "m0x0@x.example", session: "session-1")
        try await tell(gateway, "more@x.example", session: "session-2")
    }

    @Test func `are those of one vault for requests that come at once`() async throws {
        for _ in 0..<50 {
            let sessions = SessionVaults(
                bounds: SessionTable.Bounds(sessionsMax: 10, bytesMax: 1_000_000, idleMax: .seconds(100)))
            let given = try await withThrowingTaskGroup(of: [(mail: String, token: String)].self) { group in
                for start in 0..<8 {
                    group.addTask {
                        try (0..<12).map { step in
                            let mail = "m\((start + step) % 12)@x.example"
                            var vault = RequestVault(issuer: [1], subject: [2], in: sessions)
                            vault.join([3])
                            let text = try vault.redact(Array(mail.utf8), by: Redactor()).bytes
                            #expect(vault.restore(text) == Array(mail.utf8))
                            return (mail, String(decoding: text, as: UTF8.self))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(given.map(\.mail)).count == 12)
            #expect(Set(given.map(\.token)) == Set((1...12).map { "[EMAIL_\($0)]" }))
            #expect(Set(given.map { "\($0.mail) \($0.token)" }).count == 12)
        }
    }

    @Test func `are freed with what they stand for, once no request holds them`() throws {
        let sessions = SessionVaults(
            bounds: SessionTable.Bounds(sessionsMax: 1, bytesMax: 1_000_000, idleMax: .seconds(100)))
        weak var dropped: SharedVault?
        do {
            let held = sessions.keep(SharedVault(), bytes: 1, for: key("one"))
            dropped = held
            _ = sessions.keep(SharedVault(), bytes: 1, for: key("two"))
            #expect(sessions.vault(of: key("one")) == nil && dropped === held)
        }
        #expect(dropped == nil)
        dropped = sessions.vault(of: key("two"))
        #expect(dropped != nil)
        sessions.dropIdle(now: .now + .seconds(101))
        #expect(dropped == nil)
    }

    @Test func `are the request's own where a flood of sessions pushes its session out`() throws {
        let sessions = SessionVaults(
            bounds: SessionTable.Bounds(sessionsMax: 1, bytesMax: 1_000_000, idleMax: .seconds(100)))
        var first = RequestVault(issuer: [1], subject: [2], in: sessions)
        first.join([3])
        _ = try first.redact(Array("a@x.example".utf8), by: Redactor())
        var other = RequestVault(issuer: [1], subject: [2], in: sessions)
        other.join([4])
        _ = try other.redact(Array("b@x.example".utf8), by: Redactor())
        #expect(sessions.statistics.sessions == 1 && sessions.statistics.evictions == 1)
        let (mine, others) = (first.restore(Array("[EMAIL_1]".utf8)), other.restore(Array("[EMAIL_1]".utf8)))
        #expect(mine == Array("a@x.example".utf8) && others == Array("b@x.example".utf8))
    }
}
