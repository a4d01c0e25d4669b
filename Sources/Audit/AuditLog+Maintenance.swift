internal import LinuxIO
internal import OpenSSL

extension AuditLog {
    /// What an operator is told of a log that was made or whose key was changed.
    public struct Maintained: Sendable {
        /// The key that signs the log's checkpoints now, as auditors pin it.
        public let key: String
        /// The newest checkpoint.
        public let checkpoint: [UInt8]
    }

    /// Makes a log that follows one which can be continued no more: its first record names the old log's newest checkpoint.
    /// - Parameters:
    ///   - old: the old log's directory; only read.
    ///   - ticket: whose decision it was, 1 to 256 bytes.
    /// - Throws: `AuditError`: `configuration` where the new log has a record already or the old one's origin.
    public static func make(
        _ configuration: AuditConfiguration, after old: String, ticket: String
    ) throws(AuditError) -> Maintained {
        try expect(ticket: ticket)
        let predecessor = LogPredecessor(checkpoint: try newestCheckpoint(in: old), ticket: ticket)
        guard predecessor.checkpoint.origin != configuration.origin else {
            throw .configuration(
                setting: "audit.origin", found: configuration.origin, wanted: "another origin than the old log's")
        }
        return try maintain(configuration, reason: "new_log", after: predecessor) { _, _, _ in }
    }

    /// Makes the key that the next rotation hands over to, or tells the one that is made already. Nothing else changes, and a
    /// gateway may be running: witnesses and auditors are told of the key before it signs.
    /// - Returns: its public half, as auditors pin it.
    /// - Throws: `AuditError`: `configuration` where there is no log.
    public static func prepareKey(_ configuration: AuditConfiguration) throws(AuditError) -> String {
        try configuration.validate()
        let key = LogKey(
            state: try LogPlace.storage(configuration.stateDirectory, isPrivate: true), origin: configuration.origin)
        guard try !key.publicKey().isEmpty else {
            throw .configuration(
                setting: "audit.state_directory", found: "\(configuration.stateDirectory): no log.key",
                wanted: "the state of a log that has begun")
        }
        return try key.prepareNext().text
    }

    /// Changes the log's key: a record names the new one, the checkpoint over it carries both signatures, later ones only the
    /// new one's. Register the new key at the witnesses before (`prepareKey`).
    /// - Parameter cosign: has a checkpoint cosigned, and gives the lines that belong to it.
    /// - Throws: `AuditError`; a rotation that was cut short is completed by the next start.
    package static func rotateKey(
        _ configuration: AuditConfiguration, cosign: @escaping Cosigner = { _ in [] }
    ) throws(AuditError) -> Maintained {
        try maintain(configuration, reason: "key_rotation", cosign: cosign) { session, key, now throws(AuditError) in
            let old = session.publisher.key
            let new = try key.prepareNext()
            try session.publisher.prepare(try key.signingKeys())
            _ = try session.writer.append([LogRecords.keyRotate(from: old, to: new)], at: now.wall)
            try session.writer.flush()
            let leaves = session.writer.takeSyncedLeaves()
            let size = session.writer.end.nextSeq
            try session.publisher.take(leaves, from: size - UInt64(leaves.count), syncedSize: size)
            let note = try session.publisher.handOver(at: now.monotonic)
            try key.completeRotation()
            // Who knows the old key only takes this checkpoint and no later one.
            for line in try cosign(note) { _ = try session.publisher.add(line, toSize: size) }
        }
    }

    /// Has a checkpoint cosigned.
    package typealias Cosigner = (SignedNote) throws(AuditError) -> [SignedNote.Signature]

    private struct Session {
        let writer: LogWriter<DirectoryStorage>
        let publisher: Publisher<DirectoryStorage, DirectoryStorage>
    }

    /// Opens the log as the gateway would, without its threads, does `work`, and closes it cleanly.
    private static func maintain(
        _ configuration: AuditConfiguration, reason: ReasonCode, after: LogPredecessor? = nil,
        cosign: Cosigner = { _ in [] }, _ work: (Session, LogKey<DirectoryStorage>, Moment) throws(AuditError) -> Void
    ) throws(AuditError) -> Maintained {
        let place = try LogPlace.take(configuration)
        let now = Moment.now
        var recovery = Recovery(place.disk)
        let history = try recovery.examine()
        guard history == nil || after == nil else {
            throw .configuration(
                setting: "audit.directory", found: "\(configuration.directory): a log", wanted: "an empty directory")
        }
        let files = CheckpointFiles(disk: place.disk, state: place.state)
        let publisher = try Publisher.open(files, configuration, key: place.key, history: history)
        let writer = try LogWriter.open(
            place.disk, configuration, key: place.key, history: history, after: after, at: now.wall)
        try files.prepare()
        if try publisher.key.publicKey != place.key.publicKey() { try place.key.completeRotation() }
        let session = Session(writer: writer, publisher: publisher)
        let outlet = CheckpointOutlet(onCheckpoint: nil)
        _ = try writer.append([try LogRecords.gatewayStart(configuration)], at: now.wall)
        try work(session, place.key, now)
        _ = try writer.append([LogRecords.gatewayStop(reason: reason, requests: 0)], at: now.wall)
        try writer.finish()
        try publisher.begin(with: writer.takeSyncedLeaves(), size: writer.end.nextSeq, at: now.monotonic, to: outlet)
        if let note = publisher.newestNote {
            for line in try cosign(note) {
                if let note = try publisher.add(line, toSize: publisher.size) { outlet.update(note) }
            }
        }
        return Maintained(key: publisher.key.text, checkpoint: outlet.note)
    }

    private static func newestCheckpoint(in directory: String) throws(AuditError) -> Checkpoint {
        let bytes: [UInt8]?
        do throws(FileError) {
            bytes = try DirectoryStorage(path: directory).contents(of: "checkpoint", bytesMax: SignedNote.bytesMax)
        } catch {
            throw .storage(error)
        }
        guard let bytes else {
            throw .configuration(setting: "--after", found: directory, wanted: "a log's directory with a checkpoint")
        }
        do throws(NoteFault) { return try Checkpoint(text: try SignedNote(bytes).text) } catch {
            throw .refused(segment: "\(directory)/checkpoint", seq: 0, detail: error.detail)
        }
    }

    private static func expect(ticket: String) throws(AuditError) {
        guard (1...256).contains(ticket.utf8.count) else {
            throw .configuration(
                setting: "--ticket", found: "\(ticket.utf8.count) bytes", wanted: "a text of 1 to 256 bytes")
        }
    }
}
