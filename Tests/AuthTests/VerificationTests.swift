import OpenSSL
import Testing

@testable import Auth

@Suite struct `One-time codes` {
    /// RFC 6238, appendix B: eight digits, one secret for each hash.
    @Test(
        arguments: [
            (59, "94287082", "46119246", "90693936"), (1_111_111_109, "07081804", "68084774", "25091201"),
            (1_111_111_111, "14050471", "67062674", "99943326"), (1_234_567_890, "89005924", "91819424", "93441116"),
            (2_000_000_000, "69279037", "90698825", "38618901"), (20_000_000_000, "65353130", "77737706", "47863826"),
        ] as [(Int64, String, String, String)])
    func `are those of RFC 6238`(time: Int64, sha1: String, sha256: String, sha512: String) throws {
        let seed = Array("1234567890".utf8)
        for (hash, count, expected) in [
            (OneTimeCode.Hash.sha1, 20, sha1), (.sha256, 32, sha256), (.sha512, 64, sha512),
        ] {
            let secret = (0..<count).map { seed[$0 % 10] }
            let code = try OneTimeCode(secret: SecretBytes(copying: secret), hash: hash, digits: 8)
            #expect(code.code(at: time) == Array(expected.utf8), "\(hash)")
            #expect(code.step(of: Array(expected.utf8), at: time, after: nil) == time / 30)
        }
    }

    @Test func `are taken once, in their step and those beside it`() throws {
        let code = try OneTimeCode(secret: SecretBytes(copying: [UInt8](repeating: 7, count: 20)))
        let shown = code.code(at: 3000)
        for time: Int64 in [2970, 2999, 3000, 3029, 3059] {
            #expect(code.step(of: shown, at: time, after: nil) == 100, "\(time)")
            #expect(code.step(of: shown, at: time, after: 99) == 100)
            #expect(
                code.step(of: shown, at: time, after: 100) == nil && code.step(of: shown, at: time, after: 101) == nil)
        }
        for time: Int64 in [2969, 3060] { #expect(code.step(of: shown, at: time, after: nil) == nil, "\(time)") }
        for bad in [
            "", String(decoding: shown.dropLast(), as: UTF8.self), String(decoding: shown, as: UTF8.self) + "0",
        ] {
            #expect(code.step(of: Array(bad.utf8), at: 3000, after: nil) == nil)
        }
    }

    @Test func `have secrets and digits within their bounds`() throws {
        for count in [16, 64] { _ = try OneTimeCode(secret: SecretBytes(copying: [UInt8](repeating: 1, count: count))) }
        for count in [15, 65] {
            #expect(throws: AuthError.self) {
                _ = try OneTimeCode(secret: SecretBytes(copying: [UInt8](repeating: 1, count: count)))
            }
        }
        for digits in [5, 9] {
            #expect(throws: AuthError.self) {
                _ = try OneTimeCode(secret: SecretBytes(copying: [UInt8](repeating: 1, count: 20)), digits: digits)
            }
        }
    }
}

@Suite struct `Answers to security questions` {
    /// RFC 7914 §12.
    @Test func `are hashed as RFC 7914 says`() throws {
        let cost = try #require(Scrypt.Cost(rounds: 1024, blockSize: 8, parallelisation: 16))
        let hash = try Scrypt.hash(
            SecretBytes(copying: Array("password".utf8)), salt: Array("NaCl".utf8), cost: cost, count: 64)
        let expected =
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        #expect(hash.withSpan { span in span.indices.map { Self.hex(span[$0]) }.joined() } == expected)
        for (rounds, size, lanes) in [(1, 8, 1), (3, 8, 1), (2, 0, 1), (2, 65, 1), (2, 1, 65), (1 << 21, 8, 1)]
            as [(UInt64, UInt64, UInt64)]
        {
            #expect(Scrypt.Cost(rounds: rounds, blockSize: size, parallelisation: lanes) == nil)
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789abcdef")
        return "\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }

    @Test func `are right whatever their case, spaces and punctuation`() throws {
        let answer = try SecretAnswer.make(Array("St. Mary's, Köln".utf8))
        for right in ["st marys köln", "ST.MARY'S KÖLN", " st  mary s-köln "] {
            #expect(try answer.isRight(Array(right.utf8)), "\(right)")
        }
        for wrong in ["st marys koln", "", "…", "st marys köln 2"] {
            #expect(try !answer.isRight(Array(wrong.utf8)), "\(wrong)")
        }
        #expect(try !answer.isRight([0xFF]))
        let kept = try SecretAnswer(salt: answer.salt, digest: answer.withDigest { SecretBytes(copying: $0) })
        #expect(try kept.isRight(Array("st marys köln".utf8)))
        #expect(try SecretAnswer.make(Array("x".utf8)).salt != SecretAnswer.make(Array("x".utf8)).salt)
    }

    @Test func `are bounded and not empty`() throws {
        _ = try SecretAnswer.make([UInt8](repeating: 0x61, count: 256))
        for bad in [[UInt8](repeating: 0x61, count: 257), [], Array(" .".utf8), [0xC3]] {
            #expect(throws: AuthError.self) { _ = try SecretAnswer.make(bad) }
        }
        #expect(throws: AuthError.self) {
            _ = try SecretAnswer(salt: [1], digest: SecretBytes(copying: [UInt8](repeating: 1, count: 32)))
        }
    }
}

@Suite struct `Guesses` {
    private static func bounds() throws -> GuessLedger.Bounds {
        try .init(guessesMax: 3, memorySeconds: 600, lockSeconds: 100, lockSecondsMax: 350)
    }

