internal import Threading

/// The handshakes of one loop that have begun and not ended, the oldest first: linked through the channels, so that
/// entering and leaving take constant time and no memory of their own.
///
/// The age is that of the handshake, not of its last wait: a peer that drips must not stay young.
struct HandshakeAges {
    private var oldest: Channel?
    private var newest: Channel?

    /// Notes that the handshake of `channel` begins at `now`.
    mutating func enter(_ channel: Channel, at now: MonotonicInstant) {
        precondition(channel.handshakeSince == nil, "a connection has one handshake")
        channel.handshakeSince = now
        channel.older = newest
        newest?.newer = channel
        newest = channel
        if oldest == nil { oldest = channel }
    }

    /// Notes that the handshake of `channel` is over, if it had one.
    mutating func leave(_ channel: Channel) {
        guard channel.handshakeSince != nil else { return }
        channel.handshakeSince = nil
        if oldest === channel { oldest = channel.newer }
        if newest === channel { newest = channel.older }
        channel.newer?.older = channel.older
        channel.older?.newer = channel.newer
        channel.older = nil
        channel.newer = nil
    }

    /// Evicts the oldest that began at `instant` or before and waits for its peer.
    /// - Returns: whether there was one.
    func evictOldest(since instant: MonotonicInstant) -> Bool {
        var next = oldest
        while let channel = next, let since = channel.handshakeSince, since <= instant {
            if channel.evict() { return true }
            next = channel.newer
        }
        return false
    }
}
