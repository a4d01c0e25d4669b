internal import Synchronization

/// A number of places, for connections, handshakes or requests.
final class ConnectionBudget: Sendable {
    private let placesMax: Int
    private let taken = Atomic<Int>(0)

    init(placesMax: Int) { self.placesMax = placesMax }

    /// Takes a place, or returns false where there is none.
    func take() -> Bool {
        if taken.add(1, ordering: .relaxed).newValue <= placesMax { return true }
        giveBack()
        return false
    }

    /// Takes the place of somebody who is about to give one back.
    func takeGivenUp() { taken.add(1, ordering: .relaxed) }

    /// Gives a place back.
    func giveBack() { taken.subtract(1, ordering: .relaxed) }

    /// Places that are taken now.
    var count: Int { taken.load(ordering: .relaxed) }
}
