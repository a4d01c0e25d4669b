internal import Audit
internal import Edge
internal import LinuxIO
internal import Telemetry
internal import Threading

/// How service ends: requests in flight finish, then the log is closed, unless a second signal or a failure cuts it short.
struct Drain {
    let edge: EdgeServer
    let services: Services
    let failure: FirstFailure
    let notifier: ServiceNotifier?
    /// How long requests in flight may take.
    let patience: Duration

    /// A failed log answers 503 at once: there is nothing to wait long for (audit log §8: exit after at most 5 s).
    private static let patienceAfterFailure: Duration = .seconds(3)
    /// How long connections that were cut may take to record what became of their requests.
    private static let cutPatience: Duration = .seconds(1)
    /// How long the log may take to close once the operator has lost patience. Past it, the next start seals it as after a
    /// crash.
    private static let closePatience: Duration = .seconds(2)
    private static let lookMilliseconds: Int32 = 20

    private enum End {
        case finished
        case outOfPatience
        /// A second SIGTERM or SIGINT.
        case interrupted
    }

    /// - Returns: the process's exit status.
    func run() -> Int32 {
        let start = MonotonicInstant.now
        notifier?.send("STOPPING=1\nSTATUS=\(failure.cause.map { "Failed: \($0.message)" } ?? "Draining")")
        services.observation.logger?.log(.info, "draining")
        services.health.drain()
        edge.drain()
        let end = waitForRequests(since: start)
        if end != .finished { cut() }
        return close(after: end)
    }

    private func waitForRequests(since start: MonotonicInstant) -> End {
        var deadline = start + patience
        var hasFailed = false
        while !edge.isStopped {
            if !hasFailed && failure.isNoted {
                hasFailed = true
                deadline = min(deadline, .now + Self.patienceAfterFailure)
            }
            if MonotonicInstant.now >= deadline { return .outOfPatience }
            if isInterrupted() { return .interrupted }
        }
        return .finished
    }

    /// Ends what connections wait for, again and again: one that was cut may have begun to wait for its last bytes.
    private func cut() {
        let deadline = MonotonicInstant.now + Self.cutPatience
        while !edge.isStopped && MonotonicInstant.now < deadline {
            edge.abandon()
            _ = isInterrupted()
        }
    }

    private func close(after end: End) -> Int32 {
        let cause = failure.cause
        var isInterrupted = end == .interrupted
        services.log.beginClose(
            requestsServed: services.metrics.requestsServed,
            reason: cause?.reason ?? (isInterrupted ? "interrupted" : "shutdown"))
        var deadline = isInterrupted ? MonotonicInstant.now + Self.closePatience : nil
        if isInterrupted { services.witnesses?.abandon() }
        while !services.log.isClosed {
            if let deadline, MonotonicInstant.now >= deadline {
                services.observation.say(
                    .error, "close_failed", "the log could not be closed in time; the next start recovers it")
                break
            }
            if self.isInterrupted() && deadline == nil {
                isInterrupted = true
                services.witnesses?.abandon()
                deadline = .now + Self.closePatience
            }
        }
        if let cause = failure.cause {
            services.observation.say(.error, "failed", cause.message)
            return cause.status
        }
        services.observation.logger?.log(.info, "stopped") { line in
            line.number("requests", services.metrics.requestsServed)
        }
        return (isInterrupted ? ExitStatus.interrupted : .success).rawValue
    }

    /// Sleeps for a moment; true where a signal to stop came meanwhile.
    private func isInterrupted() -> Bool {
        switch ProcessSignals.wait(milliseconds: Self.lookMilliseconds) {
        case .terminate, .interrupt: true
        case .hangUp, .user1, nil: false
        }
    }
}
