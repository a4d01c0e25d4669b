import LinuxIO
import OpenSSL
import Synchronization
import Testing

@testable import Audit

/// What an attacker does to a signed log, and where it has to be found.
struct SignedTamper: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: TamperCode
    let seq: UInt64?
    let change: @Sendable (inout SignedLog, FaultyStorage) throws -> Void

    init(
        _ description: String, _ code: TamperCode, _ seq: UInt64?,
        _ change: @escaping @Sendable (inout SignedLog, FaultyStorage) throws -> Void
    ) {
        testDescription = description
        self.code = code
        self.seq = seq
        self.change = change
    }

    /// Other contents, every number, name and hash computed anew, by someone without the key.
    static func rewritten(
        _ edit: @escaping @Sendable (inout SignedLog) -> Void
    ) -> @Sendable (inout SignedLog, FaultyStorage) throws -> Void {
        { log, disk in
            edit(&log)
            log.writeSegments(to: disk)
        }
    }

    /// The same by someone who has the key: all checkpoints are signed anew, none beyond the end.
    static func resigned(
        _ edit: @escaping @Sendable (inout SignedLog) -> Void
    ) -> @Sendable (inout SignedLog, FaultyStorage) throws -> Void {
        { log, disk in
            edit(&log)
            log.writeSegments(to: disk)
            let count = UInt64(SignedLog.lines(of: disk).count)
            for size in log.sizes { disk.delete(path(size)) }
            log.sizes = Array(Set(log.sizes.filter { $0 <= count } + [count])).sorted()
            try log.publish(to: disk)
        }
    }

    static func path(_ size: UInt64) -> String { CheckpointShelf<FaultyStorage>.path(of: size) }

    private static func editNote(
        _ size: UInt64, _ edit: @escaping @Sendable (inout [UInt8]) -> Void
    ) -> @Sendable (inout SignedLog, FaultyStorage) throws -> Void {
        { _, disk in edit(&disk[path(size)]) }
    }

    private static func signed(
        _ size: UInt64, by seeds: [Range<UInt8>], origin: String = SignedLog.origin
    ) -> @Sendable (inout SignedLog, FaultyStorage) throws -> Void {
        { _, disk in
            let lines = SignedLog.lines(of: disk)
            disk[path(size)] = try SignedLog.note(size: size, lines: lines, seeds: seeds, origin: origin)
        }
    }

    private static let lastStop = SignedLog.text(#""type":"gateway.stop","stop":{"reason":"shutdown","requests":1}"#)

    /// Edits of records with everything but the checkpoints computed anew.
    static let relinked: [SignedTamper] = [
        .init("a member edited", .rootMismatch, 1, rewritten { $0.segments[0].middles[2] = SignedLog.end(99) }),
        .init(
            "the genesis edited", .rootMismatch, 0, rewritten { $0.segments[0].middles[0] += Array(#","x_a":1"#.utf8) }),
        .init("a record deleted", .rootMismatch, 6, rewritten { $0.segments[1].middles.remove(at: 2) }),
        .init(
            "a record inserted", .rootMismatch, 6, rewritten { $0.segments[1].middles.insert(SignedLog.end(99), at: 2) }
        ),
        .init(
            "a record repeated", .rootMismatch, 1, rewritten { $0.segments[0].middles.insert(SignedLog.end(2), at: 2) }),
        .init("two records swapped", .rootMismatch, 4, rewritten { $0.segments[1].middles.swapAt(0, 1) }),
        .init(
            "a record replaced by another one of the log", .rootMismatch, 9,
            rewritten { $0.segments[2].middles[1] = SignedLog.end(2) }),
        .init("the head cut", .rootMismatch, 1, rewritten { $0.segments[0].middles.remove(at: 1) }),
        .init("the tail cut at a line", .truncated, 9, rewritten { $0.segments[2].middles.removeLast(3) }),
        .init(
            "a whole segment removed and the rest renumbered", .truncated, 8,
            rewritten {
                $0.segments.remove(at: 1)
                $0.segments[1].reason = .start
                $0.segments[1].torn = []
            }),
        .init("the last segment removed", .truncated, 8, rewritten { $0.segments.removeLast() }),
        .init(
            "two segments swapped", .rootMismatch, 6,
            rewritten {
                $0.segments.swapAt(1, 2)
                $0.segments[1].middles.removeLast()
                $0.segments[1].reason = .start
                $0.segments[1].torn = []
                $0.segments[2].reason = .recovery
            }),
        .init(
            "two segments joined", .rootMismatch, 6,
            rewritten {
                $0.segments[1].middles += [SignedLog.end(8), SignedLog.end(9), SignedLog.end(10), lastStop]
                $0.segments.removeLast()
            }),
        .init(
            "a segment split", .rootMismatch, 4,
            rewritten {
                $0.segments[1].middles.remove(at: 0)
                $0.segments.insert(SignedLog.Segment(reason: .start, middles: []), at: 1)
                $0.segments[2].reason = .recovery
            }),
        .init(
            "a sealed torn tail written anew", .rootMismatch, 6,
            rewritten { $0.segments[2].torn = Array("{\"v\":1,\"seq\":9".utf8) }),
        .init("a sealed torn tail forgotten", .rootMismatch, 6, rewritten { $0.segments[2].torn = [] }),
    ]

    /// Changes of checkpoints alone.
    static let notes: [SignedTamper] = [
        .init("the folder of checkpoints emptied", .checkpointMissing, 12) { log, disk in
            for size in log.sizes { disk.delete(path(size)) }
        },
        .init("every checkpoint removed", .checkpointMissing, 0) { log, disk in
            for size in log.sizes { disk.delete(path(size)) }
            disk.delete("checkpoint")
        },
        .init("the newest checkpoint removed", .checkpointMissing, 0) { _, disk in disk.delete("checkpoint") },
        .init("the newest checkpoint rolled back", .checkpointStale, 9) { _, disk in disk["checkpoint"] = disk[path(9)]
        },
        .init("the newest checkpoints rolled back together", .checkpointStale, 9) { _, disk in
            disk["checkpoint"] = disk[path(9)]
            disk.delete(path(12))
        },
        .init("a checkpoint under another size", .checkpointFormat, 7) { _, disk in disk[path(7)] = disk[path(6)] },
        .init("a foreign name", .badName, nil) { _, disk in disk["checkpoints/6.note"] = disk[path(6)] },
        .init("a symbolic link", .notRegular, 6) { _, disk in disk.state.withLock { $0.kinds[path(6)] = .link } },
        .init(
            "an unsigned checkpoint", .checkpointFormat, 6,
            editNote(6) { note in
                let lines = FileTamper.lines(note)
                note = lines[..<4].flatMap { $0 }
            }),
        .init("an extension line", .checkpointFormat, 6) { _, disk in
            let note = try SignedNote(disk[path(6)])
            let text = note.text + Array("extension\n".utf8)
            let signature = try signingKey(0..<32).sign(text) ?? []
            let line = SignedNote.Signature(
                name: SignedLog.origin, keyIdentifier: try SignedLog.key(0..<32).identifier, bytes: signature)
            disk[path(6)] = SignedNote(text: text, signatures: [line]).bytes
        },
        .init(
            "CR LF", .checkpointFormat, 6,
            editNote(6) { note in
                note = note.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
            }),
        .init(
            "base64 that is not canonical", .checkpointFormat, 6,
            editNote(6) { note in
                // The last digit of 32 bytes has two bits that mean nothing.
                var lines = FileTamper.lines(note)
                lines[2][42] += 1
                note = lines.flatMap { $0 }
            }),
        .init(
            "another size", .checkpointFormat, 6,
            editNote(6) { note in
                var lines = FileTamper.lines(note)
                lines[1] = Array("5\n".utf8)
                note = lines.flatMap { $0 }
            }),
        .init("another root", .checkpointSignature, 6) { _, disk in
            let other = Checkpoint(origin: SignedLog.origin, size: 6, root: SHA256Digest(of: [1]))
            let note = try SignedNote(disk[path(6)])
            disk[path(6)] = SignedNote(text: other.text, signatures: note.signatures).bytes
        },
        .init("another origin", .origin, 6, signed(6, by: [0..<32], origin: "bank.example/other")),
        .init("a foreign key", .unknownKey, 6, signed(6, by: [64..<96])),
        .init("the root of other records signed with the key", .rootMismatch, 4) { _, disk in
            disk[path(6)] = try SignedLog.note(
                size: 6, lines: [SignedLog.end(1), SignedLog.end(2)] + SignedLog.lines(of: disk))
        },
        .init("a checkpoint of more records than there are", .truncated, 12) { _, disk in
            let lines = SignedLog.lines(of: disk)
            disk[path(13)] = try SignedLog.note(size: 13, lines: lines + [SignedLog.end(1)])
        },
        .init("a foreign checkpoint of more records than there are", .unknownKey, 13) { _, disk in
            let lines = SignedLog.lines(of: disk)
            disk[path(13)] = try SignedLog.note(size: 13, lines: lines + [SignedLog.end(1)], seeds: [64..<96])
        },
    ]

    /// What someone with the key does: only checkpoints that were kept elsewhere, here of sizes 4 and 9, can show it.
    static let byKeyHolder: [SignedTamper] = [
        .init("a member edited", .rootMismatch, 4, resigned { $0.segments[1].middles[2] = SignedLog.end(99) }),
        .init("a record deleted", .rootMismatch, 4, resigned { $0.segments[1].middles.remove(at: 1) }),
        .init(
            "a record inserted", .rootMismatch, 0, resigned { $0.segments[0].middles.insert(SignedLog.end(3), at: 3) }),
        .init("tail and checkpoints cut together", .truncated, 8, resigned { $0.segments.removeLast() }),
    ]
}

@Suite struct `A signed log` {
    @Test func `is OK as it was written, and the summary says what is covered`() throws {
        let disk = try SignedLog.sample.written()
        let report = try disk.verifyPinned()
        let root = Base64.encode(SignedLog.root(of: SignedLog.lines(of: disk)[...]).bytes)
        #expect(report.text.hasPrefix("OK records=12 first=0 size=12 root=\(root) head="), "\(report.text)")
        #expect(report.text.contains(" uncovered=0 cosigned=- from="))
        #expect(String(decoding: report.json, as: UTF8.self).contains(#""size":12,"root":"\#(root)""#))
        #expect(disk.verify().text.contains("WARNING no key is pinned"))
    }

    @Test(arguments: SignedTamper.relinked + SignedTamper.notes)
    func `shows what was done to it`(tamper: SignedTamper) throws {
        var log = try SignedLog.sample
        let disk = try log.written()
        try tamper.change(&log, disk)
        try find(try disk.verifyPinned(), tamper)
    }

    @Test(arguments: SignedTamper.byKeyHolder)
    func `shows with a kept checkpoint what someone with its key did`(tamper: SignedTamper) throws {
        var log = try SignedLog.sample
        let disk = try log.written()
        let kept = [4, 9].map { VerifyOptions.GivenFile(name: "kept \($0)", bytes: disk[SignedTamper.path($0)]) }
        try tamper.change(&log, disk)
        try expect(disk.verifyPinned(), begins: "OK ")
        try find(
            try disk.verifyPinned { $0.checkpoints = kept }, tamper)
        // Whoever brings a checkpoint believes it: no key has to be pinned for it to count.
        try find(disk.verify { $0.checkpoints = kept }, tamper)
    }

    private func find(_ report: VerifyReport, _ tamper: SignedTamper) throws {
        guard case .tampered(let finding) = report.verdict else {
            Issue.record("unnoticed: \(report.text)")
            return
        }
        #expect(finding.code == tamper.code.rawValue && finding.seq == tamper.seq, "\(finding.text)")
    }

    @Test(arguments: [UInt64](arrayLiteral: 6, 12))
    func `shows any flipped bit of a stored checkpoint`(size: UInt64) throws {
        let disk = try SignedLog.sample.written()
        let path = SignedTamper.path(size)
        let original = disk[path]
        for offset in original.indices {
            for bit in 0..<8 {
                var bytes = original
                bytes[offset] ^= 1 << UInt8(bit)
                disk[path] = bytes
                guard case .tampered(let finding) = try disk.verifyPinned().verdict, finding.seq == size,
                    finding.segment == path
                else {
                    Issue.record("bit \(bit) of byte \(offset): \(try disk.verifyPinned().text)")
                    return
                }
            }
        }
    }

    @Test func `shows any flipped bit of its records where it is, and of its newest checkpoint`() throws {
        var log = try SignedLog.sample
        log.sizes = [12]
        let disk = try log.written()
        for name in disk.segments + ["checkpoint"] {
            let original = disk[name]
            var seq = SegmentName(name)?.firstSeq
            for offset in original.indices {
                var bytes = original
                bytes[offset] ^= 1 << UInt8(offset % 8)
                disk[name] = bytes
                guard case .tampered(let finding) = try disk.verifyPinned().verdict, seq == nil || finding.seq == seq
                else {
                    Issue.record("byte \(offset) of \(name): \(try disk.verifyPinned().text)")
                    return
                }
                if original[offset] == 0x0A { seq = seq.map { $0 + 1 } }
            }
            disk[name] = original
        }
    }

    @Test func `may have lost old checkpoints, and may have records that none covers yet`() throws {
        var log = try SignedLog.sample
        let disk = try log.written()
        disk.delete(SignedTamper.path(4))
        #expect(try disk.verifyPinned().exitStatus == 0)
        log.segments[2].middles.removeLast()
        log.sizes = [1, 4, 9]
        let running = try log.written()
        let report = try running.verifyPinned()
        #expect(report.text.contains(" size=9 ") && report.text.contains(" uncovered=2 "), "\(report.text)")
        #expect(report.text.contains("WARNING no checkpoint covers the last 2 records yet"))
    }

    @Test func `is not judged by what the one who asks brought wrongly`() throws {
        let disk = try SignedLog.sample.written()
        let kept = disk[SignedTamper.path(9)]
        func ask(_ change: (inout VerifyOptions) -> Void) throws -> VerifyReport { try disk.verifyPinned(change) }
        #expect(try ask { $0.checkpoints = [.init(name: "k", bytes: kept)] }.exitStatus == 0)
        #expect(try ask { $0.checkpoints = [.init(name: "k", bytes: Array(kept.dropLast()))] }.exitStatus == 2)
        let foreign = try SignedLog.note(size: 9, lines: SignedLog.lines(of: disk), seeds: [64..<96])
        #expect(try ask { $0.checkpoints = [.init(name: "k", bytes: foreign)] }.exitStatus == 2)
        let other = try SignedLog.note(size: 9, lines: SignedLog.lines(of: disk), origin: "bank.example/other")
        #expect(try ask { $0.checkpoints = [.init(name: "k", bytes: other)] }.exitStatus == 2)
        #expect(try ask { $0.policy = .init(name: "p", bytes: Array("log x\n".utf8)) }.exitStatus == 2)
        #expect(
            try ask { $0.pinnedKeys = [try? SignedLog.key(64..<96).text].compactMap(\.self) }.text
                .hasPrefix("TAMPERED code=UNKNOWN_KEY seq=0 "))
    }

    @Test func `that another key has written anew is another log`() throws {
        var log = try SignedLog.sample
        let disk = try log.written()
        log.segments[0].middles[0] = try SignedLog.genesis(64..<96)
        log.writeSegments(to: disk)
        try expect(disk.verifyPinned(), begins: "TAMPERED code=UNKNOWN_KEY seq=0 ")
        log.seeds = [64..<96]
        try expect(log.written().verifyPinned(), begins: "TAMPERED code=UNKNOWN_KEY seq=0 ")
    }

    @Test func `that is being written is no fault, unless a checkpoint covers what is torn`() throws {
        var log = try SignedLog.sample
        log.segments[2].middles.removeLast()
        log.sizes = [1, 9]
        let disk = try log.written()
        let name = disk.segments[2]
        disk[name] += Array("{\"v\":1".utf8)
        try expect(disk.verifyPinned(), begins: "TAMPERED code=TORN_TAIL seq=11 ")
        #expect(try disk.verifyPinned { $0.isLive = true }.exitStatus == 0)
        let lines = SignedLog.lines(of: disk)
        disk[SignedTamper.path(12)] = try SignedLog.note(size: 12, lines: lines + [SignedLog.end(1)])
        disk["checkpoint"] = disk[SignedTamper.path(12)]
        try expect(disk.verifyPinned { $0.isLive = true }, begins: "TAMPERED code=TRUNCATED seq=11 ")
    }
}
