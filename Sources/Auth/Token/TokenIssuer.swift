internal import JSON
public import OpenSSL

/// Issues signed tokens of short life.
public struct TokenIssuer: Sendable {
    /// What can be set.
    public struct Configuration: Sendable {
        /// `iss`.
        public var issuer: String
        /// `aud` where a request names none; the only audiences that a request may name.
        public var audiences: [String]
        /// The life of a token where a request names none.
        public var lifetimeDefault: Duration
        /// The longest life that a request may name.
        public var lifetimeMax: Duration

        /// A configuration; tokens live 30 minutes and a day at most unless said otherwise.
        public init(
            issuer: String, audiences: [String], lifetimeDefault: Duration = .seconds(1800),
            lifetimeMax: Duration = .seconds(86_400)
        ) {
            self.issuer = issuer
            self.audiences = audiences
            self.lifetimeDefault = lifetimeDefault
            self.lifetimeMax = lifetimeMax
        }
    }

    /// What a token is asked for.
    public struct Request: Sendable {
        /// `sub`.
        public var subject: String
        /// `roles`.
        public var roles: [RoleName]
        /// One of the configured audiences; nil for the first.
        public var audience: String?
        /// Whole seconds of life; nil for the default, or for `lifetimeMax` where that is shorter.
        public var lifetime: Duration?
        /// The longest life that whoever asks may give; nil where the issuer's own bound is enough.
        public var lifetimeMax: Duration?
        /// `cnf`: the digest of the certificate without which the token is of no use; nil for a token of any holder's.
        public var certificate: SHA256Digest?
        /// `scope`: words with a space between two (RFC 6749 §3.3).
        public var scope: String?
        /// `sid`: the session that the token is for.
        public var sessionID: String?

        /// A request.
        public init(
            subject: String, roles: [RoleName], audience: String? = nil, lifetime: Duration? = nil,
            lifetimeMax: Duration? = nil, certificate: SHA256Digest? = nil, scope: String? = nil,
            sessionID: String? = nil
        ) {
            self.subject = subject
            self.roles = roles
            self.audience = audience
            self.lifetime = lifetime
            self.lifetimeMax = lifetimeMax
            self.certificate = certificate
            self.scope = scope
            self.sessionID = sessionID
        }
    }

    /// A request within every bound, with what it left out filled in. Only `accept` makes one.
    public struct AcceptedRequest: Sendable {
        /// `sub`.
        public let subject: String
        /// `roles`.
        public let roles: [RoleName]
        /// `aud`.
        public let audience: String
        /// Seconds from `iat` to `exp`.
        public let lifetimeSeconds: Int64
        /// The certificate in `cnf`.
        public let certificate: SHA256Digest?
        fileprivate let scope: String?
        fileprivate let sessionID: String?

        fileprivate init(_ request: Request, audience: String, lifetimeSeconds: Int64) {
            subject = request.subject
            roles = request.roles
            self.audience = audience
            self.lifetimeSeconds = lifetimeSeconds
            certificate = request.certificate
            scope = request.scope
            sessionID = request.sessionID
        }
    }

    /// A token and what the audit record may say about it.
    public struct IssuedToken: Sendable {
        /// The compact JWS. Whoever holds it is the subject: it goes to the asker and nowhere else.
        public let text: [UInt8]
        /// `jti`: 128 random bits in base64url.
        public let tokenID: [UInt8]
        /// `kid`.
        public let keyID: [UInt8]
        /// `exp`, seconds since 1970.
        public let expires: Int64
    }

    private let key: SigningKey
    private let configuration: Configuration

    /// Whether a device signs, which may take its time: see `SigningDesk`.
    var signsInDevice: Bool { key.uri != nil }

    /// An issuer that signs with `key`.
    /// - Throws: `AuthError.setting` where the default life is not within 1 second and the longest, or a name is missing.
    public init(key: SigningKey, configuration: Configuration) throws(AuthError) {
        guard configuration.lifetimeMax >= .seconds(1),
            (.seconds(1)...configuration.lifetimeMax).contains(configuration.lifetimeDefault)
        else {
            throw .setting(
                name: "default token life", found: "\(configuration.lifetimeDefault)",
                wanted: "1 second to the longest life, \(configuration.lifetimeMax)")
        }
        guard Self.isName(configuration.issuer), !configuration.audiences.isEmpty,
            configuration.audiences.allSatisfy(Self.isName)
        else {
            throw .setting(
                name: "token issuer", found: "an empty or over-long name",
                wanted: "an issuer and at least one audience, each of 1 to \(AuthLimits.claimBytesMax) bytes")
        }
        self.key = key
        self.configuration = configuration
    }

    /// Checks a request, so that nothing has to be begun for one that will be refused.
    /// - Throws: `AuthError.request` where the request asks for more than is allowed.
    public func accept(_ request: Request) throws(AuthError) -> AcceptedRequest {
        try Self.check(request)
        return AcceptedRequest(
            request, audience: try audience(request), lifetimeSeconds: try lifetimeSeconds(request))
    }

    /// Issues a token that is good from `now` (seconds since 1970).
    /// - Throws: `AuthError.request` where the request asks for more than is allowed.
    public func issue(_ request: Request, now: Int64) throws(AuthError) -> IssuedToken {
        try issue(try accept(request), now: now)
    }

    /// Issues a token that is good from `now` (seconds since 1970).
    /// - Throws: `AuthError.library`; `.device` and `.deviceUnavailable` where the key is in one.
    public func issue(_ request: AcceptedRequest, now: Int64) throws(AuthError) -> IssuedToken {
        try sign(try terms(of: request, now: now))
    }

