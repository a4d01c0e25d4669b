import LinuxIO
import OpenSSL

@testable import Audit

/// A log of several days, a segment each, long ago.
struct RetainedLog {
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
        _ = try pruner.remove(try await record(try plan(before: seq)))
    }

    func sign(size: Int, seed: UInt8 = 9, root: SHA256Digest? = nil) throws {
        var hasher = SHA256()
        var tree = CompactTree()
        for leaf in leaves.prefix(size) { tree.append(leaf, with: &hasher) }
        let checkpoint = Checkpoint(
            origin: key.name, size: UInt64(size), root: root ?? tree.root(with: &hasher))
        guard let pair = Ed25519PrivateKey.make(seed: [UInt8](repeating: seed, count: 32)),
            let signature = checkpoint.signature(by: pair)
        else { throw AuditError.exhausted("memory") }
        memory.disk["checkpoint"] = SignedNote(text: checkpoint.text, signatures: [signature]).bytes
    }
}
