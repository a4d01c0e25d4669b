import OpenSSL
import Testing

@testable import Audit

@Suite struct `A log whose key was rotated` {
    private static let old: Range<UInt8> = 0..<32
    private static let new: Range<UInt8> = 32..<64
    private static let foreign: Range<UInt8> = 64..<96

    /// The sample with a rotation as record 7, in the place of a request.
    private var log: SignedLog {
        get throws {
            var log = try SignedLog.sample
            log.segments[1].middles[2] = try SignedLog.rotation(from: Self.old, to: Self.new)
            log.seeds = [Self.old, Self.new]
            log.sizes = [1, 4, 6, 8, 9, 12]
            return log
        }
    }

    private func verify(_ disk: FaultyStorage, _ seeds: [Range<UInt8>]) throws -> VerifyReport {
        let keys = try keys(seeds)
        return try disk.verifyPinned { $0.pinnedKeys = keys }
    }

    private func keys(_ seeds: [Range<UInt8>]) throws -> [String] { try seeds.map { try SignedLog.key($0).text } }

    @Test(arguments: [[old], [new], [old, new]])
    func `is followed by who pins either key, and by nobody else`(pins: [Range<UInt8>]) throws {
        let disk = try log.written()
        try expect(verify(disk, pins), begins: "OK ")
        try expect(verify(disk, [Self.foreign]), begins: "TAMPERED code=UNKNOWN_KEY seq=0 ")
        #expect(disk.verify().exitStatus == 0)
    }

    @Test(arguments: [[old], [new]])
    func `must have both signatures where it changes hands`(signers: [Range<UInt8>]) throws {
        let disk = try log.written()
        disk[SignedTamper.path(8)] = try SignedLog.note(size: 8, lines: SignedLog.lines(of: disk), seeds: signers)
        for pins in [[Self.old], [Self.new]] {
            try expect(verify(disk, pins), begins: "TAMPERED code=KEY_ROTATION seq=8 ")
        }
    }

    @Test func `must have the checkpoint at which it changes hands`() throws {
        let disk = try log.written()
        disk.delete(SignedTamper.path(8))
        try expect(verify(disk, [Self.old]), begins: "TAMPERED code=CHECKPOINT_MISSING seq=9 ")
    }

    @Test func `is signed by the new key alone after it, and by the old one alone before`() throws {
        let disk = try log.written()
        let lines = SignedLog.lines(of: disk)
        disk[SignedTamper.path(9)] = try SignedLog.note(size: 9, lines: lines, seeds: [Self.old])
        try expect(verify(disk, [Self.old]), begins: "TAMPERED code=KEY_ROTATION seq=9 ")
        let early = try log.written()
        early[SignedTamper.path(6)] = try SignedLog.note(size: 6, lines: lines, seeds: [Self.new])
        try expect(verify(early, [Self.old]), begins: "TAMPERED code=UNKNOWN_KEY seq=6 ")
    }

    @Test func `is not rotated to a thief's key by the thief`() throws {
        var log = try log
        log.segments[1].middles[2] = try SignedLog.rotation(from: Self.old, to: Self.foreign)
        log.seeds = [Self.old, Self.foreign]
        let disk = try log.written()
        let lines = SignedLog.lines(of: disk)
        // The old key has signed up to 6; the rest is the thief's.
        disk[SignedTamper.path(8)] = try SignedLog.note(size: 8, lines: lines, seeds: [Self.foreign])
        try expect(verify(disk, [Self.old]), begins: "TAMPERED code=KEY_ROTATION seq=8 ")
        disk.delete(SignedTamper.path(8))
        try expect(verify(disk, [Self.old]), begins: "TAMPERED code=CHECKPOINT_MISSING seq=9 ")
    }

    @Test func `does not become somebody's by naming his key last`() throws {
        var log = try SignedLog.sample
        log.segments[0].middles[0] = try SignedLog.genesis(Self.foreign)
        log.seeds = [Self.foreign]
        log.segments[2].middles = [
            log.segments[2].middles[0], try SignedLog.rotation(from: Self.foreign, to: Self.old),
        ]
        log.sizes = [1, 4, 6, 9]
        try expect(verify(try log.written(), [Self.old]), begins: "TAMPERED code=UNKNOWN_KEY seq=0 ")
    }

