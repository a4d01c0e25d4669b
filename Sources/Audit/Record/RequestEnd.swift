/// The stages a request passes, in this order.
public enum AuditStage: String, CaseIterable, Sendable {
    case edge, identify, authenticate, authorise, admit, redact, answer, restore

    /// The name as it is written.
    public var name: StaticString {
        switch self {
        case .edge: "edge"
        case .identify: "identify"
        case .authenticate: "authenticate"
        case .authorise: "authorise"
        case .admit: "admit"
        case .redact: "redact"
        case .answer: "answer"
        case .restore: "restore"
        }
    }
}

/// What a stage, or a tool, came to.
public enum AuditOutcome: String, CaseIterable, Sendable {
    case pass, modify, deny, skip, error

    /// The name as it is written.
    public var name: StaticString {
        switch self {
        case .pass: "pass"
        case .modify: "modify"
        case .deny: "deny"
        case .skip: "skip"
        case .error: "error"
        }
    }

    /// Deny and error end the path.
    var isRefusal: Bool { self == .deny || self == .error }
}

/// One stage of a request's decision path.
public struct AuditStep: Sendable {
    /// The stage.
    public var stage: AuditStage
    /// What it came to.
    public var outcome: AuditOutcome
    /// Why; a refusal without one is recorded as `unspecified`.
    public var reason: ReasonCode?
    /// The rule of a policy that decided.
    public var rule: [UInt8]?
    /// Time spent, in microseconds.
    public var microseconds: UInt64

    /// A step from its parts.
    public init(
        _ stage: AuditStage, _ outcome: AuditOutcome, reason: ReasonCode? = nil, rule: [UInt8]? = nil,
        microseconds: UInt64
    ) {
        self.stage = stage
        self.outcome = outcome
        self.reason = reason
        self.rule = rule
        self.microseconds = microseconds
    }
}

/// Values of a `request.end` record: one for every request but health and metrics, allowed or not.
///
/// Texts are bytes as they came; encoding cuts them to 1,024 bytes, replaces what is not UTF-8 and escapes. What must
/// never be passed in: bodies, prompts, answers, tokens, credentials, keys, personal data, or unsalted hashes of these.
public struct RequestEnd: Sendable {
    /// The request.
    public var request: AuditRequest
    /// The TLS session; absent for a plain connection.
    public var tls: AuditTLS?
    /// Who asked, as far as it was established.
    public var principal: AuditPrincipal?
    /// The stages in the order executed; the first refusal ends it.
    public var path: [AuditStep]
    /// What was redacted.
    public var redaction: AuditRedaction?
    /// What the rate limiter said.
    public var rateLimit: AuditRateLimit?
    /// The customer in the conversation; nil where the request did not get so far.
    public var customer: AuditCustomer?
    /// What the assistant did.
    public var agent: AuditAgent?
    /// What is about to be sent.
    public var response: AuditResponse
    /// The policy in force.
    public var policy: AuditPolicy
    /// Number of this request's `request.begin`.
    public var beginSeq: UInt64?

    /// Values from their parts.
    public init(
        request: AuditRequest, tls: AuditTLS? = nil, principal: AuditPrincipal? = nil, path: [AuditStep],
        redaction: AuditRedaction? = nil, rateLimit: AuditRateLimit? = nil,
        customer: AuditCustomer? = nil, agent: AuditAgent? = nil, response: AuditResponse, policy: AuditPolicy,
        beginSeq: UInt64? = nil
    ) {
        self.request = request
        self.tls = tls
        self.principal = principal
        self.path = path
        self.redaction = redaction
        self.rateLimit = rateLimit
        self.customer = customer
        self.agent = agent
        self.response = response
        self.policy = policy
        self.beginSeq = beginSeq
    }

