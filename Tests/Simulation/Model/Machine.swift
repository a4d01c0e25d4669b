import LinuxIO
import Seeds

/// What the simulated disks of one machine share: the count of their operations, the faults that wait, and the power.
///
/// `@unchecked Sendable`: a simulation is one thread; the types under test demand the conformance.
final class Machine: @unchecked Sendable {
    /// An operation of a disk, at each of which something may go wrong.
    enum Operation: UInt8, CaseIterable {
        case write, synchroniseData, create, rename, replace, remove, synchroniseNames, makeFolder
        case open, read, status, freeBytes

        /// Whether it changes the disk.
        var isChange: Bool { rawValue < Operation.open.rawValue }
    }

    struct Fault {
        var operation: Operation
        /// How many more of its kind succeed.
        var after: Int
        /// `errno`; 0 is a write that takes fewer bytes than it was given.
        var code: Int32
    }

    var random: SeededGenerator
    let mutant: Mutant?
    /// Operations that changed a disk, since the machine was made.
    private(set) var changes = 0
    /// Changes after which the process or the power dies; nil for never.
    var changesLeft: Int?
    private(set) var isDead = false
    var fault: Fault?
    private(set) var hasFaulted = false
    /// A digest (FNV-1a) of all that was asked of the disks, to tell two runs apart.
    private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    /// Called at each operation: the other thread may take a turn here.
    var interleave: () -> Void = {}

    init(seed: UInt64, mutant: Mutant?) {
        random = SeededGenerator(seed: seed)
        self.mutant = mutant
    }

    /// Does one operation, or fails it.
    /// - Parameters:
    ///   - refuse: what remains of an operation that fails: bytes that were taken, pages that were dropped.
    ///   - effect: the operation itself.
    func perform<Result>(
        _ operation: Operation, _ name: String, bytes: Int = 0, refuse: (Int32) -> Result? = { _ in nil },
        _ effect: () throws(FileError) -> Result
    ) throws(FileError) -> Result {
        try expectAlive(name)
        interleave()
        try expectAlive(name)
        note(operation.rawValue)
        note(UInt8(truncatingIfNeeded: name.utf8.count ^ bytes))
        if let code = takeFault(operation) {
            if let result = refuse(code) { return result }
            throw FileError("\(operation)", name, code: code)
        }
        guard operation.isChange else { return try effect() }
        changes += 1
        if let left = changesLeft {
            changesLeft = left - 1
            if left <= 1 {
                // The last operation was done or not: both may be.
                isDead = true
                if Bool.random(using: &random) { _ = try effect() }
                try expectAlive(name)
            }
        }
        return try effect()
    }

    func note(_ byte: UInt8) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// The process ends here, whatever it was doing.
    func die() { isDead = true }

    /// A new process, on the same disks.
    func revive() {
        isDead = false
        hasFaulted = false
        changesLeft = nil
        fault = nil
    }

    private func expectAlive(_ name: String) throws(FileError) {
        if isDead { throw FileError("dead", name, code: FileError.inputOutputCode) }
    }

    private func takeFault(_ operation: Operation) -> Int32? {
        guard var waiting = fault, waiting.operation == operation else { return nil }
        guard waiting.after <= 0 else {
            waiting.after -= 1
            fault = waiting
            return nil
        }
        fault = nil
        hasFaulted = true
        return waiting.code
    }
}

/// A way in which a writer could be wrong, played by a disk that leaves out what such a writer would: the checks must see it.
enum Mutant: String, CaseIterable, Sendable {
    /// Acknowledges what it has only written: the sync of a segment does nothing.
    case acknowledgesUnsynced
    /// Forgets the sync of the directory: a new segment's name may be lost.
    case forgetsNames
    /// Tries a failed sync again, and believes the second answer.
    case retriesFailedSync
    /// Signs what it has only written, and acknowledges as `relaxed` may.
    case signsUnsynced
    /// Renames the newest signed checkpoint into place without a sync: a power cut brings back the one before, or none.
    case forgetsSigned
}
