import OpenSSL
import Seeds
import Testing

@testable import Audit

@Suite struct `A proof of one record` {
    private static let seq = 6
    private static let witness = 32..<64 as Range<UInt8>

    /// Record 6 of the sample in its checkpoint of size 9.
    private func proof(_ change: (inout TlogProof) throws -> Void = { _ in }) throws -> [UInt8] {
        let disk = try SignedLog.sample.written()
        let lines = SignedLog.lines(of: disk)
        let siblings = MerkleTree.siblings(of: UInt64(Self.seq), size: 9).map { range in
            SignedLog.root(of: lines[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        var proof = TlogProof(
            record: lines[Self.seq], index: UInt64(Self.seq), proof: siblings,
            note: try SignedNote(disk[SignedTamper.path(9)]))
        try change(&proof)
        return proof.bytes
    }

    private func verify(
        _ bytes: [UInt8], _ change: (inout VerifyOptions) throws -> Void = { _ in }
    ) throws -> BundleVerifier.Report {
        var options = VerifyOptions()
        options.pinnedKeys = [try SignedLog.key(0..<32).text]
        try change(&options)
        return BundleVerifier.verify(.init(name: "6.tlog-proof", bytes: bytes), options: options)
    }

    @Test func `is right with nothing but the key, and says what it proves`() throws {
        let report = try verify(try proof())
        #expect(report.exitStatus == 0)
        #expect(
            report.text.hasPrefix("OK seq=6 type=request.end time=2026-11-20T08:00:00.006000Z hash="), "\(report.text)")
        #expect(report.text.contains(" origin=\(SignedLog.origin) size=9 root="))
        #expect(report.text.hasSuffix(" cosigned=- file=6.tlog-proof\n"))
    }

    @Test func `has no bit that can be changed`() throws {
        let bytes = try proof()
        let first = Int(Seed.value % 7)
        var (tried, found) = (0, 0)
        for bit in stride(from: first, to: 8 * bytes.count, by: 7) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            tried += 1
            found += try verify(changed).exitStatus == 1 ? 1 : 0
        }
        #expect(tried > 800 && found == tried, "\(found) of \(tried)")
    }

    private func expect(
        _ code: TamperCode, _ bytes: [UInt8], _ change: (inout VerifyOptions) throws -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let report = try verify(bytes, change)
        #expect(
            report.exitStatus == 1
                && report.text.hasPrefix("TAMPERED code=\(code.rawValue) seq=- segment=6.tlog-proof "),
            "\(report.text)", sourceLocation: sourceLocation)
    }

    @Test func `is wrong where it leads elsewhere`() throws {
        let lines = SignedLog.lines(of: try SignedLog.sample.written())
        try expect(.inclusion, try proof { $0.record = lines[5] })
        try expect(.inclusion, try proof { $0.index = 5 })
        try expect(.inclusion, try proof { ($0.record, $0.index) = (lines[5], 5) })
        try expect(.inclusion, try proof { $0.proof.removeLast() })
        try expect(.inclusion, try proof { $0.proof.append(SHA256Digest(of: [])) })
        try expect(.inclusion, try proof { $0.proof.swapAt(0, 1) })
        try expect(.inclusion, try proof { $0.record = Array("hello".utf8) })
        try expect(.inclusion, Array("hello\n".utf8))
        try expect(.inclusion, [])
        try expect(.checkpointFormat, Array(try proof().dropLast()))
    }

    @Test func `is wrong where the checkpoint is not the log's`() throws {
        let lines = SignedLog.lines(of: try SignedLog.sample.written())
        let foreign = try SignedLog.note(size: 9, lines: lines, seeds: [64..<96])
        try expect(.unknownKey, try proof { $0.note = try SignedNote(foreign) })
        let other = try SignedLog.note(size: 9, lines: lines, origin: "bank.example/other")
        try expect(.origin, try proof { $0.note = try SignedNote(other) })
        try expect(.origin, try proof()) { $0.origin = "bank.example/other" }
        let forged = try SignedNote(try SignedLog.note(size: 9, lines: Array(lines.reversed())))
        try expect(
            .checkpointSignature, try proof { $0.note = SignedNote(text: forged.text, signatures: $0.note.signatures) })
    }

