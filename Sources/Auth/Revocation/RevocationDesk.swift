internal import Synchronization
internal import Threading

/// What waits for the store's thread.
final class RevocationDesk: Sendable {
    typealias Work<Value> = @Sendable (RevocationDatabase) throws(AuthError) -> Value
    typealias Report<Fact> = @Sendable ([Fact], @escaping @Sendable () -> Void) -> Void
    /// Tells whoever waits what came of the work; of an error where what it did could not be read back.
    typealias Completion = @Sendable (AuthError?) -> Void

    /// Work for the thread.
    struct Job: Sendable {
        /// Does it. What it gives back is called once the list is as the database says.
        let run: @Sendable (RevocationDatabase) -> Completion
        /// Tells whoever waits that it was not done.
        let fail: @Sendable (AuthError) -> Void
    }

    /// Who puts on record what other processes wrote; nil where nobody does yet.
    struct Reports: Sendable {
        var revocations: Report<Revocation>?
        var issuances: Report<TokenIssuance>?
    }

    private struct State {
        var jobs: [Job] = []
        var reports = Reports()
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Jobs that may wait at once: each is a request of somebody who may revoke.
    static let jobsMax = 256

    /// Has the thread do `work`.
    /// - Throws: what `work` throws; `.storage` where too much waits.
    func perform<Value: Sendable>(_ work: @escaping Work<Value>) async throws(AuthError) -> Value {
        let result: Result<Value, AuthError> = await suspend { resumption in
            let isTaken = push(
                Job { database in
                    let result = Result { () throws(AuthError) in try work(database) }
                    return { error in resumption.resume(returning: error.map { .failure($0) } ?? result) }
                } fail: {
                    resumption.resume(returning: .failure($0))
                })
            if !isTaken { resumption.resume(returning: .failure(.revocationsBusy)) }
        }
        return try result.get()
    }

    /// Has the thread do `work` where there is room, and tells nobody.
    func order(_ work: @escaping Work<Void>) {
        _ = push(
            Job { database in
                do throws(AuthError) { try work(database) } catch {
                    // It is done again after the next start.
                }
                return { _ in }
            } fail: { _ in
            })
    }

    func reportRevocations(to report: @escaping Report<Revocation>) {
        state.withLock { $0.reports.revocations = report }
    }

    func reportIssuances(to report: @escaping Report<TokenIssuance>) {
        state.withLock { $0.reports.issuances = report }
    }

    /// The thread ends, after what waits.
    func close() { state.withLock { $0.isClosed = true } }

    /// Jobs that wait.
    var waiting: Int { state.withLock { $0.jobs.count } }

    /// What waits, for the thread.
    func take() -> (jobs: [Job], reports: Reports, isClosed: Bool) {
        state.withLock { state in
            defer { state.jobs = [] }
            return (state.jobs, state.reports, state.isClosed)
        }
    }

    private func push(_ job: Job) -> Bool {
        state.withLock { state in
            guard state.jobs.count < Self.jobsMax, !state.isClosed else { return false }
            state.jobs.append(job)
            return true
        }
    }
}
