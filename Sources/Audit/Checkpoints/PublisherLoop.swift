internal import LinuxIO
internal import Threading

/// What the publisher's thread does: takes leaves, makes tiles and checkpoints, answers who wants a proof.
///
/// `step` is the whole of it for one moment, without sleeping, so that a test can be the clock.
final class PublisherLoop<Disk: Storage, State: Storage> {
    enum Step: Equatable {
        case sleep(Duration)
        case finished
    }

    private let feed: LeafFeed
    private let publisher: Publisher<Disk, State>
    private let outlet: CheckpointOutlet
    /// Called where the publisher cannot go on, so that the writer hears of it.
    private let onFailure: @Sendable () -> Void
    private static var sleepMax: Duration { .seconds(1) }

    init(
        _ publisher: Publisher<Disk, State>, feed: LeafFeed, outlet: CheckpointOutlet,
        onFailure: @escaping @Sendable () -> Void
    ) {
        self.publisher = publisher
        self.feed = feed
        self.outlet = outlet
        self.onFailure = onFailure
    }

    /// Runs until the log is closed or has failed.
    func run() {
        while true {
            switch step(at: .now) {
            case .sleep(let duration):
                // After everything that somebody waits for, and outside `step`: what fails here ends nothing.
                publisher.thin()
                if FileWait.readable(feed.wakeUp.descriptor, timeout: duration) { feed.wakeUp.wait() }
            case .finished: return
            }
        }
    }

    func step(at now: MonotonicInstant) -> Step {
        let orders = feed.take()
        // After a failure nothing is signed any more: it may be that another log of this name was seen.
        if orders.isAbandoned || feed.failure != nil {
            refuse(orders.proofs)
            return .finished
        }
        do throws(AuditError) {
            try publisher.take(orders.leaves, from: orders.firstSeq, syncedSize: orders.syncedSize)
            if let note = try publisher.publishIfDue(asked: orders.isAskedFor || orders.isFinishing, at: now) {
                outlet.publish(note, publisher.statistics)
            }
            try add(orders.cosignatures)
            if orders.isFinishing, let onLastCheckpoint = outlet.onLastCheckpoint {
                onLastCheckpoint()
                try add(feed.take().cosignatures)
            }
        } catch {
            refuse(orders.proofs)
            feed.fail(error)
            onFailure()
            return .finished
        }
        for request in orders.proofs {
            request.waiter.resume(
                returning: Result { () throws(AuditError) in try publisher.evidence(for: request.seq) })
        }
        if orders.isFinishing { return .finished }
        guard let look = publisher.nextLook(at: now) else { return .sleep(feed.awaitFirst() ? Self.sleepMax : .zero) }
        return .sleep(min(Self.sleepMax, .microseconds(Int64(clamping: look.microseconds(since: now)))))
    }

    private func add(_ cosignatures: [(size: UInt64, signature: SignedNote.Signature)]) throws(AuditError) {
        for (size, signature) in cosignatures {
            if let note = try publisher.add(signature, toSize: size) { outlet.update(note) }
        }
    }

    private func refuse(_ requests: [LeafFeed.ProofRequest]) {
        for request in requests { request.waiter.resume(returning: .failure(.unavailable)) }
    }
}
