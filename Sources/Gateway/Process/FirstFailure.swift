internal import Audit
internal import Synchronization

/// What ended service first, from whichever thread saw it to the main one, which drains.
final class FirstFailure: Sendable {
    /// A failure that no request can be served after.
    struct Cause: Sendable {
        /// What the operator reads.
        let message: String
        /// Why, in `gateway.stop`, where the log can still take it.
        let reason: ReasonCode
        /// The process's exit status.
        let status: Int32
    }

    private let first = Mutex<Cause?>(nil)

    var cause: Cause? { first.withLock { $0 } }
    var isNoted: Bool { cause != nil }

    /// Keeps the first: what fails after it is likely to have failed because of it.
    func note(_ cause: Cause) { first.withLock { if $0 == nil { $0 = cause } } }

    /// A state of the log, which after a failure takes no record any more.
    func note(_ state: AuditLog.State) {
        guard case .failed(let error) = state else { return }
        note(Cause(message: "\(error)", reason: "log_failed", status: error.exitStatus))
    }
}
