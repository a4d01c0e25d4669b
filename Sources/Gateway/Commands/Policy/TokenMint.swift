internal import Auth
internal import OpenSSL
internal import Threading

/// Verified tokens for decisions that no caller asks for. Only the verifier makes one, so each is issued and verified with
/// a key of this moment, which nobody trusts.
struct TokenMint {
    private static let name = "what-if"

    private let issuer: TokenIssuer
    private let verifier: TokenVerifier
    /// Keys that stand for approvers, whoever they are.
    private let approvers: [SigningKey]

    init(_ roles: RoleTable) throws(AuthError) {
        let key = try SigningKey.generate()
        issuer = try TokenIssuer(
            key: key,
            configuration: .init(
                issuer: Self.name, audiences: [Self.name], lifetimeMax: .seconds(AuthLimits.lifeSecondsMax)))
        let trusted = TrustedIssuer(name: Self.name, audiences: [Self.name], keys: [try key.verificationKey()])
        approvers = try (0..<AuthLimits.approvalsMax).map { _ throws(AuthError) in try SigningKey.generate() }
        let known = try approvers.enumerated().map { index, key throws(AuthError) in
            Approver(name: "\(Self.name)-\(index)", key: try key.verificationKey())
        }
        verifier = try TokenVerifier(
            issuers: [trusted], roles: roles, configuration: .init(cachedTokensMax: 0, approvers: known))
    }

    /// A token of `subject` with `roles` and, where it had any, as many approvals and as long a life. Of a bound one a policy sees that it is bound, and not to what.
    /// - Throws: `AuthError.request` where no token can say so.
    func token(subject: String, roles: [RoleName], isBound: Bool, approvals: RecordedRequest.Approvals? = nil)
        throws(AuthError) -> VerifiedToken
    {
        let certificate = isBound ? SHA256Digest(of: Array(Self.name.utf8)) : nil
        let now = WallClock.seconds
        let issued = try issue(
            .init(
                subject: subject, roles: roles, lifetime: approvals.map { .seconds($0.lifeSeconds) },
                certificate: certificate),
            approvals: min(approvals?.count ?? 0, approvers.count), now: now)
        do throws(TokenRefusal) {
            return try verifier.verify(issued.text, certificate: certificate, now: now)
        } catch {
            throw .library("a token that was just issued is refused: \(error.reason)")
        }
    }

    private func issue(
        _ request: TokenIssuer.Request, approvals: Int, now: Int64
    ) throws(AuthError) -> TokenIssuer.IssuedToken {
        guard approvals > 1 else { return try issuer.issue(request, now: now) }
        let draft = try issuer.draft(request, now: now)
        let signed = try approvers.prefix(approvals).map { key throws(AuthError) in
            try TokenApproval.sign(draft, reason: Self.name, by: key)
        }
        return try issuer.issue(approvals: signed, now: now)
    }
}
