internal import OpenSSL
internal import Synchronization
internal import Threading

/// What goes from the writer, and from whoever asks for proofs or brings cosignatures, to the publisher.
///
/// The writer never waits here: what does not fit is left out, and the publisher reads it back from the log.
final class LeafFeed: Sendable {
    /// What waits.
    struct Orders {
        /// Hashes of records that are on the disk, from `firstSeq` on.
        var leaves: [SHA256Digest] = []
        var firstSeq: UInt64 = 0
        /// Records that are on the disk.
        var syncedSize: UInt64 = 0
        /// The publisher sleeps until there is something: a checkpoint would be due at once.
        var isFirstAwaited = true
        /// A checkpoint is wanted although none is due.
        var isAskedFor = false
        var proofs: [ProofRequest] = []
        var cosignatures: [(size: UInt64, signature: SignedNote.Signature)] = []
        var isFinishing = false
        var isAbandoned = false
    }

    /// Somebody who waits for a proof.
    struct ProofRequest: Sendable {
        let seq: UInt64
        let waiter: Resumption<Result<InclusionEvidence, AuditError>>
    }

    /// Hashes that wait at most: 8 MB, a second and more of the busiest log.
    static let leavesMax = 262_144
    /// Requests for proofs that wait at most.
    static let proofsMax = 64
    /// Cosignatures that wait at most: more than witnesses.
    static let cosignaturesMax = 256

    private let orders = Mutex(Orders())
    private let turns = Atomic<UInt64>(0)
    private let failed = Mutex<AuditError?>(nil)
    /// What the publisher sleeps on.
    let wakeUp: WakeUp
    /// New records after which the publisher is woken before it looks by itself.
    private let recordsMax: Int

    init?(recordsMax: Int) {
        guard let wakeUp = WakeUp(blocking: false) else { return nil }
        self.wakeUp = wakeUp
        self.recordsMax = recordsMax
    }

    /// Takes the hashes of records that are on the disk, of which there are `size` now.
    func push(_ leaves: [SHA256Digest], size: UInt64, asks: Bool) {
        let wakes = orders.withLock { orders in
            if orders.leaves.isEmpty { orders.firstSeq = size - UInt64(leaves.count) }
            let before = orders.leaves.count
            if before + leaves.count <= Self.leavesMax { orders.leaves += leaves }
            orders.syncedSize = size
            orders.isAskedFor = orders.isAskedFor || asks
            let isFirst = orders.isFirstAwaited
            orders.isFirstAwaited = false
            return asks || isFirst || before / recordsMax != orders.leaves.count / recordsMax
        }
        if wakes { wakeUp.signal() }
    }

    /// - Returns: false where too many wait already.
    func push(_ request: ProofRequest) -> Bool {
        let isTaken = orders.withLock { orders in
            guard orders.proofs.count < Self.proofsMax, !orders.isFinishing, !orders.isAbandoned else { return false }
            orders.proofs.append(request)
            return true
        }
        if isTaken { wakeUp.signal() }
        return isTaken
    }

    func push(_ signature: SignedNote.Signature, ofSize size: UInt64) {
        orders.withLock { orders in
            if orders.cosignatures.count < Self.cosignaturesMax { orders.cosignatures.append((size, signature)) }
        }
        wakeUp.signal()
    }

    /// The last checkpoint is to be made, and then nothing more.
    func finish() {
        orders.withLock { $0.isFinishing = true }
        wakeUp.signal()
    }

    /// Nothing more is to be made.
    func abandon() {
        orders.withLock { $0.isAbandoned = true }
        wakeUp.signal()
    }

    /// Turns that the publisher's thread has taken.
    var steps: UInt64 { turns.load(ordering: .relaxed) }

    /// The publisher goes to sleep, for a time after which it looks by itself, or until there is something.
    /// - Returns: false where there is something already.
    func awaitFirst() -> Bool {
        orders.withLock { orders in
            orders.isFirstAwaited = orders.leaves.isEmpty
            return orders.isFirstAwaited
        }
    }

    func take() -> Orders {
        turns.add(1, ordering: .relaxed)
        return orders.withLock { orders in
            let taken = orders
            orders.leaves = []
            orders.proofs = []
            orders.cosignatures = []
            orders.isAskedFor = false
            return taken
        }
    }

    /// Why nothing can be published any more; the log ends then.
    var failure: AuditError? { failed.withLock { $0 } }

    func fail(_ error: AuditError) { failed.withLock { $0 = $0 ?? error } }
}
