internal import Synchronization

/// What the writer shows to everyone else.
final class Published: Sendable {
    private struct Values {
        var state = AuditLog.State.serving
        var head: AuditLog.Head
        var statistics = AuditStatistics()
    }

    private let values: Mutex<Values>
    private let turns = Atomic<UInt64>(0)
    private let onStateChange: (@Sendable (AuditLog.State) -> Void)?

    init(head: AuditLog.Head, onStateChange: (@Sendable (AuditLog.State) -> Void)?) {
        values = Mutex(Values(head: head))
        self.onStateChange = onStateChange
    }

    var state: AuditLog.State { values.withLock { $0.state } }
    var head: AuditLog.Head { values.withLock { $0.head } }
    var statistics: AuditStatistics { values.withLock { $0.statistics } }

    /// Turns that the writer's thread has taken.
    var steps: UInt64 { turns.load(ordering: .relaxed) }

    func noteStep() { turns.add(1, ordering: .relaxed) }

    func set(_ state: AuditLog.State) {
        values.withLock { $0.state = state }
        onStateChange?(state)
    }

    func set(head: ChainEnd, statistics: AuditStatistics) {
        guard let head = AuditLog.Head(head) else { return }
        values.withLock {
            $0.head = head
            $0.statistics = statistics
        }
    }
}

extension AuditLog.Head {
    init?(_ end: ChainEnd) {
        guard let hash = end.hash, end.nextSeq > 0 else { return nil }
        self.init(seq: end.nextSeq - 1, hash: hash, recordCount: end.nextSeq)
    }
}
