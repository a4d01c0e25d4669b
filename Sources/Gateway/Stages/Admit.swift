internal import Audit
internal import Auth
internal import Edge
internal import Threading

/// Proof that the caller is within its rate for this kind of request.
struct Admission: Sendable {
    let permit: Permit
    let verdict: Verdict

    fileprivate init(_ permit: Permit, _ verdict: Verdict) {
        self.permit = permit
        self.verdict = verdict
    }
}

extension Pipeline {
    /// Stage `admit`: the principal's rate for this class of routes.
    /// - Throws: `Refusal`: `429` with `Retry-After`.
    func admit(
        _ permit: Permit, _ token: VerifiedToken, _ route: Route, _ path: inout DecisionPath
    ) throws(Refusal) -> Admission {
        let limit = route.rateLimitClass
        let rule = services.rateRules.rule(for: limit)
        let verdict = services.rateLimiter.admit(
            .principal(limit, issuer: token.issuer, subject: token.subject), rule, now: .now)
        services.metrics.countRateDecision(limit, isAllowed: verdict.isAllowed)
        path.facts.rateLimit = AuditRateLimit(limit, verdict, rule)
        guard verdict.isAllowed else { throw Refusal(verdict, reason: "rate_limited") }
        return Admission(permit, verdict)
    }
}

extension Route {
    /// The limit that counts requests of this route.
    var rateLimitClass: RateLimitClass {
        switch self {
        case .ask: .ask
        case .ticketsCreate: .tickets
        case .ticketsRead, .faq, .openapi, .unknown: .read
        case .knowledge: .knowledge
        case .tokens, .auditHead: .admin
        }
    }
}
