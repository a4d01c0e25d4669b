internal import OpenSSL

/// A token whose signature, issuer, audience and lifetime were checked. Only `TokenVerifier` makes one; whether it was
/// taken back since is for `RevocationList` to say, each time.
///
/// Copying it copies one reference.
public struct VerifiedToken: Sendable {
    private let content: Content

    /// What the token says. Immutable, so that a cache and any number of loops can share it.
    final class Content: Sendable {
        let issuer: [UInt8]
        let subject: [UInt8]
        let tokenID: [UInt8]?
        let keyID: [UInt8]?
        let roles: [RoleName]
        let lifetime: TokenLifetime
        let confirmation: SHA256Digest?
        let approvers: [[UInt8]]
        let marks: RevocationMarks
        /// The roles as bits of the table with this identity.
        let roleSet: RoleSet
        let roleTable: SHA256Digest

        init(
            issuer: [UInt8], subject: [UInt8], tokenID: [UInt8]?, keyID: [UInt8]?, roles: [RoleName],
            lifetime: TokenLifetime, confirmation: SHA256Digest? = nil, approvers: [[UInt8]] = [], table: RoleTable
        ) {
            self.issuer = issuer
            self.subject = subject
            self.tokenID = tokenID
            self.keyID = keyID
            self.roles = roles
            self.lifetime = lifetime
            self.confirmation = confirmation
            self.approvers = approvers
            marks = RevocationMarks(issuer: issuer, subject: subject, tokenID: tokenID, roles: roles)
            roleSet = table.set(of: roles)
            roleTable = table.identity
        }
    }

    init(_ content: Content) { self.content = content }

    /// `iss`.
    public var issuer: [UInt8] { content.issuer }
    /// `sub`.
    public var subject: [UInt8] { content.subject }
    /// `jti`, if the token has one.
    public var tokenID: [UInt8]? { content.tokenID }
    /// `kid`, if the header has one.
    public var keyID: [UInt8]? { content.keyID }
    /// The roles in the token's order, known to the policy or not.
    public var roles: [RoleName] { content.roles }
    /// `exp`: the first second since 1970 at which the token is no longer good, clock skew aside.
    public var expires: Int64 { content.lifetime.expires }

    /// Whether the token is of no use but with one certificate (RFC 8705), which is the one that it came with.
    public var isBound: Bool { content.confirmation != nil }

    /// The names of those who approved it, each once; empty for a token that nobody was asked about.
    public var approvers: [[UInt8]] { content.approvers }

    /// `iat`, in seconds since 1970.
    public var issuedAt: Int64 { content.lifetime.issuedAt }

    /// Seconds from `iat` to `exp`.
    var lifeSeconds: Int64 { lifetime.expires - lifetime.issuedAt }
    var marks: RevocationMarks { content.marks }
    var lifetime: TokenLifetime { content.lifetime }

    /// The roles as bits of `table`. A token verified under another policy is mapped again by name.
    func roleSet(in table: RoleTable) -> RoleSet {
        content.roleTable == table.identity ? content.roleSet : table.set(of: content.roles)
    }
}
