import Bytes
import LinuxIO
import OpenSSL
import Synchronization
import Testing

@testable import Audit

/// A change to the sample log's files, and where it has to be found.
struct FileTamper: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: TamperCode
    let seq: UInt64?
    let segment: Int
    let change: @Sendable (FaultyStorage) -> Void

    init(
        _ description: String, _ code: TamperCode, seq: UInt64?, segment: Int = 0,
        _ change: @escaping @Sendable (FaultyStorage) -> Void
    ) {
        testDescription = description
        self.code = code
        self.seq = seq
        self.segment = segment
        self.change = change
    }

    private static let names = TamperSample.names

    /// The lines of a segment, each with its LF.
    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        for byte in bytes {
            lines[lines.count - 1].append(byte)
            if byte == 0x0A { lines.append([]) }
        }
        return lines.filter { !$0.isEmpty }
    }

    /// Edits the lines of one segment.
    static func edit(
        _ segment: Int, _ edit: @escaping @Sendable (inout [[UInt8]]) -> Void
    ) -> @Sendable (FaultyStorage) -> Void {
        { disk in
            var lines = lines(disk[names[segment]])
            edit(&lines)
            disk[names[segment]] = lines.flatMap { $0 }
        }
    }

    static let lineEdits: [FileTamper] = [
        .init("a record deleted", .seq, seq: 5, segment: 1, edit(1) { $0.remove(at: 1) }),
        .init("a record repeated", .seq, seq: 6, segment: 1, edit(1) { $0.insert($0[1], at: 2) }),
        .init(
            "a member edited", .hashMismatch, seq: 5, segment: 1,
            edit(1) { lines in
                let place = lines[1].count - 200
                lines[1][place] ^= 1
            }),
        .init("two records swapped", .seq, seq: 6, segment: 1, edit(1) { $0.swapAt(2, 3) }),
        .init("a record of another log spliced in", .previousMismatch, seq: 6, segment: 1, edit(1) { $0[2] = foreign }),
        .init("a letter of a value", .hashMismatch, seq: 6, segment: 1, edit(1) { $0[2][100] ^= 1 }),
        .init("text instead of a record", .shape, seq: 6, segment: 1, edit(1) { $0[2] = Array("hello\n".utf8) }),
        .init("a blank line", .blankLine, seq: 6, segment: 1, edit(1) { $0.insert([0x0A], at: 2) }),
        .init(
            "CR LF instead of LF", .carriageReturn, seq: 5, segment: 1,
            edit(1) { $0[1].insert(0x0D, at: $0[1].count - 1) }),
        .init("a tab", .controlByte, seq: 5, segment: 1, edit(1) { $0[1].insert(0x09, at: 20) }),
        .init(
            "a run of NUL", .controlByte, seq: 5, segment: 1,
            edit(1) { $0[1].replaceSubrange(30..<40, with: [UInt8](repeating: 0, count: 10)) }),
        .init(
            "a byte order mark", .byteOrderMark, seq: 0,
            edit(0) { $0[0].insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) }),
        .init("ill-formed UTF-8", .notUTF8, seq: 5, segment: 1, edit(1) { $0[1][30] = 0xC0 }),
        .init(
            "a line longer than any record", .lineTooLong, seq: 5, segment: 1,
            edit(1) {
                $0[1].insert(contentsOf: [UInt8](repeating: 0x61, count: 65_536), at: 30)
            }),
        .init(
            "uppercase hex", .shape, seq: 0,
            edit(0) { lines in
                let start = lines[0].count - 67
                for index in start..<(start + 64) where lines[0][index] >= 0x61 { lines[0][index] &-= 0x20 }
            }),
        .init("the tail cut at a line", .segmentShort, seq: 7, segment: 1, edit(1) { $0.removeLast(2) }),
        .init(
            "the tail cut inside a line", .segmentShort, seq: 7, segment: 1,
            edit(1) {
                $0.removeLast()
                $0[3].removeLast(5)
            }),
        .init("the last segment cut inside a line", .tornTail, seq: 11, segment: 2, edit(2) { $0[3].removeLast(5) }),
        .init("the head cut", .seq, seq: 0, edit(0) { $0.removeFirst() }),
        .init("the head of a later segment cut", .seq, seq: 4, segment: 1, edit(1) { $0.removeFirst() }),
        .init("bytes after the last record", .tornTail, seq: 12, segment: 2, edit(2) { $0.append(Array("x".utf8)) }),
        .init("a line after the last record", .shape, seq: 12, segment: 2, edit(2) { $0.append(Array("x\n".utf8)) }),
        .init("bytes after a closed segment", .trailingBytes, seq: 4, edit(0) { $0.append(Array("x".utf8)) }),
        .init("a record added to a closed segment", .trailingBytes, seq: 4, edit(0) { $0.append(foreign) }),
        .init("a sealed torn tail changed", .tornMismatch, seq: 8, segment: 1, edit(1) { $0[4][3] ^= 1 }),
        .init("a sealed torn tail removed", .tornMismatch, seq: 8, segment: 1, edit(1) { $0.removeLast() }),
        .init("a sealed torn tail extended", .tornMismatch, seq: 8, segment: 1, edit(1) { $0[4].append(0x20) }),
    ]

    static let fileEdits: [FileTamper] = [
        .init("the first segment removed", .headTruncated, seq: 0, segment: 1) {
            $0.state.withLock { $0.names[names[0]] = nil }
        },
        .init("a segment removed", .segmentGap, seq: 4) { $0.state.withLock { $0.names[names[1]] = nil } },
        .init("a segment emptied", .segmentEmpty, seq: 4, segment: 1) { $0[names[1]] = [] },
        .init("a segment renamed", .segmentShort, seq: 8, segment: 1) { disk in
            disk.state.withLock { $0.names[SegmentName(firstSeq: 9).text] = $0.names.removeValue(forKey: names[2]) }
        },
        .init("two segments swapped", .seq, seq: 0) { disk in
            let first = disk[names[0]]
            disk[names[0]] = disk[names[1]]
            disk[names[1]] = first
        },
        .init("two segments joined", .afterStop, seq: 4) { disk in
            disk[names[0]] += disk[names[1]]
            disk.state.withLock { $0.names[names[1]] = nil }
        },
        .init("a segment split", .header, seq: 6) { disk in
            let lines = lines(disk[names[1]])
            disk[names[1]] = lines[..<2].flatMap { $0 }
            disk[SegmentName(firstSeq: 6).text] = lines[2...].flatMap { $0 }
        },
        .init("a segment copied under a later number", .seq, seq: 12) {
            $0[SegmentName(firstSeq: 12).text] = $0[names[0]]
        },
        .init("a segment copied under another name", .badName, seq: nil) { $0["seg-copy.jsonl"] = $0[names[0]] },
        .init("a segment replaced by a symbolic link", .notRegular, seq: 4, segment: 1) { disk in
            disk.state.withLock { $0.kinds[names[1]] = .link }
        },
    ]

    /// A whole record, right in itself, of another chain.
    private static let foreign: [UInt8] = {
        var end = ChainEnd()
        end.nextSeq = 6
        var assembler = LineAssembler(continuing: end)
        var line = ByteBuffer(capacity: 0)
        _ = assembler.append(
            EncodedRecord.policyLoad(Samples.policy).bytes, at: WallTime(microseconds: 1_795_161_600_006_000), to: &line
        )
        return line.array()
    }()
}

