import Testing
import Threading

@testable import Edge

@Suite struct `A rate rule` {
    /// One request a second, three at once.
    private func makeRule() throws -> RateRule { try #require(RateRule(limit: 60, windowSeconds: 60, burst: 3)) }

    @Test func `a burst is admitted at once and then one request each interval`() throws {
        let rule = try makeRule()
        var due: UInt64 = 0
        let second: UInt64 = 1_000_000_000
        let start = 1000 * second
        // Offset in nanoseconds, allowed, remaining, reset and retry in nanoseconds.
        let table: [(UInt64, Bool, Int, UInt64, UInt64)] = [
            (0, true, 2, second, 0), (0, true, 1, 2 * second, 0), (0, true, 0, 3 * second, 0),
            (0, false, 0, 3 * second, second), (second - 1, false, 0, 2 * second + 1, 1),
            (second, true, 0, 3 * second, 0), (second, false, 0, 3 * second, second),
            (4 * second - 1, true, 1, second + 1, 0), (10 * second, true, 2, second, 0),
        ]
        for (offset, isAllowed, remaining, reset, retry) in table {
            let verdict: RateVerdict
            (verdict, due) = rule.decide(due: due, now: start + offset)
            #expect(verdict.isAllowed == isAllowed, "at \(offset)")
            #expect(verdict.remaining == remaining, "at \(offset)")
            #expect(verdict.resetAfter == .nanoseconds(Int64(reset)), "at \(offset)")
            #expect(verdict.retryAfter == .nanoseconds(Int64(retry)), "at \(offset)")
            #expect(verdict.limit == 3)
        }
    }

    @Test(arguments: [
        (1, 1, 1, true), (0, 1, 1, false), (1_000_000, 1, 1, true), (1_000_001, 1, 1, false), (1, 0, 1, false),
        (1, 86_400, 366, true), (1, 86_400, 368, false), (1, 86_401, 1, false), (60, 60, 0, false),
        (60, 60, 1_000_000, true), (60, 60, 1_000_001, false),
    ])
    func `a rule has bounds`(limit: Int, windowSeconds: Int, burst: Int, isRule: Bool) {
        #expect((RateRule(limit: limit, windowSeconds: windowSeconds, burst: burst) != nil) == isRule)
    }

    @Test func `decisions agree with a bucket that is filled again from the beginning each time`() throws {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        for _ in 0..<200 {
            let rule = try #require(
                RateRule(
                    limit: .random(in: 1...50, using: &random), windowSeconds: .random(in: 1...10, using: &random),
                    burst: .random(in: 1...8, using: &random)))
            var model = Bucket(rule: rule)
            var due: UInt64 = 0
            var now: UInt64 = 1_000_000_000_000
            for _ in 0..<60 {
                now += UInt64.random(in: 0...(2 * rule.intervalNanoseconds), using: &random)
                let (verdict, next) = rule.decide(due: due, now: now)
                due = next
                let remaining = model.remaining(at: now)
                #expect(verdict.isAllowed == (remaining > 0), "seed \(random.seed)")
                if remaining > 0 { model.admitted.append(now) }
                #expect(verdict.remaining == model.remaining(at: now), "seed \(random.seed)")
                // To wait as long as told is enough, and a nanosecond less is not.
                guard !verdict.isAllowed else { continue }
                let later =
                    now + UInt64(verdict.retryAfter.components.attoseconds / 1_000_000_000)
                    + UInt64(verdict.retryAfter.components.seconds) * 1_000_000_000
                #expect(model.remaining(at: later) > 0 && model.remaining(at: later - 1) == 0, "seed \(random.seed)")
            }
        }
    }

    /// A bucket that holds `burst` intervals of time and loses a nanosecond each nanosecond.
    private struct Bucket {
        let rule: RateRule
        var admitted: [UInt64] = []

        func remaining(at now: UInt64) -> Int {
            var level: UInt64 = 0
            var last: UInt64 = 0
            for instant in admitted {
                level -= min(level, instant - last)
                level += rule.intervalNanoseconds
                last = instant
            }
            level -= min(level, now - last)
            return Int((UInt64(rule.burst) * rule.intervalNanoseconds - level) / rule.intervalNanoseconds)
        }
    }

    @Test func `the fields say limit, rest and reset, and a refusal says when to retry`() throws {
        let rule = try makeRule()
        let allowed = rule.decide(due: 0, now: 5_000_000_000).verdict
        #expect(
            allowed.fields == [
                ResponseField("RateLimit-Limit", "3"), ResponseField("RateLimit-Remaining", "2"),
                ResponseField("RateLimit-Reset", "1"),
            ])
        let refused = rule.decide(due: 7_000_000_001, now: 5_000_000_000).verdict
        #expect(!refused.isAllowed)
        // 1 ns to wait and 2.000000001 s to reset are rounded up to whole seconds.
        #expect(refused.fields.contains(ResponseField("Retry-After", "1")))
        #expect(refused.fields.contains(ResponseField("RateLimit-Reset", "3")))
    }
}

@Suite struct `SipHash with 128 bits` {
    /// Some of the reference code's vectors: key 00…0f, message 00, 01, 02, … of the length given.
    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"),
        (1, "da87c1d86b99af44347659119b22fc45"),
        (2, "8177228da4a45dc7fca38bdef60affe4"),
        (8, "3b62a9ba6258f5610f83e264f31497b4"),
        (15, "5493e99933b0a8117e08ec0f97cfc3d9"),
        (16, "6ee2a4ca67b054bbfd3315bf85230577"),
        (63, "5150d1772f50834a503e069a973fbd7c"),
    ])
    func `agrees with the reference`(count: Int, hexadecimal: String) {
        let hash = SipHash(key0: 0x0706_0504_0302_0100, key1: 0x0F0E_0D0C_0B0A_0908)
        let message = (0..<count).map { UInt8($0) }
        #expect(Self.text(hash.digest(message[...])) == hexadecimal)
        guard count >= 8 else { return }
        #expect(Self.text(hash.digest(prefix: 0x0706_0504_0302_0100, message[8...])) == hexadecimal)
    }

    private static func text(_ digest: SipHash.Digest) -> String {
        [digest.low, digest.high].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
            .map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined()
    }
}
