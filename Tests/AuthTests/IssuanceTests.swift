import Foundation
import LinuxIO
import OpenSSL
import Synchronization
import Testing

@testable import Auth

@Suite struct `Tokens of the command in the database` {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.file("revocations.db")
    }

    private func database(max: Int64 = AuthLimits.issuancesMax) throws -> RevocationDatabase {
        try RevocationDatabase(path: path, makes: true, issuancesMax: max)
    }

    private func issuance(
        _ name: String, expires: Int64 = Forge.now + 60, act: TokenIssuance.Act = .issue, approvers: [String] = []
    ) throws -> TokenIssuance {
        TokenIssuance(
            act: act, tokenID: Array(name.utf8), issuer: Array("i".utf8), audience: Array("a".utf8),
            subject: Array("emp \"7\"".utf8), roles: [try #require(RoleName("agent")), try #require(RoleName("b:1"))],
            expires: expires, certificate: approvers.isEmpty ? nil : SHA256Digest(of: Array("c".utf8)),
            approverKeys: approvers.map { Array($0.utf8) }, reason: approvers.isEmpty ? nil : Array("INC".utf8),
            user: ProcessUser(name: Array("ops".utf8), number: .max), moment: Forge.now)
    }

    private func patiently(_ condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if condition() { return true }
            usleep(2000)
        }
        return condition()
    }

    @Test func `are read as they were written`() throws {
        let database = try database()
        let written = [
            try issuance("t-1"), try issuance("t-2", act: .approve, approvers: ["k 1", "k\n\"2\""]),
        ]
        for issuance in written { try database.issuances.add(issuance) }
        let rows = try self.database().issuances.unrecorded(after: 0, count: 9)
        #expect(rows.map(\.fact) == written)
        #expect(try database.issuances.unrecorded(after: 0, count: 1).map(\.fact) == [written[0]])
        #expect(try database.issuances.unrecorded(after: rows[0].number, count: 9).map(\.fact) == [written[1]])
    }

    @Test func `are handed over once each, those of before the start too`() throws {
        try database().issuances.add(try issuance("before"))
        let seen = Mutex<[[UInt8]]>([])
        let store = try RevocationStore.open(path: path)
        store.reportIssuances { issuances, recorded in
            seen.withLock { $0 += issuances.map(\.tokenID) }
            recorded()
        }
        try RevocationStore.note(try issuance("after"), path: path)
        #expect(patiently { (try? database().issuances.unrecorded(after: 0, count: 9).isEmpty) ?? false })
        try RevocationStore.note(try issuance("last"), path: path)
        #expect(patiently { seen.withLock { $0.count >= 3 } })
        #expect(seen.withLock { $0 } == [Array("before".utf8), Array("after".utf8), Array("last".utf8)])
    }

    @Test func `are handed over again at the next start where the log did not take them`() throws {
        let seen = Mutex(0)
        for start in 1...2 {
            let store = try RevocationStore.open(path: path)
            store.reportIssuances { _, _ in seen.withLock { $0 += 1 } }
            if start == 1 { try RevocationStore.note(try issuance("t"), path: path) }
            #expect(patiently { seen.withLock { $0 == start } })
        }
    }

    @Test func `go when they are on record and expired, one of both is not enough`() throws {
        let issuances = try database().issuances
        let ended = Forge.now + AuthLimits.clockSkewSecondsMax + 1
        for (name, expires) in [("a", Forge.now), ("b", Forge.now + 1), ("c", Forge.now)] {
            try issuances.add(try issuance(name, expires: expires))
        }
        let rows = try issuances.unrecorded(after: 0, count: 9)
        try issuances.markRecorded(rows.prefix(2).map(\.number))
        try issuances.prune(now: ended - 1)
        #expect(try issuances.count() == 3)
        try issuances.prune(now: ended)
        #expect(try issuances.count() == 2)
        #expect(try issuances.unrecorded(after: 0, count: 9).map(\.fact.tokenID) == [Array("c".utf8)])
    }

    @Test func `wait for the log as many as may, and one more is refused until it has some`() throws {
        let issuances = try database(max: 3).issuances
        for name in ["a", "b", "c"] { try issuances.add(try issuance(name)) }
        #expect(throws: AuthError.issuancesFull(issuancesMax: 3)) { try issuances.add(try issuance("d")) }
        #expect(try issuances.count() == 3)
        try issuances.markRecorded([1])
        try issuances.add(try issuance("d"))
        #expect(
            try issuances.unrecorded(after: 0, count: 9).map(\.fact.tokenID) == ["b", "c", "d"].map { Array($0.utf8) })
    }

    @Test func `are no more than the store's thread is given at once`() {
        let handedOver = ForeignReporter<TokenIssuance>.rowsMax * RevocationDesk.jobsMax
        #expect(AuthLimits.issuancesMax == Int64(handedOver))
    }

    @Test func `have no database made for them`() throws {
        #expect(throws: AuthError.self) { try RevocationStore.note(try issuance("t"), path: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
