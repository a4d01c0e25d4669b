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
        try disk.remove("checkpoint")
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
        let all = log.memory.disk.segments
        #expect(throws: AuditError.self) { try log.pruner.remove(head) }
        #expect(log.memory.disk.segments == all)
    }

    @Test func aCrashAtAnyPointOfARemovalLeavesALogThatVerifiesAndCanBeFinished() async throws {
        let log = try RetainedLog(days: 5)
        let head = try await log.record(try log.plan(before: .max))
        let names = head.prune.segments.map(\.name)
        for removed in 0...names.count {
            let disk = log.memory.disk.copy()
            try head.put(on: disk)
            for name in names.prefix(removed) { try disk.remove(name) }
            #expect(disk.verify().exitStatus == 0, "\(removed) removed: \(disk.verify().text)")
            var recovery = Recovery(disk)
            #expect(try recovery.examine()?.end.nextSeq == UInt64(log.lines.count), "\(removed) removed")
            let pruner = Pruner(disk, key: log.key)
            let unfinished = try pruner.unfinished()
            #expect((unfinished != nil) == (removed < names.count))
            guard let unfinished else { continue }
            _ = try pruner.remove(unfinished)
            #expect(try pruner.unfinished() == nil)
            #expect(disk.verify().exitStatus == 0, "\(removed) removed: \(disk.verify().text)")
        }
    }

    @Test func aPruneThatWasRecordedAndNotBegunIsFinished() async throws {
        let log = try RetainedLog(days: 5)
        #expect(try log.pruner.unfinished() == nil)
        let head = try await log.record(try log.plan(before: .max))
        // The power went before the first file was touched, and the gateway served in between.
        let again = try log.memory.open()
        _ = try await again.append(Samples.requestEnd().encode())
        again.close(requestsServed: 1)
        let found = try #require(try log.pruner.unfinished())
        #expect(found.prune == head.prune && found.seq == head.seq)
        #expect(try log.pruner.remove(found) == head.prune.segments.map(\.name))
        #expect(try log.pruner.unfinished() == nil)
        #expect(log.memory.disk.verify().exitStatus == 0, "\(log.memory.disk.verify().text)")
    }

    @Test func eachRemovalIsDurableBeforeTheNext() async throws {
        let log = try RetainedLog(days: 5)
        let head = try await log.record(try log.plan(before: .max))
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
