import LinuxIO
import OpenSSL
import Synchronization
import Testing
import Threading

@testable import Audit
@testable import Evidence

/// A log, its witness and the service between them.
struct Scene {
    let log: TestLog
    let state: TemporaryFolder
    let heard = Heard()
    let configuration: WitnessConfiguration

    init(_ witness: FaultyWitness, log: TestLog? = nil, lagMax: Duration = .seconds(300)) throws {
        try self.init(key: try witness.key, url: witness.url, log: log, lagMax: lagMax)
    }

    init(key: VerifierKey, url: String, log: TestLog? = nil, lagMax: Duration = .seconds(300), ca: String? = nil) throws
    {
        self.log = try log ?? TestLog()
        state = try TemporaryFolder()
        let text = "log \(try self.log.verifierKey.text)\nwitness w1 \(key.text) \(url)\nquorum w1\n"
        var configuration = try WitnessConfiguration(try TlogPolicy(Array(text.utf8)))
        configuration.lagMax = lagMax
        configuration.caFile = ca
        self.configuration = configuration
    }

    var sizes: WitnessSizes<DirectoryStorage> {
        get throws { WitnessSizes(try DirectoryStorage(path: state.path), origin: log.origin) }
    }

    func start(tree: WitnessTree? = nil) throws -> WitnessService {
        let heard = heard
        return try WitnessService.start(
            configuration, tree: tree ?? WitnessTree(log.tiles), sizes: try sizes,
            listener: WitnessService.Listener(
                onCosignature: { size, line in heard.note { $0.lines.append((size, line)) } },
                onFailure: { error in heard.note { $0.failures.append(error) } },
                onAlarm: { _, name, _ in heard.note { $0.alarms.append(name) } }))
    }
}

