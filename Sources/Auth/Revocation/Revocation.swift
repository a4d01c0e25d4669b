internal import OpenSSL

/// Tokens that are taken back before they expire.
public struct Revocation: Equatable, Sendable {
    /// Which tokens of an issuer.
    public enum Target: Equatable, Sendable {
        /// The one with this `jti`.
        case token([UInt8])
        /// All of this `sub`.
        case subject([UInt8])
        /// All that carry this role, alone or with others.
        case role(RoleName)
        /// All.
        case issuer
    }

    /// Which tokens.
    public let target: Target
    /// Whose tokens: `iss`.
    public let issuer: [UInt8]
    /// Tokens with an `iat` before this second since 1970 are revoked; nil for `.token`, which is revoked whatever it says.
    public let issuedBefore: Int64?

    /// A revocation.
    /// - Parameters:
    ///   - issuedBefore: seconds since 1970, at most `AuthLimits.revocationAheadSecondsMax` after `now`; nil for all that
    ///     were issued up to and in the second `now`. A token has none, and `.issuer` needs one: nobody takes everything
    ///     back by leaving something out.
    ///   - now: seconds since 1970.
    /// - Throws: `AuthError.request`.
    public init(
        _ target: Target, issuer: [UInt8], issuedBefore: Int64? = nil, now: Int64
    ) throws(AuthError) {
        try Self.check("issuer", issuer)
        switch target {
        case .token(let id):
            try Self.check("jti", id)
            guard issuedBefore == nil else {
                throw .request(
                    member: "issued_before", found: "one beside jti", wanted: "none: that token is revoked for good")
            }
            self.issuedBefore = nil
        case .subject(let subject):
            try Self.check("subject", subject)
            self.issuedBefore = try Self.second(issuedBefore ?? now + 1, now)
        case .role: self.issuedBefore = try Self.second(issuedBefore ?? now + 1, now)
        case .issuer:
            guard let issuedBefore else {
                throw .request(
                    member: "issued_before", found: "nothing", wanted: "one of jti, subject, role and issued_before")
            }
            self.issuedBefore = try Self.second(issuedBefore, now)
        }
        self.target = target
        self.issuer = issuer
    }

    /// One that the database holds and that was judged when it came.
    init(stored target: Target, issuer: [UInt8], issuedBefore: Int64?) {
        self.target = target
        self.issuer = issuer
        self.issuedBefore = issuedBefore
    }

    private static func check(_ member: String, _ name: [UInt8]) throws(AuthError) {
        guard (1...AuthLimits.claimBytesMax).contains(name.count), !name.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            throw .request(
                member: member, found: "\(name.count) bytes or a control character",
                wanted: "1 to \(AuthLimits.claimBytesMax) bytes without control characters")
        }
    }

    private static func second(_ second: Int64, _ now: Int64) throws(AuthError) -> Int64 {
        guard second >= 1, second <= now + AuthLimits.revocationAheadSecondsMax else {
            throw .request(
                member: "issued_before", found: "\(second)",
                wanted: "seconds since 1970, at most \(AuthLimits.revocationAheadSecondsMax) ahead")
        }
        return second
    }

    /// The kind of target.
    var kind: RevocationKey.Kind {
        switch target {
        case .token: .token
        case .subject: .subject
        case .role: .role
        case .issuer: .issuer
        }
    }

    /// The target's name; empty for an issuer.
    var name: [UInt8] {
        switch target {
        case .token(let id): id
        case .subject(let subject): subject
        case .role(let role): role.bytes
        case .issuer: []
        }
    }

    var key: RevocationKey { RevocationKey(kind, issuer: issuer, name: name) }

    /// The target in a record: `jti:…`, `role:…`, `issuer`, and for a subject, who may be a person, `subject:` and the
    /// SHA-256 of issuer, a zero byte and subject in hexadecimal.
    public var recordTarget: [UInt8] {
        switch target {
        case .token(let id): Array("jti:".utf8) + id
        case .subject(let subject): Array("subject:".utf8) + SHA256Digest(of: issuer + [0] + subject).hex
        case .role(let role): Array("role:".utf8) + role.bytes
        case .issuer: Array("issuer".utf8)
        }
    }
}
