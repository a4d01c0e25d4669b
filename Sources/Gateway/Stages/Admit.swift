internal import Audit
internal import Auth
internal import Edge
internal import Threading

/// Proof that the caller is within its rate for this kind of request.
struct Admission: Sendable {
    let permit: Permit
    let verdict: RateVerdict

    fileprivate init(_ permit: Permit, _ verdict: RateVerdict) {
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
        let rateClass = route.rateClass
        let rule = services.rateRules[rateClass]
        let name = RateLimitName.principal(rateClass)
        let principal = token.issuer + [0] + token.subject
        let key = services.rateLimiter.key(principal: principal[...], class: name.index)
        let verdict = services.rateLimiter.admit(key, rule: rule, now: .now)
        services.metrics.countRateDecision(name, isAllowed: verdict.isAllowed)
        path.facts.rateLimit = AuditRateLimit(name, verdict, rule)
        guard verdict.isAllowed else { throw Refusal(verdict, reason: "rate_limited") }
        path.facts.admitted = verdict
        return Admission(permit, verdict)
    }
}

extension Route {
    /// The limit that counts requests of this route.
    var rateClass: RateClass {
        switch self {
        case .ask, .messagesCreate, .chatCompletions, .redact: .ask
        case .ticketsCreate, .ticketsUpdate, .notesCreate, .sessionsCreate, .sessionsDelete, .summariesCreate,
            .escalationsCreate, .verificationCreate, .documentsCreate, .documentsArchive, .documentsErase:
            .tickets
        case .ticketsRead, .ticketsList, .sessionsRead, .messagesRead, .verificationRead, .modelsList, .faq,
            .faqSuggestions, .documentsList, .documentsRead, .openapi, .jwks, .devToken, .unknown:
            .read
        case .knowledge: .knowledge
        case .tokens, .revocationsCreate, .revocationsRead, .auditHead, .auditCheckpoint, .auditProof, .auditErasures,
            .sessionsList, .transcriptsRead, .usage:
            .admin
        }
    }
}
