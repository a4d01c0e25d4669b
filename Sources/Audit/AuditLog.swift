internal import LinuxIO
public import OpenSSL
internal import Synchronization
internal import Threading

/// The gateway's log: accepts records, and says when they are durable.
///
/// ```swift
/// let log = try AuditLog.open(configuration)
/// let receipt = try await log.append(end.encode())   // only now may the response leave
/// log.close(requestsServed: count)
/// ```
/// One thread owns the file, the numbers and the chain; callers encode on their own thread, hand over, and suspend until their
/// batch is on the disk. A log that is dropped without `close` ends as it would in a crash.
public final class AuditLog: Sendable {
    /// What the log can do at the moment.
    public enum State: Equatable, Sendable {
        /// Records are taken.
        case serving
        /// Free space is below the limit: nothing is taken, and service returns by itself.
        case lowSpace
        /// Nothing will be taken again: the process must exit with `exitStatus` within five seconds.
        case failed(AuditError)
        /// Closed by `close`.
        case closed
    }

    /// The last record.
    public struct Head: Hashable, Sendable {
        /// Its number.
        public let seq: UInt64
        /// Its hash.
        public let hash: SHA256Digest
        /// How many records the log has.
        public let recordCount: UInt64
    }

    /// What was found where the process before did not end with `gateway.stop`.
    public struct RecoveryNote: Hashable, Sendable {
        /// The segment that it left.
        public let segment: String
        /// Bytes of its torn tail; 0 where it ended with a whole record.
        public let tornBytes: UInt64
        /// Requests that had begun and were not decided.
        public let interruptedRequests: Int
    }

    /// What was found at the start, for the operator; nil where the process before ended cleanly, or was none.
    public let recovery: RecoveryNote?

    private let queue: RecordQueue
    private let gathers = Atomic<Bool>(false)
    private let rejects: RejectAggregator
    private let published: Published
    private let feed: LeafFeed
    private let outlet: CheckpointOutlet
    private let finished: WakeUp
    private let fullWait: Duration
    private let pauses: TaskPauses

    init(
        recovery: RecoveryNote? = nil, queue: RecordQueue, rejects: RejectAggregator, published: Published,
        feed: LeafFeed, outlet: CheckpointOutlet, finished: WakeUp, fullWait: Duration, pauses: TaskPauses
    ) {
        self.recovery = recovery
        self.queue = queue
        self.rejects = rejects
        self.published = published
        self.feed = feed
        self.outlet = outlet
        self.finished = finished
        self.fullWait = fullWait
        self.pauses = pauses
    }

    deinit { queue.abandon() }

    /// The last record that is durable under the configured durability.
    public var head: Head { published.head }

    /// What the log can do at the moment.
    public var state: State { published.state }

    /// From now on records of an event loop (a thread with a number, `SystemThread.currentNumber`) may wait for `publish`,
    /// which each loop calls at the end of each of its turns.
    public func gatherByTurn() { gathers.store(true, ordering: .relaxed) }

    /// Lets the writer have the records of the turn that ends here.
    public func publish() { queue.publish() }

    private var isInTurn: Bool { gathers.load(ordering: .relaxed) && SystemThread.currentNumber != 0 }

    /// How full the queue of records is, in thousandths of what it may hold.
    public var queueFill: Int { queue.fill }

    /// Counters since the start.
    public func statistics() -> AuditStatistics {
        var statistics = published.statistics
        statistics.queueDepth = queue.depth
        return statistics
    }

    /// Records, and returns when the record is durable under the configured durability.
    /// - Throws: `backpressure`, `lowSpace` or `unavailable`; then nothing may be answered but 503.
    @inline(never)
    public func append(_ record: EncodedRecord) async throws(AuditError) -> Receipt {
        let deadline = MonotonicInstant.now + fullWait
        while true {
            let result: Result<Receipt, AuditError> = await suspend { resumption in
                switch queue.push(RecordQueue.Entry(record: record, waiter: resumption), inTurn: isInTurn) {
                case .accepted: return
                case .full: resumption.resume(returning: .failure(.backpressure))
                case .refused(let error): resumption.resume(returning: .failure(error))
                }
            }
            guard case .failure(.backpressure) = result else { return try result.get() }
            // Cancelled or not: that a client left in the middle is recorded as well.
            guard MonotonicInstant.now < deadline else { throw .backpressure }
            await pauses.pause()
        }
    }

