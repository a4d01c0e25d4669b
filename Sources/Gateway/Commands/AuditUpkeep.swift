internal import Audit
internal import Evidence
internal import LinuxIO
internal import Threading

/// The upkeep of a log whose gateway is stopped: what `portcullis audit erase` and `prune` do.
public enum AuditUpkeep {
    /// Whose log it is.
    public struct Place: Sendable {
        /// The gateway's settings.
        public var configurationFile: String
        /// The folder that relative paths in them begin at.
        public var stateFolder: String

        /// A place by its two paths.
        public init(configurationFile: String, stateFolder: String) {
            self.configurationFile = configurationFile
            self.stateFolder = stateFolder
        }

        func composition() throws(CommandFailure) -> Composition {
            let text = try PolicyFiles.read(configurationFile)
            do throws(ConfigurationError) {
                return Composition(
                    configuration: try Configuration.parse(text, file: configurationFile), stateFolder: stateFolder)
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    /// On whose order, and by whom.
    public struct Order: Sendable {
        /// A ticket's number or the like; it is recorded.
        public var ticket: String
        /// Who does it; it is recorded. Nil: whom the environment names.
        public var operatorName: String?

        /// An order from its parts.
        public init(ticket: String, operatorName: String?) {
            self.ticket = ticket
            self.operatorName = operatorName
        }

        var ticketBytes: [UInt8] { Array(ticket.utf8) }

        var operatorBytes: [UInt8] {
            let names = [operatorName, FileProcess.environment("SUDO_USER"), FileProcess.environment("USER")]
            return Array((names.compactMap { $0 }.first { !$0.isEmpty } ?? "unknown").utf8)
        }

        func check() throws(CommandFailure) {
            for (option, text) in [("--ticket", ticket), ("--operator", operatorName ?? "x")] {
                guard (1...128).contains(text.utf8.count) else {
                    throw CommandFailure(.usage, option, "has \(text.utf8.count) bytes", mend: "wanted 1 to 128")
                }
            }
        }
    }

    // MARK: Erasure

    /// Destroys the keys of `subject` and records that.
    /// - Returns: the identifiers of the destroyed keys.
    public static func erase(
        _ subject: String, at place: Place, by order: Order
    ) async throws(CommandFailure) -> [String] {
        try order.check()
        let composition = try place.composition()
        let settings = composition.configuration.audit
        guard !settings.keyEncryptionKey.isEmpty else {
            throw CommandFailure(
                .configuration, "audit.key_encryption_key", "is not set: nothing in this log is sealed",
                mend: "nothing was changed")
        }
        let eraser: SubjectEraser
        let keys: [SubjectEraser.Key]
        do throws(AuditError) {
            eraser = try SubjectEraser(
                stateDirectory: composition.path(settings.stateDirectory),
                keyFile: composition.path(settings.keyEncryptionKey))
            keys = try eraser.keys(of: Array(subject.utf8))
        } catch {
            throw CommandFailure(error)
        }
        guard !keys.isEmpty else {
            throw CommandFailure(
                .unavailable, "--subject", "nothing is sealed for this subject, or it was erased before",
                mend: "nothing was changed")
        }
        return try await withLog(composition, reason: "erase") { log throws(AuditError) in
            for key in keys {
                // The key first: a record must not say what did not happen. A crash in between is mended by doing it again.
                try eraser.destroy(key)
                _ = try await log.append(
                    .privacyErase(
                        keyIdentifier: key.identifier, ticket: order.ticketBytes, operator: order.operatorBytes))
                try eraser.forget(key)
            }
            return keys.map { String(decoding: $0.identifier, as: UTF8.self) }
        }
    }

    // MARK: Retention

    /// Removes the oldest segments that hold nothing but records before `seq`.
    /// - Parameters:
    ///   - archived: a folder with copies of the segments; nil: what `audit ship` has shipped counts.
    ///   - progress: a part done, and the whole, in units of the step.
    /// - Returns: the names of the removed files.
    public static func prune(
        before seq: UInt64, archived: String?, at place: Place, by order: Order,
        progress: @escaping (_ done: Int, _ total: Int) -> Void
    ) async throws(CommandFailure) -> [String] {
        try order.check()
        let composition = try place.composition()
        let settings = composition.configuration.audit
        let directory = composition.path(settings.directory)
        let stateDirectory = composition.path(settings.stateDirectory)
        let disk: DirectoryStorage
        let key: VerifierKey
        let isBusy: Bool
        do throws(AuditError) {
            do throws(FileError) {
                disk = try DirectoryStorage(path: directory)
                isBusy = try disk.isLockedByWriter()
            } catch {
                throw .storage(error)
            }
            key = try StateKey.read(stateDirectory: stateDirectory, origin: settings.origin)
        } catch {
            throw CommandFailure(error)
        }
        if isBusy { throw busy(directory) }
        let pruner = Pruner(disk, key: key)
        if let unfinished = try attempt({ () throws(AuditError) in try pruner.unfinished() }) {
            // The start publishes the checkpoint that a crash may have come before.
            try await withLog(composition, reason: "prune") { _ in }
            return try remove(unfinished, disk, key, directory, progress)
        }
        var options = VerifyOptions()
        options.pinnedKeys = [key.text]
        options.origin = settings.origin
        let report = Verifier.verify(disk, options: options) { progress(Int(clamping: $0), Int(clamping: $1)) }
        guard case .ok = report.verdict else {
            throw CommandFailure(
                .data, directory, "the log does not verify, so nothing is removed from it: \(report.text)")
        }
        var plan = try plan(
            before: seq, disk, settings, archived: archived, stateDirectory: stateDirectory, progress)
        plan.ticket = order.ticketBytes
        plan.operatorName = order.operatorBytes
        let record = plan.encode()
        let recorded = try await withLog(composition, reason: "prune") { log throws(AuditError) in
            try await log.append(record).seq
        }
        let head = try attempt { () throws(AuditError) in try pruner.head(ofPruneRecorded: recorded) }
        return try remove(head, disk, key, directory, progress)
    }

    private static func plan(
        before seq: UInt64, _ disk: DirectoryStorage, _ settings: Configuration.AuditSettings, archived: String?,
        stateDirectory: String, _ progress: @escaping (Int, Int) -> Void
    ) throws(CommandFailure) -> LogPrune {
        let copies: DirectoryStorage?
        let ledger: ShippingLedger
        let state: DirectoryStorage
        do throws(FileError) {
            copies = try archived.map { path throws(FileError) in try DirectoryStorage(path: path) }
            state = try DirectoryStorage(path: stateDirectory, isPrivate: true)
        } catch {
            throw CommandFailure(.noInput, description: error.description)
        }
        do throws(EvidenceError) { ledger = try .read(state) } catch {
            throw CommandFailure(.noInput, description: error.description)
        }
        do throws(PrunePlanner<DirectoryStorage>.Refusal) {
            return try PrunePlanner(disk).plan(
                before: seq, minDays: settings.retentionMinDays,
                now: WallTime(microseconds: WallClock.microseconds),
                isArchived: { segment in
                    guard let copies else {
                        return ledger.segments[segment.name]
                            == ShippingLedger.Segment(bytes: segment.bytes, sha256: segment.sha256)
                    }
                    guard let (digest, bytes) = try? FileDigest.of(copies.open(segment.name)) else { return false }
                    return digest == segment.sha256 && bytes == segment.bytes
                },
                progress: { progress(Int(clamping: $0), Int(clamping: $1)) })
        } catch {
            if case .log(let error) = error { throw CommandFailure(error) }
            throw CommandFailure(.data, "--before", error.description, mend: "nothing was changed")
        }
    }

    /// Removes the files under the log's lock, so that no gateway reads the log meanwhile.
    private static func remove(
        _ head: PrunedHead, _ disk: DirectoryStorage, _ key: VerifierKey, _ directory: String,
        _ progress: @escaping (Int, Int) -> Void
    ) throws(CommandFailure) -> [String] {
        let lock: File
        let isHeld: Bool
        do throws(FileError) {
            lock = try File.open("\(directory)/\(DirectoryStorage.lockName)", for: .lock, mode: 0o640)
            isHeld = try lock.lockExclusively()
        } catch {
            throw CommandFailure(.storage(error) as AuditError)
        }
        guard isHeld else { throw busy(directory) }
        return try withExtendedLifetime(lock) { () throws(CommandFailure) in
            try attempt { () throws(AuditError) in try Pruner(disk, key: key).remove(head, progress: progress) }
        }
    }

    // MARK: Both

    /// Opens the log, as a start of the gateway does, and closes it cleanly whatever `work` comes to.
    private static func withLog<Result: Sendable>(
        _ composition: Composition, reason: ReasonCode,
        _ work: (AuditLog) async throws(AuditError) -> Result
    ) async throws(CommandFailure) -> Result {
        let log: AuditLog
        do throws(CommandFailure) {
            let policies = try PolicyFiles(composition.configuration)
            log = try composition.openLog(policies, try composition.startWitnesses(Observation())) { _ in }
        } catch {
            guard error.status == .temporary else { throw error }
            throw busy(composition.path(composition.configuration.audit.directory))
        }
        let result: Result
        do throws(AuditError) {
            result = try await work(log)
        } catch {
            log.close(requestsServed: 0, reason: "upkeep_failed")
            throw CommandFailure(error)
        }
        log.close(requestsServed: 0, reason: reason)
        if case .failed(let error) = log.state { throw CommandFailure(error) }
        return result
    }

    private static func attempt<Result>(
        _ work: () throws(AuditError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(AuditError) { return try work() } catch { throw CommandFailure(error) }
    }

    private static func busy(_ directory: String) -> CommandFailure {
        CommandFailure(
            .temporary, directory, "a gateway is writing this log", mend: "stop it first, and start it again afterwards"
        )
    }
}
