internal import JSON
internal import OpenSSL
internal import Synchronization
internal import Threading

/// Keeps unauthenticated peers from filling the disk (`docs/formats/audit-log.md` §5).
///
/// In a window of 10 seconds the first 100 refused connections of one reason and one network (/24, or /64) are recorded each;
/// the rest are counted, and the window's end writes one record for them. At most 256 pairs of reason and network are
/// told apart at a time; what comes from further networks is one group a reason, so memory and disk stay bounded
/// whatever the number of addresses.
final class RejectAggregator: Sendable {
    static let recordsPerWindow: UInt64 = 100
    static let window: Duration = .seconds(10)
    static let groupsMax = 256
    static let overflowGroupsMax = 64

    private struct Key: Hashable {
        var reason: [UInt8]
        var network: PeerNetwork?
    }

    fileprivate struct Group {
        var end: MonotonicInstant
        var recorded: UInt64 = 0
        var counted: UInt64 = 0
        var first: WallTime?
        var last: WallTime?
    }

    private let groups = Mutex<[Key: Group]>([:])

    /// Whether this reject is recorded by itself; otherwise it has been counted.
    func admits(peer: [UInt8], reason: ReasonCode, at now: MonotonicInstant, time: WallTime) -> Bool {
        groups.withLock { groups in
            let key = Self.key(reason.bytes, PeerNetwork(peer), in: groups)
            var group = groups[key] ?? Group(end: now + Self.window)
            let admits = group.recorded < Self.recordsPerWindow && now < group.end
            if admits { group.recorded += 1 } else { group.count(time) }
            groups[key] = group
            return admits
        }
    }

    /// Counts a reject that was admitted but that the queue had no room for.
    func count(peer: [UInt8], reason: ReasonCode, at now: MonotonicInstant, time: WallTime) {
        groups.withLock { groups in
            let key = Self.key(reason.bytes, PeerNetwork(peer), in: groups)
            groups[key, default: Group(end: now + Self.window)].count(time)
        }
    }

    /// Ends the windows that are over, and returns one reject for each that counted something.
    /// - Parameter everything: ends all windows, for the log's end.
    func flush(at now: MonotonicInstant, everything: Bool = false) -> [ConnectionReject] {
        groups.withLock { groups in
            guard !groups.isEmpty else { return [] }
            var rejects: [ConnectionReject] = []
            for (key, group) in groups where everything || group.end <= now {
                groups[key] = nil
                guard group.counted > 0 else { continue }
                rejects.append(
                    ConnectionReject(
                        peer: key.network?.text ?? Array("other".utf8), reason: ReasonCode(key.reason),
                        count: group.counted, first: group.first, last: group.last))
            }
            return rejects
        }
    }

    private static func key(_ reason: [UInt8], _ network: PeerNetwork?, in groups: [Key: Group]) -> Key {
        let key = Key(reason: reason, network: network)
        if groups[key] != nil || groups.count < groupsMax { return key }
        let overflow = Key(reason: reason, network: nil)
        if groups[overflow] != nil || groups.count < groupsMax + overflowGroupsMax { return overflow }
        return Key(reason: Array("other".utf8), network: nil)
    }
}

extension RejectAggregator.Group {
    fileprivate mutating func count(_ time: WallTime) {
        counted += 1
        first = min(first ?? time, time)
        last = max(last ?? time, time)
    }
}
