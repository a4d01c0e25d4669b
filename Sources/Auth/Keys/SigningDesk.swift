internal import Synchronization
internal import Threading

/// Tokens that wait for a device's signature: it may take milliseconds, and an event loop must not wait for it.
///
/// A key of this process signs at once. For a device a thread is started with the first token that waits, and ends with
/// the last.
public final class SigningDesk: Sendable {
    private typealias Job = @Sendable () -> Void

    private struct State {
        var jobs: [Job] = []
        var isRunning = false
    }

    private let state = Mutex(State())

    /// A desk at which nobody waits.
    public init() {}

    /// Issues a token that is good from `now` (seconds since 1970).
    /// - Throws: what `issuer` throws; `AuthError.signaturesBusy` where too many wait already.
    public func issue(
        _ request: TokenIssuer.AcceptedRequest, by issuer: TokenIssuer, now: Int64
    ) async throws(AuthError) -> TokenIssuer.IssuedToken {
        guard issuer.signsInDevice else { return try issuer.issue(request, now: now) }
        let result: Result<TokenIssuer.IssuedToken, AuthError> = await suspend { resumption in
            let isTaken = push {
                resumption.resume(
                    returning: Result { () throws(AuthError) in try issuer.issue(request, now: now) })
            }
            if !isTaken { resumption.resume(returning: .failure(.signaturesBusy)) }
        }
        return try result.get()
    }

    /// Whether `job` will be run.
    private func push(_ job: @escaping Job) -> Bool {
        state.withLock { state in
            guard state.jobs.count < AuthLimits.deviceSignaturesMax else { return false }
            if !state.isRunning {
                guard SystemThread.start(named: "token-sign", { self.run() }) else { return false }
                state.isRunning = true
            }
            state.jobs.append(job)
            return true
        }
    }

    private func run() {
        while let job = next() { job() }
    }

    private func next() -> Job? {
        state.withLock { state in
            if state.jobs.isEmpty {
                state.isRunning = false
                return nil
            }
            return state.jobs.removeFirst()
        }
    }
}
