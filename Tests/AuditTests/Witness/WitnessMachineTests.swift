import OpenSSL
import Testing
import Threading

@testable import Audit

/// The format's witness and log, and what they say.
struct WitnessFixture {
    let key: VerifierKey
    let origin = "bank.example/portcullis/test"
    private let leaves = (0..<64).map { MerkleTree.leaf(Array("record \($0)".utf8)) }

    init() throws {
        key = VerifierKey(name: "witness.example/w1", publicKey: try signingKey(32..<64).publicKey, kind: .witness)
    }

    func checkpoint(_ size: Int) throws -> WitnessTarget { try WitnessTarget(try note(size)) }

    func note(_ size: Int) throws -> SignedNote {
        var edge = TreeEdge()
        var hasher = SHA256()
        for leaf in leaves.prefix(size) { edge.append(leaf, with: &hasher) { _, _ in } }
        let checkpoint = Checkpoint(origin: origin, size: UInt64(size), root: edge.root(with: &hasher))
        let made = checkpoint.signature(by: try signingKey(0..<32))
        let signature = try #require(made)
        return SignedNote(text: checkpoint.text, signatures: [signature])
    }

    /// The line of a witness for `size`, by the key of `seed`.
    func line(
        _ size: Int, time: UInt64 = 1000, seed: Range<UInt8> = 32..<64, name: String = "witness.example/w1"
    ) throws -> [UInt8] {
        let signer = try signingKey(seed)
        let text = try note(size).text
        let bytes = signer.sign(Cosignature.message(text, time: time))
        let signature = try #require(bytes)
        let own = VerifierKey(name: name, publicKey: signer.publicKey, kind: .witness)
        let clock = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
        return SignedNote.Signature(name: name, keyIdentifier: own.identifier, bytes: clock + signature).line
    }

    func instant(_ seconds: UInt64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

    func around(
        _ seconds: UInt64 = 100, wall: UInt64 = 1000, jitter: UInt64 = 0, signedMax: UInt64 = 0
    ) -> WitnessMachine.Circumstances {
        .init(now: instant(seconds), wall: wall, jitter: jitter, signedMax: signedMax)
    }

    /// A machine with `size` sent at second 100.
    func inFlight(_ size: Int = 9, cosigned: UInt64 = 4) throws -> WitnessMachine {
        var machine = WitnessMachine(key: key, cosigned: cosigned)
        #expect(machine.publish(try checkpoint(size)) == .nothing)
        guard case .send(let submission) = machine.next(at: instant(100)) else {
            throw AuditError.exhausted("step to send")
        }
        #expect(submission.old == cosigned && submission.target.size == UInt64(size))
        return machine
    }

    func size(_ number: some BinaryInteger, type: String? = "text/x.tlog.size") -> WitnessAnswer {
        WitnessAnswer(status: 409, contentType: type, body: Array("\(number)\n".utf8))
    }
}

@Suite struct `A witness's machine` {
    private let fixture: WitnessFixture
    init() throws { fixture = try WitnessFixture() }

    private func target(_ step: WitnessStep) -> (old: UInt64, size: UInt64)? {
        guard case .send(let submission) = step else { return nil }
        return (submission.old, submission.target.size)
    }

    @Test func `keeps a right cosignature, and sends the same again an hour later`() throws {
        var machine = try fixture.inFlight()
        let line = try fixture.line(9)
        guard
            case .accept(let kept, 9, 1000) = machine.answered(WitnessAnswer(status: 200, body: line), fixture.around())
        else {
            Issue.record("a right answer")
            return
        }
        #expect(kept.line == line && machine.cosigned == 9)
        #expect(machine.next(at: fixture.instant(3699)) == .wait(until: fixture.instant(3700)))
        let again = try #require(target(machine.next(at: fixture.instant(3700))))
        #expect(again.old == 9 && again.size == 9)
    }

