internal import Agent
internal import Audit
internal import Edge
internal import Synchronization
internal import Telemetry
internal import Threading

/// What is done later, on a thread of its own (`work`): summaries, the retention of conversations, deliveries to a webhook,
/// and the figures of usage. Requests never wait for it.
///
/// It finds its work by looking: tickets that nobody was told of, conversations whose summary is behind. Whoever makes them
/// does so in its own database and is done; only then is a job for it put into the queue, and only then is it marked. So
/// whatever moment the process is killed at, the job is there or is found again.
///
/// What needs the stores runs on a loop while the thread waits; what blocks, such as a delivery, runs on the thread.
final class BackgroundWork: Sendable {
    private let live: LiveServices
    private let edge: EdgeServer
    private let observation: Observation
    private let webhook: WebhookDelivery?
    private let isClosed = Atomic(false)
    private let failing = Mutex<Set<String>>([])
    private let counts = Mutex<(waiting: Int, dead: Int)>((0, 0))

    /// Jobs that wait, and those that failed for good, when it looked last.
    var jobs: (waiting: Int, dead: Int) { counts.withLock { $0 } }

    private static let lookMilliseconds: Int32 = 250
    /// Longer than any attempt takes: a delivery at most twice `webhook.timeout_ms`, which is at most a minute.
    private static let lease = Duration.seconds(600)
    /// Things that one look puts into the queue.
    private static let takenAtOnceMax = 100

    private init(_ live: LiveServices, _ edge: EdgeServer, _ observation: Observation, _ webhook: WebhookDelivery?) {
        self.live = live
        self.edge = edge
        self.observation = observation
        self.webhook = webhook
    }

    /// Opens the queue and starts the thread.
    /// - Throws: `CommandFailure` where the queue cannot be opened, or the system has no thread.
    static func start(
        _ composition: Composition, _ live: LiveServices, on edge: EdgeServer
    ) throws(CommandFailure) -> BackgroundWork {
        let path = composition.path(composition.configuration.state.work)
        let queue: JobStore
        do throws(AgentError) { queue = try JobStore.open(path: path) } catch {
            throw CommandFailure(error, subject: path)
        }
        let work = BackgroundWork(live, edge, live.current.observation, try composition.makeWebhook())
        guard let turn = WakeUp(blocking: true) else { throw CommandFailure(EdgeError.noResources) }
        guard SystemThread.start(named: "work", { work.run(queue, turn) }) else {
            throw CommandFailure(EdgeError.noResources)
        }
        return work
    }

    /// Begins no job any more. One that is under way goes on; what it does not end is begun again at the next start.
    func close() { isClosed.store(true, ordering: .releasing) }

    // MARK: On the thread

    private func run(_ queue: JobStore, _ turn: WakeUp) {
        var nextHour: Int64 = 0
        while !isClosed.load(ordering: .acquiring) {
            let now = WallClock.microseconds
            if now / Self.hour >= nextHour {
                nextHour = now / Self.hour + 1
                attempt("queue") { () throws(AgentError) in
                    for kind in [Job.Kind.retention, .usage] {
                        _ = try queue.add(kind, key: Array("hourly".utf8), now: now)
                    }
                }
            }
            take(into: queue, turn)
            while !isClosed.load(ordering: .acquiring), step(queue, turn) {}
            attempt("queue") { () throws(AgentError) in
                let found = try queue.counts()
                counts.withLock { $0 = found }
            }
            SystemThread.sleep(milliseconds: Self.lookMilliseconds)
        }
    }

