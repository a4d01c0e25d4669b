internal import CLinux

/// A failed system call on a socket.
public struct SocketError: Error, Hashable, Sendable {
    /// The call's name: `bind`, `listen`, …
    public let call: String
    /// The value of `errno`.
    public let code: Int32

    /// Whether another process listens at the address.
    public var isAddressInUse: Bool { code == EADDRINUSE }
    /// The system's words for the code.
    public var message: String { unsafe String(cString: strerror(code)) }
}

/// TCP sockets by descriptor: non-blocking, close-on-exec. Whoever holds a descriptor closes it, once.
public enum Socket {
    /// What a call to accept gave.
    public enum Accepted: Sendable {
        case connection(descriptor: Int32, peer: SocketAddress)
        /// Nobody waits.
        case none
        /// The process or the system has no descriptor left: pause, or the level-triggered listener spins.
        case descriptorLimit
        /// This one vanished; the next may be there.
        case vanished
    }

    /// A listening socket at `address` (port 0: one that is free).
    /// - Parameter sharesPort: `SO_REUSEPORT`, for one listener a loop.
    /// - Throws: `SocketError`, with nothing left open.
    public static func listen(
        at address: SocketAddress, backlog: Int32, sharesPort: Bool
    ) throws(SocketError) -> Int32 {
        let descriptor = try bind(at: address, sharesPort: sharesPort)
        do throws(SocketError) {
            try listen(on: descriptor, backlog: backlog)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Lets connections come to a socket that is bound.
    public static func listen(on descriptor: Int32, backlog: Int32) throws(SocketError) {
        guard CLinux.listen(descriptor, backlog) == 0 else { throw SocketError(call: "listen", code: pc_errno()) }
    }

    /// A socket bound to `address` that does not listen yet.
    /// - Throws: `SocketError`, with nothing left open.
    public static func bind(at address: SocketAddress, sharesPort: Bool) throws(SocketError) -> Int32 {
        let family = address.bytes.count == 4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw SocketError(call: "socket", code: pc_errno()) }
        do throws(SocketError) {
            try setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
            try setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            if sharesPort { try setOption(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
            if family == AF_INET6 { try setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
            try bind(descriptor, to: address)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// The port that a listening socket has.
    public static func localPort(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        let result = unsafe pc_local_address(descriptor, &storage)
        return result == 0 ? decode(storage)?.port ?? 0 : 0
    }

    /// The next waiting connection; it inherits `TCP_NODELAY` from its listener.
    public static func accept(from listener: Int32) -> Accepted {
        var storage = sockaddr_storage()
        let descriptor = unsafe pc_accept(listener, &storage)
        guard descriptor >= 0 else { return refusal(of: pc_errno()) }
        guard let peer = decode(storage) else {
            close(descriptor)
            return .vanished
        }
        return .connection(descriptor: descriptor, peer: peer)
    }

    /// Sends FIN and keeps reading.
    public static func shutdownWriting(_ descriptor: Int32) {
        _ = CLinux.shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads up to `room.count` bytes: the count, 0 at the end of the stream, nil when nothing is there now, -1 on error.
    public static func read(_ descriptor: Int32, into room: inout MutableSpan<UInt8>) -> Int? {
        let count = unsafe room.withUnsafeMutableBufferPointer { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count < 0 && (pc_errno() == EAGAIN || pc_errno() == EINTR) { return nil }
        return count
    }

    /// Writes what the kernel takes: the count, nil when it takes nothing now, -1 on error.
    public static func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> Int? {
        let count = unsafe bytes.withUnsafeBufferPointer {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0 && (pc_errno() == EAGAIN || pc_errno() == EINTR) { return nil }
        return count
    }

    /// Lets the close that follows reset the connection, so that the kernel keeps nothing for a peer that does not read.
    public static func resetWhenClosed(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Closes a descriptor. An error here has no mend: the descriptor is gone either way (close(2)).
    public static func close(_ descriptor: Int32) { _ = CLinux.close(descriptor) }

    private static func refusal(of code: Int32) -> Accepted {
        switch code {
        case EAGAIN: .none
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: .descriptorLimit
        default: .vanished
        }
    }

    private static func setOption(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32
    ) throws(SocketError) {
        var value = value
        guard unsafe setsockopt(descriptor, level, option, &value, socklen_t(4)) == 0 else {
            throw SocketError(call: "setsockopt", code: pc_errno())
        }
    }

    private static func bind(_ descriptor: Int32, to address: SocketAddress) throws(SocketError) {
        var storage = sockaddr_storage()
        let length = encode(address, into: &storage)
        let result = unsafe pc_bind(descriptor, &storage, length)
        guard result == 0 else { throw SocketError(call: "bind", code: pc_errno()) }
    }

    private static func encode(_ address: SocketAddress, into storage: inout sockaddr_storage) -> socklen_t {
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            if address.bytes.count == 4 {
                var four = sockaddr_in()
                four.sin_family = sa_family_t(AF_INET)
                four.sin_port = address.port.bigEndian
                unsafe withUnsafeMutableBytes(of: &four.sin_addr) { unsafe $0.copyBytes(from: address.bytes) }
                unsafe bytes.storeBytes(of: four, as: sockaddr_in.self)
                return socklen_t(MemoryLayout<sockaddr_in>.size)
            }
            var six = sockaddr_in6()
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = address.port.bigEndian
            unsafe withUnsafeMutableBytes(of: &six.sin6_addr) { unsafe $0.copyBytes(from: address.bytes) }
            unsafe bytes.storeBytes(of: six, as: sockaddr_in6.self)
            return socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
    }

    private static func decode(_ storage: sockaddr_storage) -> SocketAddress? {
        unsafe withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let four = unsafe bytes.load(as: sockaddr_in.self)
                let address = unsafe withUnsafeBytes(of: four.sin_addr) { unsafe Array($0) }
                return SocketAddress(bytes: address, port: UInt16(bigEndian: four.sin_port))
            case AF_INET6:
                let six = unsafe bytes.load(as: sockaddr_in6.self)
                let address = unsafe withUnsafeBytes(of: six.sin6_addr) { unsafe Array($0) }
                return SocketAddress(bytes: address, port: UInt16(bigEndian: six.sin6_port))
            default: return nil
            }
        }
    }
}
