internal import CLinux

/// A TCP connection to a service of this machine, for a thread that may wait. It is closed with this value.
public struct ClientStream: ~Copyable {
    private let descriptor: Int32

    private init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = close(descriptor) }

    /// Connects.
    /// - Parameter milliseconds: how long that may take.
    /// - Throws: `SocketError`; its code is `ETIMEDOUT` where the time is over.
    public static func connect(to address: SocketAddress, milliseconds: Int32) throws(SocketError) -> ClientStream {
        let descriptor = pc_stream_socket(address.bytes.count == 4 ? AF_INET : AF_INET6)
        guard descriptor >= 0 else { throw SocketError(call: "socket", code: pc_errno()) }
        let stream = ClientStream(adopting: descriptor)
        let code = unsafe pc_stream_connect(descriptor, address.bytes, address.bytes.count, address.port)
        if code == EINPROGRESS {
            try stream.wait(for: Int16(POLLOUT), milliseconds, "connect")
            let failure = pc_stream_failure(descriptor)
            guard failure == 0 else { throw SocketError(call: "connect", code: failure) }
        } else if code != 0 {
            throw SocketError(call: "connect", code: code)
        }
        return stream
    }

    /// Sends all of `bytes`.
    /// - Parameter milliseconds: how long it may take until the service takes the next of them.
    public func send(_ bytes: Span<UInt8>, milliseconds: Int32) throws(SocketError) {
        var done = 0
        while done < bytes.count {
            switch Socket.write(descriptor, bytes.extracting(done...)) {
            case nil: try wait(for: Int16(POLLOUT), milliseconds, "send")
            case .some(let count) where count > 0: done += count
            case .some: throw SocketError(call: "send", code: pc_errno())
            }
        }
    }

    /// Receives what is there next, and appends it to `buffer`.
    /// - Returns: false at the stream's end.
    public func receive(into buffer: inout [UInt8], atMost count: Int, milliseconds: Int32) throws(SocketError) -> Bool
    {
        while true {
            try wait(for: Int16(POLLIN), milliseconds, "recv")
            var got: Int?
            buffer.append(addingCapacity: count) { room in
                unsafe room.withUnsafeMutableBufferPointer { memory, initialized in
                    let received = unsafe recv(descriptor, memory.baseAddress, count, 0)
                    got = received < 0 && (pc_errno() == EAGAIN || pc_errno() == EINTR) ? nil : received
                    initialized = max(0, received)
                }
            }
            guard let got else { continue }
            guard got >= 0 else { throw SocketError(call: "recv", code: pc_errno()) }
            return got > 0
        }
    }

    private func wait(for events: Int16, _ milliseconds: Int32, _ call: String) throws(SocketError) {
        var waited = pollfd(fd: descriptor, events: events, revents: 0)
        let count = unsafe poll(&waited, 1, milliseconds)
        guard count != 0 else { throw SocketError(call: call, code: ETIMEDOUT) }
        guard count > 0 || pc_errno() == EINTR else { throw SocketError(call: "poll", code: pc_errno()) }
    }
}
