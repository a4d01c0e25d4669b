import LinuxIO
import OpenSSL
import Testing
import Threading

@testable import Audit

@Suite struct `When a checkpoint is due` {
    private let start = MonotonicInstant(nanoseconds: 5_000_000_000)
    private func at(_ milliseconds: Int) -> MonotonicInstant { start + .milliseconds(milliseconds) }

    @Test func `is at once for the first, then after the interval or the records, and never twice a second`() {
        var rhythm = PublishingRhythm(interval: .seconds(10), recordsMax: 1000)
        #expect(!rhythm.isDue(size: 0, at: start) && rhythm.isDue(size: 1, at: start))
        rhythm.notePublished(size: 1, at: start)
        #expect(!rhythm.isDue(size: 1, at: at(3_600_000)), "nothing new")
        #expect(!rhythm.isDue(size: 2, at: at(9999)) && rhythm.isDue(size: 2, at: at(10_000)))
        #expect(!rhythm.isDue(size: 1000, at: at(9999)) && rhythm.isDue(size: 1001, at: at(1000)))
        #expect(!rhythm.isDue(size: 1001, at: at(999)))
        #expect(PublishingRhythm(interval: .seconds(1), recordsMax: 1).nextLook(size: 0, at: start) == nil)
        #expect(rhythm.nextLook(size: 1, at: at(9999)) == at(10_000))
        #expect(rhythm.nextLook(size: 1, at: at(10_000)) == nil, "the next record makes it due")
        #expect(rhythm.nextLook(size: 2, at: start) == at(10_000))
        #expect(rhythm.nextLook(size: 1001, at: start) == at(1000))
    }

    @Test func `is at once where it is asked for, if there is something new`() {
        var rhythm = PublishingRhythm(interval: .seconds(10), recordsMax: 1000)
        rhythm.notePublished(size: 5, at: start)
        rhythm.ask()
        #expect(!rhythm.isDue(size: 5, at: start) && rhythm.isDue(size: 6, at: start))
        rhythm.notePublished(size: 6, at: start)
        #expect(!rhythm.isDue(size: 7, at: start))
    }
}

