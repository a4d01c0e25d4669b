import LinuxIO
import OpenSSL
import Seeds
import Threading

@testable import Audit

/// A machine with two disks, a clock, a ledger of what the outside knows, and what its operator has configured.
final class World {
    let machine: Machine
    let log: SimulatedDisk
    let state: SimulatedDisk
    let ledger: Ledger
    let executor = StepExecutor()
    let configuration: AuditConfiguration
    let key: LogKey<SimulatedDisk>
    let verifierKey: VerifierKey?
    var now = Moment(
        monotonic: MonotonicInstant(nanoseconds: 1_000_000_000), wall: WallTime(microseconds: 1_795_161_600_000_000))
    var life: Life?
    private(set) var rot: Rot?
    /// A power cut or a failed sync left a later block of a batch on the disk without an earlier one.
    var hasHole: Bool { log.segments.contains { $0.file.hasHole } }

    /// A turned bit.
    struct Rot {
        let file: SimulatedFile
        let name: String
        let offset: Int
        let bit: UInt8
        var isInSegment: Bool { name.hasPrefix("seg-") }
    }

    init(seed: UInt64, mutant: Mutant?, random: inout SeededGenerator) {
        let machine = Machine(seed: ~seed, mutant: mutant)
        self.machine = machine
        (log, state) = (SimulatedDisk("log", on: machine), SimulatedDisk("state", on: machine))
        let digest = SHA256Digest(of: [1])
        var configuration = AuditConfiguration(
            directory: "log", stateDirectory: "state", origin: "bank.example/portcullis/simulated",
            gateway: GatewayIdentity(
                version: "1", buildSHA256: digest, configurationSHA256: digest,
                policy: AuditPolicy(version: [0x31], sha256: digest)))
        configuration.durability =
            mutant == .signsUnsynced || Int.random(in: 0..<4, using: &random) == 0 ? .relaxed : .strict
        if mutant == .acknowledgesUnsynced { configuration.durability = .strict }
        configuration.segmentBytesMax = [4096, 8192, 1 << 20].randomElement(using: &random) ?? 4096
        configuration.checkpointRecordsMax = Int.random(in: 1...12, using: &random)
        configuration.checkpointInterval = .seconds(Int.random(in: 1...10, using: &random))
        configuration.spaceWarnBytes = 1 << 30
        configuration.spaceStopBytes = 1 << 27
        self.configuration = configuration
        let bytes = (0..<32).map { UInt8(truncatingIfNeeded: seed >> UInt64($0 % 8 * 8)) &+ UInt8($0) }
        // OpenSSL's decoder takes most of a run's time: the key that is expected is known by its bytes.
        let pem = Ed25519PrivateKey.make(seed: bytes)?.pem
        key = LogKey(
            state: state, origin: configuration.origin, generate: { .make(seed: bytes) },
            decode: { $0 == pem ? .make(seed: bytes) : .make(pem: $0) })
        let publicKey = Ed25519PrivateKey.make(seed: bytes)?.publicKey
        verifierKey = publicKey.map { VerifierKey(name: configuration.origin, publicKey: $0) }
        ledger = Ledger(isStrict: configuration.durability == .strict)
        ledger.durableRecords = { [unowned log] in log.durableRecords }
        state.onWrite = { [unowned ledger] in ledger.takeWrite(to: $0, $1) }
        machine.interleave = { [unowned self, unowned machine] in
            // Whoever was answered before this operation is counted before it.
            executor.drain()
            if Int.random(in: 0..<6, using: &machine.random) == 0 { life?.interleave() }
        }
    }

    /// For whoever looks into a failed run.
    var circumstances: String {
        let turned = rot.map { "bit \($0.bit) turned in \($0.name) at \($0.offset)" }
        let parts = [
            configuration.durability.rawValue, turned, hasHole ? "a block lost before one that was kept" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    /// The process is gone. What it left is in the kernel's cache, or on the disk alone where the power went too.
    func endLife(losing survival: Survival?) {
        life?.abandon()
        executor.drain()
        life = nil
        if survival != nil || machine.hasFaulted { ledger.loseUnsynced() }
        machine.revive()
        guard let survival else {
            log.age()
            state.age()
            return
        }
        log.losePower(survival)
        state.losePower(survival)
        ledger.forgetUnkept(state.durableFiles["last-checkpoint.note"]?.bytes)
    }

    /// Turns a bit of what is on a disk.
    func rot(using random: inout SeededGenerator) {
        guard rot == nil else { return }
        let names = [log, state].flatMap { disk in
            disk.durableFiles.filter { name, file in
                let isJudged =
                    name.hasPrefix("seg-") || name.hasPrefix("tile/")
                    || ["last-checkpoint.note", "log.key"].contains(name)
                return file.durableCount > 0 && isJudged
            }.map { ($0.key, $0.value) }
        }.sorted { $0.0 < $1.0 }
        guard let (name, file) = names.randomElement(using: &random) else { return }
        let offset = Int.random(in: 0..<file.durableCount, using: &random)
        let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
        file.rot(at: offset, bit: bit)
        rot = Rot(file: file, name: name, offset: offset, bit: bit)
    }
}
