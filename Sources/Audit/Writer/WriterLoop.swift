internal import LinuxIO
internal import Threading

/// A look at both clocks.
struct Moment: Sendable {
    var monotonic: MonotonicInstant
    var wall: WallTime

    static var now: Moment { Moment(monotonic: .now, wall: WallTime(microseconds: WallClock.microseconds)) }
}

/// What the writer's thread does: takes batches from the queue, has them written, and answers those who wait.
///
/// `step` is the whole of it for one moment, without sleeping, so that a test can be the clock.
final class WriterLoop<Disk: Storage> {
    enum Step: Equatable {
        case again
        case sleep(Duration)
        case finished
    }

    private let queue: RecordQueue
    private let rejects: RejectAggregator
    private let published: Published
    private let writer: LogWriter<Disk>
    private var space: SpaceGuard
    private let feed: LeafFeed
    /// Returns when the publisher's thread has ended.
    private let awaitPublisher: () -> Void
    private var isPublishing = true
    private var lock: File?
    private var nextCheck: MonotonicInstant
    private var nextSync: MonotonicInstant?
    /// The segment whose beginning has been handed on: each new one gets a checkpoint.
    private var publishedSegment: UInt64
    /// Refused with a batch that had been taken when space ran low.
    private var refusedInBatch: UInt64 = 0

    /// How often the name is checked, and the longest sleep.
    private static var checkInterval: Duration { .seconds(1) }
    /// How often the space is looked at while it is low.
    private static var lowSpaceInterval: Duration { .milliseconds(250) }

    init(
        _ writer: LogWriter<Disk>, queue: RecordQueue, rejects: RejectAggregator, published: Published,
        space: SpaceGuard, feed: LeafFeed, lock: File?, at now: Moment, awaitPublisher: @escaping () -> Void
    ) {
        self.writer = writer
        self.queue = queue
        self.rejects = rejects
        self.published = published
        self.space = space
        self.feed = feed
        self.awaitPublisher = awaitPublisher
        self.lock = lock
        nextCheck = now.monotonic
        publishedSegment = writer.segmentIndex
    }

    /// Runs until the log is closed, abandoned, or fails.
    func run() {
        while true {
            switch step(at: .now) {
            case .again: continue
            case .sleep(let duration):
                if FileWait.readable(queue.wakeUp.descriptor, timeout: duration) { queue.wakeUp.wait() }
                queue.noteAwake()
            case .finished: return
            }
        }
    }

    func step(at now: Moment) -> Step {
        published.noteStep()
        let orders = queue.take(
            recordsMax: AuditConfiguration.batchRecordsMax, bytesMax: AuditConfiguration.batchBytesMax)
        if orders.isAbandoned {
            answer(orders.entries + queue.refuse(with: .unavailable), with: .unavailable)
            endPublishing { $0.abandon() }
            release()
            return .finished
        }
        do throws(AuditError) {
            try prepare(orders, at: now)
            if !orders.entries.isEmpty { try commit(orders.entries, at: now) }
            try attend(at: now)
            if let stop = orders.stop {
                try finish(stop, at: now)
                return .finished
            }
        } catch {
            fail(error)
            return .finished
        }
        return orders.entries.isEmpty ? .sleep(untilDue(at: now.monotonic)) : .again
    }

    /// What must hold or be done before anything is written. Whoever waits hears of a failure here too.
    private func prepare(_ orders: RecordQueue.Orders, at now: Moment) throws(AuditError) {
        do throws(AuditError) {
            if let failure = feed.failure { throw failure }
            if orders.rotates { try writer.rotate(at: now.wall) }
        } catch {
            note(error)
            answer(orders.entries, with: .unavailable)
            throw error
        }
    }

    /// Each waiter is answered exactly once on every path: by `refuse`, by its receipt, or by the one `catch` that the
    /// path can still reach.
    private func commit(_ entries: [RecordQueue.Entry], at now: Moment) throws(AuditError) {
        let freeBytes: UInt64
        do throws(AuditError) {
            freeBytes = try writer.freeBytes()
        } catch {
            note(error)
            answer(entries, with: .unavailable)
            throw error
        }
        let action = space.observe(freeBytes: freeBytes, at: now.wall)
        if case .stop = action { return try refuse(entries, freeBytes: freeBytes, at: now) }
        do throws(AuditError) {
            if case .warn = action { try warn(freeBytes: freeBytes, at: now) }
            let receipts = try append(entries.map(\.record), at: now)
            for (entry, receipt) in zip(entries, receipts) { entry.waiter?.resume(returning: .success(receipt)) }
        } catch {
            note(error)
            answer(entries, with: .unavailable)
            throw error
        }
    }

    /// Looks at the free space while nothing is written: warns, or refuses what waits. False where space has run low.
    private func checkSpace(at now: Moment) throws(AuditError) -> Bool {
        let freeBytes = try writer.freeBytes()
        switch space.observe(freeBytes: freeBytes, at: now.wall) {
        case .none: return true
        case .warn:
            try warn(freeBytes: freeBytes, at: now)
            return true
        case .stop:
            try refuse([], freeBytes: freeBytes, at: now)
            return false
        case .resume: preconditionFailure("asked only while space is not low")
        }
    }

