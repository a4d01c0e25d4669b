internal import CLinux

/// An epoll set (epoll(7)), edge-triggered, with the room for its events.
///
/// Belongs to one thread. `@safe`: the event buffer lives as long as the object and indices are checked against the
/// count of the last wait.
@safe public final class Epoll {
    /// What an event says.
    public struct Readiness: OptionSet, Sendable {
        /// Bits of `EPOLL…`.
        public let rawValue: UInt32
        /// Takes the bits as the kernel gives them.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// Bytes, a connection or the end of the stream can be read.
        public static let readable = Readiness(rawValue: 0x001)
        /// Bytes can be written.
        public static let writable = Readiness(rawValue: 0x004)
        /// The peer sends nothing after what is here (`EPOLLRDHUP`).
        public static let peerFinished = Readiness(rawValue: 0x2000)
        /// The socket failed (`EPOLLERR`) or both directions are closed (`EPOLLHUP`).
        public static let closed = Readiness(rawValue: 0x008 | 0x010)
    }

    /// Events taken from the kernel in one call.
    public static let eventsMax = 256

    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private var count = 0

    /// Makes a set, or nil at the descriptor limit.
    public init?() {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        unsafe events = .allocate(capacity: Self.eventsMax)
        if descriptor < 0 { return nil }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
        unsafe events.deallocate()
    }

    /// Watches `descriptor` for both directions; its events carry `token`.
    /// - Returns: false where the kernel has no memory or watch for it.
    public func add(_ descriptor: Int32, token: UInt64) -> Bool {
        let edge: UInt32 = 1 << 31
        let flags = Readiness.readable.rawValue | Readiness.writable.rawValue | Readiness.peerFinished.rawValue | edge
        return pc_epoll_control(self.descriptor, Int32(EPOLL_CTL_ADD), descriptor, flags, token) == 0
    }

    /// Watches `descriptor` for reading, level-triggered: a listener, which may leave some for later.
    public func addLevelTriggered(_ descriptor: Int32, token: UInt64) -> Bool {
        let flags = Readiness.readable.rawValue
        return pc_epoll_control(self.descriptor, Int32(EPOLL_CTL_ADD), descriptor, flags, token) == 0
    }

    /// Watches `descriptor` level-triggered for one direction or both, whatever it was watched for before.
    /// - Returns: false where the kernel has no memory or watch for it.
    public func watchLevelTriggered(_ descriptor: Int32, reads: Bool, writes: Bool, token: UInt64) -> Bool {
        let flags = (reads ? Readiness.readable.rawValue : 0) | (writes ? Readiness.writable.rawValue : 0)
        if pc_epoll_control(self.descriptor, Int32(EPOLL_CTL_MOD), descriptor, flags, token) == 0 { return true }
        return pc_errno() == ENOENT
            && pc_epoll_control(self.descriptor, Int32(EPOLL_CTL_ADD), descriptor, flags, token) == 0
    }

    /// Stops watching.
    public func remove(_ descriptor: Int32) {
        _ = pc_epoll_control(self.descriptor, Int32(EPOLL_CTL_DEL), descriptor, 0, 0)
    }

    /// Sleeps until something is ready or `milliseconds` have passed (-1: no limit).
    /// - Returns: how many events there are, 0 after the time or a signal.
    /// - Throws: `SocketError`; the set is then of no more use.
    public func wait(milliseconds: Int32) throws(SocketError) -> Int {
        let result = unsafe epoll_wait(descriptor, events, Int32(Self.eventsMax), milliseconds)
        count = max(0, Int(result))
        guard result < 0, pc_errno() != EINTR else { return count }
        throw SocketError(call: "epoll_wait", code: pc_errno())
    }

    /// The event at `index` of the last wait.
    public func event(_ index: Int) -> (token: UInt64, readiness: Readiness) {
        precondition(index >= 0 && index < count, "no such event in the last wait")
        let flags = unsafe pc_epoll_flags(events, Int32(index))
        return (unsafe pc_epoll_token(events, Int32(index)), Readiness(rawValue: flags))
    }
}