@Suite struct `The witnesses' service` {
    @Test func `has each checkpoint cosigned, with proofs from the tiles, and keeps the size`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let service = try scene.start()
        var sizes: [UInt64] = []
        for count in [1, 0, 299, 1, 700] {
            var note = try scene.log.grow(by: count)
            try service.publish(note)
            let size = try Checkpoint(text: note.text).size
            if sizes.last != size { sizes.append(size) }
            try #require(eventually { scene.heard.all.lines.last?.size == size }, "\(scene.heard.all)")
            note.signatures.append(try #require(scene.heard.all.lines.last?.line))
            #expect(try scene.configuration.policy.isMet(by: scene.configuration.policy.cosigners(of: note)))
            #expect(try scene.sizes.size(of: witness.key) == size)
        }
        #expect(scene.heard.all.lines.map(\.size) == sizes && sizes == [1, 300, 301, 1001])
        #expect(
            witness.requests.map { $0.prefix { $0 != 0x0A } }.map { String(decoding: $0, as: UTF8.self) }
                == ["old 0", "old 1", "old 300", "old 301"])
        let head = try #require(witness.memory.withLock { $0.heads.first })
        #expect(head.hasPrefix("POST /prefix/add-checkpoint HTTP/1.1\r\n"))
        let statistics = service.statistics()
        #expect(statistics.witnesses[0].attempts(.cosigned) == 4 && statistics.witnesses[0].cosignedSize == 1001)
        #expect(statistics.coveredSize == 1001 && statistics.lagMilliseconds == 0 && statistics.isQuorumMet)
        #expect(statistics.witnesses[0].cosignedSeconds > 1_700_000_000)
        service.stop()
        // The next process goes on from there.
        let again = try scene.start()
        try again.publish(try scene.log.grow(by: 1))
        #expect(eventually { scene.heard.all.lines.last?.size == 1002 })
        #expect(witness.requests.last?.starts(with: Array("old 1001\n".utf8)) == true)
        again.stop()
        #expect(scene.heard.all.alarms.isEmpty && scene.heard.all.failures.isEmpty)
        witness.stop()
    }

    @Test func `asks from the size that the witness knows where an answer was lost`() throws {
        let witness = try FaultyWitness { $0 == 0 ? .lose : .none }
        let scene = try Scene(witness)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 5))
        #expect(eventually { scene.heard.all.lines.first?.size == 5 })
        let statistics = service.statistics().witnesses[0]
        #expect(statistics.attempts(.unreachable) == 1 && statistics.attempts(.conflict) == 1)
        #expect(witness.requests.count == 3 && witness.requests[2].starts(with: Array("old 5\n\n".utf8)))
        service.stop()
        witness.stop()
    }

    @Test func `ends service where the witness has seen more than was ever signed`() throws {
        let witness = try FaultyWitness()
        witness.memory.withLock { $0.size = 99 }
        let scene = try Scene(witness)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 5))
        try #require(eventually { !scene.heard.all.failures.isEmpty })
        #expect(scene.heard.all.failures[0].exitStatus == 65 && "\(scene.heard.all.failures[0])".contains("99"))
        #expect(service.statistics().witnesses[0].attempts(.failed) == 1)
        service.stop()
        witness.stop()
    }

    @Test func `does not take a checkpoint that was signed and not published yet for a rollback`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let service = try scene.start()
        let published = try scene.log.grow(by: 5)
        let signed = try scene.log.grow(by: 4)
        try DirectoryStorage(path: scene.state.path).put(signed.bytes, as: "last-checkpoint.note", isDurable: true)
        witness.memory.withLock { $0.size = 9 }
        try service.publish(published)
        #expect(eventually { service.statistics().witnesses[0].attempts(.conflict) == 1 })
        witness.memory.withLock { memory in
            if let checkpoint = try? Checkpoint(text: signed.text) { memory.root = checkpoint.root }
        }
        try service.publish(try scene.log.grow(by: 1))
        #expect(eventually { scene.heard.all.lines.last?.size == 10 })
        #expect(scene.heard.all.failures.isEmpty)
        service.stop()
        witness.stop()
    }

    @Test func `ends service where its own size is larger than what is published`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let sizes = try scene.sizes
        try sizes.prepare()
        try sizes.keep(6, of: witness.key)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 5))
        #expect(eventually { scene.heard.all.failures.first?.exitStatus == 65 })
        service.stop()
        #expect(witness.requests.isEmpty)
        witness.stop()
    }

    @Test func `ends service where a right proof is refused, and not where its own tiles are wrong`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 5))
        try #require(eventually { scene.heard.all.lines.count == 1 })
        // The witness saw another log of five records.
        witness.memory.withLock { $0.root = SHA256Digest(of: [1]) }
        try service.publish(try scene.log.grow(by: 5))
        #expect(eventually { scene.heard.all.failures.first?.exitStatus == 65 })
        service.stop()
        witness.stop()

        let honest = try FaultyWitness { $0 == 1 ? .answer(422) : .none }
        let other = try Scene(honest)
        let asked = Atomic<Int>(0)
        let right = WitnessTree(other.log.tiles)
        // Tiles go bad between what is sent and what is rechecked.
        let tree = WitnessTree(
            proof: { from, to throws(AuditError) in
                if from > 0, asked.add(1, ordering: .relaxed).newValue > 1 { return [SHA256Digest(of: [9])] }
                return try right.proof(from, to)
            }, root: right.root)
        let second = try other.start(tree: tree)
        try second.publish(try other.log.grow(by: 5))
        try #require(eventually { other.heard.all.lines.count == 1 })
        try second.publish(try other.log.grow(by: 5))
        #expect(eventually { other.heard.all.alarms == ["wrong_proof"] })
        #expect(other.heard.all.failures.isEmpty)
        second.stop()
        honest.stop()
    }

    @Test func `sends no proof that does not lead to what was signed`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let right = WitnessTree(scene.log.tiles)
        let tree = WitnessTree(
            proof: { from, to throws(AuditError) in
                from == 0 ? [] : [SHA256Digest](repeating: SHA256Digest(of: []), count: 3)
            }, root: right.root)
        let service = try scene.start(tree: tree)
        try service.publish(try scene.log.grow(by: 5))
        try #require(eventually { scene.heard.all.lines.count == 1 })
        try service.publish(try scene.log.grow(by: 5))
        #expect(eventually { scene.heard.all.alarms == ["no_proof"] })
        #expect(witness.requests.count == 1)
        service.stop()
        witness.stop()
    }

    @Test func `forgets what was published before the newest`() throws {
        let gate = Atomic<Bool>(false)
        let witness = try FaultyWitness { number in
            if number == 0 { while !gate.load(ordering: .relaxed) { FileWait.pause(.milliseconds(1)) } }
            return .none
        }
        let scene = try Scene(witness)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 1))
        try #require(eventually { witness.requests.count == 1 })
        let start = MonotonicInstant.now
        for _ in 0..<50 { try service.publish(try scene.log.grow(by: 1)) }
        #expect(MonotonicInstant.now.microseconds(since: start) < 3_000_000, "publishing waits for nobody")
        gate.store(true, ordering: .relaxed)
        #expect(eventually { scene.heard.all.lines.map(\.size) == [1, 51] })
        #expect(witness.requests.count == 2)
        service.stop()
        witness.stop()
    }

    @Test func `is late when a checkpoint has been without a quorum for longer than the bound, and says so once`()
        throws
    {
        let isUp = Atomic<Bool>(false)
        let witness = try FaultyWitness { _ in isUp.load(ordering: .relaxed) ? .none : .answer(503) }
        let scene = try Scene(witness, lagMax: .seconds(10))
        let service = try scene.start()
        #expect(!service.isQuorumLate(at: .now + .seconds(100_000)), "nothing is published")
        let before = MonotonicInstant.now
        try service.publish(try scene.log.grow(by: 1))
        let after = MonotonicInstant.now
        #expect(!service.isQuorumLate(at: before + .seconds(10)))
        #expect(service.isQuorumLate(at: after + .milliseconds(10_001)))
        let statistics = service.statistics(at: after + .milliseconds(10_001))
        #expect(!statistics.isQuorumMet && statistics.lagMilliseconds >= 10_001 && statistics.lagMilliseconds < 20_000)
        #expect(eventually { service.statistics().witnesses[0].attempts(.busy) >= 1 })
        isUp.store(true, ordering: .relaxed)
        #expect(eventually { !service.isQuorumLate(at: .now + .seconds(100_000)) })
        service.stop()
        let late = try FaultyWitness { _ in .answer(503) }
        let second = try Scene(late, lagMax: .milliseconds(50))
        let other = try second.start()
        try other.publish(try second.log.grow(by: 1))
        #expect(eventually { second.heard.all.alarms == ["quorum_late"] })
        other.stop()
        witness.stop()
        late.stop()
    }

    @Test func `tells nothing after its end, however long a witness hangs`() throws {
        let witness = try FaultyWitness { _ in .silence(.seconds(20)) }
        let scene = try Scene(witness)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 1))
        try #require(eventually { witness.requests.count == 1 })
        let start = MonotonicInstant.now
        service.stop(within: .milliseconds(100))
        #expect(MonotonicInstant.now.microseconds(since: start) < 3_000_000)
        service.tell { _ in Issue.record("told after the end") }
        witness.stop()
    }

    @Test func `sends what was published last before it ends`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let service = try scene.start()
        try service.publish(try scene.log.grow(by: 3))
        service.stop(within: .seconds(20))
        #expect(scene.heard.all.lines.map(\.size) == [3])
        witness.stop()
    }

    @Test func `takes nothing that is no checkpoint`() throws {
        let witness = try FaultyWitness()
        let scene = try Scene(witness)
        let service = try scene.start()
        #expect(throws: NoteFault.self) { try service.publish(SignedNote(text: [0x0A], signatures: [])) }
        service.stop()
        witness.stop()
    }
}
