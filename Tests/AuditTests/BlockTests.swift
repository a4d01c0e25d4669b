import Bytes
import OpenSSL
import Seeds
import Testing

@testable import Audit

/// A log of several blocks, so that threads are at work.
private enum LargeLog {
    static let disk: FaultyStorage = {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(
            LogRecords.genesis(
                origin: TamperSample.origin, key: VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)))
        chain.addStart()
        for segment in 0..<4 {
            if segment > 0 { chain.open(.size) }
            for number in 0..<900 { chain.add(middle: Array(Samples.requestEnd(number).encode().bytes)) }
        }
        chain.finish()
        return disk
    }()
}

@Suite struct `A log of several blocks` {
    @Test func `is verified by threads as by one`() {
        let report = LargeLog.disk.verify()
        #expect(report.text.hasPrefix("OK records=3605 first=0 "), "\(report.text)")
    }

    @Test func `has its first break found wherever it is`() {
        var generator = SeededGenerator(seed: Seed.value)
        for _ in 0..<20 {
            let disk = LargeLog.disk.copy()
            let name = disk.segments[Int.random(in: 0..<4, using: &generator)]
            var bytes = disk[name]
            let offset = Int.random(in: 0..<bytes.count, using: &generator)
            let seq = (SegmentName(name)?.firstSeq ?? 0) + UInt64(bytes[..<offset].count { $0 == 0x0A })
            bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            disk[name] = bytes
            // A second one, later, that must not come first.
            disk[disk.segments[3]][disk[disk.segments[3]].count - 40] ^= 1
            guard case .tampered(let finding) = disk.verify().verdict else {
                Issue.record("unnoticed at \(offset) of \(name)")
                return
            }
            #expect(finding.seq == seq && finding.segment == name, "\(finding.text), wanted \(seq)")
        }
    }

    @Test(arguments: [1, 2, 4095, 4096, 65_535, 65_536, 1 << 19, (1 << 19) + 1])
    func `has each line checked once, wherever its blocks are cut`(end: Int) throws {
        let bytes = LargeLog.disk[LargeLog.disk.segments[0]]
        let file = try LargeLog.disk.open(LargeLog.disk.segments[0])
        var checker = BlockChecker<FaultyStorage.OpenFile>(cuts: [], listsAll: false)
        var seqs: [UInt64] = []
        var counts: UInt64 = 0
        var offset = UInt64(bytes.count)
        for (lower, upper) in [(0, end), (end, bytes.count)] {
            let job = BlockJob(
                file: file, range: UInt64(lower)..<UInt64(upper), size: UInt64(bytes.count), limit: .max)
            for run in checker.check(job).runs {
                seqs.append(run.start?.seq ?? .max)
                counts += run.count
                offset = run.end
            }
        }
        #expect(counts == UInt64(bytes.count { $0 == 0x0A }) && offset == UInt64(bytes.count))
        #expect(seqs == seqs.sorted() && seqs.count <= 2)
    }

    @Test func `has all its breaks listed and goes on after each`() {
        let disk = LargeLog.disk.copy()
        let names = disk.segments
        var lines = FileTamper.lines(disk[names[0]])
        lines[10][100] ^= 1
        lines.remove(at: 20)
        lines.swapAt(30, 31)
        disk[names[0]] = lines.flatMap { $0 }
        disk[names[2]] = Array(disk[names[2]].dropLast(3))
        disk[names[3]][50_000] ^= 1
        let report = disk.verify { $0.listsAll = true }
        let codes = report.breaks.map { "\($0.code) \($0.seq ?? 0)" }
        #expect(report.exitStatus == 1)
        let second = SegmentName(names[3])?.firstSeq ?? 0
        #expect(
            codes.starts(with: ["HASH_MISMATCH 10", "SEQ 20", "SEQ 31"])
                && codes.contains("SEGMENT_SHORT \(second - 1)"), "\(report.text)")
        #expect(report.breaks.last?.segment == names[3] && codes.count < 9, "\(report.text)")
        #expect(report.text.hasSuffix("SUMMARY breaks=\(codes.count) listed=\(codes.count)\n"))
    }

    @Test func `has no more breaks listed than can be read`() {
        let disk = FaultyStorage()
        disk[SegmentName(firstSeq: 0).text] =
            Array(TamperSample.disk[TamperSample.names[0]])
            + (0..<1100).flatMap { _ in FileTamper.lines(TamperSample.disk[TamperSample.names[1]])[1] }
        let report = disk.verify { $0.listsAll = true }
        #expect(report.breaks.count == 1000 && report.breaksCount >= 1100)
    }

    @Test func `has the root of its tree whatever the sizes asked for`() throws {
        let lines = SignedLog.lines(of: LargeLog.disk).prefix(300)
        var generator = SeededGenerator(seed: Seed.value)
        for _ in 0..<10 {
            let cuts = (0..<5).map { _ in Int.random(in: 1...300, using: &generator) }.sorted()
            var hasher = SHA256()
            var folded = FoldedLeaves()
            var tree = CompactTree()
            for (number, line) in lines.enumerated() {
                folded.append(MerkleTree.leaf(line), at: UInt64(number), with: &hasher)
                if cuts.contains(number + 1) { folded.cut() }
            }
            for subtree in folded.subtrees {
                tree.append(subtree.hash, level: subtree.level, with: &hasher)
                if cuts.contains(Int(tree.size)) {
                    #expect(tree.root(with: &hasher) == SignedLog.root(of: lines.prefix(Int(tree.size))))
                }
            }
            #expect(tree.size == 300)
        }
    }
}
