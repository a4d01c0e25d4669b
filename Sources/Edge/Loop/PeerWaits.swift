internal import Threading

/// The handshakes of one loop that wait for their peer, the longest waiting first: linked through the channels, so that
/// entering and leaving take constant time and no memory of their own.
struct PeerWaits {
    private var oldest: Channel?
    private var newest: Channel?

    /// Notes that `channel` waits from `now` on.
    mutating func enter(_ channel: Channel, at now: MonotonicInstant) {
        channel.waitsForPeerSince = now
        channel.older = newest
        newest?.newer = channel
        newest = channel
        if oldest == nil { oldest = channel }
    }

    /// Notes that `channel` waits no longer.
    mutating func leave(_ channel: Channel) {
        guard channel.waitsForPeerSince != nil else { return }
        channel.waitsForPeerSince = nil
        if oldest === channel { oldest = channel.newer }
        if newest === channel { newest = channel.older }
        channel.newer?.older = channel.older
        channel.older?.newer = channel.newer
        channel.older = nil
        channel.newer = nil
    }

    /// The one that has waited longest, if that is since `instant` at least.
    func longest(since instant: MonotonicInstant) -> Channel? {
        guard let oldest, let since = oldest.waitsForPeerSince, since <= instant else { return nil }
        return oldest
    }
}