@Suite struct `Changed files` {
    @Test(arguments: FileTamper.lineEdits + FileTamper.fileEdits)
    func `a change of the files is found with its code and place`(tamper: FileTamper) {
        let disk = TamperSample.disk.copy()
        tamper.change(disk)
        guard case .tampered(let finding) = disk.verify().verdict else {
            Issue.record("unnoticed: \(disk.verify().text)")
            return
        }
        #expect(finding.code == tamper.code.rawValue, "\(finding.text)")
        #expect(finding.seq == tamper.seq, "\(finding.text)")
        guard tamper.code != .badName else { return }
        let split = SegmentName(firstSeq: 6).text
        let copied = SegmentName(firstSeq: 12).text
        #expect([TamperSample.names[tamper.segment], split, copied].contains(finding.segment), "\(finding.text)")
    }

    @Test func `a directory without segments is unusable`() {
        let report = FaultyStorage().verify()
        #expect(report.exitStatus == 2)
        #expect(report.text == "UNUSABLE memory: no segments\n")
    }

    @Test func `a directory in place of a segment is unusable`() {
        let disk = TamperSample.disk.copy()
        disk.state.withLock { $0.kinds[TamperSample.names[1]] = .directory }
        #expect(disk.verify().exitStatus == 2)
    }

    @Test func `a record in the making is no fault while a writer is at work`() {
        let disk = TamperSample.disk.copy()
        disk[TamperSample.names[2]] += Array("{\"v\":1".utf8)
        #expect(disk.verify().exitStatus == 1)
        #expect(disk.verify { $0.isLive = true }.exitStatus == 0)
        disk.state.withLock { $0.isLocked = true }
        #expect(disk.verify().text.contains("WARNING the last 6 bytes are not yet a record"))
    }

    @Test func `the question is refused without a pinned key`() {
        #expect(disk { $0.isUnpinned = false }.exitStatus == 2)
        #expect(disk { $0.pinnedKeys = ["nonsense"] }.exitStatus == 2)
    }

    @Test func `the pinned key and the origin have to be the log's`() {
        let key = VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)
        let other = VerifierKey(name: TamperSample.origin, publicKey: [UInt8](repeating: 8, count: 32))
        // Only that no checkpoint was ever signed is left to say.
        #expect(
            disk { $0.pinnedKeys = [other.text, key.text] }.text.hasPrefix("TAMPERED code=CHECKPOINT_MISSING seq=0 "))
        #expect(disk { $0.pinnedKeys = [other.text] }.text.hasPrefix("TAMPERED code=UNKNOWN_KEY seq=0 "))
        #expect(disk { $0.origin = "bank.example/other" }.text.hasPrefix("TAMPERED code=ORIGIN seq=0 "))
        #expect(disk { $0.origin = TamperSample.origin }.exitStatus == 0)
    }

    @Test func `a finding is one line that a script can take apart`() {
        let disk = TamperSample.disk.copy()
        disk["seg-\u{1B}[31m\n.jsonl"] = [1]
        #expect(
            disk.verify().text
                == #"TAMPERED code=BAD_NAME seq=- segment=seg-\u001b[31m\n.jsonl line=- offset=- detail=not a segment's name"#
                + "\n")
    }

    private func disk(_ change: (inout VerifyOptions) -> Void) -> VerifyReport { TamperSample.disk.verify(change) }
}
