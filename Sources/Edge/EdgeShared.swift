internal import Synchronization

/// What all connections of a server share.
final class EdgeShared: Sendable {
    let configuration: EdgeConfiguration
    let statistics = EdgeStatistics()
    private let connectionNumber = Atomic<UInt64>(0)

    init(_ configuration: EdgeConfiguration) { self.configuration = configuration }

    func nextConnectionNumber() -> UInt64 {
        connectionNumber.add(1, ordering: .relaxed).newValue
    }

    /// Takes a place among the connections, or false where there is none.
    func enterConnection() -> Bool {
        if statistics.open.add(1, ordering: .relaxed).newValue <= configuration.connectionsMax { return true }
        statistics.open.subtract(1, ordering: .relaxed)
        statistics.refusedOverLimit.add(1, ordering: .relaxed)
        return false
    }

    func leaveConnection() { statistics.open.subtract(1, ordering: .relaxed) }

    /// Takes a place among the requests being answered, or false where there is none.
    func enterRequest() -> Bool {
        if statistics.inFlight.add(1, ordering: .relaxed).newValue <= configuration.requestsInFlightMax { return true }
        statistics.inFlight.subtract(1, ordering: .relaxed)
        return false
    }

    func leaveRequest() { statistics.inFlight.subtract(1, ordering: .relaxed) }
}
