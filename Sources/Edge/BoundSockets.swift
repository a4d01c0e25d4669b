public import LinuxIO

/// Sockets on one address and port, one for each loop, that are bound and do not listen yet: a low port is taken while the
/// process may, before it gives up the right to and before there are loops.
///
/// Whoever has them gives them to `EdgeServer`, by `listen` or by their own `listen` and `serve`, or closes them, once.
public struct BoundSockets: Sendable {
    let descriptors: [Int32]
    /// The address, with the port that the system chose if 0 was asked for.
    public let address: SocketAddress

    /// Binds `count` sockets. A port that was asked for is opened without sharing it first, so that one that another process
    /// uses is an error even where that process would share it. One that the system chooses is nobody's, and is kept from
    /// the first socket on.
    /// - Throws: `EdgeError`; nothing is open then.
    public static func bind(_ wanted: SocketAddress, count: Int) throws(EdgeError) -> BoundSockets {
        var descriptors: [Int32] = []
        var address = wanted
        do throws(SocketError) {
            if address.port != 0 { Socket.close(try Socket.listen(at: address, backlog: 1, sharesPort: false)) }
            for _ in 0..<count {
                let descriptor = try Socket.bind(at: address, sharesPort: true)
                descriptors.append(descriptor)
                let port = Socket.localPort(of: descriptor)
                address = SocketAddress(bytes: address.bytes, port: port) ?? address
            }
        } catch {
            for descriptor in descriptors { Socket.close(descriptor) }
            throw error.isAddressInUse ? .addressInUse(address) : .cannotListen(address, error)
        }
        return BoundSockets(descriptors: descriptors, address: address)
    }

    /// Lets connections come; they wait, up to `backlog` of them, for `EdgeServer.serve`.
    /// - Throws: `EdgeError`; nothing is open then.
    public func listen(backlog: Int32) throws(EdgeError) {
        do throws(SocketError) {
            for descriptor in descriptors { try Socket.listen(on: descriptor, backlog: backlog) }
        } catch {
            close()
            throw error.isAddressInUse ? .addressInUse(address) : .cannotListen(address, error)
        }
    }

    /// Closes them all.
    public func close() {
        for descriptor in descriptors { Socket.close(descriptor) }
    }
}