    /// The record. `decision` is what `path` says: its first refusal, else allow. About 2 µs, and as much again where sealed.
    /// - Parameter seal: what makes personal members unreadable without their subject's key; nil for none.
    public func encode(sealedBy seal: RecordSeal? = nil) -> EncodedRecord {
        let seal = seal?.bound(to: request.identifier)
        return EncodedRecord(.requestEnd, capacity: 1536) { buffer in
            request.encode(to: &buffer, sealedBy: seal)
            tls?.encode(to: &buffer)
            principal?.encode(to: &buffer, sealedBy: seal)
            AuditStep.encode(path, hasBadNumber: agent?.hasBadNumber ?? false, to: &buffer)
            AuditStep.encodeDecision(path, to: &buffer)
            redaction?.encode(to: &buffer)
            rateLimit?.encode(to: &buffer)
            customer?.encode(to: &buffer)
            agent?.encode(to: &buffer)
            response.encode(to: &buffer)
            policy.encode(to: &buffer)
            if let beginSeq { buffer.number("begin", beginSeq) }
        }
    }
}

/// Values of a `request.begin` record: before the first effect of a request, or before a streamed response.
public struct RequestBegin: Sendable {
    /// The request.
    public var request: AuditRequest
    /// The TLS session.
    public var tls: AuditTLS?
    /// Who asks.
    public var principal: AuditPrincipal?
    /// The stages so far.
    public var path: [AuditStep]
    /// Whether the response will be streamed.
    public var stream: Bool
    /// The policy in force.
    public var policy: AuditPolicy

    /// Values from their parts.
    public init(
        request: AuditRequest, tls: AuditTLS? = nil, principal: AuditPrincipal? = nil, path: [AuditStep],
        stream: Bool, policy: AuditPolicy
    ) {
        self.request = request
        self.tls = tls
        self.principal = principal
        self.path = path
        self.stream = stream
        self.policy = policy
    }

    /// The record.
    /// - Parameter seal: what makes personal members unreadable without their subject's key; nil for none.
    public func encode(sealedBy seal: RecordSeal? = nil) -> EncodedRecord {
        let seal = seal?.bound(to: request.identifier)
        return EncodedRecord(.requestBegin, capacity: 1024) { buffer in
            request.encode(to: &buffer, sealedBy: seal)
            tls?.encode(to: &buffer)
            principal?.encode(to: &buffer, sealedBy: seal)
            AuditStep.encode(path, hasBadNumber: false, to: &buffer)
            buffer.bool("stream", stream)
            policy.encode(to: &buffer)
        }
    }
}

extension AuditStep {
    static func encode(_ path: [AuditStep], hasBadNumber: Bool, to buffer: inout RecordBuffer) {
        buffer.array("path") { buffer in
            for step in path.prefix(RecordLimits.elementsMax) {
                step.encode(hasBadNumber: hasBadNumber, to: &buffer)
                if step.outcome.isRefusal { break }
            }
        }
    }

    static func encodeDecision(_ path: [AuditStep], to buffer: inout RecordBuffer) {
        buffer.object("decision") { buffer in
            guard let refusal = path.prefix(RecordLimits.elementsMax).first(where: { $0.outcome.isRefusal }) else {
                buffer.literal("result", "allow")
                buffer.literal("reason", "ok")
                return
            }
            buffer.literal("result", refusal.outcome.name)
            buffer.literal("stage", refusal.stage.name)
            buffer.code("reason", refusal.reason ?? "unspecified")
        }
    }

    /// A number of the agent's that no reader could keep exact is left out, and the `answer` step says so.
    private func encode(hasBadNumber: Bool, to buffer: inout RecordBuffer) {
        let isMarked = hasBadNumber && stage == .answer && !outcome.isRefusal
        buffer.object { buffer in
            buffer.literal("stage", stage.name)
            buffer.literal("outcome", isMarked ? AuditOutcome.modify.name : outcome.name)
            if isMarked {
                buffer.code("reason", "bad_number")
            } else if let reason = reason ?? (outcome.isRefusal ? "unspecified" : nil) {
                buffer.code("reason", reason)
            }
            buffer.text("rule", rule, path: "path.rule")
            buffer.number("us", microseconds)
        }
    }
}
