import LinuxIO
import OpenSSL
import Seeds
import Threading

@testable import Audit

/// The real writer, publisher, recovery and verifier over a simulated machine, for the lives of a few processes. One seed is
/// one run.
///
/// A run starts processes, sends them records, lets their threads take turns, moves the clocks, fills and empties the disk,
/// makes operations fail, rots bits, stops, kills and cuts the power; then everything heals, a last process starts and stops,
/// and what is on the disks is compared with what the world outside was told (`Rule`).
package struct Simulation {
    /// What came of a run.
    package struct Outcome: Sendable {
        /// Rules that were broken.
        package var findings: [String] = []
        var rules: Set<Rule> = []
        /// What was special about the run.
        package var circumstances = ""
        /// The same for each run of one seed.
        package var digest: UInt64 = 0
        package var acknowledged = 0
        package var checkpoints = 0
        /// The start refused a log in which a power cut had left a whole record after a lost block (`audit-log.md` §9).
        package var isRefusedForHole = false
        /// A turned bit was found.
        package var isRotFound = false
        /// Operations that changed a disk.
        var changes = 0
    }

    /// How the process that is to be interrupted ends.
    struct Crash {
        /// The operation that is its last, counted from 1 over the whole run.
        var change: Int
        /// nil: the process alone.
        var survival: Survival?
    }

    private var random: SeededGenerator
    private let world: World
    private let crash: Crash?
    private let isLong: Bool
    private var nextID = 0
    private var outcome = Outcome()
    private var isEnded = false

    /// A run of `seed`.
    package static func run(seed: UInt64) -> Outcome { run(seed: seed, mutant: nil) }

    /// A run of `seed`, against a writer that is wrong, or which ends at one operation and meets no other fault.
    static func run(seed: UInt64, mutant: Mutant?, crash: Crash? = nil) -> Outcome {
        var simulation = Simulation(seed: seed, mutant: mutant, crash: crash)
        return simulation.run()
    }

    private init(seed: UInt64, mutant: Mutant?, crash: Crash?) {
        random = SeededGenerator(seed: seed)
        // Enough records to fill a tile of the tree.
        isLong = seed % 128 == 127
        world = World(seed: seed, mutant: mutant, random: &random)
        self.crash = crash
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func run() -> Outcome {
        let canRot = crash == nil && chance(15)
        // One that is run again for each of its operations is short.
        let livesMax = crash == nil ? 3 : 2
        for _ in 0..<Int.random(in: 1...livesMax, using: &random) where !isEnded { live(canRot: canRot) }
        if !isEnded { heal() }
        judge()
        return outcome
    }

    /// One process, from its start to its end.
    private mutating func live(canRot: Bool) {
        if let crash {
            let left = crash.change - world.machine.changes
            world.machine.changesLeft = left > 0 ? left : nil
        } else {
            if chance(50) { world.machine.changesLeft = Int.random(in: 1...120, using: &random) }
            if chance(25) { armFault() }
        }
        guard start() else { return }
        for _ in 0..<Int.random(in: 4...(crash == nil ? 24 : 8), using: &random) where !isDone { act(canRot: canRot) }
        end()
    }

    private var isDone: Bool { world.machine.isDead || world.life?.isOver ?? true }

    /// - Returns: whether a process runs.
    private mutating func start() -> Bool {
        do throws(AuditError) {
            world.life = try Life.start(world)
            world.ledger.settle()
            return true
        } catch {
            if !world.machine.isDead, !world.machine.hasFaulted { judge(refusal: error) }
            world.endLife(losing: lossAtCrash())
            return false
        }
    }

    /// A start was refused although nothing failed.
    private mutating func judge(refusal error: AuditError) {
        isEnded = true
        if world.rot != nil, [65, 78].contains(error.exitStatus) {
            outcome.isRotFound = true
        } else if world.hasHole, "\(error)".contains("before a record that is whole") {
            outcome.isRefusedForHole = true
        } else {
            world.ledger.find(.refused, "\(error)")
        }
    }

    private mutating func act(canRot: Bool) {
        switch Int.random(in: 0..<100, using: &random) {
        case ..<40: push()
        case ..<66: world.life?.stepWriter()
        case ..<80: world.life?.stepPublisher()
        case ..<88: advance(by: [1, 50, 150, 1000, 11_000].randomElement(using: &random) ?? 1)
        case ..<91: turnClock()
        case ..<93: world.life?.rotate()
        case ..<96: world.log.space = [1 << 40, 1 << 29, 1 << 20].randomElement(using: &random) ?? 0
        case ..<97 where crash == nil: armFault()
        case ..<99 where canRot: world.rot(using: &random)
        default:
            world.life?.push(record(bytes: 20))
            nextID += 1
        }
        world.executor.drain()
    }

    private mutating func push() {
        let count = isLong ? 100 : Int.random(in: 1...4, using: &random)
        for _ in 0..<count {
            let bytes = isLong ? 0 : [0, 40, 300, 900].randomElement(using: &random) ?? 0
            let record = record(bytes: bytes)
            world.life?.push(record, id: nextID, in: world)
            nextID += 1
        }
    }

    /// A record that says its number.
    private func record(bytes: Int) -> EncodedRecord {
        .adminAction(
            operator: nil, action: "simulate",
            target: Array("#\(nextID)#".utf8) + [UInt8](repeating: 0x2E, count: bytes))
    }

    private func advance(by milliseconds: Int) {
        world.now.monotonic = world.now.monotonic + .milliseconds(milliseconds)
        world.now.wall = WallTime(microseconds: world.now.wall.microseconds + Int64(milliseconds) * 1000)
    }

    private mutating func turnClock() {
        let seconds = Int64.random(in: -200_000...200_000, using: &random)
        world.now.wall = WallTime(microseconds: world.now.wall.microseconds + seconds * 1_000_000)
    }

    private mutating func armFault() {
        let operations: [Machine.Operation] =
            [.write, .synchroniseData, .synchroniseNames] + Machine.Operation.allCases
        let operation = operations.randomElement(using: &random) ?? .write
        let codes = [FileError.inputOutputCode, FileError.outOfSpaceCode] + (operation == .write ? [0] : [])
        world.machine.fault = Machine.Fault(
            operation: operation, after: Int.random(in: 0...8, using: &random),
            code: codes.randomElement(using: &random) ?? 0)
    }

    private mutating func end() {
        guard let life = world.life else { return }
        let hasFailed = world.machine.hasFaulted && !world.machine.isDead
        if hasFailed || chance(40) {
            life.stop()
            world.executor.drain()
            expectEnd(of: life)
        }
        world.endLife(losing: lossAtCrash())
    }

    /// A process that nothing interrupts stops cleanly, and one that an operation failed under does not.
    private func expectEnd(of life: Life) {
        guard !world.machine.isDead else { return }
        switch (life.state, world.machine.hasFaulted) {
        case (.closed, false), (.failed, true): return
        case (let state, true): world.ledger.find(.failedOpen, "an operation failed, and the log is \(state)")
        case (let state, false): world.ledger.find(.refused, "nothing failed, and the log is \(state)")
        }
    }

    private mutating func lossAtCrash() -> Survival? {
        if let crash { return crash.survival }
        return chance(60) ? Survival.allCases.randomElement(using: &random) : nil
    }

    /// From here on nothing fails. One more process starts, writes and stops.
    private mutating func heal() {
        world.log.space = 1 << 40
        guard start(), let life = world.life else { return }
        push()
        life.stop()
        world.executor.drain()
        expectEnd(of: life)
        if world.ledger.isStrict, chance(50) { world.endLife(losing: .nothing) }
    }

    private mutating func judge() {
        world.life = nil
        world.machine.revive()
        let isWhole = !isEnded && world.ledger.findings.isEmpty
        let judgement = Judgement(world)
        judgement.compare()
        if isWhole { outcome.isRotFound = judgement.verify() }
        for (_, file) in world.log.segments {
            for byte in SHA256Digest(of: file.bytes).bytes { world.machine.note(byte) }
        }
        outcome.findings = world.ledger.findings.map(\.description)
        outcome.rules = Set(world.ledger.findings.map(\.rule))
        outcome.circumstances = world.circumstances
        outcome.digest = world.machine.digest
        outcome.acknowledged = world.ledger.acknowledged.count
        outcome.checkpoints = world.ledger.signed.count
        outcome.changes = world.machine.changes
    }
}
