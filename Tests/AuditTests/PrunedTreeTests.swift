import LinuxIO
import OpenSSL
import Synchronization
import Testing

@testable import Audit

@Suite struct `The tree of a log whose first segments were removed` {
    /// Several tiles, of which the removal has taken the leaves of a part.
    private func pruned() async throws -> RetainedLog {
        let log = try RetainedLog(days: 4, recordsPerDay: 150)
        // Checkpoints from before, small and large.
        for _ in 0..<2 { try log.memory.open().close(requestsServed: 0) }
        try await log.prune(before: 400)
        return log
    }

    private func removeTiles(of disk: FaultyStorage) throws {
        let names = disk.state.withLock { Array($0.names.keys) }
        for name in names where name.hasPrefix("tile/") { try disk.remove(name) }
    }

    private func expectProofs(_ log: RetainedLog, _ comment: Comment) throws {
        let disk = log.memory.disk
        var cursor = try RecordCursor(disk)
        var count = 0
        while let record = try cursor.next() {
            defer { count += 1 }
            guard count % 37 == 0 else { continue }
            let proof = try ProofMaker(disk).proof(of: record, policy: nil)
            #expect(proof.leadsTo(try Checkpoint(text: proof.note.text)), "record \(record.seq): \(comment)")
        }
        #expect(count > 100)
    }

    @Test func `goes on with its tiles, and proves every record that is left`() async throws {
        let log = try await pruned()
        try expectProofs(log, "as it is")
        let again = try log.memory.open()
        let first = try #require(SegmentName(log.memory.disk.segments[0])).firstSeq
        #expect(first > 256)
        #expect(again.publishing.readBack == 0)
        for seq in [first, first + 1, again.head.seq] {
            let evidence = try await again.evidence(for: seq)
            let checkpoint = try Checkpoint(text: evidence.note.text)
            #expect(
                MerkleProof.proves(
                    evidence.leafHash, at: seq, in: evidence.size, root: checkpoint.root, by: evidence.hashes))
        }
        again.close(requestsServed: 0)
        #expect(log.memory.disk.verify().exitStatus == 0, "\(log.memory.disk.verify().text)")
    }

    @Test func `goes on without them, from the record of the removal`() async throws {
        let log = try await pruned()
        try removeTiles(of: log.memory.disk)
        try expectProofs(log, "without tiles")
        for _ in 0..<2 {
            let again = try log.memory.open()
            for number in 0..<300 { _ = try await again.append(Samples.requestEnd(number).encode()) }
            again.close(requestsServed: 300)
            #expect(log.memory.disk.verify().exitStatus == 0, "\(log.memory.disk.verify().text)")
        }
        try expectProofs(log, "without the first tiles")
        let again = try log.memory.open()
        await #expect(throws: AuditError.self) { try await again.evidence(for: again.head.seq) }
        again.close(requestsServed: 0)
    }

    @Test func `is not believed where the record of the removal names other hashes`() async throws {
        let log = try await pruned()
        try removeTiles(of: log.memory.disk)
        let disk = log.memory.disk
        let name = try #require(disk.segments.last { disk[$0].firstRange(of: Array("log.prune".utf8)) != nil })
        // Both places, so that they agree with each other; the chain breaks, and before that the root.
        for file in [name, PrunedHead.fileName] {
            let at = try #require(disk[file].firstRange(of: Array("\"subtrees\":[\"".utf8))).upperBound
            disk[file][at] = disk[file][at] == 0x41 ? 0x42 : 0x41
        }
        #expect(throws: AuditError.self) { try log.memory.open() }
        #expect(disk.verify().exitStatus == 1)
    }

    @Test func `is told by the records where a tile inside it is wrong`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        for number in 0..<300 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        log.close(requestsServed: 300)
        memory.disk["tile/0/000"] = memory.disk["tile/0/000"].map { $0 ^ 1 }
        try memory.open().close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0)
    }

    @Test func `grows from its subtrees as from its leaves`() {
        var hasher = SHA256()
        let leaves = (0..<1400).map { MerkleTree.leaf([UInt8($0 & 255), UInt8($0 >> 8)]) }
        for removed in [1, 255, 256, 257, 511, 512, 700, 1023] {
            var whole = TreeEdge()
            var tree = CompactTree()
            for leaf in leaves[..<removed] {
                whole.append(leaf, with: &hasher) { _, _ in }
                tree.append(leaf, with: &hasher)
            }
            var edge = TreeEdge(tree)
            #expect(edge.root(with: &hasher) == whole.root(with: &hasher))
            var expected: [Tile: [SHA256Digest]] = [:]
            var found: [Tile: [SHA256Digest]] = [:]
            for leaf in leaves[removed...] {
                whole.append(leaf, with: &hasher) { expected[$0] = $1 }
                edge.append(leaf, with: &hasher) { found[$0] = $1 }
            }
            #expect(edge.size == 1400 && edge.root(with: &hasher) == whole.root(with: &hasher))
            // What comes out is right, and all that has none of the removed leaves in it does.
            #expect(found.allSatisfy { expected[$0.key] == $0.value })
            let later = expected.keys.filter { $0.level == 0 && Int($0.index) * 256 >= removed }
            #expect(later.allSatisfy { found[$0] != nil })
        }
    }
}