    private func warn(freeBytes: UInt64, at now: Moment) throws(AuditError) {
        let record = LogRecords.pressure(level: "warn", freeBytes: freeBytes, limitBytes: space.warnBytes)
        _ = try append([record], at: now)
    }

    /// Space ran low: says so in the log, and refuses whoever waits. Records that nobody waits for are kept.
    private func refuse(
        _ entries: [RecordQueue.Entry], freeBytes: UInt64, at now: Moment
    ) throws(AuditError) {
        published.set(.lowSpace)
        let all = entries + queue.refuse(with: .lowSpace)
        refusedInBatch += UInt64(entries.count { $0.waiter != nil })
        let pressure = LogRecords.pressure(level: "stop", freeBytes: freeBytes, limitBytes: space.stopBytes)
        let kept = all.filter { $0.waiter == nil }.prefix(AuditConfiguration.batchRecordsMax).map(\.record)
        // Answered first: what becomes of the record that says why, which a full disk may well refuse, is not their matter,
        // and a failure here must not leave anybody waiting.
        answer(all, with: .lowSpace)
        _ = try append([pressure] + kept, at: now)
    }

    /// What is due at some time, whether or not records come.
    private func attend(at now: Moment) throws(AuditError) {
        if let nextSync, nextSync <= now.monotonic {
            try writer.flush()
            self.nextSync = nil
            publish()
        }
        let isCheckDue = nextCheck <= now.monotonic
        if isCheckDue {
            try writer.checkName()
            nextCheck = now.monotonic + Self.checkInterval
        }
        if case .stopped = space.state {
            guard try resumes(at: now) else { return }
        } else if isCheckDue {
            guard try checkSpace(at: now) else { return }
        }
        for batch in rejects.flush(at: now.monotonic).map(LogRecords.reject).batches {
            _ = try append(batch, at: now)
        }
    }

    private func resumes(at now: Moment) throws(AuditError) -> Bool {
        guard case .resume(let since) = space.observe(freeBytes: try writer.freeBytes(), at: now.wall) else {
            return false
        }
        // The queue opens first, so that the count is of all that were refused; what it takes now is written later.
        let refused = queue.accept() + refusedInBatch
        refusedInBatch = 0
        _ = try append([LogRecords.resume(since: since, refused: refused)], at: now)
        published.set(.serving)
        return true
    }

    private func append(_ records: [EncodedRecord], at now: Moment) throws(AuditError) -> [Receipt] {
        let receipts = try writer.append(records, at: now.wall)
        if writer.unsyncedBytes > 0, nextSync == nil {
            nextSync = now.monotonic + AuditConfiguration.relaxedSyncInterval
        }
        publish()
        return receipts
    }

    private func publish() {
        published.set(head: writer.end, statistics: writer.statistics)
        let leaves = writer.takeSyncedLeaves()
        guard !leaves.isEmpty else { return }
        let segment = writer.segmentIndex
        feed.push(leaves, size: writer.end.nextSeq, asks: segment != publishedSegment)
        publishedSegment = segment
    }

    private func finish(_ stop: RecordQueue.StopOrder, at now: Moment) throws(AuditError) {
        for batch in rejects.flush(at: now.monotonic, everything: true).map(LogRecords.reject).batches {
            _ = try append(batch, at: now)
        }
        _ = try append([LogRecords.gatewayStop(reason: stop.reason, requests: stop.requests)], at: now)
        try writer.finish()
        publish()
        // On return there is a last checkpoint, or `feed` has failed.
        endPublishing { $0.finish() }
        if let failure = feed.failure { throw failure }
        release()
        published.set(.closed)
    }

    private func fail(_ error: AuditError) {
        note(error)
        answer(queue.refuse(with: .unavailable), with: .unavailable)
        endPublishing { $0.abandon() }
        release()
    }

    /// Says why the log fails, once and before anybody is refused for it: who is, can ask for the reason.
    private func note(_ failure: AuditError) {
        if case .failed = published.state { return }
        published.set(.failed(failure))
    }

    /// Lets the publisher's thread end. Before it has, the lock must not go: another process would find the log changing.
    private func endPublishing(_ order: (LeafFeed) -> Void) {
        guard isPublishing else { return }
        isPublishing = false
        order(feed)
        awaitPublisher()
    }

    private func release() { lock = nil }

    private func answer(_ entries: [RecordQueue.Entry], with error: AuditError) {
        for entry in entries { entry.waiter?.resume(returning: .failure(error)) }
    }

    private func untilDue(at now: MonotonicInstant) -> Duration {
        var due = nextCheck
        if let nextSync { due = min(due, nextSync) }
        if case .stopped = space.state { due = min(due, now + Self.lowSpaceInterval) }
        return .microseconds(Int64(clamping: due.microseconds(since: now)))
    }
}

extension [EncodedRecord] {
    /// Cut into pieces that are a batch each.
    fileprivate var batches: [[EncodedRecord]] {
        stride(from: 0, to: count, by: AuditConfiguration.batchRecordsMax).map {
            Array(self[$0..<Swift.min($0 + AuditConfiguration.batchRecordsMax, count)])
        }
    }
}