    /// What a token will say, for `TokenApproval` to sign.
    public struct Draft: Sendable {
        fileprivate let terms: ApprovalTerms

        func write(to json: inout JSONWriter) { terms.write(to: &json) }
    }

    /// What a token will say that is good from `now` (seconds since 1970).
    /// - Throws: `AuthError.request` where the request asks for more than is allowed.
    public func draft(_ request: Request, now: Int64) throws(AuthError) -> Draft {
        Draft(terms: try terms(of: try accept(request), now: now))
    }

    /// Issues a token that others have agreed on, for as long as this issuer may.
    func issue(approved terms: ApprovalTerms, by approvals: [[UInt8]]) throws(AuthError) -> IssuedToken {
        let lifetime = terms.lifetime.expires - terms.lifetime.issuedAt
        guard terms.issuer.elementsEqual(configuration.issuer.utf8) else {
            throw .request(
                member: "iss", found: String(decoding: terms.issuer, as: UTF8.self), wanted: configuration.issuer)
        }
        _ = try accept(
            Request(
                subject: String(decoding: terms.subject, as: UTF8.self), roles: terms.roles,
                audience: String(decoding: terms.audience, as: UTF8.self), lifetime: .seconds(lifetime)))
        return try sign(terms, approvals: approvals)
    }

    private func terms(of request: AcceptedRequest, now: Int64) throws(AuthError) -> ApprovalTerms {
        let tokenID: [UInt8]
        do throws(OpenSSLError) { tokenID = Base64URL.encode(try Random.bytes(count: 16)) } catch {
            throw AuthError(error)
        }
        return ApprovalTerms(
            issuer: Array(configuration.issuer.utf8), audience: Array(request.audience.utf8),
            subject: Array(request.subject.utf8), tokenID: tokenID, roles: request.roles,
            lifetime: TokenLifetime(expires: now + request.lifetimeSeconds, notBefore: now, issuedAt: now),
            confirmation: request.certificate, scope: request.scope.map { Array($0.utf8) },
            sessionID: request.sessionID.map { Array($0.utf8) })
    }

    private func sign(_ terms: ApprovalTerms, approvals: [[UInt8]] = []) throws(AuthError) -> IssuedToken {
        var claims = JSONWriter()
        claims.object { json in
            terms.write(to: &json)
            guard !approvals.isEmpty else { return }
            json.name(TokenApproval.claimName)
            json.array { json in for approval in approvals { json.string(approval) } }
        }
        let text = try key.sign(claims.bytes)
        guard text.count <= AuthLimits.tokenBytesMax else {
            throw .request(
                member: "token", found: "\(text.count) bytes",
                wanted: "at most \(AuthLimits.tokenBytesMax): fewer roles")
        }
        return IssuedToken(text: text, tokenID: terms.tokenID, keyID: key.id, expires: terms.lifetime.expires)
    }

    private func lifetimeSeconds(_ request: Request) throws(AuthError) -> Int64 {
        let longest = min(configuration.lifetimeMax, request.lifetimeMax ?? configuration.lifetimeMax)
        let lifetime = request.lifetime ?? min(configuration.lifetimeDefault, longest)
        guard lifetime >= .seconds(1), lifetime <= longest else {
            throw .request(member: "lifetime", found: "\(lifetime)", wanted: "1 second to \(longest)")
        }
        return lifetime.components.seconds
    }

    private func audience(_ request: Request) throws(AuthError) -> String {
        guard let asked = request.audience else { return configuration.audiences[0] }
        guard let allowed = configuration.audiences.first(where: { $0.utf8.elementsEqual(asked.utf8) }) else {
            throw .request(
                member: "audience", found: "\"\(asked)\"",
                wanted: "one of " + configuration.audiences.joined(separator: ", "))
        }
        return allowed
    }

    private static func check(_ request: Request) throws(AuthError) {
        guard isName(request.subject) else {
            throw .request(
                member: "subject", found: "\(request.subject.utf8.count) bytes or a control character",
                wanted: "1 to \(AuthLimits.claimBytesMax) bytes without control characters")
        }
        guard (1...AuthLimits.tokenRolesMax).contains(request.roles.count) else {
            throw .request(
                member: "roles", found: "\(request.roles.count) roles", wanted: "1 to \(AuthLimits.tokenRolesMax)")
        }
        if let scope = request.scope, !isScope(scope) {
            throw .request(
                member: "scope", found: "\(scope.utf8.count) bytes",
                wanted: "words of printable ASCII but \" and \\, one space between two, at most "
                    + "\(AuthLimits.claimBytesMax) bytes")
        }
        if let session = request.sessionID, !isName(session) {
            throw .request(
                member: "session_id", found: "\(session.utf8.count) bytes or a control character",
                wanted: "1 to \(AuthLimits.claimBytesMax) bytes without control characters")
        }
    }

    /// `scope-token *( SP scope-token )` (RFC 6749 §3.3).
    private static func isScope(_ text: String) -> Bool {
        text.utf8.count <= AuthLimits.claimBytesMax
            && text.utf8.split(separator: 0x20, omittingEmptySubsequences: false).allSatisfy { word in
                !word.isEmpty && word.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
            }
    }

    private static func isName(_ text: String) -> Bool {
        (1...AuthLimits.claimBytesMax).contains(text.utf8.count) && !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    }
}