    @Test func `must have had the key that it is rotated from`() throws {
        var log = try log
        log.segments[1].middles[2] = try SignedLog.rotation(from: Self.foreign, to: Self.new)
        try expect(verify(try log.written(), [Self.old]), begins: "TAMPERED code=KEY_ROTATION seq=7 ")
        log.segments[1].middles[2] = SignedLog.text(#""type":"key.rotate","key":{"old":"x","new":"y"}"#)
        try expect(verify(try log.written(), [Self.old]), begins: "TAMPERED code=KEY_ROTATION seq=7 ")
    }
}

@Suite struct `A log with witnesses` {
    private func policy(_ quorum: String) throws -> VerifyOptions.GivenFile {
        let witness = VerifierKey(
            name: "witness.example/w1", publicKey: try signingKey(32..<64).publicKey, kind: .witness)
        let text = "log \(try SignedLog.key(0..<32).text)\nwitness w \(witness.text)\nquorum \(quorum)\n"
        return VerifyOptions.GivenFile(name: "policy", bytes: Array(text.utf8))
    }

    private func cosign(
        _ disk: FaultyStorage, _ name: String, by seed: Range<UInt8> = 32..<64,
        as witness: String = "witness.example/w1"
    ) throws {
        disk[name] = try SignedLog.cosigned(try SignedNote(disk[name]), by: seed, name: witness).bytes
    }

    private func verify(_ disk: FaultyStorage, _ quorum: String, isLive: Bool = false) throws -> VerifyReport {
        var options = VerifyOptions()
        options.policy = try policy(quorum)
        options.isLive = isLive
        return Verifier.verify(disk, options: options)
    }

    @Test func `is OK where enough have signed the newest checkpoint`() throws {
        let disk = try SignedLog.sample.written()
        #expect(try verify(disk, "none").text.contains(" cosigned=- "))
        try expect(verify(disk, "w"), begins: "TAMPERED code=WITNESS_QUORUM seq=0 ")
        try cosign(disk, SignedTamper.path(9))
        try expect(verify(disk, "w"), begins: "TAMPERED code=WITNESS_QUORUM seq=9 ")
        let live = try verify(disk, "w", isLive: true)
        #expect(live.text.contains(" cosigned=9 ") && live.text.contains("WARNING the witnesses have signed 9 records"))
        try cosign(disk, "checkpoint")
        let report = try verify(disk, "w")
        #expect(report.exitStatus == 0 && report.text.contains(" cosigned=12 "), "\(report.text)")
    }

    @Test func `needs as many witnesses as its policy says, each counted once`() throws {
        let seeds: [Range<UInt8>] = [32..<64, 64..<96, 96..<128]
        var text = "log \(try SignedLog.key(0..<32).text)\n"
        for (number, seed) in seeds.enumerated() {
            let key = VerifierKey(name: "w\(number)", publicKey: try signingKey(seed).publicKey, kind: .witness)
            text += "witness w\(number) \(key.text)\n"
        }
        text += "group two 2 w0 w1 w2\nquorum two\n"
        let disk = try SignedLog.sample.written()
        func verify() -> VerifyReport {
            var options = VerifyOptions()
            options.policy = .init(name: "policy", bytes: Array(text.utf8))
            return Verifier.verify(disk, options: options)
        }
        try expect(verify(), begins: "TAMPERED code=WITNESS_QUORUM seq=0 ")
        for _ in 0..<2 { try cosign(disk, "checkpoint", by: seeds[1], as: "w1") }
        try expect(verify(), begins: "TAMPERED code=WITNESS_QUORUM seq=0 ")
        // Somebody whom the policy does not know adds nothing.
        try cosign(disk, "checkpoint", by: 128..<160, as: "w2")
        try expect(verify(), begins: "TAMPERED code=WITNESS_QUORUM seq=0 ")
        try cosign(disk, "checkpoint", by: seeds[0], as: "w0")
        #expect(verify().text.contains(" cosigned=12 "), "\(verify().text)")
    }

    @Test func `shows a broken cosignature`() throws {
        let disk = try SignedLog.sample.written()
        try cosign(disk, SignedTamper.path(6))
        var note = try SignedNote(disk[SignedTamper.path(6)])
        let good = note.signatures[1]
        note.signatures[1] = SignedNote.Signature(
            name: good.name, keyIdentifier: good.keyIdentifier, bytes: good.bytes.map { $0 ^ 1 })
        disk[SignedTamper.path(6)] = note.bytes
        try expect(verify(disk, "none"), begins: "TAMPERED code=COSIGNATURE seq=6 ")
    }
}
