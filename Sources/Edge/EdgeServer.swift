internal import LinuxIO
internal import Synchronization
internal import Threading

/// The front door: event loops, and listeners on them.
///
/// ```swift
/// let edge = try EdgeServer.start(configuration)
/// let port = try edge.listen(listener, handler: handler)
/// …
/// edge.drain()                       // no new connections; requests in flight finish
/// while !edge.isStopped { … }        // the caller decides when patience ends: edge.abandon()
/// ```
public final class EdgeServer: Sendable {
    private let shared: EdgeShared
    let loops: [EventLoop]
    private let running: Running

    private final class Running: Sendable {
        let count: Atomic<Int>
        init(_ count: Int) { self.count = Atomic(count) }
    }

    private init(shared: EdgeShared, loops: [EventLoop], running: Running) {
        self.shared = shared
        self.loops = loops
        self.running = running
    }

    /// Counts for metrics.
    public var statistics: EdgeStatistics { shared.statistics }

    /// Starts the loops, without a listener yet.
    /// - Parameters:
    ///   - onTurnEnd: called on each loop's thread when it has done what there was to do, before it looks at its sockets
    ///     again. Must not block.
    ///   - onFailure: told once, on the loop's thread, when a loop must end that was not asked to, before its connections
    ///     do. Must not block. The other loops go on: whoever started the server decides what becomes of it.
    /// - Throws: `EdgeError.noResources`; no loop runs then.
    public static func start(
        _ configuration: EdgeConfiguration, onTurnEnd: @escaping @Sendable () -> Void = {},
        onFailure: @escaping @Sendable (EdgeError) -> Void
    ) throws(EdgeError) -> EdgeServer {
        let count = configuration.startedLoopCount
        var loops: [EventLoop] = []
        for _ in 0..<count {
            guard let loop = EventLoop() else { throw .noResources }
            loops.append(loop)
        }
        let running = Running(count)
        for (index, loop) in loops.enumerated() {
            let isStarted = loop.start(turnEnded: onTurnEnd) { failure in
                onFailure(.loopFailed(failure))
            } ended: {
                running.count.subtract(1, ordering: .releasing)
            }
            guard isStarted else {
                for started in loops[..<index] { started.execute { $0.drain() } }
                throw .noResources
            }
        }
        return EdgeServer(
            shared: EdgeShared(configuration, loops: loops.map(\.statistics)), loops: loops, running: running)
    }

    /// Listens at one address on every loop.
    /// - Returns: the port, which the system chose if 0 was asked for.
    /// - Throws: `EdgeError`; no socket of this listener is then open.
    public func listen<Handler: RequestHandler>(
        _ listener: ListenerConfiguration, handler: Handler
    ) throws(EdgeError) -> UInt16 {
        if case .plain = listener.transport, !listener.address.isLoopback {
            throw .plainOutsideLoopback(listener.address)
        }
        return try listen(listener, on: try .bind(listener.address, count: loops.count), handler: handler)
    }

    /// Listens on every loop with sockets that were bound before, one for each.
    /// - Returns: the port.
    /// - Throws: `EdgeError`; `sockets` are then closed.
    public func listen<Handler: RequestHandler>(
        _ listener: ListenerConfiguration, on sockets: BoundSockets, handler: Handler
    ) throws(EdgeError) -> UInt16 {
        try expectAllowed(listener, on: sockets)
        try sockets.listen(backlog: listener.backlog)
        return try serve(listener, on: sockets, handler: handler)
    }

    /// Serves the connections that come to sockets that listen, one socket for each loop.
    /// - Returns: the port.
    /// - Throws: `EdgeError`; `sockets` are then closed.
    public func serve<Handler: RequestHandler>(
        _ listener: ListenerConfiguration, on sockets: BoundSockets, handler: Handler
    ) throws(EdgeError) -> UInt16 {
        precondition(sockets.descriptors.count == loops.count, "each loop has its own socket, or connections are lost")
        try expectAllowed(listener, on: sockets)
        let shared = shared
        let budget = listener.connectionsMax.map { ConnectionBudget(placesMax: $0) } ?? shared.connections
        for (loop, descriptor) in zip(loops, sockets.descriptors) {
            loop.execute { loop in
                loop.add(
                    LoopListener(descriptor: descriptor) { loop, descriptor, peer in
                        accept(descriptor, from: peer, over: listener.transport, on: loop, shared, budget, handler)
                    } atDescriptorLimit: {
                        shared.statistics.descriptorLimit.add(1, ordering: .relaxed)
                    })
            }
        }
        return sockets.address.port
    }

    private func expectAllowed(
        _ listener: ListenerConfiguration, on sockets: BoundSockets
    ) throws(EdgeError) {
        guard case .plain = listener.transport, !sockets.address.isLoopback else { return }
        sockets.close()
        throw .plainOutsideLoopback(sockets.address)
    }

    /// Runs `work` once on a loop, beside the connections. It must not block.
    public func perform(_ work: @escaping @Sendable () async -> Void) {
        guard let loop = loops.first else { return }
        Task.detached(executorPreference: loop) { await work() }
    }

    /// Stops accepting; requests in flight finish, idle connections end, then the loops.
    public func drain() {
        for loop in loops { loop.execute { $0.drain() } }
    }

    /// Ends all that still waits.
    public func abandon() {
        for loop in loops { loop.execute { $0.abandon() } }
    }

    /// Whether every loop has ended, with its connections.
    public var isStopped: Bool { running.count.load(ordering: .acquiring) == 0 }
}

/// Starts the task that is the connection, or closes what would pass a bound before any work is done for it.
private func accept<Handler: RequestHandler>(
    _ descriptor: Int32, from address: SocketAddress, over transport: ListenerConfiguration.Transport,
    on loop: EventLoop, _ shared: EdgeShared, _ budget: ConnectionBudget, _ handler: Handler
) {
    shared.statistics.accepted.add(1, ordering: .relaxed)
    switch ConnectionPlace.take(shared, budget, address: address.bytes, withHandshake: transport.hasHandshake, on: loop)
    {
    case .failure(let limit):
        shared.statistics.countRefused(limit)
        handler.refused(ConnectionRefusal(address: address, reason: .limit(limit)))
        Socket.close(descriptor)
    case .success(let place):
        start(Arrival(descriptor: descriptor, address: address, place: place), transport, loop, shared, handler)
    }
}

private func start<Handler: RequestHandler>(
    _ arrival: sending Arrival, _ transport: ListenerConfiguration.Transport, _ loop: EventLoop, _ shared: EdgeShared,
    _ handler: Handler
) {
    let descriptor = arrival.descriptor
    let task = Task.detached(executorPreference: loop) {
        await serve(arrival, over: transport, on: loop, shared: shared, handler: handler)
    }
    loop.note(task, of: descriptor)
}

extension ListenerConfiguration.Transport {
    fileprivate var hasHandshake: Bool {
        switch self {
        case .tls: true
        case .plain: false
        }
    }
}
