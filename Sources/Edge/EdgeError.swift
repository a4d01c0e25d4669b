public import LinuxIO

/// Why the front door cannot open.
public enum EdgeError: Error, Hashable, Sendable {
    case addressInUse(SocketAddress)
    case cannotListen(SocketAddress, SocketError)
    /// Unencrypted listeners are for loopback addresses only.
    case plainOutsideLoopback(SocketAddress)
    /// The system refuses descriptors or threads for the loops.
    case noResources
}
