internal import LinuxIO
internal import Synchronization
public import Threading

/// Somebody with descriptors and timers of his own on an event loop: a client of other servers.
///
/// All calls come on the loop's thread, between the tasks that run there. None may block.
public protocol LoopGuest: AnyObject {
    /// The kernel announced something of a descriptor that this guest watches. It may be stale where the descriptor was
    /// closed and its number given out again in the same turn.
    func descriptor(_ descriptor: Int32, isReadable: Bool, isWritable: Bool, hasFailed: Bool)
    /// The instant that was set last has come.
    func timeIsUp()
    /// The server has no more patience, or the loop ends: everybody who waits for this guest goes on now.
    func abandon()
}

/// What an event loop does for one guest: it looks at his descriptors together with its own, and keeps one timer, to the
/// millisecond. Belongs to the loop's thread.
public final class LoopSockets {
    /// Held in a circle that the loop's end opens.
    private let guests: LoopGuests
    fileprivate var guest: (any LoopGuest)?
    fileprivate var alarm: MonotonicInstant?

    fileprivate init(_ guests: LoopGuests) { self.guests = guests }

    /// The guest that `key` stands for on the loop whose thread this is, made if there is none yet; nil on another thread,
    /// or where `make` gives none. He stays until the loop ends.
    public static func guest<Guest: LoopGuest>(
        _ key: ObjectIdentifier, _ make: (LoopSockets) -> Guest?
    ) -> Guest? {
        EventLoop.current?.guests.guest(key, make) as? Guest
    }

    /// Watches `descriptor`, level-triggered; for neither direction: no longer.
    /// - Returns: false where the kernel has no room for it.
    @discardableResult
    public func watch(_ descriptor: Int32, reads: Bool, writes: Bool) -> Bool {
        guests.watch(descriptor, reads: reads, writes: writes, for: self)
    }

    /// When `timeIsUp` is called next; an instant that has passed: in this turn of the loop. nil: not at all.
    public func setAlarm(_ instant: MonotonicInstant?) { alarm = instant }
}

/// The guests of a loop.
final class LoopGuests {
    private let epoll: Epoll
    private let tokenBits: UInt64
    private var seats: [(key: ObjectIdentifier, sockets: LoopSockets)] = []
    private var watching: [Int32: LoopSockets] = [:]
    /// Whether the loop looks at nothing any more.
    private var hasEnded = false

    /// - Parameter tokenBits: what tells the tokens of guests' descriptors from all others.
    init(_ epoll: Epoll, tokenBits: UInt64) {
        self.epoll = epoll
        self.tokenBits = tokenBits
    }

    fileprivate func guest(_ key: ObjectIdentifier, _ make: (LoopSockets) -> (any LoopGuest)?) -> (any LoopGuest)? {
        if let seat = seats.first(where: { $0.key == key }) { return seat.sockets.guest }
        let sockets = LoopSockets(self)
        guard !hasEnded, let guest = make(sockets) else { return nil }
        sockets.guest = guest
        seats.append((key, sockets))
        return guest
    }

    fileprivate func watch(_ descriptor: Int32, reads: Bool, writes: Bool, for sockets: LoopSockets) -> Bool {
        guard reads || writes else {
            watching[descriptor] = nil
            epoll.remove(descriptor)
            return true
        }
        watching[descriptor] = sockets
        return epoll.watchLevelTriggered(
            descriptor, reads: reads, writes: writes, token: tokenBits | UInt64(UInt32(bitPattern: descriptor)))
    }

    func note(_ readiness: Epoll.Readiness, of token: UInt64) {
        let descriptor = Int32(truncatingIfNeeded: token)
        watching[descriptor]?.guest?.descriptor(
            descriptor, isReadable: readiness.contains(.readable), isWritable: readiness.contains(.writable),
            hasFailed: !readiness.isDisjoint(with: .closed))
    }

    /// Milliseconds from `now` to the next alarm, rounded up; -1 where none is set.
    func millisecondsToNext(from now: MonotonicInstant) -> Int32 {
        guard let next = seats.compactMap(\.sockets.alarm).min() else { return -1 }
        return next <= now ? 0 : Int32(clamping: (next.nanoseconds - now.nanoseconds + 999_999) / 1_000_000)
    }

    /// Calls whose time has come.
    func expire(at now: MonotonicInstant) {
        for seat in seats {
            guard let alarm = seat.sockets.alarm, alarm <= now else { continue }
            seat.sockets.alarm = nil
            seat.sockets.guest?.timeIsUp()
        }
    }

    func abandon() {
        for seat in seats { seat.sockets.guest?.abandon() }
    }

    /// The loop ends, and its guests with it.
    func end() {
        hasEnded = true
        abandon()
        for seat in seats { seat.sockets.guest = nil }
        seats.removeAll()
    }
}

extension EventLoop {
    private static let running = Mutex<[UInt32: EventLoop]>([:])

    /// The loop whose thread this is.
    static var current: EventLoop? {
        let number = SystemThread.currentNumber
        return number == 0 ? nil : running.withLock { $0[number] }
    }

    static func enter(_ loop: EventLoop) { running.withLock { $0[loop.number] = loop } }

    static func leave(_ loop: EventLoop) { _ = running.withLock { $0.removeValue(forKey: loop.number) } }
}