    @Test func `needs the witnesses that the policy asks for`() throws {
        let key = try signingKey(Self.witness)
        let witness = VerifierKey(name: "witness.example/w1", publicKey: key.publicKey, kind: .witness)
        let text = "log \(try SignedLog.key(0..<32).text)\nwitness w \(witness.text)\nquorum w\n"
        func ask(_ options: inout VerifyOptions) {
            options.pinnedKeys = []
            options.policy = .init(name: "policy", bytes: Array(text.utf8))
        }
        try expect(.witnessQuorum, try proof(), ask)
        let note = try SignedNote(try SignedLog.sample.written()[SignedTamper.path(9)])
        let cosigned = try SignedLog.cosigned(note, by: Self.witness, name: witness.name)
        let report = try verify(try proof { $0.note = cosigned }, ask)
        #expect(report.exitStatus == 0 && report.text.contains(" cosigned=w file="), "\(report.text)")
        var broken = cosigned
        let good = cosigned.signatures[1]
        broken.signatures[1] = SignedNote.Signature(
            name: good.name, keyIdentifier: good.keyIdentifier, bytes: good.bytes.map { $0 ^ 1 })
        try expect(.cosignature, try proof { $0.note = broken }, ask)
    }

    @Test func `says nothing without a key, or with one that is none`() throws {
        let bytes = try proof()
        for options in [[], ["nonsense"]] {
            let report = try verify(bytes) { $0.pinnedKeys = options }
            #expect(report.exitStatus == 2 && report.text.hasPrefix("UNUSABLE 6.tlog-proof: "), "\(report.text)")
        }
        #expect(try verify(bytes) { ($0.pinnedKeys, $0.isUnpinned) = ([], true) }.exitStatus == 0)
        let reports = [try verify(bytes), BundleVerifier.Report(unreadable: "x: No such file")]
        #expect(BundleVerifier.exitStatus(of: reports) == 2 && BundleVerifier.exitStatus(of: []) == 2)
        #expect(BundleVerifier.exitStatus(of: reports + [try verify([])]) == 1)
    }
}

@Suite struct `The receipt of a response` {
    private func check(_ disk: FaultyStorage, _ receipt: String) -> ReceiptChecker.Report {
        ReceiptChecker.check(receipt, disk)
    }

    private func hash(_ seq: Int, _ disk: FaultyStorage) -> String {
        String(decoding: SignedLog.lines(of: disk)[seq].suffix(66).prefix(64), as: UTF8.self)
    }

    @Test func `is found in the segment of its record`() throws {
        let disk = try SignedLog.sample.written()
        for seq in 0..<12 {
            let report = check(disk, "\(seq):\(hash(seq, disk))")
            #expect(report.exitStatus == 0 && report.text.hasPrefix("OK seq=\(seq) segment=seg-"), "\(report.text)")
        }
    }

    @Test func `does not fit another record, a changed one, or one that is gone`() throws {
        let disk = try SignedLog.sample.written()
        let receipt = "6:\(hash(6, disk))"
        #expect(check(disk, "6:\(hash(5, disk))").exitStatus == 1)
        #expect(check(disk, "12:\(hash(6, disk))").exitStatus == 1)
        let name = disk.segments[1]
        let original = disk[name]
        var lines = FileTamper.lines(original)
        lines[2][40] ^= 1
        disk[name] = lines.flatMap { $0 }
        #expect(check(disk, receipt).text.hasPrefix("MISMATCH seq=6 segment=\(name) detail="))
        lines.remove(at: 2)
        disk[name] = lines.flatMap { $0 }
        #expect(check(disk, receipt).exitStatus == 1)
        // A record that was edited and hashed anew has another hash than the client was given.
        var log = try SignedLog.sample
        log.segments[1].middles[1] = SignedLog.end(99)
        log.writeSegments(to: disk)
        #expect(check(disk, receipt).exitStatus == 1)
    }

    @Test(arguments: [
        "", "6", "6:", "x:00", "06:\(String(repeating: "a", count: 64))", "6:\(String(repeating: "A", count: 64))",
    ])
    func `is refused where it is none`(receipt: String) throws {
        let report = check(try SignedLog.sample.written(), receipt)
        #expect(report.exitStatus == 2 && report.text.hasPrefix("UNUSABLE "), "\(report.text)")
    }

    @Test func `cannot be looked for where its segment was removed, or there is no log`() throws {
        let disk = try SignedLog.sample.written()
        let receipt = "2:\(hash(2, disk))"
        disk.delete(disk.segments[0])
        #expect(check(disk, receipt).exitStatus == 2)
        #expect(check(FaultyStorage(), receipt).exitStatus == 2)
    }
}
