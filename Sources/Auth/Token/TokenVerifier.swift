public import OpenSSL
internal import Synchronization

/// Turns the bytes of a bearer token into a `VerifiedToken`, or says why not.
///
/// In this order, so that nothing is believed before it is proven and nothing dear is done before the cheap checks:
/// compact form → header → claims as JSON → issuer → key (its algorithm is compared with the header's here) → signature →
/// audience, subject, lifetime, roles, certificate.
///
/// Any thread may call it. A known token costs a digest and a lookup; see `TokenCache` for what that may and may not skip.
public final class TokenVerifier: Sendable {
    /// What can be set.
    public struct Configuration: Sendable {
        /// Seconds by which this clock and an issuer's may disagree: 0 to 300.
        public var clockSkewSeconds: Int64
        /// Seconds from `iat` to `exp`, at most: 1 to `AuthLimits.lifeSecondsMax`.
        public var lifeSecondsMax: Int64
        /// Verified tokens remembered: 0 for none, else 32 to 1,000,000. About 1 KB each.
        public var cachedTokensMax: Int
        /// Who checks signatures.
        public var signatures: SignatureVerifier
        /// Whose approvals count: at most `AuthLimits.approversMax`, each with a name and a key of its own.
        public var approvers: [Approver]

        /// A configuration.
        public init(
            clockSkewSeconds: Int64 = 30, lifeSecondsMax: Int64 = AuthLimits.lifeSecondsMax,
            cachedTokensMax: Int = 10_000, signatures: SignatureVerifier = .openSSL, approvers: [Approver] = []
        ) {
            self.clockSkewSeconds = clockSkewSeconds
            self.lifeSecondsMax = lifeSecondsMax
            self.cachedTokensMax = cachedTokensMax
            self.signatures = signatures
            self.approvers = approvers
        }
    }

    /// Counts since the start, for the metrics.
    public struct Statistics: Equatable, Sendable {
        /// Tokens found in the cache, expired ones included.
        public var cacheHits: UInt64 = 0
        /// Tokens not found there.
        public var cacheMisses: UInt64 = 0
        /// Tokens that were dropped for room.
        public var cacheEvictions: UInt64 = 0
        /// Tokens in it now.
        public var cachedTokens = 0
    }

    /// What a reload replaces as a whole.
    private struct Trust: Sendable {
        let generation: UInt64
        let issuers: [[UInt8]: IssuerKeys]
        let roles: RoleTable
    }

    private let configuration: Configuration
    private let trust: Mutex<Trust>
    private let cache: TokenCache
    private let headers = HeaderMemo()

    /// A verifier for the tokens of `issuers`, whose roles are numbered as in `roles` (`PolicyEngine.roles`).
    /// - Throws: `AuthError.setting` for a configuration or an issuer that cannot be used.
    public init(
        issuers: [TrustedIssuer], roles: RoleTable, configuration: Configuration = Configuration()
    ) throws(AuthError) {
        guard (0...AuthLimits.clockSkewSecondsMax).contains(configuration.clockSkewSeconds) else {
            throw .setting(
                name: "clock skew", found: "\(configuration.clockSkewSeconds) s",
                wanted: "0 to \(AuthLimits.clockSkewSecondsMax) s")
        }
        guard (1...AuthLimits.lifeSecondsMax).contains(configuration.lifeSecondsMax) else {
            throw .setting(
                name: "token life", found: "\(configuration.lifeSecondsMax) s",
                wanted: "1 to \(AuthLimits.lifeSecondsMax) s")
        }
        let cachedMin = TokenCache.shardCount * 2
        guard
            configuration.cachedTokensMax == 0
                || (cachedMin...AuthLimits.cachedTokensMax).contains(configuration.cachedTokensMax)
        else {
            throw .setting(
                name: "token cache", found: "\(configuration.cachedTokensMax) entries",
                wanted: "0 (none) or \(cachedMin) to \(AuthLimits.cachedTokensMax)")
        }
        guard configuration.approvers.count <= AuthLimits.approversMax,
            Set(configuration.approvers.map(\.name)).count == configuration.approvers.count,
            Set(configuration.approvers.map(\.key.id)).count == configuration.approvers.count
        else {
            throw .setting(
                name: "approvers", found: "\(configuration.approvers.count), of which two have one name or one key",
                wanted: "at most \(AuthLimits.approversMax), each with a name and a key of its own")
        }
        self.configuration = configuration
        trust = Mutex(Trust(generation: 0, issuers: try Self.index(issuers), roles: roles))
        cache = TokenCache(entriesMax: configuration.cachedTokensMax)
    }

    /// Takes other issuers or another policy's roles. When this returns, no token is accepted on the strength of the old
    /// ones but those whose verification is under way.
    public func replace(issuers: [TrustedIssuer], roles: RoleTable) throws(AuthError) {
        let index = try Self.index(issuers)
        let generation = trust.withLock {
            $0 = Trust(generation: $0.generation + 1, issuers: index, roles: roles)
            return $0.generation
        }
        cache.clear(generation: generation)
    }