@Suite struct `Checkpoints of a running log` {
    private static let key = VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)

    private func note(_ bytes: [UInt8]) throws -> (SignedNote, Checkpoint) {
        let note = try SignedNote(bytes)
        return (note, try Checkpoint(text: note.text))
    }

    /// The root of the first `size` records as they are on the disk.
    private func root(_ disk: FaultyStorage, _ size: Int) -> SHA256Digest {
        var edge = TreeEdge()
        var hasher = SHA256()
        for line in disk.segments.flatMap({ FileTamper.lines(disk[$0]) }).prefix(size) {
            edge.append(MerkleTree.leaf(Array(line.dropLast())), with: &hasher) { _, _ in }
        }
        return edge.root(with: &hasher)
    }

    @Test func `cover the start, and everything after a clean stop, in all three places`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        let (first, begun) = try note(log.checkpoint)
        #expect(begun.size == 2 && begun.root == root(memory.disk, 2) && begun.origin == TamperSample.origin)
        let key = VerifierKey(name: begun.origin, publicKey: Array(try #require(memory.publicKey)))
        #expect(try first.isSigned(by: key))
        for number in 0..<3 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        log.close(requestsServed: 3)
        let (_, last) = try note(memory.disk["checkpoint"])
        #expect(last.size == 6 && last.root == root(memory.disk, 6))
        #expect(memory.disk["checkpoints/00000000000000000006.note"] == memory.disk["checkpoint"])
        #expect(memory.state["last-checkpoint.note"] == memory.disk["checkpoint"])
        #expect(memory.disk.names(in: "checkpoints").count == 2)
        #expect(log.publishing.size == 6)
    }

    @Test func `prove each record that they cover, and say of others that they do not`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open { $0.checkpointRecordsMax = 1 }
        for number in 0..<20 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        log.close(requestsServed: 20)
        await #expect(throws: AuditError.backpressure) { try await log.evidence(for: 0) }
        let again = try memory.open()
        let lines = memory.disk.segments.flatMap { FileTamper.lines(memory.disk[$0]) }
        for seq in 0..<25 {
            let evidence = try await again.evidence(for: UInt64(seq))
            let (_, checkpoint) = try note(evidence.checkpoint)
            let proof = TlogProof(
                record: Array(lines[seq].dropLast()), index: UInt64(seq), proof: evidence.hashes, note: evidence.note)
            #expect(proof.leadsTo(checkpoint) && evidence.size == checkpoint.size)
        }
        await #expect(throws: AuditError.notCovered(25)) { try await again.evidence(for: 25) }
        memory.disk["tile/0/000.p/25"] = [UInt8](repeating: 7, count: 25 * 32)
        await #expect(throws: AuditError.self) { try await again.evidence(for: 3) }
        again.close(requestsServed: 0)
    }

    @Test func `go on over tiles that are gone or wrong, which are made again from the records`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        for number in 0..<300 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        log.close(requestsServed: 300)
        for damage in 0..<2 {
            for level in ["tile/0", "tile/0/001.p", "tile/1/000.p"] {
                for name in memory.disk.names(in: level) {
                    if damage == 0 {
                        try memory.disk.remove("\(level)/\(name)")
                    } else {
                        memory.disk["\(level)/\(name)"] = memory.disk["\(level)/\(name)"].map { $0 ^ 1 }
                    }
                }
            }
            let again = try memory.open()
            let evidence = try await again.evidence(for: 17)
            #expect(evidence.size == UInt64(305 + damage * 3))
            again.close(requestsServed: 0)
        }
        let (_, last) = try note(memory.disk["checkpoint"])
        #expect(last.root == root(memory.disk, Int(last.size)))
    }

    @Test func `come with each new segment, and carry a witness's signature in both places`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        log.rotate()
        _ = try await log.append(Samples.requestEnd().encode())
        #expect(eventuallyOnThisThread { (try? note(log.checkpoint).1.size) ?? 0 >= 3 })
        let (_, checkpoint) = try note(log.checkpoint)
        let signature = SignedNote.Signature(name: "witness.example/w", keyIdentifier: [1, 2, 3, 4], bytes: [5])
        log.add(signature, toCheckpointOf: checkpoint.size)
        log.add(signature, toCheckpointOf: 999)
        #expect(eventuallyOnThisThread { (try? note(log.checkpoint).0.signatures.count) == 2 })
        let name = "checkpoints/\(CheckpointFiles<FaultyStorage, FaultyStorage>.name(ofSize: checkpoint.size))"
        #expect(memory.disk[name] == log.checkpoint)
        log.close(requestsServed: 0)
    }

    @Test func `end the log where they cannot be written`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open { $0.checkpointRecordsMax = 1 }
        memory.state.fail(.synchroniseData, code: FileError.inputOutputCode)
        log.close(requestsServed: 0)
        guard case .failed(let error) = log.state else {
            Issue.record("the state is \(log.state)")
            return
        }
        #expect(error.exitStatus == 74)
    }
}

@Suite struct `A log that is shorter than a checkpoint, or another, is not continued` {
    /// A log that was stopped, with checkpoints of 2 and 6 records.
    private func stopped() async throws -> MemoryLog {
        let memory = try MemoryLog()
        let log = try memory.open()
        for number in 0..<3 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        log.close(requestsServed: 3)
        return memory
    }

