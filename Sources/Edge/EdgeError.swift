public import LinuxIO

/// Why the front door cannot open.
public enum EdgeError: Error, Hashable, Sendable {
    case addressInUse(SocketAddress)
    case cannotListen(SocketAddress, SocketError)
    /// The text is no numeric IPv4 or IPv6 address.
    case badAddress(String)
    /// Unencrypted listeners are for loopback addresses only.
    case plainOutsideLoopback(SocketAddress)
    /// The system refuses descriptors or threads for the loops.
    case noResources
    /// A loop cannot watch its sockets any longer. Its connections have been ended.
    case loopFailed(SocketError)
}
