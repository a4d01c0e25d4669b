import LinuxIO
import OpenSSL
import Testing

@testable import Audit

@Suite struct RetentionTests {
    private static let day: Int64 = 86_400_000_000

    @Test func aPrunedLogVerifiesAndGoesOn() async throws {
        let log = try RetainedLog(days: 4)
        let disk = log.memory.disk
        let before = disk.segments
        try await log.prune(before: 6)
        #expect(disk.segments == Array(before.dropFirst(2)) + disk.segments.suffix(1))
        #expect(disk.verify().exitStatus == 0, "\(disk.verify().text)")
        let again = try log.memory.open()
        _ = try await again.append(Samples.requestEnd().encode())
        again.close(requestsServed: 1)
        #expect(disk.verify().exitStatus == 0, "\(disk.verify().text)")
    }

    @Test func theSubtreesOfAPruneAreThoseOfTheTree() throws {
        for days in 2..<8 {
            let log = try RetainedLog(days: days)
            let plan = try log.plan(before: .max)
            let leaves = log.leaves
            var expected: [SHA256Digest] = []
            var start = 0
            for size in MerkleTree.subtreeSizes(plan.keptFrom) {
                expected.append(root(leaves[start..<(start + Int(size))]))
                start += Int(size)
            }
            #expect(plan.subtrees == expected)
            #expect(plan.keptFrom == SegmentName(log.memory.disk.segments.last ?? "")?.firstSeq)
            let previous = log.lines[Int(plan.keptFrom) - 1]
            #expect(plan.previousHash.hex == Array(previous.suffix(66).prefix(64)))
        }
    }

    @Test func aPruneRecordIsReadAsItWasWritten() throws {
        var plan = try RetainedLog(days: 6).plan(before: .max)
        plan.operatorName = Array("ops-3".utf8)
        plan.ticket = Array("CHG \"1201\"".utf8)
        let line = Array("{".utf8) + plan.encode().bytes + Array("}".utf8)
        #expect(try LogPrune(line: line) == plan)
    }

    @Test func thePruneRecordOfTheMostSegmentsFitsALine() throws {
        let digest = SHA256Digest(of: [])
        let segment = LogPrune.Segment(
            name: SegmentName(firstSeq: Chain.integerMax).text, records: Chain.integerMax, bytes: Chain.integerMax,
            sha256: digest)
        let plan = LogPrune(
            keptFrom: Chain.integerMax, previousHash: digest,
            segments: Array(repeating: segment, count: LogPrune.segmentsMax),
            subtrees: Array(repeating: digest, count: 53), operatorName: [UInt8](repeating: 1, count: 200),
            ticket: [UInt8](repeating: 1, count: 200))
        #expect(plan.encode().bytes.count <= Chain.middleBytesMax)
        let line = Array("{".utf8) + plan.encode().bytes + Array("}".utf8)
        #expect(try LogPrune(line: line).segments.count == LogPrune.segmentsMax)
    }

    @Test func aPlanTakesAtMostAsManySegmentsAsARecordNames() throws {
        let log = try RetainedLog(days: LogPrune.segmentsMax + 2, recordsPerDay: 1)
        #expect(try log.plan(before: .max).segments.count == LogPrune.segmentsMax)
        let fitting = try RetainedLog(days: LogPrune.segmentsMax + 1, recordsPerDay: 1)
        #expect(try fitting.plan(before: .max).segments.count == LogPrune.segmentsMax)
    }

