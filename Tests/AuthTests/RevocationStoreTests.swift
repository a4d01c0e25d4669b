import Foundation
import Synchronization
import Testing

@testable import Auth

@Suite struct `The store of revocations` {
    private let scratch: Scratch
    private let path: String
    private static let year = AuthLimits.lifeSecondsMax

    init() throws {
        scratch = try Scratch()
        path = scratch.file("revocations.db")
    }

    private func database(max: Int64 = AuthLimits.revocationsMax) throws -> RevocationDatabase {
        try RevocationDatabase(path: path, makes: true, revocationsMax: max)
    }

    private func revocation(_ name: String) throws -> Revocation {
        try Revocation(.token(Array(name.utf8)), issuer: Array("i".utf8), now: Forge.now)
    }

    private func patiently(_ condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if condition() { return true }
            usleep(2000)
        }
        return condition()
    }

    @Test func `what another process writes is in force within 100 ms`() throws {
        let store = try RevocationStore.open(path: path)
        var fastest = Duration.seconds(20)
        for number in 1...5 {
            try RevocationStore.revoke(try revocation("t-\(number)"), path: path)
            let written = ContinuousClock.now
            try #require(patiently { store.list.statistics.revocations == number })
            fastest = min(fastest, ContinuousClock.now - written)
        }
        #expect(fastest < .milliseconds(100), "\(fastest)")
    }

    @Test func `what this process revokes is in force when it is told so, and after a restart`() async throws {
        do {
            let store = try RevocationStore.open(path: path)
            try await store.revoke(try revocation("t-1"))
            #expect(store.list.statistics.revocations == 1)
            try await store.revoke(try revocation("t-2"))
            let entries = try await store.entries(after: 0, count: 1)
            #expect(entries.map(\.revocation) == [try revocation("t-1")])
            let rest = try await store.entries(after: entries[0].number, count: 5)
            #expect(rest.map(\.revocation) == [try revocation("t-2")])
        }
        #expect(try RevocationStore.open(path: path).list.statistics.revocations == 2)
        #expect(try RevocationStore.entries(path: path).map(\.revocation) == [revocation("t-1"), revocation("t-2")])
    }

    @Test func `a file that is not there is not made by the command`() throws {
        #expect(throws: AuthError.self) { try RevocationStore.revoke(try revocation("t-1"), path: path) }
        #expect(throws: AuthError.self) { try RevocationStore.entries(path: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `while it cannot be read, what was read stays in force, and it is told once`() throws {
        let events = Mutex<[RevocationStore.Event]>([])
        let store = try RevocationStore.open(path: path) { event in events.withLock { $0.append(event) } }
        try RevocationStore.revoke(try revocation("t-1"), path: path)
        try #require(patiently { store.list.statistics.revocations == 1 })
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        #expect(patiently { events.withLock { $0.count } == 1 })
        #expect(store.list.statistics.revocations == 1)
        // The last look but one was after the move at the earliest.
        let now = Int64(Date().timeIntervalSince1970)
        #expect(!store.list.isStale(now: now + AuthLimits.revocationsStaleSecondsMax - 5))
        #expect(store.list.isStale(now: now + AuthLimits.revocationsStaleSecondsMax + 1))
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        #expect(patiently { events.withLock { $0.count } == 2 })
        guard case .unreadable(let message) = events.withLock({ $0[0] }) else {
            Issue.record("told that it can be read")
            return
        }
        #expect(message.contains(path) && message.contains("put it back"), "\(message)")
        #expect(events.withLock { $0[1] } == .readable)
    }

    @Test func `another file at its place is read instead`() throws {
        let store = try RevocationStore.open(path: path)
        let other = scratch.file("other.db")
        // Whoever closes it last folds its journal into it.
        _ = try RevocationDatabase(path: other, makes: true)
        for name in ["a", "b"] { try RevocationStore.revoke(try revocation(name), path: other) }
        for ending in ["-wal", "-shm", ""] { try FileManager.default.removeItem(atPath: path + ending) }
        try FileManager.default.moveItem(atPath: other, toPath: path)
        #expect(patiently { store.list.statistics.revocations == 2 })
    }

    @Test func `a file that is no database stops the start, and is named with the mend`() throws {
        try Data(repeating: 0x78, count: 8192).write(to: URL(filePath: path))
        let error = #expect(throws: AuthError.self) { try RevocationStore.open(path: path) }
        let text = try #require(error?.description)
        #expect(text.hasPrefix(path + ": ") && text.contains("put a copy in its place"), "\(text)")
    }

    @Test func `a row that was changed stops the start`() throws {
        try database().add(try revocation("victim"), isRecorded: true, lifeSecondsMax: Self.year, now: Forge.now)
        try changeOnDisk("victim", to: "nobody")
        let error = #expect(throws: AuthError.self) { try RevocationStore.open(path: path) }
        #expect(error?.description.contains("row 1") == true, "\(String(describing: error))")
    }

    /// Changes bytes of the file as somebody with an editor would.
    private func changeOnDisk(_ old: String, to new: String) throws {
        var isChanged = false
        for file in [path, path + "-wal"] where FileManager.default.fileExists(atPath: file) {
            var data = try Data(contentsOf: URL(filePath: file))
            while let range = data.firstRange(of: Data(old.utf8)) {
                data.replaceSubrange(range, with: Data(new.utf8))
                isChanged = true
            }
            try data.write(to: URL(filePath: file))
        }
        try #require(isChanged)
    }

    @Test func `what no token can be refused for any more is forgotten, and not before`() throws {
        let database = try database()
        let ahead = try Revocation(
            .issuer, issuer: Array("i".utf8), issuedBefore: Forge.now + 1000, now: Forge.now)
        for one in [try revocation("t-1"), ahead] {
            try database.add(one, isRecorded: true, lifeSecondsMax: 60, now: Forge.now)
        }
        let end = Forge.now + 60 + 2 * AuthLimits.clockSkewSecondsMax
        for (now, left) in [(end, 2), (end + 1, 1), (end + 1000, 1), (end + 1001, 0)] {
            try database.prune(lifeSecondsMax: 60, now: now)
            try database.reload()
            #expect(database.table.count == left, "\(now - end)")
        }
    }

    @Test func `what is not on record is not forgotten`() throws {
        let database = try database()
        try database.add(try revocation("t-1"), isRecorded: false, lifeSecondsMax: 60, now: Forge.now)
        try database.prune(lifeSecondsMax: 60, now: Forge.now + 10_000)
        #expect(try database.entries().count == 1)
    }

    @Test func `as many as may be are kept, and one more makes room or is refused`() throws {
        let database = try database(max: 3)
        for name in ["a", "b", "c"] {
            try database.add(try revocation(name), isRecorded: true, lifeSecondsMax: 60, now: Forge.now)
        }
        try database.reload()
        #expect(database.table.count == 3)
        #expect(throws: AuthError.revocationsFull(revocationsMax: 3)) {
            try database.add(try revocation("d"), isRecorded: true, lifeSecondsMax: 60, now: Forge.now + 1)
        }
        try database.add(try revocation("c"), isRecorded: true, lifeSecondsMax: 60, now: Forge.now + 1)
        try database.add(try revocation("d"), isRecorded: true, lifeSecondsMax: 60, now: Forge.now + 10_000)
        #expect(try database.entries().map(\.revocation) == [revocation("d")])
    }

    @Test func `a file with more than may be is not read`() throws {
        let one = try database()
        for name in ["a", "b", "c", "d"] {
            try one.add(try revocation(name), isRecorded: true, lifeSecondsMax: 60, now: Forge.now)
        }
        #expect(throws: AuthError.self) { try database(max: 3).reload() }
        #expect(throws: Never.self) { try database(max: 4).reload() }
    }

    @Test func `the table has room for as many as may be`() {
        #expect(AuthLimits.revocationsMax == 1 << 18 - 1 << 16)
        #expect(RevocationTable(reserving: Int(AuthLimits.revocationsMax)).bytesCount == 24 << 18)
    }

    @Test func `a second revocation of a target widens the first`() throws {
        let database = try database()
        for before in [5, 9, 7] as [Int64] {
            try database.add(
                try Revocation(
                    .subject(Array("u".utf8)), issuer: Array("i".utf8), issuedBefore: before, now: Forge.now),
                isRecorded: true, lifeSecondsMax: Self.year, now: Forge.now)
            try database.reload()
        }
        #expect(try database.entries().map(\.revocation.issuedBefore) == [9])
        #expect(database.table.count == 1)
    }

    @Test func `what the log does not have is handed over once`() async throws {
        let store = try RevocationStore.open(path: path)
        try await store.revoke(try revocation("own"))
        try RevocationStore.revoke(try revocation("foreign"), path: path)
        let seen = Mutex<[[UInt8]]>([])
        store.reportForeign { revocations, recorded in
            seen.withLock { $0 += revocations.map(\.recordTarget) }
            recorded()
        }
        #expect(patiently { seen.withLock { !$0.isEmpty } })
        #expect(patiently { (try? database().entries(unrecorded: true).isEmpty) ?? false })
        #expect(seen.withLock { $0 } == [Array("jti:foreign".utf8)])
    }

    @Test func `as many jobs as may wait are taken, and one more is refused`() async throws {
        let desk = RevocationDesk()
        for _ in 0..<RevocationDesk.jobsMax - 1 { desk.order { _ in } }
        async let last: Void = desk.perform { _ in }
        while desk.waiting < RevocationDesk.jobsMax { await Task.yield() }
        await #expect(throws: AuthError.revocationsBusy) { try await desk.perform { _ in } }
        let database = try database()
        for job in desk.take().jobs { job.run(database)(nil) }
        try await last
        desk.close()
        await #expect(throws: AuthError.revocationsBusy) { try await desk.perform { _ in } }
    }
}
