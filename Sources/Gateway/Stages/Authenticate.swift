internal import Audit
internal import Auth
internal import Edge
internal import Threading

extension Pipeline {
    /// Stage `authenticate`: the bearer token, checked for the certificate that it came with, and not taken back.
    ///
    /// A client that keeps failing gets `429`, so that guessing is slow and costs us no signature checks.
    /// A token by a key that is not known yet waits for its issuer's keys, where the issuer has such that are fetched.
    /// - Throws: `Refusal`, the same `401` for every reason; `503` where nobody can tell any more what was taken back.
    func authenticate(
        _ request: Request, _ caller: Caller, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> VerifiedToken {
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
            let token = try await verify(credential, caller)
            // Who was let in, or would have been: a record of a token that was taken back shows whose it is.
            path.facts.token = AuditPrincipal.Token(token)
            try services.revocations.list.check(token, now: WallClock.seconds)
            return token
        } catch {
            // Our failure is no guess of the client's.
            guard error != .revocationsStale else { throw .revocationsUnknown() }
            _ = services.rateLimiter.admit(key, rule: rule, now: exchange.start)
            services.metrics.countRateDecision(.failedAuthentication, isAllowed: true)
            throw Refusal(error)
        }
    }

    private func verify(_ credential: [UInt8], _ caller: Caller) async throws(TokenRefusal) -> VerifiedToken {
        let certificate = caller.certificate?.sha256
        do throws(TokenRefusal) {
            return try services.tokens.verify(credential, certificate: certificate, now: WallClock.seconds)
        } catch {
            guard error == .keyUnknown || error == .keysUnavailable, let issuers = services.issuers,
                let issuer = services.tokens.claimedIssuer(of: credential), await issuers.refresh(issuer)
            else { throw error }
            return try services.tokens.verify(credential, certificate: certificate, now: WallClock.seconds)
        }
    }
}

extension AuditPrincipal.Token {
    /// What the record shows of a token: claims, never the token.
    init(_ token: VerifiedToken) {
        self.init(
            issuer: token.issuer, subject: token.subject, identifier: token.tokenID, keyIdentifier: token.keyID,
            roles: token.roles.map(\.bytes), expires: token.expires,
            approval: Approval(issued: token.issuedAt, approvers: token.approvers))
    }
}
