public import OpenSSL
internal import Synchronization

/// Counts of the front door, for metrics.
public final class EdgeStatistics: Sendable {
    /// How a handshake ended.
    public enum Handshake: Hashable, Sendable {
        case full
        case resumed
        case failed(TLSFailure)
    }

    let open = Atomic<Int>(0)
    let inFlight = Atomic<Int>(0)
    let accepted = Atomic<Int>(0)
    let refusedOverLimit = Atomic<Int>(0)
    let descriptorLimit = Atomic<Int>(0)
    private let handshakeCounts = Mutex<[Handshake: Int]>([:])

    /// Connections open now.
    public var openConnections: Int { open.load(ordering: .relaxed) }
    /// Requests being answered now.
    public var requestsInFlight: Int { inFlight.load(ordering: .relaxed) }
    /// Connections accepted since the start.
    public var acceptedConnections: Int { accepted.load(ordering: .relaxed) }
    /// Connections closed at once because there were too many.
    public var connectionsOverLimit: Int { refusedOverLimit.load(ordering: .relaxed) }
    /// Times that a listener had to rest because the process had no descriptor left.
    public var descriptorLimitReached: Int { descriptorLimit.load(ordering: .relaxed) }
    /// Handshakes by how they ended.
    public var handshakes: [Handshake: Int] { handshakeCounts.withLock { $0 } }

    func countHandshake(_ handshake: Handshake) { handshakeCounts.withLock { $0[handshake, default: 0] += 1 } }
}
