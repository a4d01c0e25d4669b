internal import Synchronization
internal import Threading

/// What waits for the writer: the one thing that loops and writer share.
///
/// The writer's sleep is noted under the same lock as the records, so that a wake-up is sent only to a sleeper: on one core
/// each needless one costs two context switches.
final class RecordQueue: Sendable {
    /// A record and whom to tell.
    struct Entry: Sendable {
        let record: EncodedRecord
        let waiter: Resumption<Result<Receipt, AuditError>>?
    }

    enum Push {
        case accepted
        case full
        case refused(AuditError)
    }

    /// What the writer finds when it looks.
    struct Orders {
        var entries: [Entry] = []
        var stop: StopOrder?
        var rotates = false
        var isAbandoned = false
    }

    struct StopOrder: Sendable {
        let reason: ReasonCode
        let requests: UInt64
    }

    private struct State {
        var entries: [Entry] = []
        var bytes = 0
        /// How many of `entries` the writer may take: the rest belongs to a turn of a loop that goes on.
        var published = 0
        var isWriterAsleep = false

        /// Lets the writer have everything.
        /// - Returns: whether it sleeps and has to be called.
        mutating func publish() -> Bool {
            published = entries.count
            guard isWriterAsleep, published > 0 else { return false }
            isWriterAsleep = false
            return true
        }
        var refusal: AuditError?
        var refused: UInt64 = 0
        var stop: StopOrder?
        var rotates = false
        var isAbandoned = false
    }

    /// Records that a turn hands over at once: while the writer has these on the disk, the loop makes the next.
    static let turnRecordsMax = 32

    private let state = Mutex(State())
    /// Whether something waits for `publish`.
    private let hasStaged = Atomic<Bool>(false)
    private let recordsMax: Int
    private let bytesMax: Int
    /// What the writer sleeps on.
    let wakeUp: WakeUp

    init?(recordsMax: Int, bytesMax: Int) {
        guard let wakeUp = WakeUp(blocking: false) else { return nil }
        self.wakeUp = wakeUp
        self.recordsMax = recordsMax
        self.bytesMax = bytesMax
    }

    /// Hands a record over, or says why not; then the caller still owns the waiter.
    /// - Parameter turn: whether more records may follow at once and `publish` is called when none do. The writer then
    ///   gets them together: where it shares a core with a loop, it would take the first alone and make the rest wait.
    func push(_ entry: Entry, inTurn turn: Bool = false) -> Push {
        let (push, wakes): (Push, Bool) = state.withLock { state in
            if let refusal = state.refusal {
                if entry.waiter != nil { state.refused += 1 }
                return (.refused(refusal), false)
            }
            let count = entry.record.bytes.count
            guard state.entries.count < recordsMax, state.bytes + count <= bytesMax else { return (.full, false) }
            state.entries.append(entry)
            state.bytes += count
            if turn && state.entries.count - state.published < Self.turnRecordsMax {
                hasStaged.store(true, ordering: .relaxed)
                return (.accepted, false)
            }
            return (.accepted, state.publish())
        }
        if wakes {
            wakeUp.signal()
            // On a shared core the writer would wait for the loop's whole turn: let it begin while there is more to do.
            if turn { SystemThread.yield() }
        }
        return push
    }

    /// Lets the writer have what was pushed in a turn.
    func publish() {
        guard hasStaged.load(ordering: .relaxed) else { return }
        let wakes = state.withLock { state in
            hasStaged.store(false, ordering: .relaxed)
            return state.publish()
        }
        if wakes { wakeUp.signal() }
    }

    /// Takes at most one batch, or notes that the writer goes to sleep where there is nothing.
    func take(recordsMax: Int, bytesMax: Int) -> Orders {
        state.withLock { state in
            var orders = Orders()
            orders.isAbandoned = state.isAbandoned
            orders.rotates = state.rotates
            state.rotates = false
            var count = 0
            var bytes = 0
            for entry in state.entries.prefix(min(recordsMax, state.published)) {
                if count > 0, bytes + entry.record.bytes.count + Chain.frameBytesMax > bytesMax { break }
                bytes += entry.record.bytes.count + Chain.frameBytesMax
                count += 1
            }
            if count == state.entries.count {
                swap(&orders.entries, &state.entries)
                state.bytes = 0
            } else {
                orders.entries = Array(state.entries.prefix(count))
                state.entries.removeFirst(count)
                state.bytes -= bytes - count * Chain.frameBytesMax
            }
            state.published -= count
            if state.entries.isEmpty { orders.stop = state.stop }
            state.isWriterAsleep = count == 0 && orders.stop == nil && !orders.rotates && !orders.isAbandoned
            return orders
        }
    }

    /// The writer is awake, maybe without having been called: what a turn that never ended left behind is published too.
    func noteAwake() {
        state.withLock { state in
            state.isWriterAsleep = false
            state.published = state.entries.count
        }
    }

    /// From now on refuses every record with `error`.
    /// - Returns: what was waiting; the caller resumes it.
    func refuse(with error: AuditError) -> [Entry] {
        state.withLock { state in
            state.refusal = error
            var entries: [Entry] = []
            swap(&entries, &state.entries)
            state.bytes = 0
            state.published = 0
            state.refused += UInt64(entries.count { $0.waiter != nil })
            return entries
        }
    }

    /// Takes records again.
    /// - Returns: how many with a waiter were refused meanwhile.
    func accept() -> UInt64 {
        state.withLock { state in
            state.refusal = state.stop == nil ? nil : .unavailable
            let refused = state.refused
            state.refused = 0
            return refused
        }
    }

    /// Lets the writer finish: nothing more is taken.
    func stop(_ order: StopOrder) {
        state.withLock { state in
            state.refusal = state.refusal ?? .unavailable
            state.stop = state.stop ?? order
            state.published = state.entries.count
            state.isWriterAsleep = false
        }
        wakeUp.signal()
    }

    /// Lets the writer open a new segment before its next record.
    func rotate() {
        state.withLock { state in
            state.rotates = true
            state.isWriterAsleep = false
        }
        wakeUp.signal()
    }

    /// Lets the writer vanish as a crash would.
    func abandon() {
        state.withLock { state in
            state.isAbandoned = true
            state.refusal = .unavailable
            state.published = state.entries.count
            state.isWriterAsleep = false
        }
        wakeUp.signal()
    }

    /// How full it is, in thousandths, by records or by bytes.
    var fill: Int {
        state.withLock { max($0.entries.count * 1000 / recordsMax, $0.bytes * 1000 / bytesMax) }
    }

    var depth: Int { state.withLock { $0.entries.count } }
}
