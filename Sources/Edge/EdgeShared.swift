internal import Synchronization
internal import Threading

/// What all connections of a server share.
final class EdgeShared: Sendable {
    let configuration: EdgeConfiguration
    let statistics: EdgeStatistics
    let load: LoadGuard
    private let rate = Mutex(ServiceRate())
    /// Requests in flight that are answered as vital ones.
    private let vital = ConnectionBudget(placesMax: Limits.vitalInFlightMax)
    /// The places of all listeners that have none of their own.
    let connections: ConnectionBudget
    /// Handshakes that have begun and not ended.
    let handshakes: ConnectionBudget
    /// Connections whose handshake failed and that linger.
    let failureLingers: ConnectionBudget
    let addresses: AddressLedger
    private let connectionNumber = Atomic<UInt64>(0)

    init(_ configuration: EdgeConfiguration, loops: [LoopStatistics]) {
        self.configuration = configuration
        load = LoadGuard(configuration)
        statistics = EdgeStatistics(load, loops: loops)
        connections = ConnectionBudget(placesMax: configuration.connectionsMax)
        handshakes = ConnectionBudget(placesMax: configuration.handshakesInFlightMax)
        failureLingers = ConnectionBudget(
            placesMax: max(1, configuration.handshakesInFlightMax / Limits.failureLingerPart))
        addresses = AddressLedger(
            connectionsMax: configuration.connectionsPerAddressMax, handshakesMax: configuration.handshakesPerAddressMax
        )
    }

    func nextConnectionNumber() -> UInt64 {
        connectionNumber.add(1, ordering: .relaxed).newValue
    }

    /// Takes a place among the requests being answered, or says why there is none for a request of this importance.
    /// - Returns: the importance that it is answered as: where vital ones have all places of theirs, one more is a low one.
    func enterRequest(_ importance: Importance, backlog: Int, lag: UInt64) -> Result<Importance, Overload> {
        let inFlight = statistics.inFlight.add(1, ordering: .relaxed).newValue
        let service = rate.withLock { $0.delay(inFlight: inFlight - statistics.awaitingPeer.load(ordering: .relaxed)) }
        let admitted = importance == .vital && !vital.take() ? .low : importance
        let overload = load.overload(for: admitted, inFlight: inFlight, backlog: backlog, lag: lag, service: service)
        guard let overload else { return .success(admitted) }
        statistics.inFlight.subtract(1, ordering: .relaxed)
        if admitted == .vital { vital.giveBack() }
        return .failure(overload)
    }

    /// Gives back the place of a request that was answered as one of `importance`.
    func leaveRequest(_ importance: Importance) {
        if importance == .vital { vital.giveBack() }
        let inFlight = statistics.inFlight.subtract(1, ordering: .relaxed).newValue
        let now = MonotonicInstant.now
        let awaitingPeer = statistics.awaitingPeer.load(ordering: .relaxed)
        rate.withLock { $0.finish(inFlight: inFlight - awaitingPeer, at: now) }
    }
}
