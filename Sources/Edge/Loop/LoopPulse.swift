internal import Synchronization

/// A question to every loop whether it still turns, and how many have not answered yet.
public final class LoopPulse: Sendable {
    private let missing: Atomic<Int>

    init(loops: [EventLoop]) {
        missing = Atomic(loops.count)
        for loop in loops { loop.execute { [self] _ in missing.subtract(1, ordering: .relaxed) } }
    }

    /// Whether every loop has run a job since the question. A loop that has ended answers no more.
    public var isAnswered: Bool { missing.load(ordering: .relaxed) == 0 }
}

extension EdgeServer {
    /// Asks every loop for a sign of life.
    public func pulse() -> LoopPulse { LoopPulse(loops: loops) }
}
