internal import LinuxIO
internal import Synchronization
internal import Threading

/// A thread with its own epoll set, timers and listeners that is also a Swift executor.
///
/// A connection's task is started with this executor as its preference and never leaves it: between two suspensions its
/// code runs on this thread alone, so what belongs to the loop needs no lock.
///
/// `@unchecked Sendable`: everything but `foreign`, `isAsleep`, `hasEnded` and `wakeUp` is used only on the loop's thread,
/// which the entry points check (`precondition(isCurrent)`); these are safe for any thread by themselves.
final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// A table entry: a freed slot keeps its generation, so that an event for a closed socket finds nobody.
    private struct Slot {
        var generation: UInt32 = 0
        var channel: Channel?
    }

    /// Jobs run between two looks at the sockets, so that tasks that feed each other cannot starve them.
    private static let jobsPerTurn = 1024
    private static let listenerBit: UInt64 = 1 << 63
    private static let guestBits: UInt64 = 3 << 62
    private static let wakeUpToken = UInt64.max

    /// Counted from 1 and unique in the process, so that a thread knows whether it is this loop's.
    let number: UInt32
    private let epoll: Epoll
    private let wakeUp: WakeUp
    private let foreign = Mutex<[LoopJob]>([])
    private let isAsleep = Atomic<Bool>(false)
    private let hasEnded = Atomic<Bool>(false)

    private var jobs: [LoopJob] = []
    private var running: [LoopJob] = []
    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var wheel: TimerWheel
    private var due: [UInt64] = []
    private var listeners: [LoopListener] = []
    private var handshakes = WaitingLine<Resumption<Void>>()
    var handshakeAges = HandshakeAges()
    private var sheds = WaitingLine<Resumption<Void>>()
    private(set) var turn = LoopTurn()
    /// Whether the last look at the sockets gave as many as it can, so that more may be ready.
    private var wasFull = false
    /// How far the loop is behind.
    private(set) var lag: LoopLag
    /// The handler's queues when they were last looked at.
    var backlog = (thousandths: 0, until: MonotonicInstant(nanoseconds: 0))
    private var isStopped = false
    /// Whether the kernel tells nothing any more, so that a wait would never end.
    private var isBlind = false

    /// Room for what is read and written between two suspensions.
    var buffers = LoopBuffers()
    /// The `Date` field, for the responses of this loop.
    var date = DateField()
    /// Channels open on this loop.
    private(set) var channelCount = 0
    /// Whose descriptors and timers it watches besides.
    let guests: LoopGuests
    /// Tasks of connections that have no channel yet, by descriptor.
    var newcomers: [Int32: Task<Void, Never>] = [:]
    /// What others may read of it.
    let statistics = LoopStatistics()
    /// When the kernel last announced something.
    private var turnStart = MonotonicInstant.now

    /// Loops made in this process.
    private static let made = Atomic<UInt32>(0)

    /// Makes a loop, or nil at the descriptor limit.
    init?() {
        guard let epoll = Epoll(), let wakeUp = WakeUp(blocking: false) else { return nil }
        guard epoll.addLevelTriggered(wakeUp.descriptor, token: Self.wakeUpToken) else { return nil }
        number = Self.made.add(1, ordering: .relaxed).newValue
        self.epoll = epoll
        self.wakeUp = wakeUp
        guests = LoopGuests(epoll, tokenBits: Self.guestBits)
        wheel = TimerWheel(now: .now)
        lag = LoopLag(now: .now)
    }

    /// Starts the thread. False where the system refuses one.
    /// - Parameters:
    ///   - failed: told, before anything ends, why the loop can go on no more. Must not wait for the end.
    ///   - ended: called when the loop has ended, asked to or not, and its connections with it.
    func start(
        turnEnded: @escaping @Sendable () -> Void = {}, failed: @escaping @Sendable (SocketError) -> Void,
        ended: @escaping @Sendable () -> Void
    ) -> Bool {
        SystemThread.start(named: "edge-\(number)") { [self] in
            SystemThread.currentNumber = number
            Self.enter(self)
            defer { Self.leave(self) }
            do throws(SocketError) {
                try run(turnEnded: turnEnded)
            } catch {
                failed(error)
                endBlindly(turnEnded: turnEnded)
            }
            ended()
        }
    }

    var isCurrent: Bool { SystemThread.currentNumber == number }

    // MARK: Executor

    func enqueue(_ job: consuming ExecutorJob) {
        let job = LoopJob(job)
        if isCurrent {
            jobs.append(job)
            return
        }
        foreign.withLock { $0.append(job) }
        if hasEnded.load(ordering: .sequentiallyConsistent) {
            runLateJobs()
            return
        }
        if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { wakeUp.signal() }
    }

    /// Runs `body` on the loop's thread soon; a loop that has ended runs nothing.
    func execute(_ body: @escaping @Sendable (EventLoop) -> Void) {
        Task.detached(executorPreference: self) { [self] in
            if !hasEnded.load(ordering: .sequentiallyConsistent) { body(self) }
        }
    }

    /// Nobody else runs what comes after the end, and a job that is never run keeps its task and the loop for ever.
    private func runLateJobs() {
        let late = foreign.withLock { queue in
            defer { queue = [] }
            return queue
        }
        for job in late { job.run(on: self) }
    }

    private func run(turnEnded: () -> Void) throws(SocketError) {
        while !isStopped || channelCount > 0 {
            let waiting = sheds.count
            turn.resume()
            runJobs()
            runHandshakes()
            runSheds(atMost: waiting)
            turnEnded()
            // What just ran may have been the last work: nothing would end a sleep now.
            if isStopped && channelCount == 0 { break }
            let now = try poll()
            expireTimers(at: now)
            guests.expire(at: now)
        }
        guests.end()
        hasEnded.store(true, ordering: .sequentiallyConsistent)
        runJobs()
    }

    /// Ends every connection of a loop that hears nothing of its sockets any more. What other threads still owe its
    /// tasks comes by `enqueue`, so it looks there from time to time.
    private func endBlindly(turnEnded: () -> Void) {
        isBlind = true
        drain()
        while channelCount > 0 {
            abandon()
            turn.resume()
            runJobs()
            runHandshakes()
            runSheds(atMost: sheds.count)
            // What the tasks wait for may wait for the turn's end.
            turnEnded()
            if channelCount > 0 { SystemThread.sleep(milliseconds: 1) }
        }
        guests.end()
        hasEnded.store(true, ordering: .sequentiallyConsistent)
        runJobs()
    }

    private func takeForeignJobs() {
        foreign.withLock { queue in
            guard !queue.isEmpty else { return }
            jobs.append(contentsOf: queue)
            queue.removeAll(keepingCapacity: true)
        }
    }

    private func runJobs() {
        var budget = Self.jobsPerTurn
        takeForeignJobs()
        while !jobs.isEmpty && budget > 0 {
            swap(&jobs, &running)
            budget -= running.count
            for job in running { job.run(on: self) }
            running.removeAll(keepingCapacity: true)
            takeForeignJobs()
        }
    }

    /// Sleeps until something is announced.
    /// - Returns: when that was.
    private func poll() throws(SocketError) -> MonotonicInstant {
        let now = MonotonicInstant.now
        statistics.count(turn: now.nanoseconds - min(turnStart.nanoseconds, now.nanoseconds))
        var timeout: Int32 = 0
        if lag.endTurn(wasFull: wasFull, at: now) { wakeUp.signal() }
        if jobs.isEmpty && handshakes.isEmpty && sheds.isEmpty && !turn.isAwaited {
            // Announce the sleep first and look again: a job queued in between either is seen or wakes us.
            isAsleep.store(true, ordering: .sequentiallyConsistent)
            let hasForeign = foreign.withLock { !$0.isEmpty }
            timeout = hasForeign ? 0 : millisecondsToNextTimer(from: now)
        }
        let count = try epoll.wait(milliseconds: timeout)
        isAsleep.store(false, ordering: .sequentiallyConsistent)
        turnStart = .now
        turn.begin()
        lag.beginTurn(at: turnStart)
        wasFull = count == Epoll.eventsMax
        for index in 0..<count { dispatch(epoll.event(index)) }
        return turnStart
    }

    private func millisecondsToNextTimer(from now: MonotonicInstant) -> Int32 {
        let pause: Int32 = hasPausedListener ? 50 : -1
        let timeouts = [wheel.millisecondsToNext(from: now), guests.millisecondsToNext(from: now), pause]
        return timeouts.reduce(-1) { least, next in least < 0 ? next : next < 0 ? least : min(least, next) }
    }

    private var hasPausedListener: Bool { listeners.contains { $0.isPaused } }

    private func dispatch(_ event: (token: UInt64, readiness: Epoll.Readiness)) {
        if event.token == Self.wakeUpToken {
            wakeUp.wait()
            lag.takeProbe(at: .now)
        } else if event.token & Self.guestBits == Self.guestBits {
            guests.note(event.readiness, of: event.token)
        } else if event.token & Self.listenerBit != 0 {
            let index = Int(event.token & ~Self.listenerBit)
            if index < listeners.count { listeners[index].acceptWaiting(on: self) }
        } else {
            channel(event.token)?.note(event.readiness)
        }
    }

    // MARK: Channels

    /// Watches a socket. Nil where the kernel refuses; the socket then stays the caller's.
    func open(_ descriptor: Int32) -> Channel? {
        precondition(isCurrent, "channels belong to their loop's thread")
        let index = freeSlots.popLast() ?? UInt32(slots.count)
        if index == slots.count { slots.append(Slot()) }
        let token = UInt64(slots[Int(index)].generation & 0x7FFF_FFFF) << 32 | UInt64(index)
        let channel = Channel(descriptor: descriptor, token: token)
        guard epoll.add(descriptor, token: token) else {
            freeSlots.append(index)
            newcomers[descriptor] = nil
            return nil
        }
        channel.task = newcomers.removeValue(forKey: descriptor)
        slots[Int(index)].channel = channel
        channelCount += 1
        statistics.channels.store(channelCount, ordering: .relaxed)
        return channel
    }

    /// Stops watching and closes the socket.
    func close(_ channel: Channel) {
        precondition(isCurrent, "channels belong to their loop's thread")
        let index = Int(channel.token & 0xFFFF_FFFF)
        guard slots[index].channel === channel else { return }
        endHandshake(channel)
        slots[index].channel = nil
        slots[index].generation &+= 1
        freeSlots.append(UInt32(index))
        channelCount -= 1
        statistics.channels.store(channelCount, ordering: .relaxed)
        Socket.close(channel.descriptor)
    }

    func channel(_ token: UInt64) -> Channel? {
        let index = Int(token & 0xFFFF_FFFF)
        guard index < slots.count, let channel = slots[index].channel, channel.token == token else { return nil }
        return channel
    }

    /// Suspends the calling task until `channel` is ready for `interest`, or `deadline` has passed.
    /// - Parameter isIdle: whether a draining server may cut the wait short.
    func wait(
        _ channel: Channel, for interest: Channel.Interest, until deadline: MonotonicInstant, isIdle: Bool = false
    ) async -> Channel.Wake {
        precondition(isCurrent, "a connection's task stays on its loop")
        if isBlind { return .timedOut }
        if channel.isReady(interest) { return .ready }
        if isIdle && isDraining { return .draining }
        schedule(channel, deadline)
        return await suspend { resumption in
            channel.park(resumption, for: interest, until: deadline, isIdle: isIdle)
        }
    }

    // MARK: Handshakes

    /// Suspends the calling task until a step of its handshake is due. Such a step costs as much as several requests:
    /// taken as they come, a flood of them would hold up everybody whose handshake is behind him.
    func handshakeTurn() async {
        precondition(isCurrent, "a connection's task stays on its loop")
        await suspend { handshakes.append($0) }
    }

    /// Suspends the calling task until it is its turn to say no.
    func shedTurn() async {
        precondition(isCurrent, "a connection's task stays on its loop")
        await suspend { sheds.append($0) }
    }

    /// Suspends the calling task until the loop has looked at its sockets again, and come to those that were ready then.
    func yield() async {
        precondition(isCurrent, "a connection's task stays on its loop")
        await suspend { turn.wait($0) }
    }

    /// Says no to whoever waited for it when the turn began, for at most a small part of what the turn took. Those who came
    /// in this turn are asked about in the next: after a single long turn there may be time for them.
    private func runSheds(atMost count: Int) {
        guard count > 0 else { return }
        let now = MonotonicInstant.now
        let share = Duration.microseconds(Int64(now.microseconds(since: turnStart)) / Int64(Limits.shedShare))
        let end = now + max(share, Limits.shedQuantum)
        for _ in 0..<count {
            guard let next = sheds.popFirst() else { return }
            next.resume()
            runJobs()
            if MonotonicInstant.now >= end { return }
        }
    }

    /// Takes steps of handshakes, the longest waiting first, for as long as the turn's other work took, or for a moment
    /// where that was less: so established connections wait at most about twice as long for a flood, and a flood of
    /// requests leaves new connections half of the loop.
    private func runHandshakes() {
        guard !handshakes.isEmpty else { return }
        let now = MonotonicInstant.now
        let spent = Duration.microseconds(Int64(now.microseconds(since: turnStart)))
        let end = now + max(spent, Limits.handshakeQuantum)
        while let next = handshakes.popFirst() {
            next.resume()
            runJobs()
            if MonotonicInstant.now >= end { return }
        }
    }

    // MARK: Timers

    func schedule(_ channel: Channel, _ deadline: MonotonicInstant) {
        if let tick = channel.wheelTick, tick <= TimerWheel.tick(of: deadline) + 1 { return }
        channel.wheelTick = wheel.add(channel.token, deadline: deadline)
    }

    private func expireTimers(at now: MonotonicInstant) {
        if hasPausedListener { for listener in listeners { listener.resume(at: .now) } }
        wheel.advance(to: now, into: &due)
        for token in due {
            // A later tick than the wheel's belongs to another entry of this channel, which is still to come.
            guard let channel = channel(token), let tick = channel.wheelTick, tick <= wheel.current else { continue }
            channel.wheelTick = nil
            guard let deadline = channel.deadline else { continue }
            if deadline <= now { channel.expire() } else { schedule(channel, deadline) }
        }
        due.removeAll(keepingCapacity: true)
    }

    // MARK: Listeners, draining

    /// Whether no new work is taken.
    private(set) var isDraining = false

    /// Accepts from `listener` on this loop.
    func add(_ listener: LoopListener) {
        precondition(isCurrent, "listeners belong to their loop's thread")
        listener.attach(to: epoll, token: Self.listenerBit | UInt64(listeners.count))
        listeners.append(listener)
    }

    /// Closes the listeners and ends idle waits; connections end as their work does, and then the loop.
    func drain() {
        precondition(isCurrent, "a loop belongs to its thread")
        isDraining = true
        isStopped = true
        for listener in listeners { listener.close(epoll) }
        listeners.removeAll()
        for slot in slots { slot.channel?.drain() }
    }

    /// Ends every wait, so that connections that are still open fail now.
    func abandon() {
        precondition(isCurrent, "a loop belongs to its thread")
        for slot in slots { slot.channel?.abandon() }
        guests.abandon()
    }
}