    private func expectRefused(_ memory: MemoryLog, _ comment: Comment, _ change: (MemoryLog) throws -> Void) throws {
        try change(memory)
        let before = memory.disk.copy()
        #expect(comment) { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        #expect(memory.disk.names().sorted() == before.names().sorted(), comment)
        for name in before.segments + ["checkpoint"] { #expect(memory.disk[name] == before[name], comment) }
    }

    private func cut(_ memory: MemoryLog, lines count: Int) {
        let name = memory.disk.segments[0]
        memory.disk[name] = FileTamper.lines(memory.disk[name]).prefix(count).flatMap { $0 }
    }

    @Test func `whatever of it was taken away`() async throws {
        try expectRefused(try await stopped(), "the tail") { cut($0, lines: 5) }
        try expectRefused(try await stopped(), "the tail and the checkpoints of the log's folder") {
            cut($0, lines: 4)
            for name in $0.disk.names(in: "checkpoints") { try $0.disk.remove("checkpoints/\(name)") }
            try $0.disk.remove("checkpoint")
        }
        try expectRefused(try await stopped(), "the tail and what the state directory remembers") {
            cut($0, lines: 4)
            try $0.state.remove("last-checkpoint.note")
        }
        try expectRefused(try await stopped(), "only what the state directory remembers") {
            try $0.state.remove("last-checkpoint.note")
        }
        try expectRefused(try await stopped(), "an older memory in the state directory") {
            $0.state["last-checkpoint.note"] = $0.disk["checkpoints/00000000000000000002.note"]
        }
        try expectRefused(try await stopped(), "everything but the state") {
            for name in $0.disk.segments { try $0.disk.remove(name) }
        }
    }

    @Test func `whatever of it was changed`() async throws {
        try expectRefused(try await stopped(), "a stored checkpoint of another root") {
            let name = "checkpoints/00000000000000000002.note"
            let note = try SignedNote($0.disk[name])
            let other = Checkpoint(origin: TamperSample.origin, size: 2, root: SHA256Digest(of: [1]))
            $0.disk[name] = SignedNote(text: other.text, signatures: note.signatures).bytes
        }
        try expectRefused(try await stopped(), "a checkpoint under another's name") {
            $0.disk["checkpoints/00000000000000000003.note"] = $0.disk["checkpoints/00000000000000000002.note"]
        }
        try expectRefused(try await stopped(), "a stranger in the folder of checkpoints") {
            $0.disk["checkpoints/note"] = [1]
        }
        try expectRefused(try await stopped(), "a checkpoint that is none") { $0.disk["checkpoint"] = [1, 2, 3] }
        try expectRefused(try await stopped(), "another log's memory") {
            let other = Checkpoint(origin: "other.example/x", size: 2, root: SHA256Digest(of: [1]))
            $0.state["last-checkpoint.note"] =
                SignedNote(
                    text: other.text,
                    signatures: [SignedNote.Signature(name: "a", keyIdentifier: [1, 2, 3, 4], bytes: [1])]
                ).bytes
        }
    }

    enum TileLoss: CaseIterable { case removed, zeros }

    /// The newest root needs a full tile no more, an older one does.
    @Test(arguments: TileLoss.allCases)
    func `but one of which a power cut took a tile is, and has the tile again`(loss: TileLoss) async throws {
        let memory = try MemoryLog()
        let log = try memory.open { $0.checkpointRecordsMax = 1 }
        for _ in 0..<300 { _ = try await log.append(.policyLoad(Samples.policy)) }
        log.close(requestsServed: 0)
        let name = "tile/0/000"
        let whole = memory.disk[name]
        #expect(whole.count == 256 * 32)
        switch loss {
        case .removed: try memory.disk.remove(name)
        case .zeros: memory.disk[name] = [UInt8](repeating: 0, count: whole.count)
        }
        try memory.open().close(requestsServed: 0)
        #expect(memory.disk[name] == whole)
    }

    @Test func `but one whose tiles alone are gone is, and so is one from before there were checkpoints`() async throws
    {
        let memory = try await stopped()
        for name in memory.disk.names(in: "checkpoints") { try memory.disk.remove("checkpoints/\(name)") }
        try memory.disk.remove("checkpoint")
        try memory.state.remove("last-checkpoint.note")
        let log = try memory.open()
        #expect(try Checkpoint(text: SignedNote(log.checkpoint).text).size == 8)
        log.close(requestsServed: 0)
    }
}

func eventuallyOnThisThread(_ condition: () -> Bool) -> Bool {
    let deadline = MonotonicInstant.now + .seconds(20)
    while !condition() {
        if MonotonicInstant.now > deadline { return false }
        FileWait.pause(.milliseconds(2))
    }
    return true
}

@Suite struct `A change of the log's key` {
    private func checkpoints(_ files: TemporaryLog) throws -> [(SignedNote, Checkpoint)] {
        let disk = try DirectoryStorage(path: files.directory)
        return try disk.names(in: "checkpoints").sorted().map { name in
            let bytes = try disk.contents(of: "checkpoints/\(name)", bytesMax: SignedNote.bytesMax)
            let note = try SignedNote(try #require(bytes))
            return (note, try Checkpoint(text: note.text))
        }
    }

    @Test func `is a record, one checkpoint with both signatures, and then the new key's alone`() async throws {
        let files = try TemporaryLog()
        let log = try AuditLog.open(files.configuration)
        _ = try await log.append(Samples.requestEnd().encode())
        log.close(requestsServed: 1)
        let genesis = try Genesis(line: Array(try #require(try files.lines().first).utf8))
        let done = try AuditLog.rotateKey(files.configuration)
        let new = try #require(VerifierKey(done.key))
        #expect(new.publicKey != genesis.key.publicKey)
        let line = try #require(try files.lines().first { $0.contains(#""type":"key.rotate""#) })
        #expect(line.contains("\"key\":{\"old\":\"\(genesis.key.text)\",\"new\":\"\(new.text)\"}"))
        let seq = try #require(try files.lines().firstIndex(of: line))
        for (note, checkpoint) in try checkpoints(files) {
            let (byOld, byNew) = (try note.isSigned(by: genesis.key), try note.isSigned(by: new))
            #expect(byOld == (checkpoint.size <= UInt64(seq + 1)), "\(checkpoint.size)")
            #expect(byNew == (checkpoint.size >= UInt64(seq + 1)), "\(checkpoint.size)")
        }
        let again = try AuditLog.open(files.configuration)
        #expect(try SignedNote(again.checkpoint).isSigned(by: new))
        again.close(requestsServed: 0)
    }

    /// The steps of a rotation, each of which a crash may follow.
    enum Step: CaseIterable { case keyPrepared, recordWritten, checkpointPublished }

    @Test(arguments: Step.allCases)
    func `that is cut short is completed by the next start, or left for another try`(step: Step) async throws {
        let memory = try MemoryLog()
        try memory.open().close(requestsServed: 0)
        let key = memory.key
        let new = try key.prepareNext()
        if step != .keyPrepared {
            let log = try memory.open()
            let old = VerifierKey(name: TamperSample.origin, publicKey: try #require(memory.publicKey))
            _ = try await log.append(LogRecords.keyRotate(from: old, to: new))
            memory.disk.fail(.write, code: FileError.inputOutputCode)
            memory.state.fail(.synchroniseData, code: FileError.inputOutputCode)
            log.close(requestsServed: 0)
            memory.disk.crash { _ in 0 }
            memory.state.crash { _ in 0 }
        }
        if step == .checkpointPublished {
            // The start below publishes it; the file is then put back to where it was before the rename.
            try memory.open().close(requestsServed: 0)
            #expect(try key.publicKey() == new.publicKey)
        }
        let log = try memory.open()
        let note = try SignedNote(log.checkpoint)
        #expect(try note.isSigned(by: new) == (step != .keyPrepared))
        log.close(requestsServed: 0)
        let notes = try memory.disk.names(in: "checkpoints").map { try SignedNote(memory.disk["checkpoints/\($0)"]) }
        #expect(notes.count { $0.signatures.count == 2 } == (step == .keyPrepared ? 0 : 1))
    }

    @Test func `to a key that the record does not name is refused`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        let old = VerifierKey(name: TamperSample.origin, publicKey: try #require(memory.publicKey))
        let other = VerifierKey(name: TamperSample.origin, publicKey: [UInt8](repeating: 3, count: 32))
        _ = try await log.append(LogRecords.keyRotate(from: old, to: other))
        memory.disk.fail(.write, code: FileError.inputOutputCode)
        memory.state.fail(.synchroniseData, code: FileError.inputOutputCode)
        log.close(requestsServed: 0)
        memory.disk.crash { _ in 0 }
        memory.state.crash { _ in 0 }
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 65 }
    }
}

@Suite struct `A new log after one that can be continued no more` {
    @Test func `names the old one's newest checkpoint in its first record`() async throws {
        let (old, new) = (try TemporaryLog(), try TemporaryLog())
        try AuditLog.open(old.configuration).close(requestsServed: 0)
        var configuration = new.configuration
        #expect(throws: AuditError.self, "the same origin") {
            try AuditLog.make(configuration, after: old.directory, ticket: "INC-1")
        }
        configuration.origin = "bank.example/portcullis/next"
        for ticket in ["", String(repeating: "x", count: 257)] {
            #expect(throws: AuditError.self) {
                try AuditLog.make(configuration, after: old.directory, ticket: ticket)
            }
        }
        #expect(throws: AuditError.self, "no checkpoint") {
            try AuditLog.make(configuration, after: old.stateDirectory, ticket: "INC-1")
        }
        let made = try AuditLog.make(configuration, after: old.directory, ticket: "INC-1")
        let root = String(decoding: try old.bytes(of: "checkpoint"), as: UTF8.self).split(separator: "\n")[2]
        let first = try #require(try new.lines().first)
        #expect(
            first.contains(
                #""after":{"origin":"bank.example/portcullis/test","size":3,"root":"\#(root)","ticket":"INC-1"}"#))
        #expect(first.contains(made.key))
        #expect { try AuditLog.make(configuration, after: old.directory, ticket: "INC-1") } throws: {
            ($0 as? AuditError)?.exitStatus == 78
        }
        let log = try AuditLog.open(configuration)
        log.close(requestsServed: 0)
        #expect(Verifier.verify(directory: new.directory, options: .unpinned).exitStatus == 0)
    }
}

extension VerifyOptions {
    static var unpinned: VerifyOptions {
        var options = VerifyOptions()
        options.isUnpinned = true
        return options
    }
}