    @Test func onlyWholeSegmentsBeforeTheRecordGo() throws {
        let log = try RetainedLog(days: 3)
        let second = try #require(SegmentName(log.memory.disk.segments[1])).firstSeq
        #expect(throws: PrunePlanner<FaultyStorage>.Refusal.nothing(before: second - 1)) {
            try log.plan(before: second - 1)
        }
        #expect(try log.plan(before: second).segments.count == 1)
        #expect(try log.plan(before: second + 1).segments.count == 1)
    }

    @Test func aSegmentIsOldOnlyAfterTheWholeTime() throws {
        let log = try RetainedLog(days: 2)
        let newest = log.start + 1_000_000 * 2
        let name = log.memory.disk.segments[0]
        let limit = WallTime(microseconds: newest + 401 * Self.day)
        #expect(try log.plan(before: .max, now: limit).segments.count == 1)
        #expect(throws: PrunePlanner<FaultyStorage>.Refusal.young(segment: name, days: 400, wanted: 400)) {
            try log.plan(before: .max, now: WallTime(microseconds: limit.microseconds - 1))
        }
        #expect(throws: PrunePlanner<FaultyStorage>.Refusal.young(segment: name, days: 0, wanted: 400)) {
            try log.plan(before: .max, now: WallTime(microseconds: log.start - Self.day))
        }
    }

    @Test func aSegmentWithoutACopyStays() throws {
        let log = try RetainedLog(days: 4)
        let names = log.memory.disk.segments
        #expect(throws: PrunePlanner<FaultyStorage>.Refusal.notArchived(segment: names[1])) {
            try log.plan(before: .max) { $0.name == names[0] }
        }
        let planned = try log.plan(before: .max).segments[0]
        #expect(planned.sha256 == SHA256Digest(of: log.memory.disk[names[0]]))
        #expect(planned.bytes == UInt64(log.memory.disk[names[0]].count))
    }

    @Test func nothingGoesWithoutACheckpointOfTheLogsKeyOverTheRecord() async throws {
        let log = try RetainedLog(days: 4)
        let disk = log.memory.disk
        let head = try await log.record(try log.plan(before: .max))
        let all = disk.segments
        func expectRefused(_ comment: Comment) {
            #expect(throws: AuditError.self, comment) { try log.pruner.remove(head) }
            #expect(disk.segments == all, comment)
            #expect(disk[PrunedHead.fileName].isEmpty, comment)
        }
        expectRefused("no checkpoint")
        try log.sign(size: Int(head.seq))
        expectRefused("one that does not cover the record")
        try log.sign(size: Int(head.seq) + 1, seed: 8)
        expectRefused("another key's")
        try log.sign(size: Int(head.seq) + 1, root: SHA256Digest(of: [1]))
        expectRefused("another tree's")
        disk["checkpoint"] = Array("nonsense\n".utf8)
        expectRefused("no note")
        try log.sign(size: Int(head.seq) + 1)
        #expect(try log.pruner.remove(head) == Array(all.prefix(3)))
    }

    @Test func aPruneThatNamesOtherSubtreesRemovesNothing() async throws {
        let log = try RetainedLog(days: 4)
        var plan = try log.plan(before: .max)
        plan.subtrees[0] = SHA256Digest(of: [1])
        let head = try await log.record(plan)
        try log.sign(size: log.lines.count)
        let all = log.memory.disk.segments
        #expect(throws: AuditError.self) { try log.pruner.remove(head) }
        #expect(log.memory.disk.segments == all)
    }

    @Test func aCrashAtAnyPointOfARemovalLeavesALogThatVerifiesAndCanBeFinished() async throws {
        let log = try RetainedLog(days: 5)
        let head = try await log.record(try log.plan(before: .max))
        try log.sign(size: log.lines.count)
        let names = head.prune.segments.map(\.name)
        for removed in 0...names.count {
            let disk = log.memory.disk.copy()
            try head.put(on: disk)
            for name in names.prefix(removed) { try disk.remove(name) }
            #expect(disk.verify().exitStatus == 0, "\(removed) removed: \(disk.verify().text)")
            var recovery = Recovery(disk)
            #expect(try recovery.examine()?.end.nextSeq == UInt64(log.lines.count), "\(removed) removed")
            let unfinished = try Pruner.unfinished(on: disk)
            #expect((unfinished != nil) == (removed < names.count))
            guard let unfinished else { continue }
            _ = try Pruner(disk, key: log.key).remove(unfinished)
            #expect(try Pruner.unfinished(on: disk) == nil)
            #expect(disk.verify().exitStatus == 0, "\(removed) removed: \(disk.verify().text)")
        }
    }

    @Test func eachRemovalIsDurableBeforeTheNext() async throws {
        let log = try RetainedLog(days: 5)
        let head = try await log.record(try log.plan(before: .max))
        try log.sign(size: log.lines.count)
        for synced in 1...4 {
            let disk = log.memory.disk.copy()
            // The first sync of names is that of the file `pruned`.
            disk.fail(.synchroniseNames, after: synced, code: FileError.inputOutputCode)
            #expect(throws: AuditError.self) { try Pruner(disk, key: log.key).remove(head) }
            disk.crash { $0 }
            #expect(disk.verify().exitStatus == 0, "\(synced): \(disk.verify().text)")
        }
    }

    @Test func aHeadThatNoRecordCoversIsRefused() async throws {
        let log = try RetainedLog(days: 5)
        let head = try await log.record(try log.plan(before: 6))
        try log.sign(size: log.lines.count)
        let whole = log.memory.disk.copy()
        _ = try log.pruner.remove(head)
        let pruned = log.memory.disk
        func expectRefused(_ disk: FaultyStorage, _ comment: Comment) {
            #expect(disk.verify().exitStatus == 1, comment)
            #expect(throws: AuditError.self, comment) {
                var recovery = Recovery(disk)
                _ = try recovery.examine()
            }
        }
        let further = pruned.copy()
        try further.remove(further.segments[0])
        expectRefused(further, "one segment more than the record names is gone")
        let unrecorded = whole.copy()
        for name in unrecorded.segments.prefix(2) { try unrecorded.remove(name) }
        try unrecorded.remove(unrecorded.segments.last ?? "")
        unrecorded[PrunedHead.fileName] = pruned[PrunedHead.fileName]
        expectRefused(unrecorded, "the record is not in the log")
        let gap = whole.copy()
        try head.put(on: gap)
        try gap.remove(gap.segments[1])
        expectRefused(gap, "the removal is not one from the oldest on")
    }

    @Test func aLogIsPrunedAgainAndAgain() async throws {
        let log = try RetainedLog(days: 6)
        for _ in 0..<3 {
            let second = try #require(SegmentName(log.memory.disk.segments[1])).firstSeq
            try await log.prune(before: second)
            #expect(log.memory.disk.verify().exitStatus == 0, "\(log.memory.disk.verify().text)")
        }
        #expect(SegmentName(log.memory.disk.segments[0])?.firstSeq ?? 0 > 6)
    }

    private func root(_ leaves: ArraySlice<SHA256Digest>) -> SHA256Digest {
        var hasher = SHA256()
        guard leaves.count > 1 else { return leaves.first ?? MerkleTree.emptyRoot }
        let middle = leaves.startIndex + leaves.count / 2
        return MerkleTree.node(root(leaves[..<middle]), root(leaves[middle...]), with: &hasher)
    }
}

