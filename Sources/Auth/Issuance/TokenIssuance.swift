public import LinuxIO
public import OpenSSL

/// A token that the command issued, or one admin's approval of it: what the log has to say, never the token.
public struct TokenIssuance: Equatable, Sendable {
    /// What was done. The raw value is the database's.
    public enum Act: Int64, Sendable {
        /// A token was signed that is good by itself.
        case issue = 1
        /// An admin signed under a token that is still to be issued.
        case approve = 2
    }

    /// What was done.
    public let act: Act
    /// `jti`, `iss`, `aud` and `sub` of the token.
    public let tokenID: [UInt8], issuer: [UInt8], audience: [UInt8], subject: [UInt8]
    /// `roles`.
    public let roles: [RoleName]
    /// `exp`, seconds since 1970.
    public let expires: Int64
    /// The certificate that it is bound to; nil where any that may carry its roles will do.
    public let certificate: SHA256Digest?
    /// `kid` of each key that signed an approval, in their order, as the approvals say it; of an approval, its own alone.
    public let approverKeys: [[UInt8]]
    /// Why, as the approvals say it; nil where there are none.
    public let reason: [UInt8]?
    /// Who ran the command.
    public let user: ProcessUser
    /// When, seconds since 1970.
    public let moment: Int64

    /// A token that nobody had to approve.
    /// - Parameter issuer: `iss`.
    public init(
        of request: TokenIssuer.AcceptedRequest, issued: TokenIssuer.IssuedToken, issuer: String, user: ProcessUser,
        now: Int64
    ) {
        self.init(
            act: .issue, tokenID: issued.tokenID, issuer: Array(issuer.utf8), audience: Array(request.audience.utf8),
            subject: Array(request.subject.utf8), roles: request.roles, expires: issued.expires,
            certificate: request.certificate, approverKeys: [], reason: nil, user: user, moment: now)
    }

    /// What several approvals of one token led to, or the first of which there is.
    /// - Parameter approvals: at least one, all of one token.
    public init?(_ act: Act, _ approvals: [TokenApproval], user: ProcessUser, now: Int64) {
        guard let first = approvals.first else { return nil }
        let terms = first.terms
        self.init(
            act: act, tokenID: terms.tokenID, issuer: terms.issuer, audience: terms.audience, subject: terms.subject,
            roles: terms.roles, expires: terms.lifetime.expires, certificate: terms.confirmation,
            approverKeys: approvals.map { Array($0.keyID.utf8) }, reason: Array(first.reason.utf8), user: user,
            moment: now)
    }

    init(
        act: Act, tokenID: [UInt8], issuer: [UInt8], audience: [UInt8], subject: [UInt8], roles: [RoleName],
        expires: Int64, certificate: SHA256Digest?, approverKeys: [[UInt8]], reason: [UInt8]?, user: ProcessUser,
        moment: Int64
    ) {
        self.act = act
        self.tokenID = tokenID
        self.issuer = issuer
        self.audience = audience
        self.subject = subject
        self.roles = roles
        self.expires = expires
        self.certificate = certificate
        self.approverKeys = approverKeys
        self.reason = reason
        self.user = user
        self.moment = moment
    }
}
