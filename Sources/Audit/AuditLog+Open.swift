internal import LinuxIO
internal import OpenSSL
internal import Threading

extension AuditLog {
    /// Opens the log, or makes it: takes the lock, checks modes, file system, what is there and the key, opens a new segment,
    /// records `gateway.start` and publishes a checkpoint, all durable when this returns (`docs/formats/audit-log.md` §9).
    /// - Parameters:
    ///   - onStateChange: called on the writer's thread after each change of `state`; must not block.
    ///   - onCheckpoint: called on the publisher's thread with each new checkpoint, the first of which is published before this
    ///     returns; must not block.
    ///   - onLastCheckpoint: called on the publisher's thread when `close` has published the last one. What is `add`ed before
    ///     it returns is kept, so that a log at rest has the cosignatures that its auditor asks for.
    /// - Throws: `AuditError`, whose `exitStatus` is the process's; on `refused`, nothing was changed.
    public static func open(
        _ configuration: AuditConfiguration, onStateChange: (@Sendable (State) -> Void)? = nil,
        onCheckpoint: (@Sendable (PublishedCheckpoint) -> Void)? = nil,
        onLastCheckpoint: (@Sendable () -> Void)? = nil
    ) throws(AuditError) -> AuditLog {
        let place = try LogPlace.take(configuration)
        return try open(
            configuration, on: place.disk, state: place.state, key: place.key, lock: place.lock, at: .now,
            onStateChange: onStateChange, onCheckpoint: onCheckpoint, onLastCheckpoint: onLastCheckpoint)
    }

    /// Opens the log in `disk`: everything after the checks of the place.
    static func open<Disk: Storage, StateDisk: Storage>(
        _ configuration: AuditConfiguration, on disk: Disk, state: StateDisk, key: LogKey<StateDisk>, lock: File?,
        at now: Moment, onStateChange: (@Sendable (State) -> Void)? = nil,
        onCheckpoint: (@Sendable (PublishedCheckpoint) -> Void)? = nil,
        onLastCheckpoint: (@Sendable () -> Void)? = nil
    ) throws(AuditError) -> AuditLog {
        let outlet = CheckpointOutlet(onCheckpoint: onCheckpoint, onLastCheckpoint: onLastCheckpoint)
        let begin = try LogRecords.gatewayStart(configuration)
        return try prepare(configuration, on: disk, state: state, key: key, begin: begin, outlet: outlet, at: now) {
            writer, publisher, note throws(AuditError) in
            try start(
                writer, publisher, configuration, note: note, outlet: outlet, lock: lock, at: now,
                onStateChange: onStateChange)
        }
    }

    /// Everything of `open` that touches the disk, in its order; what came of it is `use`'s.
    /// - Parameter begin: the record of the process's start.
    static func prepare<Disk: Storage, StateDisk: Storage, Opened>(
        _ configuration: AuditConfiguration, on disk: Disk, state: StateDisk, key: LogKey<StateDisk>,
        begin: EncodedRecord, outlet: CheckpointOutlet, at now: Moment,
        _ use: (
            sending LogWriter<Disk>, sending Publisher<Disk, StateDisk>, RecoveryNote?
        ) throws(AuditError) -> Opened
    ) throws(AuditError) -> Opened {
        var recovery = Recovery(disk)
        let history = try recovery.examine()
        let files = CheckpointFiles(disk: disk, state: state)
        let publisher = try Publisher.open(files, configuration, key: key, history: history)
        let writer = try LogWriter.open(disk, configuration, key: key, history: history, at: now.wall)
        if try publisher.key.publicKey != key.publicKey() { try key.completeRotation() }
        _ = try writer.append([begin], at: now.wall)
        try writer.flush()
        try files.prepare()
        try publisher.begin(with: writer.takeSyncedLeaves(), size: writer.end.nextSeq, at: now.monotonic, to: outlet)
        return try use(writer, publisher, history?.note)
    }

