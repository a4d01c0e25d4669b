internal import Synchronization

/// What one connection holds of the server's bounds, from accept to close; given back once.
///
/// Belongs to the connection's task.
final class ConnectionPlace {
    private let shared: EdgeShared
    private let budget: ConnectionBudget
    /// nil where the listener has places of its own: those are for who watches the server, not for who attacks it.
    private let key: AddressLedger.Key?
    private var isHandshaking: Bool

    private init(_ shared: EdgeShared, _ budget: ConnectionBudget, _ key: AddressLedger.Key?, isHandshaking: Bool) {
        self.shared = shared
        self.budget = budget
        self.key = key
        self.isHandshaking = isHandshaking
    }

    /// Takes a place for a connection from `address`, or says which bound it would pass; then nothing is held.
    static func take(
        _ shared: EdgeShared, _ budget: ConnectionBudget, address: [UInt8], withHandshake: Bool, on loop: EventLoop
    ) -> Result<ConnectionPlace, ConnectionLimit> {
        guard budget.take() else { return .failure(.connections) }
        let key = budget === shared.connections ? AddressLedger.Key(address) : nil
        if let key, let limit = shared.addresses.enter(key, withHandshake: withHandshake) {
            budget.giveBack()
            return .failure(limit)
        }
        if withHandshake, !shared.handshakes.take() {
            // Whoever lets us wait makes room, so that a crowd of silent peers does not lock the door. The one that is ended
            // gives its place back in this turn of the loop.
            guard loop.evictHandshake() else {
                if let key {
                    shared.addresses.endHandshake(key)
                    shared.addresses.leave(key)
                }
                budget.giveBack()
                return .failure(.handshakes)
            }
            shared.handshakes.takeGivenUp()
        }
        shared.statistics.open.add(1, ordering: .relaxed)
        return .success(ConnectionPlace(shared, budget, key, isHandshaking: withHandshake))
    }

    /// The handshake is over: another may begin.
    func endHandshake() {
        guard isHandshaking else { return }
        isHandshaking = false
        shared.handshakes.giveBack()
        if let key { shared.addresses.endHandshake(key) }
    }

    /// The connection is closed.
    func leave() {
        endHandshake()
        if let key { shared.addresses.leave(key) }
        budget.giveBack()
        shared.statistics.open.subtract(1, ordering: .relaxed)
    }
}
