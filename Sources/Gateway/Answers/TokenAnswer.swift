internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import OpenSSL
internal import Redaction
internal import Threading

extension Pipeline {
    /// `POST /v1/tokens`: issues a role token.
    @inline(never)
    func issueToken(
        _ content: TokenRequestContent, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let issuer = try tokenIssuer()
        let roles = try knownRoles(content.roles)
        let lifetimeMax = try mayIssue(roles, content.ttlSeconds, token, exchange)
        let request = try accept(content, roles, lifetimeMax: lifetimeMax, issuer)
        try await begin(permit, exchange, &path)
        let now = WallClock.seconds
        let issued: TokenIssuer.IssuedToken
        do throws(AuthError) {
            issued = try await services.signingDesk.issue(request, by: issuer, now: now)
        } catch { throw Refusal(error) }
        let detail = try await detail(of: request, issued)
        try await recordAction("token.issue", on: issued.tokenID, detail, token, exchange)
        return tokenReply(issued, lifetimeSeconds: issued.expires - now, exchange)
    }

    func tokenIssuer() throws(Refusal) -> TokenIssuer {
        guard let issuer = services.tokenKeys?.issuer else {
            throw Refusal(problem: .unavailable, reason: "token_issuer_missing", kind: .failure)
        }
        return issuer
    }

    func accept(
        _ content: TokenRequestContent, _ roles: [RoleName], lifetimeMax: Duration? = nil, _ issuer: TokenIssuer
    ) throws(Refusal) -> TokenIssuer.AcceptedRequest {
        do throws(AuthError) {
            let certificate = try content.certificatePEM.map(CertificateFingerprint.ofPEM)
            return try issuer.accept(
                TokenIssuer.Request(
                    subject: content.subject, roles: roles, audience: content.audience,
                    lifetime: content.ttlSeconds.map { .seconds($0) }, lifetimeMax: lifetimeMax,
                    certificate: certificate, scope: content.scope, sessionID: content.sessionID))
        } catch {
            throw Refusal(error)
        }
    }

    /// What the record says of a token that was issued.
    func detail(
        of request: TokenIssuer.AcceptedRequest, _ issued: TokenIssuer.IssuedToken
    ) async throws(Refusal) -> AdminDetail {
        let subject = Array(request.subject.utf8)
        let seal: RecordSeal?
        do throws(AuditError) { seal = try await services.sealing?.seal(for: .token(subject)) } catch {
            throw Refusal(error)
        }
        return .token(
            subject: services.redactor.redactForLog(subject), roles: request.roles.map(\.bytes),
            audience: Array(request.audience.utf8), expires: issued.expires, certificate: request.certificate?.hex,
            seal: seal)
    }

    func tokenReply(_ issued: TokenIssuer.IssuedToken, lifetimeSeconds: Int64, _ exchange: Exchange) -> Reply {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("token", issued.text)
            json.member("token_type", literal: "Bearer")
            json.member("expires_in", lifetimeSeconds)
            json.member("jti", issued.tokenID)
            json.member("request_id", exchange.id)
        }
        return Reply(status: .created, fields: [Self.jsonType], body: json.bytes)
    }

    func knownRoles(_ names: [String]) throws(Refusal) -> [RoleName] {
        var roles: [RoleName] = []
        for name in names {
            guard let role = RoleName(name), services.policy.roles.names.contains(role) else {
                var refusal = Refusal(problem: .invalidBody, reason: "role_unknown")
                let known = services.policy.roles.names.map(\.description).joined(separator: ", ")
                refusal.detail = "roles: wanted some of \(known)"
                throw refusal
            }
            roles.append(role)
        }
        return roles
    }

    /// Whether the caller's own roles let it issue a token with `roles`, for so long.
    /// - Returns: the longest life that they allow; nil where the issuer's own bound is all.
    /// - Throws: `Refusal`: `403`.
    private func mayIssue(
        _ roles: [RoleName], _ seconds: Int?, _ token: VerifiedToken, _ exchange: Exchange
    ) throws(Refusal) -> Duration? {
        let scopes: [PolicyDocument.Issues]
        do throws(PolicyRefusal) {
            let certificate = try? exchange.connection.identity?.get()
            scopes = try services.policy.issuing(
                token: token, certificate: certificate, in: exchange.connection.circumstances)
        } catch {
            throw Refusal(error)
        }
        let covering = scopes.filter { $0.covers(roles) }
        guard !covering.isEmpty else {
            var refusal = Refusal(problem: .forbidden, reason: "token_role_not_issuable")
            refusal.detail = "roles: the caller's role does not let it issue a token with these"
            throw refusal
        }
        let bounds = covering.compactMap(\.lifetimeSecondsMax)
        guard bounds.count == covering.count, let longest = bounds.max() else { return nil }
        if let seconds, seconds > longest {
            var refusal = Refusal(problem: .forbidden, reason: "token_ttl_not_issuable")
            refusal.detail = "ttl_s: found \(seconds), wanted at most \(longest) from a caller in this role"
            throw refusal
        }
        return .seconds(longest)
    }

    /// A use of power, as a record of its own.
    @inline(never)
    func recordAction(
        _ action: ReasonCode, on target: [UInt8], _ detail: AdminDetail, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) {
        try await append(by: token, exchange) { principal, seal in
            .adminAction(
                operator: principal, action: action, target: target, request: exchange.id, detail: detail,
                sealedBy: seal)
        }
    }

    /// A record of its own about what the caller did, durable when this returns.
    @inline(never)
    func append(
        by token: VerifiedToken, _ exchange: Exchange, _ make: (AuditPrincipal, RecordSeal?) -> EncodedRecord
    ) async throws(Refusal) {
        let principal = AuditPrincipal(
            certificate: exchange.connection.auditCertificate, token: AuditPrincipal.Token(token))
        do throws(AuditError) {
            let seal = try await seal(principal, exchange)
            _ = try await services.log.append(make(principal, seal))
        } catch {
            throw Refusal(error)
        }
    }
}
