internal import LinuxIO
internal import OpenSSL
internal import Threading

extension AuditLog {
    /// Opens the log, or makes it: takes the lock, checks modes, file system, what is there and the key, opens a new segment
    /// and records `gateway.start`, durable when this returns (`docs/formats/audit-log.md` §9).
    /// - Parameter onStateChange: called on the writer's thread after each change of `state`; must not block.
    /// - Throws: `AuditError`, whose `exitStatus` is the process's; on `refused`, nothing was changed.
    public static func open(
        _ configuration: AuditConfiguration, onStateChange: (@Sendable (State) -> Void)? = nil
    ) throws(AuditError) -> AuditLog {
        try configuration.validate()
        try prepareDirectory(configuration.directory, setting: "audit.directory", mode: 0o750)
        let disk: DirectoryStorage
        do throws(FileError) { disk = try DirectoryStorage(path: configuration.directory) } catch {
            throw .storage(error)
        }
        let lock = try takeLock(in: configuration.directory)
        try prepareDirectory(configuration.stateDirectory, setting: "audit.state", mode: 0o700)
        try checkFileSystem(disk)
        let key = LogKey(directory: configuration.stateDirectory, origin: configuration.origin)
        return try open(configuration, on: disk, key: key, lock: lock, at: .now, onStateChange: onStateChange)
    }

    /// Opens the log in `disk`: everything after the checks of the place.
    static func open<Disk: Storage>(
        _ configuration: AuditConfiguration, on disk: Disk, key: LogKey, lock: File?, at now: Moment,
        onStateChange: (@Sendable (State) -> Void)? = nil
    ) throws(AuditError) -> AuditLog {
        var recovery = Recovery(disk)
        let writer: LogWriter<Disk>
        var note: RecoveryNote?
        if let history = try recovery.examine() {
            guard history.genesis.origin == configuration.origin else {
                throw .refused(
                    segment: SegmentName(firstSeq: 0).text, seq: 0,
                    detail: "the log's origin is \(history.genesis.origin), not \(configuration.origin)")
            }
            try key.check(history.genesis)
            writer = try LogWriter(disk, configuration, continuing: history, at: now.wall)
            note = history.note
        } else {
            let genesis = LogRecords.genesis(origin: configuration.origin, key: try key.prepare())
            writer = try LogWriter(
                disk, segmentBytesMax: configuration.segmentBytesMax, durability: configuration.durability,
                continuing: ChainEnd(), index: 0, opening: genesis, at: now.wall)
            try key.adopt()
        }
        return try start(writer, configuration, note: note, lock: lock, at: now, onStateChange: onStateChange)
    }

    /// Records `gateway.start` and starts the writer's thread.
    private static func start<Disk: Storage>(
        _ writer: sending LogWriter<Disk>, _ configuration: AuditConfiguration, note: RecoveryNote?, lock: File?,
        at now: Moment, onStateChange: (@Sendable (State) -> Void)?
    ) throws(AuditError) -> AuditLog {
        let bootIdentifier: [UInt8]
        do throws(FileError) { bootIdentifier = try FileProcess.bootIdentifier() } catch { throw .storage(error) }
        let start = LogRecords.gatewayStart(
            configuration.gateway, bootIdentifier: bootIdentifier, process: FileProcess.identifier,
            durability: configuration.durability)
        _ = try writer.append([start], at: now.wall)
        try writer.flush()
        guard
            let queue = RecordQueue(
                recordsMax: configuration.queueRecordsMax, bytesMax: configuration.queueBytesMax),
            let finished = WakeUp(blocking: true)
        else { throw .exhausted("descriptors") }
        guard let head = Head(writer.end) else { preconditionFailure("gateway.start has just been written") }
        let rejects = RejectAggregator()
        let published = Published(head: head, onStateChange: onStateChange)
        published.set(head: writer.end, statistics: writer.statistics)
        let space = SpaceGuard(warnBytes: configuration.spaceWarnBytes, stopBytes: configuration.spaceStopBytes)
        let loop = WriterLoop(
            writer, queue: queue, rejects: rejects, published: published, space: space, lock: lock, at: now)
        let isStarted = SystemThread.start(named: "audit-writer") {
            loop.run()
            finished.signal()
        }
        guard isStarted, let pauses = TaskPauses(named: "audit-pause", milliseconds: AuditLog.fullPauseMilliseconds)
        else { throw .exhausted("thread") }
        return AuditLog(
            recovery: note, queue: queue, rejects: rejects, published: published, finished: finished,
            fullWait: configuration.queueFullWait, pauses: pauses)
    }

    private static func prepareDirectory(_ path: String, setting: String, mode: UInt32) throws(AuditError) {
        let status: FileStatus
        do throws(FileError) {
            do throws(FileError) {
                try FileDirectory.make(path, mode: mode)
                try FileDirectory.synchronise(path + "/..")
            } catch  where error.isTaken {}
            status = try FileDirectory.status(of: path)
        } catch {
            throw .configuration(setting: setting, found: "\(error)", wanted: "a directory, or a parent to make it in")
        }
        guard status.kind == .directory, status.mode & 0o027 == 0 else {
            let found = status.kind == .directory ? "mode \(String(status.mode, radix: 8))" : "no directory"
            throw .configuration(
                setting: setting, found: "\(path): \(found)",
                wanted: "a directory that the group cannot write and others cannot enter (chmod 750)")
        }
    }

    /// A verifier that looks whether the log is live holds the lock for an instant, hence the retries.
    private static func takeLock(in directory: String) throws(AuditError) -> File {
        let path = "\(directory)/\(DirectoryStorage.lockName)"
        do throws(FileError) {
            let lock = try File.open(path, for: .lock, mode: 0o640)
            for _ in 0..<lockAttempts {
                if try lock.lockExclusively() { return lock }
                FileWait.pause(lockPause)
            }
        } catch {
            throw .storage(error)
        }
        throw .busy(path: path)
    }

    private static func checkFileSystem(_ disk: DirectoryStorage) throws(AuditError) {
        let kind: FileSystemKind
        do throws(FileError) { kind = try disk.fileSystem() } catch { throw .storage(error) }
        guard kind == .local else {
            throw .configuration(
                setting: "audit.directory", found: "\(disk.path) on \(kind.rawValue)", wanted: "a local file system")
        }
    }

    private static let lockAttempts = 5
    private static let lockPause: Duration = .milliseconds(20)
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
