public import OpenSSL
internal import Synchronization
internal import Threading

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
    let descriptorLimit = Atomic<Int>(0)
    private let load: LoadGuard
    private let shedCounts = Mutex([Int](repeating: 0, count: Importance.allCases.count))
    private let slowBodies = Atomic<Int>(0)
    private let slowReaders = Atomic<Int>(0)
    private let refusedCounts = Mutex([Int](repeating: 0, count: ConnectionLimit.allCases.count))
    private let handshakeCounts = Mutex<[Handshake: Int]>([:])

    init(_ load: LoadGuard) { self.load = load }

    /// Requests turned away because there were too many.
    public func shedRequests(_ importance: Importance) -> Int { shedCounts.withLock { $0[importance.index] } }
    /// Whether requests were turned away lately.
    public var isShedding: Bool { load.isShedding(at: .now) }
    /// Connections open now.
    public var openConnections: Int { open.load(ordering: .relaxed) }
    /// Requests being answered now.
    public var requestsInFlight: Int { inFlight.load(ordering: .relaxed) }
    /// Connections accepted since the start.
    public var acceptedConnections: Int { accepted.load(ordering: .relaxed) }
    /// Connections closed as they came because one more would have passed a bound.
    public func refusedConnections(_ limit: ConnectionLimit) -> Int { refusedCounts.withLock { $0[limit.index] } }
    /// Requests whose body came too slowly or not at all.
    public var slowRequestBodies: Int { slowBodies.load(ordering: .relaxed) }
    /// Connections that were cut because the peer took its answer too slowly or not at all.
    public var slowAnswerReaders: Int { slowReaders.load(ordering: .relaxed) }
    /// Times that a listener had to rest because the process had no descriptor left.
    public var descriptorLimitReached: Int { descriptorLimit.load(ordering: .relaxed) }
    /// Handshakes by how they ended.
    public var handshakes: [Handshake: Int] { handshakeCounts.withLock { $0 } }

    func countRefused(_ limit: ConnectionLimit) { refusedCounts.withLock { $0[limit.index] += 1 } }
    func countShed(_ importance: Importance) {
        shedCounts.withLock { $0[importance.index] += 1 }
        load.noteShed(at: .now)
    }

    func countSlowBody() { slowBodies.add(1, ordering: .relaxed) }
    func countSlowReader() { slowReaders.add(1, ordering: .relaxed) }
    func countHandshake(_ handshake: Handshake) { handshakeCounts.withLock { $0[handshake, default: 0] += 1 } }
}
