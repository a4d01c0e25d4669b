internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import OpenSSL
internal import Threading

extension Pipeline {
    /// `POST /dev/token`: a token for whoever is on this machine, as `POST /v1/tokens` issues it, but without a token and
    /// without a question of the policy. With `--dev` alone, which listens on loopback alone.
    @inline(never)
    func issueDevelopmentToken(
        _ request: Request, _ body: RequestBody, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let issuer = try tokenIssuer()
        try demand(request, "application/json")
        let bytes = try await collect(body, services.bounds.body, request, &path)
        guard case .tokenRequest(let content) = try Content.decoding(bytes, for: .tokens) else {
            preconditionFailure("this is how the content of /v1/tokens is decoded")
        }
        let order = try accept(content, try knownRoles(content.roles), issuer)
        let now = WallClock.seconds
        let issued: TokenIssuer.IssuedToken
        do throws(AuthError) {
            issued = try await services.signingDesk.issue(order, by: issuer, now: now)
        } catch { throw Refusal(error) }
        let detail = try await detail(of: order, issued)
        do throws(AuditError) {
            _ = try await services.log.append(
                .adminAction(
                    operator: AuditPrincipal(certificate: exchange.connection.auditCertificate),
                    action: "token.issue_dev", target: issued.tokenID, request: exchange.id, detail: detail))
        } catch {
            throw Refusal(error)
        }
        return tokenReply(issued, lifetimeSeconds: issued.expires - now, exchange)
    }
}
