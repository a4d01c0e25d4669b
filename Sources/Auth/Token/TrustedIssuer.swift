/// Someone whose tokens are accepted: a name, who its tokens must be meant for, and the keys it signs with.
public struct TrustedIssuer: Sendable {
    /// The exact value of `iss`.
    public var name: String
    /// One of these must be in `aud`.
    public var audiences: [String]
    /// The keys, told apart by `kid`.
    public var keys: [VerificationKey]
    /// Where its tokens name roles.
    public var rolesClaim: RolesClaim
    /// Whether the keys change while tokens are verified: there may be none yet, or for now.
    public var hasChangingKeys: Bool

    /// An issuer; `TokenVerifier` checks it.
    public init(
        name: String, audiences: [String], keys: [VerificationKey], rolesClaim: RolesClaim = .roleOrRoles,
        hasChangingKeys: Bool = false
    ) {
        self.name = name
        self.audiences = audiences
        self.keys = keys
        self.rolesClaim = rolesClaim
        self.hasChangingKeys = hasChangingKeys
    }
}

/// An issuer in the form that a verification wants.
struct IssuerKeys: Sendable {
    private let issuer: TrustedIssuer
    let name: [UInt8]
    let audiences: [[UInt8]]
    let keys: [VerificationKey]
    let rolesClaim: RolesClaim

    init(_ issuer: TrustedIssuer) throws(AuthError) {
        self.issuer = issuer
        let label = "issuer \"\(issuer.name)\""
        name = Array(issuer.name.utf8)
        audiences = issuer.audiences.map { Array($0.utf8) }
        keys = issuer.keys
        rolesClaim = issuer.rolesClaim
        let lengths = 1...AuthLimits.claimBytesMax
        guard lengths.contains(name.count) else {
            throw .setting(name: label, found: "a name of \(name.count) bytes", wanted: "1 to 255 bytes")
        }
        guard !audiences.isEmpty, audiences.allSatisfy({ lengths.contains($0.count) }) else {
            throw .setting(
                name: label, found: "\(audiences.count) audiences", wanted: "at least one, each of 1 to 255 bytes")
        }
        // A key of a set without `alg` is there once for each algorithm that it may be used with.
        let keysMin = issuer.hasChangingKeys ? 0 : 1
        let keysMax =
            issuer.hasChangingKeys ? AuthLimits.keysMax * SignatureAlgorithm.allCases.count : AuthLimits.keysMax
        guard (keysMin...keysMax).contains(keys.count) else {
            throw .setting(name: label, found: "\(keys.count) keys", wanted: "1 to \(AuthLimits.keysMax)")
        }
        for (index, key) in keys.enumerated() where key.id != nil {
            guard !keys[..<index].contains(where: { $0.id == key.id && $0.algorithm == key.algorithm }) else {
                throw .setting(name: label, found: "two keys with one kid", wanted: "a kid of its own for each key")
            }
        }
    }

    func replacingKeys(_ keys: [VerificationKey]) throws(AuthError) -> IssuerKeys {
        var issuer = issuer
        issuer.keys = keys
        return try IssuerKeys(issuer)
    }

    func replacingRolesClaim(_ claim: RolesClaim) throws(AuthError) -> IssuerKeys {
        var issuer = issuer
        issuer.rolesClaim = claim
        return try IssuerKeys(issuer)
    }

    /// The key that a token with this header must be signed with.
    func key(for header: TokenHeader) throws(TokenRefusal) -> VerificationKey {
        guard !keys.isEmpty else { throw .keysUnavailable }
        guard let id = header.keyID else {
            let candidates = keys.filter { $0.algorithm == header.algorithm }
            guard let only = candidates.first else { throw .algorithmMismatch }
            guard candidates.count == 1 else { throw .keyIDRequired }
            return only
        }
        let named = keys.lazy.filter { $0.id == id }
        if let key = named.first(where: { $0.algorithm == header.algorithm }) { return key }
        throw named.isEmpty ? .keyUnknown : .algorithmMismatch
    }
}
