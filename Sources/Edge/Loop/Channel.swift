internal import LinuxIO
internal import Threading

/// A connection that can do without a task while nothing comes.
protocol Resting: AnyObject {
    /// Something came, or it is over: goes on in a new task, until it rests again or ends.
    func goOn() async
}

/// A socket on its loop: what the kernel said about it, and the one task that may wait for it.
///
/// Belongs to the loop's thread. A connection is at most one task, so there is at most one waiter.
final class Channel {
    /// Why a wait ended.
    enum Wake: Sendable {
        case ready
        case timedOut
        /// The server is draining and this wait was one that may be cut short.
        case draining
    }

    /// What a wait is for.
    enum Interest: Sendable { case read, write }

    let descriptor: Int32
    /// Slot and generation in the loop's table.
    let token: UInt64

    /// Edge-triggered: set by an event, cleared by whoever then finds nothing to read or no room to write.
    private var readable = true
    private var writable = true
    /// Whether the end of the stream was announced, which happens once and maybe with bytes in front of it.
    private var hasPeerFinished = false
    private var waiter: (resumption: Resumption<Wake>, interest: Interest, isIdle: Bool)?
    /// Who is to go on, in a task of its own, where no task waits.
    private var resting: (connection: any Resting, loop: EventLoop)?
    private(set) var deadline: MonotonicInstant?
    /// The connection's task, while it has one.
    var task: Task<Void, Never>?
    /// Whether that the peer leaves ends what is being done for it.
    private var isWatchingPeer = false
    /// The wheel's tick at which this channel comes out next; nil where it is not in the wheel.
    var wheelTick: UInt64?

    /// When its handshake began, while that lasts, and its neighbours in `HandshakeAges`.
    var handshakeSince: MonotonicInstant?
    var older: Channel?
    var newer: Channel?
    /// Whether its handshake had to make room for another's.
    private(set) var isEvicted = false

    init(descriptor: Int32, token: UInt64) {
        self.descriptor = descriptor
        self.token = token
    }

    /// Notes that the socket has nothing more for now, before a wait.
    func exhausted(_ interest: Interest) {
        switch interest {
        case .read: readable = hasPeerFinished
        case .write: writable = false
        }
    }

    /// Whether a wait for `interest` would end at once.
    func isReady(_ interest: Interest) -> Bool { interest == .read ? readable : writable }

    func park(_ resumption: Resumption<Wake>, for interest: Interest, until deadline: MonotonicInstant, isIdle: Bool) {
        precondition(waiter == nil, "a connection is one task, which waits for one thing at a time")
        waiter = (resumption, interest, isIdle)
        self.deadline = deadline
    }

    /// Keeps `connection` until something comes or `deadline` has passed.
    func rest(_ connection: some Resting, on loop: EventLoop, until deadline: MonotonicInstant) {
        precondition(waiter == nil && resting == nil, "a connection that rests has no task")
        resting = (connection, loop)
        self.deadline = deadline
        if isReady(.read) { endRest() }
    }

    /// The connection that rested, for its new task.
    func takeResting() -> (any Resting)? {
        defer { resting = nil }
        return resting?.connection
    }

    private func endRest() {
        // Without a deadline its new task is on its way.
        guard let resting, deadline != nil else { return }
        deadline = nil
        resting.loop.goOn(token)
    }

    func note(_ readiness: Epoll.Readiness) {
        let failed = readiness.contains(.closed)
        if failed || readiness.contains(.peerFinished) { hasPeerFinished = true }
        if hasPeerFinished || readiness.contains(.readable) { readable = true }
        if isWatchingPeer && hasPeerFinished { cancelTask() }
        if failed || readiness.contains(.writable) { writable = true }
        if isReady(waiter?.interest ?? .read) { wake(.ready) }
    }

    /// From here on the connection's task is cancelled when its peer sends no more: it reads no more either, or would not
    /// wait for the answer.
    func watchPeer() {
        isWatchingPeer = true
        if hasPeerFinished { cancelTask() }
    }

    /// The request is over; what its peer does is seen when the next is read.
    func stopWatchingPeer() { isWatchingPeer = false }

    private func cancelTask() {
        isWatchingPeer = false
        task?.cancel()
    }

    /// Ends an idle wait because the server drains.
    func drain() {
        if waiter?.isIdle ?? true { wake(.draining) }
    }

    /// Ends any wait: the server has no more patience.
    func abandon() { wake(.timedOut) }

    func expire() { wake(.timedOut) }

    /// Ends the wait because another's handshake needs the room.
    /// - Returns: whether it still waited.
    func evict() -> Bool {
        guard waiter != nil else { return false }
        isEvicted = true
        wake(.timedOut)
        return true
    }

    private func wake(_ reason: Wake) {
        guard let waiting = waiter else { return endRest() }
        waiter = nil
        deadline = nil
        waiting.resumption.resume(returning: reason)
    }
}
