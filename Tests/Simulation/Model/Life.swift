import LinuxIO
import OpenSSL
import Threading

@testable import Audit

/// A gateway's process, as far as its log: the writer's thread and the publisher's, which take turns.
///
/// Each takes its turn where the simulation says so, and inside any operation of the other on a disk.
final class Life {
    private let queue: RecordQueue
    private let feed: LeafFeed
    private let published: Published
    private let publisher: PublisherLoop<SimulatedDisk, SimulatedDisk>
    private var writer: WriterLoop<SimulatedDisk>?
    private(set) var isOver = false
    private var isStopping = false
    private var isWriting = false
    private var isPublishing = false
    private var isPublisherOver = false
    private let clock: () -> Moment

    var state: AuditLog.State { published.state }

    /// Starts a process on what the disks have, as `AuditLog.open` does.
    static func start(_ world: World) throws(AuditError) -> Life {
        let begin = LogRecords.gatewayStart(
            world.configuration.gateway, bootIdentifier: Array("simulated".utf8), process: 1,
            durability: world.configuration.durability)
        let outlet = CheckpointOutlet(onCheckpoint: nil)
        return try AuditLog.prepare(
            world.configuration, on: world.log, state: world.state, key: world.key, begin: begin, outlet: outlet,
            at: world.now
        ) { writer, publisher, _ throws(AuditError) in
            guard let life = Life(world, writer, publisher, outlet) else { throw .exhausted("descriptors") }
            return life
        }
    }

    private init?(
        _ world: World, _ writer: LogWriter<SimulatedDisk>, _ publisher: Publisher<SimulatedDisk, SimulatedDisk>,
        _ outlet: CheckpointOutlet
    ) {
        let configuration = world.configuration
        guard
            let queue = RecordQueue(
                recordsMax: configuration.queueRecordsMax, bytesMax: configuration.queueBytesMax),
            let feed = LeafFeed(recordsMax: configuration.checkpointRecordsMax), let head = AuditLog.Head(writer.end)
        else { return nil }
        (self.queue, self.feed) = (queue, feed)
        clock = { [unowned world] in world.now }
        published = Published(head: head, onStateChange: nil)
        self.publisher = PublisherLoop(publisher, feed: feed, outlet: outlet) {}
        self.writer = WriterLoop(
            writer, queue: queue, rejects: RejectAggregator(), published: published,
            space: SpaceGuard(warnBytes: configuration.spaceWarnBytes, stopBytes: configuration.spaceStopBytes),
            feed: feed, lock: nil, at: world.now
        ) { [unowned self] in
            // Inside one of the publisher's operations it cannot wait: the publisher ends after that one.
            while !isPublisherOver, !isPublishing { stepPublisher() }
        }
    }

    /// A request hands its record over, and waits.
    func push(_ record: EncodedRecord, id: Int, in world: World) {
        let (queue, ledger) = (queue, world.ledger)
        Task(executorPreference: world.executor) {
            let answer: Result<Receipt, AuditError> = await suspend { resumption in
                switch queue.push(RecordQueue.Entry(record: record, waiter: resumption)) {
                case .accepted: return
                case .full: resumption.resume(returning: .failure(.backpressure))
                case .refused(let error): resumption.resume(returning: .failure(error))
                }
            }
            ledger.take(answer, for: id)
        }
        world.executor.drain()
    }

    /// Somebody counts on a record without waiting for it.
    func push(_ record: EncodedRecord) { _ = queue.push(RecordQueue.Entry(record: record, waiter: nil)) }

    func rotate() { queue.rotate() }

    func stepWriter() {
        guard !isOver, !isWriting, let writer else { return }
        isWriting = true
        defer { isWriting = false }
        if case .finished = writer.step(at: clock()) { isOver = true }
    }

    func stepPublisher() {
        guard !isPublisherOver, !isPublishing else { return }
        isPublishing = true
        defer { isPublishing = false }
        if case .finished = publisher.step(at: clock().monotonic) { isPublisherOver = true }
    }

    /// One thread is in an operation on a disk: the other may run.
    func interleave() {
        if isWriting, !isPublishing { return stepPublisher() }
        // At its end the writer waits for the publisher: it cannot do so inside one of its operations.
        if isPublishing, !isWriting, !isStopping { stepWriter() }
    }

    /// Stops cleanly, or hears at last that it has failed.
    func stop() {
        isStopping = true
        queue.stop(RecordQueue.StopOrder(reason: "shutdown", requests: 0))
        for _ in 0..<64 where !isOver { stepWriter() }
    }

    /// Ends without a word. Who waits is answered, or would wait for ever in the simulation.
    func abandon() {
        isStopping = true
        queue.abandon()
        stepWriter()
    }
}
