internal import LinuxIO
internal import Synchronization
internal import Threading

/// Tokens that wait for a device's signature: it may take milliseconds, and an event loop must not wait for it.
///
/// A key of this process signs at once. For a device two threads are started with the first token that waits, one that
/// signs and one that gives up on what takes too long, and end with the last.
public final class SigningDesk: Sendable {
    typealias Outcome = Result<TokenIssuer.IssuedToken, AuthError>

    /// A token that waits. Whoever is first, signer or clock, tells what came of it.
    private final class Job: Sendable {
        let work: @Sendable () -> Outcome
        let deadline: MonotonicInstant
        private let resumption: Mutex<Resumption<Outcome>?>

        init(_ work: @escaping @Sendable () -> Outcome, _ deadline: MonotonicInstant, _ resumption: Resumption<Outcome>)
        {
            self.work = work
            self.deadline = deadline
            self.resumption = Mutex(resumption)
        }

        func finish(_ outcome: Outcome) {
            resumption.withLock { $0.take() }?.resume(returning: outcome)
        }
    }

    private struct State {
        var waiting: [Job] = []
        /// What is signed now.
        var current: Job?
        var isSigning = false, isWatching = false
    }

    private let state = Mutex(State())

    /// A desk at which nobody waits.
    public init() {}

    /// Issues a token that is good from `now` (seconds since 1970).
    /// - Throws: what `issuer` throws; `AuthError.signaturesBusy` where too many wait already, `.deviceUnavailable` where
    ///   there is no signature after `AuthLimits.deviceSignatureSeconds`.
    public func issue(
        _ request: TokenIssuer.AcceptedRequest, by issuer: TokenIssuer, now: Int64
    ) async throws(AuthError) -> TokenIssuer.IssuedToken {
        guard issuer.signsInDevice else { return try issuer.issue(request, now: now) }
        return try await perform(within: .seconds(AuthLimits.deviceSignatureSeconds)) {
            Result { () throws(AuthError) in try issuer.issue(request, now: now) }
        }.get()
    }

    /// Has the thread do `work`.
    func perform(within limit: Duration, _ work: @escaping @Sendable () -> Outcome) async -> Outcome {
        let deadline = MonotonicInstant.now + limit
        return await suspend { resumption in
            let job = Job(work, deadline, resumption)
            if !push(job) { job.finish(.failure(.signaturesBusy)) }
        }
    }

    /// Whether `job` will be done or given up.
    private func push(_ job: Job) -> Bool {
        state.withLock { state in
            guard state.waiting.count < AuthLimits.deviceSignaturesMax else { return false }
            if !state.isWatching {
                guard SystemThread.start(named: "token-clock", { self.watch() }) else { return false }
                state.isWatching = true
            }
            if !state.isSigning {
                guard SystemThread.start(named: "token-sign", { self.sign() }) else { return false }
                state.isSigning = true
            }
            state.waiting.append(job)
            return true
        }
    }

    private func sign() {
        while let job = next() { job.finish(job.work()) }
    }

    private func next() -> Job? {
        state.withLock { state in
            state.current = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            if state.current == nil { state.isSigning = false }
            return state.current
        }
    }

    private func watch() {
        let limit = AuthLimits.deviceSignatureSeconds
        while true {
            FileWait.pause(.milliseconds(100))
            let late: [Job]? = state.withLock { state in
                guard state.isSigning else {
                    state.isWatching = false
                    return nil
                }
                let now = MonotonicInstant.now
                let late = (state.waiting + [state.current].compactMap(\.self)).filter { $0.deadline <= now }
                state.waiting.removeAll { $0.deadline <= now }
                return late
            }
            guard let late else { return }
            for job in late {
                job.finish(
                    .failure(
                        .deviceUnavailable(
                            name: "the device with the signing key", found: "no signature after \(limit) s",
                            mend: "see that it answers")))
            }
        }
    }
}
