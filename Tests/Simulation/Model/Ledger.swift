import LinuxIO

@testable import Audit

/// What a run must never show.
enum Rule: String, CaseIterable, Sendable {
    /// A receipt for a record that was not on the disk.
    case acknowledgedEarly
    /// An acknowledged record that is not in the log, or is another.
    case lost
    /// A record that is in the log twice, or before one that came before it.
    case repeatedOrReordered
    /// A log that no one but its writer touched, and the verifier objects to.
    case falseAlarm
    /// A log that no one but its writer touched, and a start refuses.
    case refused
    /// A checkpoint of records that were not on the disk.
    case signedEarly
    /// A checkpoint that the log does not extend.
    case forked
    /// A failed operation after which the log went on.
    case failedOpen
    /// A turned bit of a record that neither a start nor the verifier speaks of.
    case rotUnseen
}

struct Finding: CustomStringConvertible, Sendable {
    let rule: Rule
    let detail: String
    var description: String { "\(rule): \(detail)" }
}

/// What the world outside the machine knows: who was answered what, and which checkpoints were signed.
///
/// `@unchecked Sendable`: see `Machine`.
final class Ledger: @unchecked Sendable {
    struct Acknowledged {
        let id: Int
        let receipt: Receipt
        /// Whether a power cut may not take it any more.
        var isFirm: Bool
    }

    let isStrict: Bool
    /// Records that no power cut can take from the log.
    var durableRecords: () -> UInt64 = { 0 }
    private(set) var acknowledged: [Acknowledged] = []
    private(set) var signed: [Checkpoint] = []
    /// Sizes of checkpoints that a power cut took before anybody saw them.
    private(set) var unkept: Set<UInt64> = []
    private(set) var findings: [Finding] = []

    init(isStrict: Bool) { self.isStrict = isStrict }

    func find(_ rule: Rule, _ detail: String) { findings.append(Finding(rule: rule, detail: detail)) }

    func take(_ answer: Result<Receipt, AuditError>, for id: Int) {
        guard case .success(let receipt) = answer else { return }
        acknowledged.append(Acknowledged(id: id, receipt: receipt, isFirm: isStrict))
        if isStrict, durableRecords() <= receipt.seq {
            find(.acknowledgedEarly, "record \(receipt.seq), with \(durableRecords()) on the disk")
        }
    }

    /// A process has started on what the one before left: what that one acknowledged is on the disk from now on.
    func settle() { for index in acknowledged.indices { acknowledged[index].isFirm = true } }

    /// The power goes, or a sync failed: what `relaxed` acknowledged within its last 100 ms may be lost.
    func loseUnsynced() {
        let durable = durableRecords()
        acknowledged.removeAll { !$0.isFirm && $0.receipt.seq >= durable }
    }

    /// The power went, and the state directory has this note: a larger checkpoint was never shown to anybody, for that comes
    /// after it is kept.
    func forgetUnkept(_ note: [UInt8]?) {
        let kept = note.flatMap { try? SignedNote($0) }.flatMap { try? Checkpoint(text: $0.text) }?.size ?? 0
        unkept.formUnion(signed.map(\.size).filter { $0 > kept })
    }

    /// Takes note of what is about to be written to the state directory.
    func takeWrite(to name: String, _ bytes: [UInt8]) {
        guard name == ".last-checkpoint.note.tmp", let note = try? SignedNote(bytes),
            let checkpoint = try? Checkpoint(text: note.text)
        else { return }
        signed.append(checkpoint)
        unkept.remove(checkpoint.size)
        let durable = durableRecords()
        if checkpoint.size > durable { find(.signedEarly, "\(checkpoint.size) records, with \(durable) on the disk") }
    }
}

extension SimulatedDisk {
    /// Records from the first on, without a gap, that no power cut can take.
    var durableRecords: UInt64 {
        var count: UInt64 = 0
        for (name, file) in durableFiles.filter({ $0.key.hasPrefix("seg-") }).sorted(by: { $0.key < $1.key }) {
            // Lines of a torn tail are beyond the beginning of the segment that seals it.
            guard let segment = SegmentName(name), segment.firstSeq <= count else { break }
            let lines = file.lineEnds.prefix { $0 <= file.durableCount }.count
            count = segment.firstSeq + UInt64(lines)
        }
        return count
    }
}
