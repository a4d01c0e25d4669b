internal import Audit
internal import Auth
internal import Edge
internal import Threading

extension Pipeline {
    /// Stage `authenticate`: the bearer token, checked for the certificate that it came with, and not taken back.
    ///
    /// A client that keeps failing gets `429`, so that guessing is slow and costs us no signature checks.
    /// - Throws: `Refusal`, the same `401` for every reason; `503` where nobody can tell any more what was taken back.
    func authenticate(
        _ request: Request, _ caller: Caller, _ exchange: Exchange, _ path: inout DecisionPath
    ) throws(Refusal) -> VerifiedToken {
        let key = exchange.connection.failureKey
        let rule = services.rateRules.failedAuthentication
        let foreseen = services.rateLimiter.foresee(key, rule: rule, now: exchange.start)
        guard foreseen.isAllowed else {
            services.metrics.countRateDecision(.failedAuthentication, isAllowed: false)
            path.facts.rateLimit = AuditRateLimit(.failedAuthentication, foreseen, rule)
            throw Refusal(foreseen, reason: "rate_limited_failures")
        }
        do throws(TokenRefusal) {
            let fields = request.fields.values(of: .authorization).map { Array($0) }
            let credential = try BearerCredential.token(in: fields)
            let now = WallClock.seconds
            let token = try services.tokens.verify(credential, certificate: caller.certificate?.sha256, now: now)
            // Who was let in, or would have been: a record of a token that was taken back shows whose it is.
            path.facts.token = AuditPrincipal.Token(token)
            try services.revocations.list.check(token, now: now)
            return token
        } catch {
            // Our failure is no guess of the client's.
            guard error != .revocationsStale else { throw .revocationsUnknown() }
            _ = services.rateLimiter.admit(key, rule: rule, now: exchange.start)
            services.metrics.countRateDecision(.failedAuthentication, isAllowed: true)
            throw Refusal(error)
        }
    }
}

extension AuditPrincipal.Token {
    /// What the record shows of a token: claims, never the token.
    init(_ token: VerifiedToken) {
        self.init(
            issuer: token.issuer, subject: token.subject, identifier: token.tokenID, keyIdentifier: token.keyID,
            roles: token.roles.map(\.bytes), expires: token.expires)
    }
}
