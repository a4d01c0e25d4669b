internal import LinuxIO
internal import OpenSSL

/// The bytes of a connection: TLS, or none on a loopback listener.
enum Transport: ~Copyable {
    case tls(TLSConnection)
    case plain(descriptor: Int32)

    /// Reads into the start of `room`.
    borrowing func read(into room: inout MutableSpan<UInt8>) -> TLSTransfer {
        switch self {
        case .tls(let connection): connection.read(into: &room)
        case .plain(let descriptor): Self.transfer(Socket.read(descriptor, into: &room), onNothing: .wantsRead)
        }
    }

    /// Whether another read would find nothing until the socket is announced again.
    var hasNothingToRead: Bool {
        switch self {
        case .tls(let connection): connection.hasNothingToRead
        case .plain: false
        }
    }

    /// Writes the start of `bytes`.
    borrowing func write(_ bytes: Span<UInt8>) -> TLSTransfer {
        switch self {
        case .tls(let connection): connection.write(bytes)
        case .plain(let descriptor): Self.transfer(Socket.write(descriptor, bytes), onNothing: .wantsWrite)
        }
    }

    /// Lets the last answer and the word that nothing more will come share a packet. The latter must follow at once.
    borrowing func corkUntilCloseNotify() {
        switch self {
        case .tls(let connection): connection.corkUntilCloseNotify()
        case .plain: break
        }
    }

    /// Says that nothing more will come.
    borrowing func sendCloseNotify() {
        switch self {
        case .tls(let connection): connection.sendCloseNotify()
        case .plain: break
        }
    }

    private static func transfer(_ count: Int?, onNothing: TLSTransfer) -> TLSTransfer {
        guard let count else { return onNothing }
        if count == 0 { return .closed }
        return count > 0 ? .bytes(count) : .failed(.disconnected)
    }
}
