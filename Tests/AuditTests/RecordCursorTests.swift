import LinuxIO
import OpenSSL
import Testing

@testable import Audit

@Suite struct `Reading a log's records` {
    private func log(_ count: Int, rotatingAfter: Int? = nil) async throws -> MemoryLog {
        let memory = try MemoryLog()
        let log = try memory.open()
        for number in 0..<count {
            if number == rotatingAfter { log.rotate() }
            _ = try await log.append(Samples.requestEnd(number).encode())
        }
        log.close(requestsServed: UInt64(count))
        return memory
    }

    private func seqs(_ disk: FaultyStorage, from seq: UInt64 = 0) throws -> [UInt64] {
        var cursor = try RecordCursor(disk, from: seq)
        var seqs: [UInt64] = []
        while let record = try cursor.next() { seqs.append(record.seq) }
        return seqs
    }

    @Test func `goes through all segments, from anywhere`() async throws {
        let memory = try await log(6, rotatingAfter: 3)
        #expect(memory.disk.segments.count == 2)
        #expect(try seqs(memory.disk) == Array(0...9))
        for start in 0...9 { #expect(try seqs(memory.disk, from: UInt64(start)) == Array(UInt64(start)...9)) }
        #expect(try seqs(memory.disk, from: 10).isEmpty)
        #expect(try seqs(FaultyStorage()).isEmpty)
    }

    @Test func `passes over what a crash left, sealed or not`() async throws {
        let memory = try await log(2)
        let name = memory.disk.segments[0]
        let lines = FileTamper.lines(memory.disk[name])
        // Without its stop the log died; a new process then seals the tail.
        memory.disk[name] = lines.dropLast().flatMap { $0 } + Array(#"{"v":1,"seq":4,"ti"#.utf8)
        #expect(try seqs(memory.disk) == Array(0...3))
        for stored in memory.disk.names(in: "checkpoints") where stored != "00000000000000000002.note" {
            try memory.disk.remove("checkpoints/\(stored)")
        }
        memory.disk["checkpoint"] = memory.disk["checkpoints/00000000000000000002.note"]
        memory.state["last-checkpoint.note"] = memory.disk["checkpoint"]
        try memory.open().close(requestsServed: 0)
        #expect(try seqs(memory.disk) == Array(0...6))
    }

    @Test func `stops at a changed record, and says so where later ones are there`() async throws {
        let memory = try await log(6, rotatingAfter: 3)
        let name = memory.disk.segments[0]
        memory.disk[name][memory.disk[name].count - 10] ^= 1
        #expect { try seqs(memory.disk) } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        let last = memory.disk.segments[1]
        let other = try await log(2)
        other.disk[other.disk.segments[0]][100] ^= 1
        #expect(try seqs(other.disk).isEmpty)
        _ = last
    }

    @Test func `finds a record at the place that an index remembers, and nothing at another`() async throws {
        let memory = try await log(3)
        var cursor = try RecordCursor(memory.disk, from: 3)
        let record = try #require(try cursor.next())
        let read = { (seq: UInt64, segment: String, offset: UInt64) in
            try RecordCursor.record(seq, in: segment, at: offset, of: memory.disk)
        }
        #expect(try read(3, record.segment, record.offset) == record)
        #expect(try read(2, record.segment, record.offset) == nil)
        #expect(try read(3, record.segment, record.offset + 1) == nil)
        #expect(try read(3, "checkpoint", 0) == nil)
        #expect(try read(3, "seg-00000000000000000099.jsonl", 0) == nil)
        #expect(try read(3, record.segment, 1 << 40) == nil)
    }

    @Test func `goes on with a log that grows, into its next segment`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        var cursor = try RecordCursor(memory.disk)
        for seq in 0..<2 { #expect(try cursor.next()?.seq == UInt64(seq)) }
        #expect(try cursor.next() == nil)
        _ = try await log.append(Samples.requestEnd().encode())
        #expect(try cursor.next()?.seq == 2)
        log.rotate()
        _ = try await log.append(Samples.requestEnd().encode())
        #expect(try cursor.next()?.seq == 3)
        #expect(try cursor.next()?.seq == 4)
        log.close(requestsServed: 0)
    }

    @Test(arguments: [true, false])
    func `proves each record by the oldest checkpoint over it, with tiles or without`(hasTiles: Bool) async throws {
        let memory = try await log(40)
        if !hasTiles {
            for name in memory.disk.names(in: "tile/0/000.p") { try memory.disk.remove("tile/0/000.p/\(name)") }
        }
        var cursor = try RecordCursor(memory.disk)
        var rebuilds = 0
        while let record = try cursor.next() {
            let proof = try ProofMaker(memory.disk).proof(of: record, policy: nil) { rebuilds += 1 }
            let checkpoint = try Checkpoint(text: proof.note.text)
            #expect(checkpoint.size == (record.seq < 2 ? 2 : 43))
            #expect(try TlogProof(proof.bytes).leadsTo(checkpoint))
        }
        #expect((rebuilds > 0) == !hasTiles)
        let key = VerifierKey(name: TamperSample.origin, publicKey: try #require(memory.publicKey))
        var first = try RecordCursor(memory.disk)
        let record = try #require(try first.next())
        #expect(throws: Never.self) {
            try ProofMaker(memory.disk).proof(of: record, policy: TlogPolicy(logs: [key]))
        }
        let other = VerifierKey(name: TamperSample.origin, publicKey: [UInt8](repeating: 1, count: 32))
        #expect(throws: AuditError.notCovered(0)) {
            try ProofMaker(memory.disk).proof(of: record, policy: TlogPolicy(logs: [other]))
        }
    }
}
