import Dispatch
import Foundation
import Synchronization
import Testing
import Threading

@testable import Edge

@Suite struct `The rate limiter` {
    private static let start = MonotonicInstant(nanoseconds: 1_000_000_000_000)

    private func rule(burst: Int) throws -> RateRule {
        try #require(RateRule(limit: 60, windowSeconds: 60, burst: burst))
    }

    private func principal(_ limiter: RateLimiter, _ number: Int) -> RateKey {
        limiter.key(principal: Array("\(number)".utf8)[...], class: 1)
    }

    private func address(_ limiter: RateLimiter, _ number: Int) -> RateKey {
        let octets = [10, UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
        return limiter.key(address: octets[...], class: 1)
    }

    @Test func `keys do not share, and neither do limits of one principal`() throws {
        let limiter = RateLimiter()
        let one = try rule(burst: 1)
        let keys = [
            principal(limiter, 1), principal(limiter, 2), limiter.key(principal: Array("1".utf8)[...], class: 2),
            address(limiter, 1), address(limiter, 2), limiter.key(address: Array("1".utf8)[...], class: 1),
        ]
        for key in keys {
            #expect(limiter.admit(key, rule: one, now: Self.start).isAllowed)
            #expect(!limiter.admit(key, rule: one, now: Self.start).isAllowed)
        }
    }

    @Test func `a look ahead takes nothing`() throws {
        let limiter = RateLimiter()
        let one = try rule(burst: 1)
        for _ in 0..<3 { #expect(limiter.foresee(principal(limiter, 1), rule: one, now: Self.start).isAllowed) }
        #expect(limiter.admit(principal(limiter, 1), rule: one, now: Self.start).isAllowed)
        let verdict = limiter.foresee(principal(limiter, 1), rule: one, now: Self.start)
        #expect(!verdict.isAllowed && verdict.retryAfter == .seconds(1))
    }

    @Test func `eight threads are admitted exactly the burst between them`() throws {
        let limiter = RateLimiter()
        let thousand = try rule(burst: 1000)
        let admitted = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for number in 0..<4000
            where limiter.admit(principal(limiter, number % 4), rule: thousand, now: Self.start).isAllowed {
                admitted.add(1, ordering: .relaxed)
            }
        }
        #expect(admitted.load(ordering: .relaxed) == 4 * 1000)
    }

    @Test func `a million keys forget no debt and shut nobody out of the other table`() throws {
        let limiter = RateLimiter(principalCountMax: 8192, addressCountMax: 8192)
        let two = try rule(burst: 2)
        for _ in 0..<2 { #expect(limiter.admit(address(limiter, 0xFFFFFF), rule: two, now: Self.start).isAllowed) }
        var admitted = 0
        for number in 0..<1_000_000 where limiter.admit(address(limiter, number), rule: two, now: Self.start).isAllowed
        {
            admitted += 1
        }
        // Every slot was somebody's, and each of the 64 shards admitted its shared two.
        #expect((8192 - 1...8192 + 128).contains(admitted))
        #expect(!limiter.admit(address(limiter, 0xFFFFFF), rule: two, now: Self.start).isAllowed)
        #expect(limiter.admit(principal(limiter, 1), rule: two, now: Self.start).remaining == 1)
        // Once their debts are over, the slots are free again.
        let later = Self.start + .seconds(10)
        #expect(limiter.admit(address(limiter, 0xFFFFFF), rule: two, now: later).remaining == 1)
        for number in 2_000_000..<2_001_000 {
            #expect(limiter.admit(address(limiter, number), rule: two, now: later).remaining == 1)
        }
    }

    /// In a process of its own: the memory of tests beside it is not the limiter's.
    @Test func `a million keys take no more memory`() async {
        await #expect(processExitsWith: .success) {
            let suite = `The rate limiter`()
            let limiter = RateLimiter(principalCountMax: 8192, addressCountMax: 8192)
            let two = try suite.rule(burst: 2)
            _ = limiter.admit(suite.address(limiter, 0), rule: two, now: `The rate limiter`.start)
            let before = try suite.residentBytes()
            for number in 0..<1_000_000 {
                _ = limiter.admit(suite.address(limiter, number), rule: two, now: `The rate limiter`.start)
            }
            #expect(try suite.residentBytes() - before < 32 * 1024 * 1024)
        }
    }

    @Test func `keys that find no room share one rate in their shard`() throws {
        let limiter = RateLimiter(principalCountMax: 512, addressCountMax: 512)
        let two = try rule(burst: 2)
        for number in 0..<20_000 { _ = limiter.admit(address(limiter, number), rule: two, now: Self.start) }
        let verdicts = (30_000..<30_100).map { limiter.admit(address(limiter, $0), rule: two, now: Self.start) }
        #expect(verdicts.allSatisfy { !$0.isAllowed && $0.retryAfter == .seconds(1) })
        let later = Self.start + .seconds(1)
        // Each admitted only once at the start, all slots are free a second later.
        #expect((30_000..<30_010).allSatisfy { limiter.admit(address(limiter, $0), rule: two, now: later).isAllowed })
    }

    @Test func `three quarters of the room are used before keys begin to share`() throws {
        let table = RateTable(capacity: 65_536)
        let two = try rule(burst: 2)
        let hash = SipHash(key0: 1, key1: 2)
        var shared = 0
        for number in 0..<49_152 {
            let digest = hash.digest(prefix: UInt64(number), [])
            if table.admit(digest, two, now: 1).remaining != 1 { shared += 1 }
        }
        #expect(table.capacity == 65_536)
        #expect(shared == 0)
    }

    @Test func `an IPv6 address counts by its first 64 bits and a mapped one as IPv4`() {
        let limiter = RateLimiter()
        func key(_ address: [UInt8], class index: UInt8 = 1) -> RateKey {
            limiter.key(address: address[...], class: index)
        }
        let network: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0]
        let host = network + [1, 0, 0, 0, 0, 0, 0, 0, 1]
        #expect(key(host) == key(network + [1, 1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(key(host) != key(network + [2, 0, 0, 0, 0, 0, 0, 0, 1]))
        #expect(key(host) != key(host, class: 2))
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 1]
        #expect(key(mapped) == key([192, 0, 2, 1]))
        #expect(key(mapped) != key([192, 0, 2, 2]))
        #expect(key([192, 0, 2, 1]) != limiter.key(principal: [192, 0, 2, 1], class: 1))
    }

    @Test func `two limiters do not make the same key of the same name`() {
        #expect(principal(RateLimiter(), 1) != principal(RateLimiter(), 1))
    }

    /// `/proc/self/statm`, second number, in pages of 4 KiB.
    private func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) }) * 4096
    }
}