    @Test func `sends only the newest checkpoint, one at a time`() throws {
        var machine = try fixture.inFlight()
        for size in [10, 12, 11, 12] { #expect(machine.publish(try fixture.checkpoint(size)) == .nothing) }
        #expect(machine.next(at: fixture.instant(5000)) == .wait(until: nil))
        _ = machine.answered(WitnessAnswer(status: 200, body: try fixture.line(9)), fixture.around())
        let next = try #require(target(machine.next(at: fixture.instant(100))))
        #expect(next.old == 9 && next.size == 12)
    }

    @Test func `takes no line but a right one of the key that the policy names`() throws {
        let other = try fixture.line(9, seed: 64..<96)
        let right = try fixture.line(9)
        let cases: [([UInt8], WitnessAlarm?)] = [
            (other + right, nil), (right + right, nil), (other, .noCosignature), ([], .malformed(status: 200)),
            (try fixture.line(10), .wrongCosignature), (right + (try fixture.line(8)), .wrongCosignature),
            (Array("\u{2014} witness.example/w1 IDJKvgAAAAA=\n".utf8), .wrongCosignature),
            (Array(right.dropLast()), .malformed(status: 200)), (right + [0x0A], .malformed(status: 200)),
            (right + Array("garbage\n".utf8), .malformed(status: 200)),
            (Array((0..<15).map { _ in other }.joined()) + right, nil),
            (Array((0..<16).map { _ in other }.joined()) + right, .malformed(status: 200)),
            (try fixture.line(9, time: 1060), nil), (try fixture.line(9, time: 940), nil),
            (try fixture.line(9, time: 1061), .wrongTime(found: 1061, wall: 1000)),
            (try fixture.line(9, time: 939), .wrongTime(found: 939, wall: 1000)),
            (try fixture.line(9, time: .max), .wrongTime(found: .max, wall: 1000)),
        ]
        for (body, alarm) in cases {
            var machine = try fixture.inFlight()
            let outcome = machine.answered(WitnessAnswer(status: 200, body: body), fixture.around())
            if let alarm {
                #expect(outcome == .alarm(alarm))
                #expect(machine.state == .backingOff(until: fixture.instant(101)) && machine.cosigned == 4)
            } else {
                #expect(machine.cosigned == 9)
            }
        }
    }

    @Test func `asks again from the size that a 409 names`() throws {
        for (size, alarm) in [(6, nil), (9, nil), (4, nil), (0, WitnessAlarm.forgot(size: 0, cosigned: 4))] {
            var machine = try fixture.inFlight()
            #expect(machine.answered(fixture.size(size), fixture.around()) == alarm.map { .alarm($0) } ?? .nothing)
            let next = try #require(target(machine.next(at: fixture.instant(100))))
            #expect(next.old == UInt64(size) && next.size == 9)
        }
    }

    @Test func `asks again three times and no more, and once more after the next checkpoint`() throws {
        var machine = try fixture.inFlight()
        for size in [5, 6, 7] {
            #expect(machine.answered(fixture.size(size), fixture.around()) == .nothing)
            #expect(target(machine.next(at: fixture.instant(100)))?.old == UInt64(size))
        }
        #expect(machine.answered(fixture.size(8), fixture.around()) == .alarm(.conflictsWithoutEnd))
        #expect(machine.next(at: fixture.instant(100_000)) == .wait(until: nil))
        _ = machine.publish(try fixture.checkpoint(10))
        #expect(target(machine.next(at: fixture.instant(100_000)))?.size == 10)
        #expect(machine.answered(fixture.size(8), fixture.around()) == .nothing)
    }

    @Test func `stops the log where a witness has seen more than was ever signed`() throws {
        let cases: [(UInt64, UInt64, Bool)] = [
            (9, 0, false), (10, 0, true), (10, 10, false), (11, 10, true), (.max, 10, true),
        ]
        for (seen, signed, stops) in cases {
            var machine = try fixture.inFlight()
            let outcome = machine.answered(fixture.size(seen), fixture.around(signedMax: signed))
            let failure = WitnessFailure.rolledBack(seen: seen, signed: max(9, signed))
            #expect(outcome == (stops ? .failClosed(failure) : .nothing))
            #expect((machine.state == .stopped) == stops)
            if stops { #expect(failure.error(witness: "w").exitStatus == 65) }
        }
    }

    @Test func `waits for a checkpoint that a witness got from somebody else`() throws {
        var machine = try fixture.inFlight()
        #expect(machine.answered(fixture.size(12), fixture.around(signedMax: 12)) == .nothing)
        #expect(machine.next(at: fixture.instant(200)) == .wait(until: nil))
        _ = machine.publish(try fixture.checkpoint(11))
        #expect(machine.next(at: fixture.instant(200)) == .wait(until: nil))
        _ = machine.publish(try fixture.checkpoint(13))
        let next = try #require(target(machine.next(at: fixture.instant(200))))
        #expect(next.old == 12 && next.size == 13)
    }

    @Test func `stops the log where what was cosigned is larger than what is published`() throws {
        var machine = WitnessMachine(key: fixture.key, cosigned: 10)
        #expect(machine.publish(try fixture.checkpoint(9)) == .failClosed(.rolledBack(seen: 10, signed: 9)))
        #expect(machine.publish(try fixture.checkpoint(11)) == .nothing && machine.state == .stopped)
        var equal = WitnessMachine(key: fixture.key, cosigned: 9)
        #expect(equal.publish(try fixture.checkpoint(9)) == .nothing)
        #expect(target(equal.next(at: fixture.instant(0)))?.old == 9)
    }

    @Test(arguments: [
        ("9", "text/plain", false), ("9", nil, false), ("09", "text/x.tlog.size", false),
        ("", "text/x.tlog.size", false),
        ("-9", "text/x.tlog.size", false), ("9 ", "text/x.tlog.size", false), ("9\n", "text/x.tlog.size", false),
        ("18446744073709551616", "text/x.tlog.size", false), ("100000000000000000000", "text/x.tlog.size", false),
        ("9", "Text/X.tlog.SIZE; charset=utf-8", true), ("0", "text/x.tlog.size", true),
    ])
    func `takes a size as the protocol writes it and no other`(text: String, type: String?, isRight: Bool) throws {
        var machine = try fixture.inFlight(9, cosigned: 0)
        let answer = WitnessAnswer(status: 409, contentType: type, body: Array("\(text)\n".utf8))
        let outcome = machine.answered(answer, fixture.around())
        #expect(outcome == (isRight ? .nothing : .alarm(.malformed(status: 409))))
        #expect(machine.state == (isRight ? .ready : .resting))
    }

    @Test func `has its proof rechecked where it is refused`() throws {
        for isRight in [true, false] {
            var machine = try fixture.inFlight()
            guard case .recheck(let submission) = machine.answered(WitnessAnswer(status: 422), fixture.around()) else {
                Issue.record("no recheck")
                return
            }
            #expect(submission.old == 4 && machine.next(at: fixture.instant(9999)) == .wait(until: nil))
            let outcome = machine.rechecked(isRight: isRight)
            #expect(outcome == (isRight ? .failClosed(.forked(old: 4, size: 9)) : .alarm(.wrongProof)))
            #expect(machine.state == (isRight ? .stopped : .resting))
        }
        #expect(WitnessFailure.forked(old: 4, size: 9).error(witness: "w").exitStatus == 65)
    }

    @Test(arguments: [400, 401, 403, 404, 405, 411, 413, 100, 204, 301, 307, 600, 0])
    func `rests until the next checkpoint after a refusal`(status: Int) throws {
        var machine = try fixture.inFlight()
        let isNamed = [400, 403, 404, 411, 413].contains(status)
        let alarm = isNamed ? WitnessAlarm.refused(status: status) : .unexpected(status: status)
        #expect(machine.answered(WitnessAnswer(status: status), fixture.around()) == .alarm(alarm))
        #expect(machine.next(at: fixture.instant(1_000_000)) == .wait(until: nil))
        _ = machine.publish(try fixture.checkpoint(10))
        #expect(target(machine.next(at: fixture.instant(1_000_000)))?.old == 4)
    }

    @Test func `does not rest where the next checkpoint is there already`() throws {
        var machine = try fixture.inFlight()
        _ = machine.publish(try fixture.checkpoint(10))
        #expect(machine.answered(WitnessAnswer(status: 400), fixture.around()) == .alarm(.refused(status: 400)))
        #expect(target(machine.next(at: fixture.instant(100)))?.size == 10)
    }

    @Test(arguments: [0, 999] as [UInt64])
    func `waits longer after each failure, from 1 to 60 seconds, whatever is published`(jitter: UInt64) throws {
        var machine = try fixture.inFlight()
        var now: UInt64 = 1000
        var pauses: [UInt64] = []
        for attempt in 0..<9 {
            let around = fixture.around(now, jitter: jitter)
            let outcome =
                attempt % 2 == 0
                ? machine.unanswered(.unreachable, around) : machine.answered(WitnessAnswer(status: 500), around)
            #expect(outcome == .nothing)
            guard case .wait(let time?) = machine.next(at: fixture.instant(now)) else {
                Issue.record("no pause")
                return
            }
            pauses.append((time.nanoseconds - now * 1_000_000_000) / 1_000_000)
            _ = machine.publish(try fixture.checkpoint(10 + attempt))
            #expect(machine.next(at: fixture.instant(now)) == .wait(until: time))
            #expect(target(machine.next(at: time))?.size == UInt64(10 + attempt))
            now += 1000
        }
        #expect(
            pauses
                == (jitter == 0
                    ? [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]
                    : [1999, 3998, 7996, 15_992, 31_984, 59_970, 59_970, 59_970, 59_970]))
        // A success forgives.
        _ = machine.answered(WitnessAnswer(status: 200, body: try fixture.line(18)), fixture.around(now))
        _ = machine.publish(try fixture.checkpoint(20))
        _ = machine.next(at: fixture.instant(now))
        _ = machine.unanswered(.unreachable, fixture.around(now))
        #expect(machine.state == .backingOff(until: fixture.instant(now + 1)))
    }

    @Test(
        arguments: [
            ("0", 1), ("1", 1), ("2", 2), ("3600", 3600), ("3601", 3600), ("99999999999999999999999", 3600), ("-5", 1),
            ("soon", 1), ("", 1), ("Sun, 06 Nov 1994 08:49:37 GMT", 3600), ("Thu, 01 Jan 1970 00:16:50 GMT", 10),
            ("Thu, 01 Jan 1970 00:00:01 GMT", 1),
            ("Thu, 01 Jan 1970 01:16:40 GMT", 3600), ("Thu, 01 Jan 1970 01:16:41 GMT", 3600),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 3600), ("Thu, 01 Jan 1970 00:16:50 UTC", 1),
            ("Thu, 32 Jan 1970 00:16:50 GMT", 1),
        ] as [(String, UInt64)])
    func `waits as a busy witness asks, up to an hour`(text: String, seconds: UInt64) throws {
        for status in [503, 500, 599, 429] {
            var machine = try fixture.inFlight()
            let answer = WitnessAnswer(status: status, retryAfter: text)
            #expect(machine.answered(answer, fixture.around()) == .nothing)
            #expect(machine.state == .backingOff(until: fixture.instant(100 + seconds)), "\(status)")
        }
    }

    @Test func `says why nothing was answered where an operator can mend it`() throws {
        for (silence, alarm) in [
            (WitnessSilence.untrusted("x"), WitnessAlarm.untrusted("x")), (.tooLarge, .tooLarge),
        ] {
            var machine = try fixture.inFlight()
            #expect(machine.unanswered(silence, fixture.around()) == .alarm(alarm))
            #expect(machine.state == .backingOff(until: fixture.instant(101)))
        }
        var machine = try fixture.inFlight()
        #expect(machine.unproved("no tile", fixture.around()) == .alarm(.noProof("no tile")))
        #expect(machine.state == .backingOff(until: fixture.instant(101)))
        let alarms: [WitnessAlarm] = [
            .refused(status: 400), .refused(status: 403), .refused(status: 404), .unexpected(status: 301),
            .noCosignature,
            .malformed(status: 200), .wrongCosignature, .wrongTime(found: 1, wall: 99), .forgot(size: 1, cosigned: 2),
            .conflictsWithoutEnd, .untrusted("x"), .tooLarge, .noProof("x"), .wrongProof,
        ]
        #expect(Set(alarms.map(\.description)).count == alarms.count && Set(alarms.map(\.name)).count == 12)
    }
}
