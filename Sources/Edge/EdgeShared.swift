internal import Synchronization

/// What all connections of a server share.
final class EdgeShared: Sendable {
    let configuration: EdgeConfiguration
    let statistics: EdgeStatistics
    /// The places of all listeners that have none of their own.
    let connections: ConnectionBudget
    /// Handshakes that have begun and not ended.
    let handshakes: ConnectionBudget
    let addresses: AddressLedger
    private let connectionNumber = Atomic<UInt64>(0)

    init(_ configuration: EdgeConfiguration, loops: [LoopStatistics]) {
        statistics = EdgeStatistics(loops: loops)
        self.configuration = configuration
        connections = ConnectionBudget(placesMax: configuration.connectionsMax)
        handshakes = ConnectionBudget(placesMax: configuration.handshakesInFlightMax)
        addresses = AddressLedger(
            connectionsMax: configuration.connectionsPerAddressMax, handshakesMax: configuration.handshakesPerAddressMax
        )
    }

    func nextConnectionNumber() -> UInt64 {
        connectionNumber.add(1, ordering: .relaxed).newValue
    }

    /// Takes a place among the requests being answered, or false where there is none.
    func enterRequest() -> Bool {
        if statistics.inFlight.add(1, ordering: .relaxed).newValue <= configuration.requestsInFlightMax { return true }
        statistics.inFlight.subtract(1, ordering: .relaxed)
        return false
    }

    func leaveRequest() { statistics.inFlight.subtract(1, ordering: .relaxed) }
}