    /// Takes another policy's roles, and where each issuer's tokens name them, as `replace` does; keys stay. An issuer that is not
    /// in `claims` names them where it did.
    /// - Throws: `AuthError.setting`; nothing is changed then.
    public func replaceRoles(_ roles: RoleTable, claims: [String: RolesClaim]) throws(AuthError) {
        let result = trust.withLock { trust -> Result<UInt64, AuthError> in
            do throws(AuthError) {
                var issuers = trust.issuers
                for (name, claim) in claims {
                    guard let known = issuers[Array(name.utf8)] else { continue }
                    issuers[known.name] = try known.replacingRolesClaim(claim)
                }
                trust = Trust(generation: trust.generation + 1, issuers: issuers, roles: roles)
                return .success(trust.generation)
            } catch { return .failure(error) }
        }
        cache.clear(generation: try result.get())
    }

    /// Takes other keys of one issuer, as `replace` does; nothing where there is no issuer of that name.
    /// - Throws: `AuthError.setting` for more keys than an issuer may have.
    public func replaceKeys(of name: String, with keys: [VerificationKey]) throws(AuthError) {
        let result = trust.withLock { trust -> Result<UInt64?, AuthError> in
            guard let known = trust.issuers[Array(name.utf8)] else { return .success(nil) }
            do throws(AuthError) {
                var issuers = trust.issuers
                issuers[known.name] = try known.replacingKeys(keys)
                trust = Trust(generation: trust.generation + 1, issuers: issuers, roles: trust.roles)
                return .success(trust.generation)
            } catch { return .failure(error) }
        }
        if let generation = try result.get() { cache.clear(generation: generation) }
    }

    /// Whom the token says it is from. Nothing of it is proven: fit for asking that issuer's keys again, and for nothing
    /// else.
    public func claimedIssuer(of token: [UInt8]) -> [UInt8]? {
        guard let claims = try? Claims(parsing: CompactToken(parsing: token).claims) else { return nil }
        return try? claims.issuer()
    }

    /// Verifies a token.
    /// - Parameters:
    ///   - token: what follows `Bearer ` (see `BearerCredential`).
    ///   - certificate: the fingerprint of the client certificate it came with: a bound token must name it. A token
    ///     remembered for one certificate is verified anew for another.
    ///   - now: seconds since 1970.
    public func verify(
        _ token: [UInt8], certificate: SHA256Digest?, now: Int64
    ) throws(TokenRefusal) -> VerifiedToken {
        guard !token.isEmpty else { throw .empty }
        guard token.count <= AuthLimits.tokenBytesMax else { throw .tooLong }
        guard configuration.cachedTokensMax > 0 else {
            return try verify(CompactToken(parsing: token), certificate, trust: trust.withLock { $0 }, now: now)
        }
        let key = TokenCache.key(token: token.span, certificate: certificate)
        if let known = cache.find(key) {
            do throws(TokenRefusal) {
                try known.lifetime.check(now: now, skew: configuration.clockSkewSeconds)
            } catch {
                if error == .expired { cache.remove(key) }
                throw error
            }
            return known
        }
        let trust = trust.withLock { $0 }
        let verified = try verify(CompactToken(parsing: token), certificate, trust: trust, now: now)
        cache.insert(verified, key, generation: trust.generation)
        return verified
    }

    /// Whose tokens are accepted, sorted.
    public var issuerNames: [[UInt8]] {
        trust.withLock { Array($0.issuers.keys) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Counts since the start.
    public var statistics: Statistics { cache.statistics }

    private func verify(
        _ token: CompactToken, _ certificate: SHA256Digest?, trust: Trust, now: Int64
    ) throws(TokenRefusal) -> VerifiedToken {
        let known = headers.find(token.encodedHeader)
        let header = if let known { known } else { try TokenHeader(parsing: token.header()) }
        let claims = try Claims(parsing: token.claims)
        let name = try claims.issuer()
        guard let issuer = trust.issuers[name] else { throw .issuerUnknown }
        // libjwt 1.10 refuses any `typ` but JWT, so access tokens of RFC 9068 go to OpenSSL.
        let signatures = header.isPlainType ? configuration.signatures : .openSSL
        try signatures.check(token, with: issuer.key(for: header))
        if known == nil { headers.keep(header, from: token.encodedHeader) }
        try claims.checkAudience(issuer.audiences)
        let lifetime = try claims.lifetime()
        guard lifetime.expires - lifetime.issuedAt <= configuration.lifeSecondsMax else { throw .lifeTooLong }
        try lifetime.check(now: now, skew: configuration.clockSkewSeconds)
        let approvers = try TokenApproval.approvers(of: claims, signedBy: header.keyID, among: configuration.approvers)
        let content = VerifiedToken.Content(
            issuer: issuer.name, subject: try claims.subject(), tokenID: try claims.tokenID(), keyID: header.keyID,
            roles: try claims.roles(issuer.rolesClaim), lifetime: lifetime, confirmation: try claims.confirmation(),
            approvers: approvers, table: trust.roles)
        try content.checkConfirmation(certificate)
        return VerifiedToken(content)
    }

    private static func index(_ issuers: [TrustedIssuer]) throws(AuthError) -> [[UInt8]: IssuerKeys] {
        var index: [[UInt8]: IssuerKeys] = [:]
        for issuer in issuers {
            let keys = try IssuerKeys(issuer)
            guard index.updateValue(keys, forKey: keys.name) == nil else {
                throw .setting(name: "issuers", found: "\"\(issuer.name)\" twice", wanted: "each issuer once")
            }
        }
        return index
    }
}
