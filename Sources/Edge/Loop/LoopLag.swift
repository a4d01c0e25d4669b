internal import Threading

/// How long a socket that becomes ready waits until its task runs.
///
/// A turn that took all the sockets that were ready kept each of them waiting no longer than the turn before took. Where
/// more were ready than one look at the sockets gives, a probe joins their queue: epoll serves it in the order of its
/// coming, so what the probe waits is what they wait.
///
/// A value without clock and sockets: time and counts are arguments.
struct LoopLag {
    private(set) var nanoseconds: UInt64 = 0
    private var turnStart: MonotonicInstant
    private var probeSent: MonotonicInstant?

    init(now: MonotonicInstant) { turnStart = now }

    /// A turn of work is over and the loop is about to look at the sockets.
    /// - Returns: whether a probe is to be sent.
    mutating func endTurn(wasFull: Bool, at now: MonotonicInstant) -> Bool {
        let turn = now.nanoseconds - min(now.nanoseconds, turnStart.nanoseconds)
        if let probeSent {
            // A probe that is still under way has waited so long already.
            nanoseconds = max(nanoseconds, now.nanoseconds - min(now.nanoseconds, probeSent.nanoseconds))
            return false
        }
        if wasFull {
            nanoseconds = max(nanoseconds / 2, turn)
            probeSent = now
            return true
        }
        nanoseconds = turn
        return false
    }

    /// The loop has looked at the sockets and begins its next turn.
    mutating func beginTurn(at now: MonotonicInstant) { turnStart = now }

    /// The probe came out of the queue.
    mutating func takeProbe(at now: MonotonicInstant) {
        guard let sent = probeSent else { return }
        probeSent = nil
        nanoseconds = now.nanoseconds - min(now.nanoseconds, sent.nanoseconds)
    }
}
