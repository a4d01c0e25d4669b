internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import Threading

extension Pipeline {
    /// `POST /v1/tokens`: issues a role token.
    func issueToken(
        _ content: TokenRequestContent, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        guard let issuer = services.issuer else {
            throw Refusal(problem: .unavailable, reason: "token_issuer_missing", kind: .failure)
        }
        var roles: [RoleName] = []
        for name in content.roles {
            guard let role = RoleName(name), services.policy.roles.names.contains(role) else {
                var refusal = Refusal(problem: .invalidBody, reason: "role_unknown")
                let known = services.policy.roles.names.map(\.description).joined(separator: ", ")
                refusal.detail = "roles: wanted some of \(known)"
                throw refusal
            }
            roles.append(role)
        }
        try await begin(permit, exchange, &path)
        let now = WallClock.seconds
        let issued: TokenIssuer.IssuedToken
        do throws(AuthError) {
            issued = try issuer.issue(
                TokenIssuer.Request(
                    subject: content.subject, roles: roles, audience: content.audience,
                    lifetime: content.ttlSeconds.map { .seconds($0) }), now: now)
        } catch {
            throw Refusal(error)
        }
        try await recordIssue(issued, token, exchange)
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("token", issued.text)
            json.member("token_type", literal: "Bearer")
            json.member("expires_in", issued.expires - now)
            json.member("jti", issued.tokenID)
            json.member("request_id", exchange.id)
        }
        return Reply(status: .created, fields: [Self.jsonType], body: json.bytes)
    }

    /// Who issued which token, as a record of its own: by its identifier, never the token.
    private func recordIssue(
        _ issued: TokenIssuer.IssuedToken, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) {
        do throws(AuditError) {
            _ = try await services.log.append(
                .adminAction(
                    operator: AuditPrincipal(
                        certificate: exchange.connection.auditCertificate, token: AuditPrincipal.Token(token)),
                    action: "token.issue", target: issued.tokenID, request: exchange.id))
        } catch {
            throw Refusal(error)
        }
    }
}