    /// Puts what there is to do into the queue.
    private func take(into queue: JobStore, _ turn: WakeUp) {
        let services = live.current
        let found = onLoop(turn) { () async -> Found in
            var found = Found()
            do throws(AgentError) {
                found.tickets = try await services.tickets.unannounced(limit: Self.takenAtOnceMax)
                if let desk = services.sessionDesk {
                    try await desk.store.add(desk.usage)
                    found.sessions = try await desk.store.wantingSummary(limit: Self.takenAtOnceMax)
                }
            } catch {
                found.failure = "\(error)"
            }
            return found
        }
        note("stores", found.failure)
        let now = WallClock.microseconds
        attempt("queue") { () throws(AgentError) in
            for session in found.sessions { _ = try queue.add(.summary, key: SessionJob.key(of: session), now: now) }
            for ticket in found.tickets {
                if webhook != nil { _ = try queue.add(.webhook, key: ticket, now: now) }
                // Marked only once its job is on the disk.
                let failure = onLoop(turn) { () async -> String? in
                    do throws(AgentError) { try await services.tickets.markAnnounced(ticket) } catch {
                        return "\(error)"
                    }
                    return nil
                }
                note("stores", failure)
            }
        }
    }

    private struct Found: Sendable {
        var tickets: [[UInt8]] = []
        var sessions: [Session] = []
        var failure: String?
    }

    /// Does one job.
    /// - Returns: whether there was one.
    private func step(_ queue: JobStore, _ turn: WakeUp) -> Bool {
        do throws(AgentError) {
            guard let job = try queue.begin(now: WallClock.microseconds, lease: Self.lease) else { return false }
            let outcome = perform(job, turn)
            let isDead = try queue.end(job, outcome, now: WallClock.microseconds)
            switch outcome {
            case .done: break
            case .failed(let reason), .hopeless(let reason):
                observation.say(
                    isDead ? .error : .warning, isDead ? "job_dead" : "job_failed",
                    "\(job.kind.rawValue) \(String(decoding: job.key.prefix(64), as: UTF8.self)), attempt \(job.attempt): "
                        + reason)
            }
            return true
        } catch {
            note("queue", "\(error)")
            return false
        }
    }

    private func perform(_ job: Job, _ turn: WakeUp) -> JobOutcome {
        let services = live.current
        switch job.kind {
        case .webhook:
            guard let webhook else { return .done }
            let ticket = onLoop(turn) { () async -> Result<Ticket?, AgentError> in
                do throws(AgentError) { return .success(try await services.tickets.ticket(job.key)) } catch {
                    return .failure(error)
                }
            }
            switch ticket {
            case .success(let ticket?): return webhook.deliver(ticket, attempt: job.attempt)
            case .success(nil): return .done
            case .failure(let error): return .failed(reason: "\(error)")
            }
        case .summary: return onLoop(turn) { await SessionJob.summarise(job, services) }
        case .retention: return onLoop(turn) { await SessionJob.retain(services) }
        case .usage: return onLoop(turn) { await SessionJob.dropOldUsage(services) }
        }
    }

    /// Runs `body` on a loop and waits for it. A loop that has ended never runs it, and then this thread waits until the
    /// process ends.
    private func onLoop<Value: Sendable>(_ turn: WakeUp, _ body: @escaping @Sendable () async -> Value) -> Value {
        let box = ResultBox<Value>()
        edge.perform {
            let value = await body()
            box.value.withLock { $0 = value }
            turn.signal()
        }
        while true {
            turn.wait()
            if let value = box.value.withLock({ $0 }) { return value }
        }
    }

    private final class ResultBox<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    // MARK: Failures

    private func attempt(_ name: String, _ body: () throws(AgentError) -> Void) {
        do throws(AgentError) {
            try body()
            note(name, nil)
        } catch {
            note(name, "\(error)")
        }
    }

    /// Says once that something fails, and once that it goes again.
    private func note(_ name: String, _ failure: String?) {
        let hasChanged = failing.withLock { failing in
            failure == nil ? failing.remove(name) != nil : failing.insert(name).inserted
        }
        guard hasChanged else { return }
        if let failure {
            observation.say(.error, "work_failing", "\(name): \(failure); what is to be done waits")
        } else {
            observation.say(.warning, "work_resumed", "\(name): goes again")
        }
    }

    private static let hour: Int64 = 3_600_000_000
}