    /// Hands over a record whose writing nobody waits for. Never waits.
    /// - Returns: false where it was not taken: the queue is full, or the log takes none.
    @discardableResult
    public func post(_ record: EncodedRecord) -> Bool {
        if case .accepted = queue.push(RecordQueue.Entry(record: record, waiter: nil)) { return true }
        return false
    }

    /// Records a refused connection: by itself, or counted where its network sends many. Never waits.
    /// - Parameters:
    ///   - peer: address and port, such as `192.0.2.7:4431` or `[2001:db8::7]:4431`.
    ///   - sni: the server name that was asked for.
    ///   - certificateSHA256: digest of the certificate that was refused.
    /// - Returns: whether it has a record of its own.
    @discardableResult
    public func rejectConnection(
        peer: [UInt8], reason: ReasonCode, sni: [UInt8]? = nil, certificateSHA256: SHA256Digest? = nil
    ) -> Bool {
        let now = Moment.now
        guard rejects.admits(peer: peer, reason: reason, at: now.monotonic, time: now.wall) else { return false }
        let reject = ConnectionReject(peer: peer, reason: reason, sni: sni, certificateSHA256: certificateSHA256)
        switch queue.push(RecordQueue.Entry(record: LogRecords.reject(reject), waiter: nil)) {
        case .accepted: return true
        case .full, .refused:
            rejects.count(peer: peer, reason: reason, at: now.monotonic, time: now.wall)
            return false
        }
    }

    /// The newest checkpoint with its cosignatures: a signed note (C2SP tlog-checkpoint).
    public var checkpoint: [UInt8] { outlet.note }

    /// What there is to know of checkpoints.
    public var publishing: PublishingStatistics { outlet.statistics }

    /// The proof that record `seq` is in the tree of the newest checkpoint, made on the publisher's thread.
    /// - Throws: `notCovered`, `backpressure` where too many wait, `missingHash`, `unavailable`.
    public func evidence(for seq: UInt64) async throws(AuditError) -> InclusionEvidence {
        let result: Result<InclusionEvidence, AuditError> = await suspend { resumption in
            if !feed.push(LeafFeed.ProofRequest(seq: seq, waiter: resumption)) {
                resumption.resume(returning: .failure(.backpressure))
            }
        }
        return try result.get()
    }

    /// Adds a witness's signature to the checkpoint of this size, in both places where it is. The caller has checked it.
    package func add(_ cosignature: SignedNote.Signature, toCheckpointOf size: UInt64) {
        feed.push(cosignature, ofSize: size)
    }

    /// Ends the log: a witness has seen it in a state that it is not in.
    package func fail(_ error: AuditError) {
        feed.fail(error)
        queue.wakeUp.signal()
    }

    /// Opens a new segment before the next record, on an operator's request.
    public func rotate() { queue.rotate() }

    /// Writes what waits, then `gateway.stop` as the last record, syncs, and releases the log. Blocks until that is done.
    ///
    /// After a failure it only waits for the writer's end.
    public func close(requestsServed: UInt64, reason: ReasonCode = "shutdown") {
        beginClose(requestsServed: requestsServed, reason: reason)
        finished.wait()
        // For whoever else waits.
        finished.signal()
    }

    /// Orders what `close` does, and returns at once: `isClosed` tells when it is done.
    public func beginClose(requestsServed: UInt64, reason: ReasonCode = "shutdown") {
        queue.stop(RecordQueue.StopOrder(reason: reason, requests: requestsServed))
    }

    /// Whether the writer's thread has ended, after a close or a failure.
    public var isClosed: Bool { FileWait.readable(finished.descriptor, timeout: .zero) }

    /// How many turns the threads that write records and publish checkpoints have taken: a sign of life where `nudge` asks for
    /// one.
    public var steps: [UInt64] { [published.steps, feed.steps] }

    /// Lets the log's threads take a turn, whether or not there is something to do.
    public func nudge() {
        queue.wakeUp.signal()
        feed.wakeUp.signal()
    }

    /// How long `append` waits between two looks at a full queue. Full is rare, and a list of waiters would have to be
    /// expired while the writer hangs in a slow disk; looking again costs nothing that matters then.
    static let fullPauseMilliseconds: Int32 = 10
}
