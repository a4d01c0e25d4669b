/// A bound on connections that one more would have passed. The raw value is its name in metrics and records.
public enum ConnectionLimit: String, Error, CaseIterable, Sendable {
    /// `EdgeConfiguration.connectionsMax`, or the listener's own.
    case connections
    case connectionsPerAddress = "connections_per_address"
    case handshakes
    case handshakesPerAddress = "handshakes_per_address"

    /// A position in tables of counters.
    var index: Int {
        switch self {
        case .connections: 0
        case .connectionsPerAddress: 1
        case .handshakes: 2
        case .handshakesPerAddress: 3
        }
    }
}
