public import OpenSSL
internal import Synchronization
public import Threading

/// Counts of the front door, for metrics.
public final class EdgeStatistics: Sendable {
    /// How a handshake ended.
    public enum Handshake: Hashable, Sendable {
        case full
        case resumed
        case failed(TLSFailure)

        /// Every end that a handshake can have.
        public static let all: [Handshake] = [.full, .resumed] + TLSFailure.allCases.map { .failed($0) }
    }

    let open = Atomic<Int>(0)
    let resting = Atomic<Int>(0)
    let inFlight = Atomic<Int>(0)
    /// Requests in flight that wait for their peer to send the rest of a body or to take an answer, or for another server.
    let awaitingPeer = Atomic<Int>(0)
    let accepted = Atomic<Int>(0)
    let descriptorLimit = Atomic<Int>(0)
    private let load: LoadGuard
    private let shedCounts = Mutex([Int](repeating: 0, count: Importance.allCases.count))
    private let slowBodies = Atomic<Int>(0)
    private let slowReaders = Atomic<Int>(0)
    private let refusedCounts = Mutex([Int](repeating: 0, count: ConnectionLimit.allCases.count))
    /// By `Handshake.position`.
    private let handshakeCounts = ShardedCounters(count: Handshake.all.count)
    /// Full, resumed, failed.
    private let handshakeTimes = Histograms(rows: 3, bounds: EdgeStatistics.handshakeBoundsMicroseconds)
    /// Received, sent.
    private let bytes = ShardedCounters(count: 2)
    /// What each loop counts, in the loops' order.
    public let loops: [LoopStatistics]

    /// Upper bounds, inclusive, of the classes of handshake times.
    public static let handshakeBoundsMicroseconds: [UInt64] = [
        500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
        10_000_000,
    ]

    init(_ load: LoadGuard, loops: [LoopStatistics] = []) {
        self.load = load
        self.loops = loops
    }

    /// Requests turned away because there were too many.
    public func shedRequests(_ importance: Importance) -> Int { shedCounts.withLock { $0[importance.index] } }
    /// Whether requests were turned away lately.
    public var isShedding: Bool { load.isShedding(at: .now) }
    /// Connections open now.
    public var openConnections: Int { open.load(ordering: .relaxed) }
    /// Of these, connections that have been idle for long enough to hold no task (`EdgeTimeouts.rest`).
    public var restingConnections: Int { resting.load(ordering: .relaxed) }
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
    /// Handshakes by how they ended, those that there were.
    public var handshakes: [Handshake: Int] {
        var counts: [Handshake: Int] = [:]
        for handshake in Handshake.all {
            let count = handshakeCounts.value(handshake.position)
            if count > 0 { counts[handshake] = Int(clamping: count) }
        }
        return counts
    }
    /// Time of handshakes, in microseconds, by result.
    public var handshakeDurations: [(result: String, times: HistogramCounts)] {
        ["full", "resumed", "failed"].enumerated().map { ($1, handshakeTimes.counts($0)) }
    }
    /// Bytes of HTTP received, without TLS.
    public var bytesReceived: UInt64 { bytes.value(0) }
    /// Bytes of HTTP sent, without TLS.
    public var bytesSent: UInt64 { bytes.value(1) }

    func countRefused(_ limit: ConnectionLimit) { refusedCounts.withLock { $0[limit.index] += 1 } }
    func countShed(_ importance: Importance) {
        shedCounts.withLock { $0[importance.index] += 1 }
        load.noteShed(at: .now)
    }

    func countSlowBody() { slowBodies.add(1, ordering: .relaxed) }
    func countSlowReader() { slowReaders.add(1, ordering: .relaxed) }
    func countHandshake(_ handshake: Handshake, since start: MonotonicInstant) {
        handshakeCounts.add(to: handshake.position)
        handshakeTimes.add(MonotonicInstant.now.microseconds(since: start), to: min(handshake.position, 2))
    }

    func countReceived(_ count: Int) { bytes.add(UInt64(count), to: 0) }
    func countSent(_ count: Int) { bytes.add(UInt64(count), to: 1) }
}

extension EdgeStatistics.Handshake {
    fileprivate var position: Int {
        switch self {
        case .full: 0
        case .resumed: 1
        case .failed(let failure): 2 + (TLSFailure.allCases.firstIndex(of: failure) ?? 0)
        }
    }
}

/// Counts of one event loop.
public final class LoopStatistics: Sendable {
    /// Upper bounds, inclusive, of the classes of `lag`, in nanoseconds.
    static let lagBounds: [UInt64] = [
        10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 1_000_000_000,
    ]

    let channels = Atomic<Int>(0)
    private let turns = Histograms(bounds: LoopStatistics.lagBounds)

    /// Connections open on this loop.
    public var openConnections: Int { channels.load(ordering: .relaxed) }
    /// Time from the kernel's announcement of events to the loop's next look at its sockets, in nanoseconds: the longest
    /// that anything which was announced, or became due meanwhile, had to wait for the thread.
    public var lag: HistogramCounts { turns.counts() }

    func count(turn nanoseconds: UInt64) { turns.add(nanoseconds) }
}