    /// Whether a guess is taken.
    private static func reserve(_ ledger: inout GuessLedger, at now: Int64) throws -> Bool {
        if case .judge = ledger.reserve(at: now, try bounds()) { true } else { false }
    }

    @Test func `are paid for before they are judged, and lock for longer each time`() throws {
        let bounds = try Self.bounds()
        var ledger = GuessLedger()
        var now: Int64 = 1000
        for length: Int64 in [100, 200, 350, 350] {
            for _ in 0..<3 { #expect(try Self.reserve(&ledger, at: now)) }
            #expect(ledger.reserve(at: now, bounds) == .locked(until: now + length))
            #expect(ledger.reserve(at: now + length - 1, bounds) == .locked(until: now + length))
            now += length
        }
        // After as long a quiet as the longest lock it begins anew.
        now += 350
        for _ in 0..<3 { #expect(try Self.reserve(&ledger, at: now)) }
        #expect(ledger.reserve(at: now, bounds) == .locked(until: now + 100))
    }

    @Test func `that were wrong are forgotten after a quiet time, from the last on`() throws {
        let bounds = try Self.bounds()
        var ledger = GuessLedger()
        for now: Int64 in [0, 599] { #expect(try Self.reserve(&ledger, at: now)) }
        var late = ledger
        #expect(try Self.reserve(&late, at: 1198))
        #expect(late.lockedUntil == 1298)
        #expect(try Self.reserve(&ledger, at: 1199))
        #expect(ledger.guesses == 1 && ledger.lockedUntil == 0)
        #expect(!ledger.isIdle(at: 1798, bounds) && ledger.isIdle(at: 1799, bounds))
    }

    @Test func `that were right cost nothing, and forgive slips only where that is safe`() throws {
        let bounds = try Self.bounds()
        for forgives in [false, true] {
            var ledger = GuessLedger()
            #expect(try Self.reserve(&ledger, at: 0))
            for _ in 0..<20 { try settle(&ledger, at: 1, forgives) }
            #expect(ledger.guesses == (forgives ? 0 : 1))
            // The third, which locks, was right.
            if !forgives { #expect(try Self.reserve(&ledger, at: 2)) }
            try settle(&ledger, at: 2, forgives)
            #expect(ledger.lockedUntil == 0 && ledger.locks == 0 && ledger.guesses == (forgives ? 0 : 2))
        }
        // A lock that is over, and guesses after it, are none the less for a guess from before.
        var ledger = GuessLedger()
        guard case .judge(let charge) = ledger.reserve(at: 0, bounds) else { return }
        for now: Int64 in [0, 0, 100] { #expect(try Self.reserve(&ledger, at: now)) }
        let before = ledger
        ledger.settleRight(charge: charge, forgivesSlips: true, bounds)
        #expect(ledger == before)
    }

    private func settle(_ ledger: inout GuessLedger, at now: Int64, _ forgives: Bool) throws {
        guard case .judge(let charge) = ledger.reserve(at: now, try Self.bounds()) else {
            Issue.record("locked")
            return
        }
        ledger.settleRight(charge: charge, forgivesSlips: forgives, try Self.bounds())
    }

    /// Whatever is interleaved, nobody gets more wrong guesses than the bounds say.
    @Test func `in parallel are no more than one after another`() throws {
        let bounds = try Self.bounds()
        var random = SeededGenerator("guesses in parallel")
        for _ in 0..<2000 {
            var ledger = GuessLedger()
            var open: [Int] = []
            var wrong = 0
            var now: Int64 = 0
            for _ in 0..<40 {
                now += Int64.random(in: 0...3, using: &random)
                if !open.isEmpty && Bool.random(using: &random) {
                    let charge = open.remove(at: Int.random(in: 0..<open.count, using: &random))
                    if Int.random(in: 0..<4, using: &random) == 0 {
                        ledger.settleRight(charge: charge, forgivesSlips: false, bounds)
                    } else {
                        wrong += 1
                    }
                } else if case .judge(let charge) = ledger.reserve(at: now, bounds) {
                    open.append(charge)
                }
            }
            // 120 seconds hold at most one lock of 100 and what is after it.
            #expect(wrong <= 6 + open.count, "seed \(random.seed)")
        }
    }

    @Test func `have bounds within bounds`() throws {
        for (guesses, memory, lock, most) in [
            (0, 1, 1, 1), (101, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 2, 1), (1, 1, 1, 31_536_001),
            (1, 31_536_001, 1, 1),
        ] as [(Int, Int64, Int64, Int64)] {
            #expect(throws: AuthError.self) {
                try GuessLedger.Bounds(
                    guessesMax: guesses, memorySeconds: memory, lockSeconds: lock, lockSecondsMax: most)
            }
        }
        _ = try GuessLedger.Bounds(
            guessesMax: 100, memorySeconds: 31_536_000, lockSeconds: 1, lockSecondsMax: 31_536_000)
    }
}

@Suite struct `Verification sessions` {
    private static let customer = CustomerReference(bytes: Array("DE02".utf8))
    private static func bounds() throws -> VerificationSession.Bounds {
        try .init(challengeSeconds: 60, verifiedSeconds: 600, answersMax: 2)
    }

    @Test func `go from a challenge to verified and expired, for one account`() throws {
        let bounds = try Self.bounds()
        var session = VerificationSession()
        #expect(session.state(at: 0) == .unverified && session.take(answerAt: 0) == .noChallenge)
        session.challenge(customer: Self.customer, for: .knowledge, at: 0, bounds)
        guard case .judge(let challenge) = session.take(answerAt: 59) else {
            Issue.record("no answer is taken")
            return
        }
        #expect(session.level(for: Self.customer, at: 59) == .none)
        #expect(session.settleRight(challenge, at: 59, bounds) == true)
        #expect(session.level(for: Self.customer, at: 658) == .knowledge)
        #expect(session.level(for: CustomerReference(bytes: Array("DE03".utf8)), at: 60) == .none)
        #expect(session.level(for: Self.customer, at: 659) == .none && session.state(at: 659) == .expired)
        #expect(session.take(answerAt: 60) == .noChallenge)
        session.challenge(customer: CustomerReference(bytes: Array("DE03".utf8)), for: .possession, at: 100, bounds)
        #expect(session.level(for: Self.customer, at: 100) == .none)
    }

    @Test func `take as many answers as they may, in their time, and none for another challenge`() throws {
        let bounds = try Self.bounds()
        var session = VerificationSession()
        session.challenge(customer: Self.customer, for: .knowledge, at: 0, bounds)
        guard case .judge(let first) = session.take(answerAt: 0), case .judge = session.take(answerAt: 1) else {
            Issue.record("no answer is taken")
            return
        }
        #expect(session.take(answerAt: 2) == .noChallenge && session.state(at: 2) == .unverified)
        // The first answer is still being judged, and was right.
        var other = session
        #expect(session.settleRight(first, at: 2, bounds) == true)
        #expect(session.settleRight(first, at: 2, bounds) == false)
        other.challenge(customer: Self.customer, for: .knowledge, at: 3, bounds)
        #expect(other.settleRight(first, at: 3, bounds) == false)
        var late = VerificationSession()
        late.challenge(customer: Self.customer, for: .knowledge, at: 0, bounds)
        guard case .judge(let slow) = late.take(answerAt: 59) else { return }
        #expect(late.take(answerAt: 60) == .noChallenge && !late.settleRight(slow, at: 60, bounds))
    }

    /// Every order of events up to a length, with the states that are reached.
    @Test func `are verified by a right answer alone`() throws {
        let bounds = try Self.bounds()
        var reached: [(session: VerificationSession, asked: VerificationSession.Challenge?, wasRight: Bool)] = [
            (VerificationSession(), nil, false)
        ]
        for now in Int64(0)..<5 {
            reached = reached.flatMap { world in
                var next = [world]
                var challenged = world
                challenged.session.challenge(customer: Self.customer, for: .possession, at: now, bounds)
                challenged.wasRight = false
                next.append(challenged)
                var answered = world
                if case .judge(let challenge) = answered.session.take(answerAt: now) { answered.asked = challenge }
                next.append(answered)
                if let asked = world.asked {
                    var settled = world
                    if settled.session.settleRight(asked, at: now, bounds) { settled.wasRight = true }
                    next.append(settled)
                }
                return next
            }
            for world in reached {
                let isVerified = world.session.level(for: Self.customer, at: now) > .none
                #expect(isVerified == world.wasRight)
            }
        }
        #expect(reached.count > 300 && reached.contains { $0.wasRight })
    }

    @Test func `have bounds within bounds`() throws {
        for (challenge, verified, answers) in [
            (0, 1, 1), (3601, 1, 1), (1, 0, 1), (1, 86_401, 1), (1, 1, 0), (1, 1, 11),
        ] as [(Int64, Int64, Int)] {
            #expect(throws: AuthError.self) {
                try VerificationSession.Bounds(
                    challengeSeconds: challenge, verifiedSeconds: verified, answersMax: answers)
            }
        }
        _ = try VerificationSession.Bounds(challengeSeconds: 3600, verifiedSeconds: 86_400, answersMax: 10)
    }
}
