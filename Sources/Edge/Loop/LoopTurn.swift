internal import Threading

/// The turn that a loop is in, and who waits for the next.
struct LoopTurn {
    /// How often the loop has looked at its sockets.
    private(set) var number: UInt64 = 0
    private var waiting: [Resumption<Void>] = []

    /// Whether somebody waits for the next.
    var isAwaited: Bool { !waiting.isEmpty }

    mutating func begin() { number &+= 1 }

    mutating func wait(_ resumption: Resumption<Void>) { waiting.append(resumption) }

    /// Lets everybody go on who waited.
    mutating func resume() {
        for resumption in waiting { resumption.resume() }
        waiting.removeAll(keepingCapacity: true)
    }
}

/// What one connection may do in a turn of its loop.
///
/// A value without loop: the turn's number is an argument.
struct TurnShare {
    private var turn: UInt64 = 0
    private var requests = 0

    /// Whether another request in `turn` would be one too many; if not, it is counted.
    mutating func isTaken(inTurn turn: UInt64) -> Bool {
        if turn != self.turn { (self.turn, requests) = (turn, 0) }
        requests += 1
        return requests > Limits.requestsPerTurn
    }
}
