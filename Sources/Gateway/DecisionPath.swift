internal import Audit
internal import Edge
internal import Threading

/// A request's steps and what they established, on the way to its record.
///
/// `enter` closes the step before it and opens the next, so that no stage goes unrecorded; a path that is dropped
/// without being sealed is a request without a record, and traps.
struct DecisionPath: ~Copyable {
    /// What the stages established, for the record.
    struct Facts {
        var route = Route.unknown
        var bodyBytes = 0
        var token: AuditPrincipal.Token?
        var rateLimit: AuditRateLimit?
        /// What is left of the caller's rate, once it was admitted.
        var admitted: RateVerdict?
        var redaction: AuditRedaction?
        var customer: AuditCustomer?
        var agent: AuditAgent?
        var beginSeq: UInt64?
    }

    /// A finished path.
    struct Sealed {
        let steps: [AuditStep]
        let facts: Facts
        /// When it was finished: what follows is the record.
        let sealed: MonotonicInstant
    }

    private struct OpenStep {
        let stage: AuditStage
        let start: MonotonicInstant
        var outcome = AuditOutcome.pass
        var reason: ReasonCode?
        var rule: [UInt8]?
    }

    var facts = Facts()
    private var steps: [AuditStep] = []
    private var open: OpenStep?
    private var isSealed = false

    /// A path whose first step, `edge`, began at `start`.
    init(start: MonotonicInstant) {
        steps.reserveCapacity(AuditStage.allCases.count)
        open = OpenStep(stage: .edge, start: start)
    }

    deinit { precondition(isSealed, "every request ends in a record") }

    /// Closes the open step and opens the next.
    mutating func enter(_ stage: AuditStage) {
        let now = MonotonicInstant.now
        close(at: now)
        open = OpenStep(stage: stage, start: now)
    }

    /// The open step changed what passed through it.
    mutating func modify(_ reason: ReasonCode? = nil) {
        open?.outcome = .modify
        open?.reason = reason
    }

    /// The open step had nothing to do.
    mutating func skip(_ reason: ReasonCode? = nil) {
        open?.outcome = .skip
        open?.reason = reason
    }

    /// Names the policy's rule that the open step went by.
    mutating func decide(by rule: [UInt8]) { open?.rule = rule }

    /// The open step ends the path.
    mutating func refuse(_ refusal: Refusal) {
        open?.outcome = refusal.kind == .denial ? .deny : .error
        open?.reason = refusal.reason
        if let rule = refusal.rule { open?.rule = rule }
    }

    /// The steps so far, the open one not among them.
    var closedSteps: [AuditStep] { steps }

    /// Ends the path.
    consuming func seal() -> Sealed {
        let now = MonotonicInstant.now
        close(at: now)
        isSealed = true
        return Sealed(steps: steps, facts: facts, sealed: now)
    }

    private mutating func close(at now: MonotonicInstant) {
        guard let step = open else { return }
        open = nil
        steps.append(
            AuditStep(
                step.stage, step.outcome, reason: step.reason, rule: step.rule,
                microseconds: now.microseconds(since: step.start)))
    }
}
