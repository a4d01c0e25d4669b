package import Threading

/// How long what is published has been without the cosignatures that a policy asks for.
///
/// A witness that cosigned a checkpoint vouches for every smaller one too, which it was shown to extend. So a checkpoint is
/// covered when the witnesses that cosigned it or a larger one meet the quorum, and the lag is the age of the oldest that is not.
package struct QuorumLag: Sendable {
    private let policy: TlogPolicy
    /// The size that each witness cosigned last, by its name in the policy.
    private var cosigned: [String: UInt64] = [:]
    /// Published and not covered, oldest first.
    private var waiting: [(size: UInt64, since: MonotonicInstant)] = []
    /// The largest size that is covered.
    package private(set) var covered: UInt64 = 0
    /// Checkpoints that are kept apart; beyond that neighbours share the time of the older one, so that the lag is never told
    /// too small.
    static let waitingMax = 512

    package init(_ policy: TlogPolicy) { self.policy = policy }

    /// A checkpoint of `size` is out.
    package mutating func published(_ size: UInt64, at now: MonotonicInstant) {
        guard !isCovered(size), size > waiting.last?.size ?? 0 else { return }
        if waiting.count >= Self.waitingMax {
            waiting = stride(from: 0, to: waiting.count - 1, by: 2).map { (waiting[$0 + 1].size, waiting[$0].since) }
        }
        waiting.append((size, now))
    }

    /// The witness that the policy calls `name` cosigned a checkpoint of `size`.
    package mutating func cosigned(_ size: UInt64, by name: String) {
        cosigned[name] = max(cosigned[name] ?? 0, size)
        // The largest size that a quorum reached is one that a member of it reached.
        for size in cosigned.values where size > covered && isCovered(size) { covered = size }
        waiting.removeAll { $0.size <= covered }
    }

    /// Since when there has been a checkpoint that is not covered; nil where all are.
    package var uncoveredSince: MonotonicInstant? { waiting.first?.since }

    private func isCovered(_ size: UInt64) -> Bool {
        size <= covered || policy.isMet(by: cosigned.filter { $0.value >= size }.map(\.key))
    }
}
