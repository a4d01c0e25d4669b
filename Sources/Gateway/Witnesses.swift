internal import Audit
internal import Evidence
internal import Synchronization
internal import Telemetry
internal import Threading

/// The log's witnesses, as the gateway has them: joins the log and the witnesses' thread, each of which needs the other.
///
/// The thread is there first, so that the log's first checkpoint goes out too; what it brings before `attach` waits.
final class Witnesses: Sendable {
    private struct Early {
        weak var log: AuditLog?
        var lines: [(size: UInt64, line: SignedNote.Signature)] = []
        var failure: AuditError?
    }

    /// Where the thread's news go: apart, so that the thread does not keep what keeps it.
    private final class Desk: Sendable {
        let early = Mutex(Early())

        func take(_ line: SignedNote.Signature, _ size: UInt64) {
            early.withLock { early in
                if let log = early.log { log.add(line, toCheckpointOf: size) } else { early.lines.append((size, line)) }
            }
        }

        func fail(_ error: AuditError) {
            early.withLock { early in
                if let log = early.log { log.fail(error) } else { early.failure = early.failure ?? error }
            }
        }
    }

    private let service: WitnessService
    private let desk: Desk
    private let isRequired: Bool
    private let observation: Observation

    private init(_ service: WitnessService, _ desk: Desk, isRequired: Bool, _ observation: Observation) {
        self.service = service
        self.desk = desk
        self.isRequired = isRequired
        self.observation = observation
    }

    /// How long the end waits for the last checkpoint's cosignatures: as long as one witness may take.
    static let lastPatience = WitnessLimits.answerTimeout

    /// Starts the witnesses' thread.
    /// - Parameters:
    ///   - isRequired: whether requests are refused while the quorum is late.
    ///   - state: the state's folder.
    ///   - disk: the log's, for its tiles.
    ///   - origin: the log's name.
    ///   - say: told each sentence that `observation` is told.
    /// - Throws: `AuditError` where a kept size cannot be read, or no thread or descriptor is left.
    static func start(
        _ configuration: WitnessConfiguration, isRequired: Bool, state: DirectoryStorage, disk: DirectoryStorage,
        origin: String, _ observation: Observation, say: @escaping @Sendable (String) -> Void
    ) throws(AuditError) -> Witnesses {
        let desk = Desk()
        let service = try WitnessService.start(
            configuration, tree: WitnessTree(TileFiles(disk)), sizes: WitnessSizes(state, origin: origin),
            listener: WitnessService.Listener(
                onCosignature: { size, line in desk.take(line, size) },
                onFailure: { error in desk.fail(error) },
                onAlarm: { witness, alarm, sentence in
                    observation.note(witness, alarm, sentence)
                    say(sentence)
                }))
        return Witnesses(service, desk, isRequired: isRequired, observation)
    }

    /// From now on what the witnesses say goes to `log`, and what they said before.
    func attach(_ log: AuditLog) {
        desk.early.withLock { early in
            early.log = log
            for (size, line) in early.lines { log.add(line, toCheckpointOf: size) }
            early.lines = []
            if let failure = early.failure { log.fail(failure) }
        }
    }

    /// Takes a checkpoint that has just been published. Never waits.
    func take(_ checkpoint: PublishedCheckpoint) { take(checkpoint.note) }

    /// Has a checkpoint cosigned and waits for it, at most `lastPatience`: for commands, which no log is attached for.
    /// - Returns: the witnesses' lines for it.
    /// - Throws: `AuditError` where a witness has seen another log.
    func cosign(_ note: SignedNote) throws(AuditError) -> [SignedNote.Signature] {
        take(note)
        guard let size = try? Checkpoint(text: note.text).size else { return [] }
        let end = MonotonicInstant.now + Self.lastPatience
        while MonotonicInstant.now < end, statistics.witnesses.contains(where: { $0.cosignedSize < size }) {
            SystemThread.sleep(milliseconds: 10)
        }
        let (lines, failure) = desk.early.withLock { ($0.lines, $0.failure) }
        if let failure { throw failure }
        return lines.filter { $0.size == size }.map(\.line)
    }

    private func take(_ note: SignedNote) {
        do throws(NoteFault) {
            try service.publish(note)
        } catch {
            observation.note("", "no_checkpoint", "a checkpoint does not go to the witnesses: \(error.detail)")
        }
    }

    /// Waits for the cosignatures of what was published last, and ends the thread.
    func finish() { service.stop(within: Self.lastPatience) }

    /// Lets `finish` return at once.
    func abandon() { service.abandon() }

    /// Whether requests must be refused, for a quorum is asked for and has been missing for longer than `max_lag_s`.
    var forbidService: Bool { isRequired && service.isQuorumLate() }

    /// What was counted.
    var statistics: WitnessStatistics { service.statistics() }

    /// A count that the thread moves on with each of its turns.
    var steps: UInt64 { service.steps }

    /// Lets the thread take a turn.
    func nudge() { service.nudge() }
}

extension Observation {
    /// Something that an operator should see to. No quorum is an error: what is not cosigned could be cut off unnoticed.
    fileprivate func note(_ witness: String, _ alarm: String, _ sentence: String) {
        logger?.log(alarm == "quorum_late" ? .error : .warning, "audit_witness") { line in
            if !witness.isEmpty { line.text("witness", witness) }
            line.text("alarm", alarm)
            line.text("message", sentence)
        }
    }
}
