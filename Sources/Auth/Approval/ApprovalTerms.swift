internal import JSON
internal import OpenSSL

/// All that a token of ours says. An approval is given for the whole of it, and so for no other token.
struct ApprovalTerms: Equatable, Sendable {
    let issuer: [UInt8], audience: [UInt8], subject: [UInt8], tokenID: [UInt8]
    let roles: [RoleName]
    let lifetime: TokenLifetime
    let confirmation: SHA256Digest?
    let scope: [UInt8]?, sessionID: [UInt8]?
}

extension ApprovalTerms {
    /// The terms in a token's claims or in an approval's.
    /// - Throws: `TokenRefusal`: `.approvalMismatch` where there is more than an approval can be given for.
    init(_ claims: Claims) throws(TokenRefusal) {
        guard let tokenID = try claims.tokenID(), let audience = claims["aud"]?.bytes else { throw .approvalMismatch }
        self.init(
            issuer: try claims.issuer(), audience: audience, subject: try claims.subject(), tokenID: tokenID,
            roles: try claims.roles(.roles), lifetime: try claims.lifetime(), confirmation: try claims.confirmation(),
            scope: try Self.text(claims["scope"]), sessionID: try Self.text(claims["sid"]))
    }

    /// Writes the members of the claims set (RFC 7519 §4).
    func write(to json: inout JSONWriter) {
        json.member("iss", issuer)
        json.member("aud", audience)
        json.member("sub", subject)
        json.member("jti", tokenID)
        json.name("roles")
        json.array { json in for role in roles { json.string(role.bytes) } }
        json.member("iat", lifetime.issuedAt)
        if let notBefore = lifetime.notBefore { json.member("nbf", notBefore) }
        json.member("exp", lifetime.expires)
        if let scope { json.member("scope", scope) }
        if let sessionID { json.member("sid", sessionID) }
        guard let confirmation else { return }
        json.name("cnf")
        json.object { $0.member("x5t#S256", Base64URL.encode(confirmation.bytes)) }
    }

    private static func text(_ member: JSONNode?) throws(TokenRefusal) -> [UInt8]? {
        guard let member else { return nil }
        guard let text = member.bytes else { throw .approvalMismatch }
        return text
    }
}