/// A log of several days, a segment each, long ago.
private struct RetainedLog {
    let memory: MemoryLog
    let start: Int64 = 1_600_000_000_000_000
    let key: VerifierKey
    /// Every line that ever was, as a tree's leaves.
    private let history: FaultyStorage

    init(days: Int, recordsPerDay: Int = 2) throws {
        memory = try MemoryLog()
        let configuration = memory.files.configuration
        guard let pair = Ed25519PrivateKey.make(seed: [UInt8](repeating: 9, count: 32)) else {
            throw AuditError.exhausted("memory")
        }
        let publicKey = pair.publicKey
        key = VerifierKey(name: configuration.origin, publicKey: publicKey)
        let writer = try LogWriter(
            memory.disk, segmentBytesMax: 1 << 20, durability: .strict, continuing: ChainEnd(), index: 0,
            opening: LogRecords.genesis(origin: configuration.origin, key: key), at: WallTime(microseconds: start))
        for day in 0..<days {
            for number in 1...recordsPerDay {
                let time = start + Int64(day) * 86_400_000_000 + Int64(number) * 1_000_000
                _ = try writer.append([Samples.requestEnd(number).encode()], at: WallTime(microseconds: time))
            }
        }
        try writer.finish()
        history = FaultyStorage()
    }

    /// All lines, those of removed segments from the time before.
    var lines: [[UInt8]] {
        for name in memory.disk.segments { history[name] = memory.disk[name] }
        return history.segments.flatMap { history[$0].split(separator: 0x0A).map(Array.init) }
    }

    var leaves: [SHA256Digest] { lines.map { MerkleTree.leaf($0) } }

    var pruner: Pruner<FaultyStorage> { Pruner(memory.disk, key: key) }

    func plan(
        before seq: UInt64, now: WallTime? = nil, isArchived: (LogPrune.Segment) -> Bool = { _ in true }
    ) throws -> LogPrune {
        try PrunePlanner(memory.disk).plan(
            before: seq, minDays: 400, now: now ?? WallTime(microseconds: start + 2000 * 86_400_000_000),
            isArchived: isArchived)
    }

    func record(_ plan: LogPrune) async throws -> PrunedHead {
        _ = lines
        let log = try memory.open()
        let receipt = try await log.append(plan.encode())
        log.close(requestsServed: 0)
        _ = lines
        return try pruner.head(ofPruneRecorded: receipt.seq)
    }

    func prune(before seq: UInt64) async throws {
        let head = try await record(try plan(before: seq))
        try sign(size: lines.count)
        _ = try pruner.remove(head)
    }

    func sign(size: Int, seed: UInt8 = 9, root: SHA256Digest? = nil) throws {
        var hasher = SHA256()
        var tree = CompactTree()
        for leaf in leaves.prefix(size) { tree.append(leaf, level: 0, with: &hasher) }
        let checkpoint = Checkpoint(
            origin: key.name, size: UInt64(size), root: root ?? tree.root(with: &hasher))
        guard let pair = Ed25519PrivateKey.make(seed: [UInt8](repeating: seed, count: 32)),
            let signature = checkpoint.signature(by: pair)
        else { throw AuditError.exhausted("memory") }
        memory.disk["checkpoint"] = SignedNote(text: checkpoint.text, signatures: [signature]).bytes
    }
}