    /// Starts the threads of the writer and of the publisher.
    private static func start<Disk: Storage, StateDisk: Storage>(
        _ writer: sending LogWriter<Disk>, _ publisher: sending Publisher<Disk, StateDisk>,
        _ configuration: AuditConfiguration, note: RecoveryNote?, outlet: CheckpointOutlet, lock: File?, at now: Moment,
        onStateChange: (@Sendable (State) -> Void)?
    ) throws(AuditError) -> AuditLog {
        guard
            let queue = RecordQueue(
                recordsMax: configuration.queueRecordsMax, bytesMax: configuration.queueBytesMax),
            let feed = LeafFeed(recordsMax: configuration.checkpointRecordsMax),
            let finished = WakeUp(blocking: true), let published = WakeUp(blocking: true)
        else { throw .exhausted("descriptors") }
        guard let head = Head(writer.end) else { preconditionFailure("gateway.start has just been written") }
        let rejects = RejectAggregator()
        let shown = Published(head: head, onStateChange: onStateChange)
        shown.set(head: writer.end, statistics: writer.statistics)
        let space = SpaceGuard(warnBytes: configuration.spaceWarnBytes, stopBytes: configuration.spaceStopBytes)
        let publisherLoop = PublisherLoop(publisher, feed: feed, outlet: outlet) { queue.wakeUp.signal() }
        let hasPublisher = SystemThread.start(named: "audit-publish") {
            publisherLoop.run()
            published.signal()
        }
        guard hasPublisher else { throw .exhausted("thread") }
        let loop = WriterLoop(
            writer, queue: queue, rejects: rejects, published: shown, space: space, feed: feed, lock: lock, at: now
        ) {
            published.wait()
        }
        let hasWriter = SystemThread.start(named: "audit-writer") {
            loop.run()
            finished.signal()
        }
        guard hasWriter, let pauses = TaskPauses(named: "audit-pause", milliseconds: AuditLog.fullPauseMilliseconds)
        else {
            queue.abandon()
            feed.abandon()
            throw .exhausted("thread")
        }
        return AuditLog(
            recovery: note, queue: queue, rejects: rejects, published: shown, feed: feed, outlet: outlet,
            finished: finished, fullWait: configuration.queueFullWait, pauses: pauses)
    }
}

extension LogRecords {
    static func gatewayStart(_ configuration: AuditConfiguration) throws(AuditError) -> EncodedRecord {
        let bootIdentifier: [UInt8]
        do throws(FileError) { bootIdentifier = try FileProcess.bootIdentifier() } catch { throw .storage(error) }
        return gatewayStart(
            configuration.gateway, bootIdentifier: bootIdentifier, process: FileProcess.identifier,
            durability: configuration.durability)
    }
}

extension Publisher {
    /// Continues the tree of the log that `history` describes, or begins one. Only reads, but for tiles.
    static func open(
        _ files: CheckpointFiles<Disk, State>, _ configuration: AuditConfiguration, key: LogKey<State>,
        history: LogHistory?
    ) throws(AuditError) -> Publisher {
        let rhythm = PublishingRhythm(
            interval: configuration.checkpointInterval, recordsMax: UInt64(configuration.checkpointRecordsMax))
        guard let history else {
            return try open(files, origin: configuration.origin, keys: try key.prepare(), size: 0, rhythm: rhythm)
        }
        guard history.genesis.origin == configuration.origin else {
            throw .refused(
                segment: SegmentName(firstSeq: 0).text, seq: 0,
                detail: "the log's origin is \(history.genesis.origin), not \(configuration.origin)")
        }
        let keys = try key.signingKeys(history.genesis, wasSigned: try files.lastSigned() != nil)
        return try open(files, origin: configuration.origin, keys: keys, size: history.end.nextSeq, rhythm: rhythm)
    }

    /// Takes in what a writer has brought to the disk, and publishes a checkpoint over it.
    func begin(
        with leaves: [SHA256Digest], size: UInt64, at now: MonotonicInstant, to outlet: CheckpointOutlet
    ) throws(AuditError) {
        try take(leaves, from: size - UInt64(leaves.count), syncedSize: size)
        if let note = try publishIfDue(asked: true, at: now) { outlet.publish(note, statistics) }
    }
}

extension LogWriter {
    /// Opens the segment that continues the log that `history` describes, or that begins one.
    static func open(
        _ disk: Disk, _ configuration: AuditConfiguration, key: LogKey<some Storage>, history: LogHistory?,
        after: LogPredecessor? = nil, at now: WallTime
    ) throws(AuditError) -> LogWriter {
        if let history { return try LogWriter(disk, configuration, continuing: history, at: now) }
        let genesis = LogRecords.genesis(
            origin: configuration.origin, key: try key.preparedKey(), after: after)
        let writer = try LogWriter(
            disk, segmentBytesMax: configuration.segmentBytesMax, durability: configuration.durability,
            continuing: ChainEnd(), index: 0, opening: genesis, at: now)
        try key.adopt()
        return writer
    }
}

extension LogWriter where Disk: Storage {
    /// Continues a log in a new segment.
    convenience init(
        _ disk: Disk, _ configuration: AuditConfiguration, continuing history: LogHistory, at now: WallTime
    ) throws(AuditError) {
        // A process that died left its segment's reserved space; a failure here costs space and nothing else.
        if !history.isStopped { try? disk.releaseReservation(of: history.segment.text) }
        try self.init(
            disk, segmentBytesMax: configuration.segmentBytesMax, durability: configuration.durability,
            continuing: history.end, index: history.segmentIndex + 1, opening: history.continuation.encode(), at: now)
    }
}
