import Agent
import Foundation
import SQLite
import Testing

@testable import Agent

@Suite struct `the queue of jobs` {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.file("work.sqlite") }
    private let lease = Duration.seconds(60)
    private let second: Int64 = 1_000_000

    private func open() throws -> JobStore {
        try JobStore.open(path: path, pause: RetryPause(first: .seconds(1), longest: .seconds(10)))
    }

    private func key(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `gives each job once, and it is gone when it is done`() throws {
        let queue = try open()
        #expect(try queue.add(.webhook, key: key("a"), payload: [1, 2], now: 5))
        let job = try #require(try queue.begin(now: 5, lease: lease))
        #expect(job.kind == .webhook && job.key == key("a") && job.payload == [1, 2] && job.attempt == 1)
        #expect(try queue.begin(now: 5, lease: lease) == nil, "it is leased")
        try queue.end(job, .done, now: 6)
        #expect(try queue.counts() == (0, 0))
        #expect(try queue.begin(now: .max / 2, lease: lease) == nil)
    }

    @Test func `holds one job of a kind and key`() throws {
        let queue = try open()
        #expect(try queue.add(.webhook, key: key("a"), payload: [1], now: 0))
        #expect(try !queue.add(.webhook, key: key("a"), payload: [2], now: 0))
        #expect(try queue.add(.summary, key: key("a"), payload: [3], now: 0))
        #expect(try queue.counts().waiting == 2)
        let first = try #require(try queue.begin(now: 0, lease: lease))
        let other = try #require(try queue.begin(now: 0, lease: lease))
        #expect(Set([first.payload, other.payload]) == [[1], [3]])
    }

    @Test func `does not begin what is not due`() throws {
        let queue = try open()
        _ = try queue.add(.retention, key: key("a"), due: 10 * second, now: 0)
        #expect(try queue.begin(now: 10 * second - 1, lease: lease) == nil)
        #expect(try queue.begin(now: 10 * second, lease: lease) != nil)
    }

    @Test func `begins again what nobody ended, after its lease`() throws {
        let queue = try open()
        _ = try queue.add(.webhook, key: key("a"), now: 0)
        _ = try #require(try queue.begin(now: 0, lease: lease))
        #expect(try queue.begin(now: 60 * second - 1, lease: lease) == nil)
        #expect(try queue.begin(now: 60 * second, lease: lease)?.attempt == 2)
    }

    @Test func `begins again what a process left behind`() throws {
        do {
            let queue = try open()
            _ = try queue.add(.webhook, key: key("a"), payload: [7], now: 0)
            _ = try #require(try queue.begin(now: 0, lease: lease))
        }
        let job = try #require(try open().begin(now: 1, lease: lease))
        #expect(job.payload == [7] && job.attempt == 2)
    }

    @Test func `waits longer after each failure, and gives up`() throws {
        let queue = try open()
        _ = try queue.add(.webhook, key: key("a"), now: 0)
        var now: Int64 = 0
        for attempt in 1...AgentLimits.jobAttemptsMax {
            let job = try #require(try queue.begin(now: now, lease: lease))
            #expect(job.attempt == attempt)
            let isDead = try queue.end(job, .failed(reason: "no answer"), now: now, chance: 1)
            #expect(isDead == (attempt == AgentLimits.jobAttemptsMax))
            let pause = min(10, Int64(1) << (attempt - 1)) * second
            #expect(try queue.begin(now: now + pause - 1, lease: lease) == nil, "\(attempt)")
            now += pause
        }
        #expect(try queue.begin(now: .max / 2, lease: lease) == nil)
        #expect(try queue.counts() == (0, 1))
        #expect(try queue.add(.webhook, key: key("a"), now: now), "one that is dead begins anew")
        #expect(try queue.begin(now: now, lease: lease)?.attempt == 1)
    }

    @Test func `gives up at once what is hopeless, and says why`() throws {
        let queue = try open()
        _ = try queue.add(.webhook, key: key("a"), now: 0)
        let job = try #require(try queue.begin(now: 0, lease: lease))
        #expect(try queue.end(job, .hopeless(reason: String(repeating: "é", count: 600)), now: 0))
        let reason = try Database.open(path, access: .readOnly).first("SELECT reason, state FROM jobs") {
            (text($0.bytes(0)), text($0.bytes(1)))
        }
        #expect(reason?.1 == "dead")
        #expect(
            reason?.0.hasPrefix("ééé") == true && (reason?.0.utf8.count ?? .max) <= AgentLimits.jobReasonBytesMax + 3)
    }

    @Test func `buries a job whose every attempt ends its process`() throws {
        _ = try open().add(.summary, key: key("poison"), now: 0)
        for _ in 1...AgentLimits.jobAttemptsMax { #expect(try open().begin(now: 0, lease: lease) != nil) }
        let queue = try open()
        #expect(try queue.begin(now: 0, lease: lease) == nil)
        #expect(try queue.counts() == (0, 1))
    }

    @Test func `lets the kinds take turns`() throws {
        let queue = try open()
        for number in 0..<5 { _ = try queue.add(.webhook, key: key("w\(number)"), now: 0) }
        _ = try queue.add(.retention, key: key("r"), now: 0)
        _ = try queue.add(.summary, key: key("s"), now: 0)
        let kinds = try (0..<4).compactMap { _ in try queue.begin(now: 1, lease: lease)?.kind }
        #expect(Set(kinds.prefix(3)) == [.webhook, .retention, .summary], "\(kinds)")
        #expect(kinds[3] == .webhook)
    }

    @Test func `is bounded`() throws {
        let queue = try open()
        let most = AgentLimits.jobsWaitingMax
        try Database.open(path, access: .readWrite).runScript(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(most - 1))
            INSERT INTO jobs (kind, key, payload, state, due, created) SELECT 'usage', CAST('k' || i AS BLOB), x'', 'waiting', 0, 0 FROM n;
            """)
        #expect(try queue.add(.webhook, key: key("last"), now: 0))
        #expect(throws: AgentError.bound("\(most) jobs wait in the queue")) {
            try queue.add(.webhook, key: key("past"), now: 0)
        }
    }

    @Test func `bounds what a job carries`() throws {
        let queue = try open()
        let most = AgentLimits.jobPayloadBytesMax
        #expect(try queue.add(.webhook, key: key("a"), payload: Array(repeating: 1, count: most), now: 0))
        #expect(throws: AgentError.self) {
            try queue.add(.webhook, key: key("b"), payload: Array(repeating: 1, count: most + 1), now: 0)
        }
        #expect(try queue.add(.webhook, key: Array(repeating: 1, count: AgentLimits.jobKeyBytesMax), now: 0))
        for count in [0, AgentLimits.jobKeyBytesMax + 1] {
            #expect(throws: AgentError.self) { try queue.add(.webhook, key: Array(repeating: 1, count: count), now: 0) }
        }
    }

    @Test func `keeps so many dead jobs and no more`() throws {
        let queue = try open()
        let most = AgentLimits.deadJobsMax
        try Database.open(path, access: .readWrite).runScript(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(most))
            INSERT INTO jobs (kind, key, payload, state, due, created) SELECT 'usage', CAST('k' || i AS BLOB), x'', 'dead', i, 0 FROM n;
            """)
        #expect(try queue.counts().dead == most)
        _ = try queue.add(.webhook, key: key("a"), now: 0)
        let job = try #require(try queue.begin(now: 10_000, lease: lease))
        try queue.end(job, .hopeless(reason: "x"), now: 10_000)
        #expect(try queue.counts().dead == most)
        let oldest = try Database.open(path, access: .readOnly).first("SELECT min(due) FROM jobs WHERE state = 'dead'")
        { $0.integer(0) }
        #expect(oldest == 2, "the oldest went")
    }
}

@Suite struct `the pause before another attempt` {
    @Test func `doubles, is cut, and is between a half and the whole`() {
        let pause = RetryPause(first: .seconds(1), longest: .seconds(300))
        for (attempt, whole) in [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (11, 300), (1_000_000, 300)] {
            #expect(pause.after(attempt: attempt, chance: 1) == .seconds(whole))
            #expect(pause.after(attempt: attempt, chance: 0) == .milliseconds(whole * 500))
            #expect(pause.after(attempt: attempt, chance: 2) == .seconds(whole))
        }
    }
}
