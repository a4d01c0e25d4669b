internal import Synchronization

/// A number of places for connections.
final class ConnectionBudget: Sendable {
    private let connectionsMax: Int
    private let taken = Atomic<Int>(0)

    init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

    /// Takes a place, or returns false where there is none.
    func take() -> Bool {
        if taken.add(1, ordering: .relaxed).newValue <= connectionsMax { return true }
        giveBack()
        return false
    }

    /// Gives a place back.
    func giveBack() { taken.subtract(1, ordering: .relaxed) }
}
