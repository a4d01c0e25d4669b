internal import Auth
internal import OpenSSL
internal import Threading

/// Verified tokens for decisions that no caller asks for. Only the verifier makes one, so each is issued and verified with
/// a key of this moment, which nobody trusts.
struct TokenMint {
    private static let name = "what-if"

    private let issuer: TokenIssuer
    private let verifier: TokenVerifier

    init(_ roles: RoleTable) throws(AuthError) {
        let key = try SigningKey.generate()
        issuer = try TokenIssuer(key: key, configuration: .init(issuer: Self.name, audiences: [Self.name]))
        let trusted = TrustedIssuer(name: Self.name, audiences: [Self.name], keys: [try key.verificationKey()])
        verifier = try TokenVerifier(issuers: [trusted], roles: roles, configuration: .init(cachedTokensMax: 0))
    }

    /// A token of `subject` with `roles`. Of a bound one a policy sees that it is bound, and not to what.
    /// - Throws: `AuthError.request` where no token can say so.
    func token(subject: String, roles: [RoleName], isBound: Bool) throws(AuthError) -> VerifiedToken {
        let certificate = isBound ? SHA256Digest(of: Array(Self.name.utf8)) : nil
        let now = WallClock.seconds
        let issued = try issuer.issue(.init(subject: subject, roles: roles, certificate: certificate), now: now)
        do throws(TokenRefusal) {
            return try verifier.verify(issued.text, certificate: certificate, now: now)
        } catch {
            throw .library("a token that was just issued is refused: \(error.reason)")
        }
    }
}
