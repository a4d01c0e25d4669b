internal import Threading

extension EventLoop {
    /// Notes that the handshake of `channel` begins.
    func beginHandshake(_ channel: Channel) { handshakeAges.enter(channel, at: .now) }

    /// Notes that it is over, whatever became of it.
    func endHandshake(_ channel: Channel) { handshakeAges.leave(channel) }

    /// Ends the oldest handshake of this loop that waits for its peer, if it is too old for that to be a busy network's
    /// doing.
    /// - Returns: whether there was one.
    func evictHandshake() -> Bool {
        precondition(isCurrent, "a loop belongs to its thread")
        return handshakeAges.evictOldest(since: .now + (.zero - Limits.handshakeSafe))
    }
}
