internal import Agent
internal import Audit
internal import Edge
internal import LinuxIO
internal import Telemetry
internal import Threading

/// What the main thread does while the gateway serves: takes signals, reloads policies, looks for new knowledge, answers the
/// service manager's watchdog, and returns when service has to end.
struct Supervision {
    let edge: EdgeServer
    let services: Services
    let reload: PolicyReload
    let failure: FirstFailure
    let notifier: ServiceNotifier?
    /// When the process began.
    let start: MonotonicInstant

    /// How often it looks for new knowledge and for a failure.
    private static let lookInterval: Duration = .milliseconds(500)

    /// Returns on SIGTERM, SIGINT or the first failure.
    func run() {
        let vectors = EmbeddingUpkeep(services.knowledge, services.observation)
        let customers = services.verification.map { CustomerActions($0) }
        var pulse = edge.pulse()
        var watchdog = notifier?.watchdog.map {
            Watchdog(limit: $0, now: .now, steps: services.steps)
        }
        var nextRefresh = MonotonicInstant.now + Self.lookInterval
        let interval = min(Self.lookInterval, watchdog?.lookInterval ?? Self.lookInterval)
        while !failure.isNoted {
            let noted = ProcessSignals.waitForSender(milliseconds: interval.wholeMilliseconds)
            switch noted?.signal {
            case .terminate, .interrupt: return
            case .hangUp:
                nextRefresh = .now
                reload.run(by: noted?.user)
            case .user1: GatewayServer.dumpState(services, edge.statistics, since: start)
            case nil: break
            }
            let now = MonotonicInstant.now
            if nextRefresh <= now {
                nextRefresh = now + Self.lookInterval
                edge.perform {
                    await refresh()
                    await vectors.run()
                }
                if let customers {
                    edge.perform { await customers.record(in: services.log, services.observation) }
                }
                services.sessions.dropIdle(now: now)
            }
            // The log's threads sleep for up to a second, the witnesses' thread for longer.
            if watchdog != nil { services.nudge() }
            let action = watchdog?.look(
                at: now, loopsAnswered: pulse.isAnswered, steps: services.steps)
            if action == .ping {
                notifier?.send("WATCHDOG=1")
                pulse = edge.pulse()
            }
        }
    }

    /// Takes up a knowledge base that another process (`portcullis knowledge import`) replaced. A failure keeps the old.
    private func refresh() async {
        do throws(AgentError) {
            try await services.knowledge.refresh()
        } catch {
            services.observation.say(
                .error, "knowledge_failed", "knowledge: \(error); the one before stays in force")
        }
    }
}

extension Services {
    /// How many turns each thread has taken that a watchdog looks after.
    fileprivate var steps: [UInt64] { log.steps + (witnesses.map { [$0.steps] } ?? []) }

    /// Lets each of them take one.
    fileprivate func nudge() {
        log.nudge()
        witnesses?.nudge()
    }
}

extension Duration {
    /// For system calls; at least 1.
    fileprivate var wholeMilliseconds: Int32 {
        Int32(clamping: max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000))
    }
}
