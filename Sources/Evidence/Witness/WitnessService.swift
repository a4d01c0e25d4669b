package import Audit
internal import Curl
internal import LinuxIO
internal import Synchronization
package import Threading

/// Brings checkpoints to the witnesses and their cosignatures back, on a thread of its own: never on a request's way.
///
/// Whoever publishes leaves the newest note in a box and goes on. The thread asks each witness's machine what to do and does it,
/// one request at a time; a witness that hangs costs the others at most 5 s, and then the less the longer it hangs.
package final class WitnessService: Sendable {
    /// What the service tells, on its own thread, never after `stop` has returned. None of these may call `stop`.
    package struct Listener: Sendable {
        /// A line for the checkpoint of this size and its copies, checked.
        package var onCosignature: @Sendable (_ size: UInt64, _ line: SignedNote.Signature) -> Void
        /// The log was rolled back or forked, or a cosigned size cannot be kept: service must end with the error's exit status.
        package var onFailure: @Sendable (AuditError) -> Void
        /// A sentence for the operator. Repeated at most every five minutes for the same thing.
        package var onAlarm: @Sendable (_ witness: String, _ alarm: String, _ sentence: String) -> Void

        package init(
            onCosignature: @escaping @Sendable (UInt64, SignedNote.Signature) -> Void,
            onFailure: @escaping @Sendable (AuditError) -> Void,
            onAlarm: @escaping @Sendable (String, String, String) -> Void
        ) {
            self.onCosignature = onCosignature
            self.onFailure = onFailure
            self.onAlarm = onAlarm
        }
    }

    struct Shared {
        /// The newest note, until the thread takes it.
        var box: WitnessTarget?
        var lag: QuorumLag
        var statistics: WitnessStatistics
    }

    let configuration: WitnessConfiguration
    let listener: Listener
    let shared: Mutex<Shared>
    let wakeUp: WakeUp
    private let finished: WakeUp
    private let isStopping = Atomic<Bool>(false)
    private let turns = Atomic<UInt64>(0)
    /// Whether somebody still listens; held while telling, so that nothing is told after `stop`.
    private let isListening = Mutex(true)
    /// The monotonic time in ns from which the quorum is late; `UInt64.max` while nothing is uncovered.
    private let lateFrom = Atomic<UInt64>(.max)

    private init(
        _ configuration: WitnessConfiguration, _ listener: Listener, sizes: [UInt64], wakeUp: WakeUp, finished: WakeUp
    ) {
        self.configuration = configuration
        self.listener = listener
        self.wakeUp = wakeUp
        self.finished = finished
        var lag = QuorumLag(configuration.policy)
        var witnesses: [WitnessStatistics.Witness] = []
        for (witness, size) in zip(configuration.witnesses, sizes) {
            lag.cosigned(size, by: witness.name)
            witnesses.append(WitnessStatistics.Witness(name: witness.name, cosignedSize: size))
        }
        shared = Mutex(Shared(lag: lag, statistics: WitnessStatistics(witnesses: witnesses)))
    }

    /// Starts the thread.
    /// - Parameters:
    ///   - tree: our own tree, for proofs.
    ///   - sizes: where the sizes that each witness cosigned are kept.
    /// - Throws: `AuditError` where a kept size cannot be read, or no thread or descriptor is left.
    package static func start<Disk: Storage>(
        _ configuration: WitnessConfiguration, tree: WitnessTree, sizes: WitnessSizes<Disk>, listener: Listener
    ) throws(AuditError) -> WitnessService {
        try sizes.prepare()
        var known: [UInt64] = []
        for witness in configuration.witnesses { known.append(try sizes.size(of: witness.key)) }
        guard let wakeUp = WakeUp(blocking: false), let finished = WakeUp(blocking: false) else {
            throw .exhausted("descriptor")
        }
        let service = WitnessService(configuration, listener, sizes: known, wakeUp: wakeUp, finished: finished)
        let rounds = WitnessRounds(service: service, tree: tree, store: sizes, known: known)
        let isStarted = SystemThread.start(named: "witnesses") {
            var rounds = rounds
            rounds.run()
            service.finished.signal()
        }
        guard isStarted else { throw .exhausted("thread") }
        return service
    }

    /// Takes the newest checkpoint. Never waits; older ones that no witness was sent yet are forgotten.
    /// - Throws: `NoteFault` where `note` is no checkpoint with a signature of its log.
    package func publish(_ note: SignedNote) throws(NoteFault) {
        let checkpoint = try WitnessTarget(note)
        shared.withLock { shared in
            if checkpoint.size >= shared.box?.size ?? 0 { shared.box = checkpoint }
            shared.lag.published(checkpoint.size, at: .now)
            noteLag(shared.lag)
        }
        wakeUp.signal()
    }

    /// Lets the thread ask each witness once more that waits for nothing, and ends it. Waits at most `patience`.
    package func stop(within patience: Duration = .seconds(2)) {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        wakeUp.signal()
        _ = FileWait.readable(finished.descriptor, timeout: patience)
        isListening.withLock { $0 = false }
    }

    /// Lets a `stop` that waits return at once, and a later one not wait.
    package func abandon() { finished.signal() }

    /// How many turns the thread has taken: a sign of life where `nudge` asks for one. None takes longer than 5 s.
    package var steps: UInt64 { turns.load(ordering: .relaxed) }

    /// Lets the thread take a turn, whether or not something is due.
    package func nudge() { wakeUp.signal() }

    /// Whether a checkpoint has been without the policy's quorum for longer than `lagMax`. Without lock: requests ask.
    package func isQuorumLate(at now: MonotonicInstant = .now) -> Bool {
        now.nanoseconds > lateFrom.load(ordering: .relaxed)
    }

    /// What was counted until now.
    package func statistics(at now: MonotonicInstant = .now) -> WitnessStatistics {
        shared.withLock { shared in
            var statistics = shared.statistics
            statistics.coveredSize = shared.lag.covered
            statistics.lagMilliseconds = shared.lag.uncoveredSince.map { now.microseconds(since: $0) / 1000 } ?? 0
            statistics.isQuorumMet = !isQuorumLate(at: now)
            return statistics
        }
    }

    // MARK: For the thread

    func noteTurn() { turns.wrappingAdd(1, ordering: .relaxed) }

    var isEnding: Bool { isStopping.load(ordering: .sequentiallyConsistent) }
    var lateInstant: MonotonicInstant? {
        let nanoseconds = lateFrom.load(ordering: .relaxed)
        return nanoseconds == .max ? nil : MonotonicInstant(nanoseconds: nanoseconds)
    }

    func tell(_ body: (Listener) -> Void) { isListening.withLock { if $0 { body(listener) } } }

    func takeNewest() -> WitnessTarget? {
        shared.withLock { shared in
            defer { shared.box = nil }
            return shared.box
        }
    }

    func count(_ result: WitnessStatistics.Result, of index: Int) {
        shared.withLock { shared in
            guard let place = WitnessStatistics.Result.allCases.firstIndex(of: result) else { return }
            shared.statistics.witnesses[index].attempts[place] += 1
        }
    }

    func noteCosignature(_ size: UInt64, time: UInt64, of index: Int) {
        shared.withLock { shared in
            shared.statistics.witnesses[index].cosignedSize = size
            shared.statistics.witnesses[index].cosignedSeconds = time
            shared.lag.cosigned(size, by: configuration.witnesses[index].name)
            noteLag(shared.lag)
        }
    }

    private func noteLag(_ lag: borrowing QuorumLag) {
        let late = lag.uncoveredSince.map { ($0 + configuration.lagMax).nanoseconds } ?? .max
        lateFrom.store(late, ordering: .relaxed)
    }
}
