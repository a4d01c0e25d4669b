internal import JSON

/// The claims set (RFC 7519 §4) as an object; each claim is judged where it is asked for.
struct Claims {
    private let node: JSONNode

    subscript(name: StaticString) -> JSONNode? { node[name] }

    init(parsing text: [UInt8]) throws(TokenRefusal) {
        do throws(JSONSyntaxError) {
            node = try JSONParser.parse(text, depthMax: AuthLimits.tokenDepthMax)
        } catch {
            switch error.reason {
            case .repeatedName: throw .claimsRepeatedMember
            case .tooDeep: throw .claimsTooDeep
            default: throw .claimsNotJSON
            }
        }
        guard case .object = node.value else { throw .claimsNotObject }
    }

    func issuer() throws(TokenRefusal) -> [UInt8] {
        guard let member = node["iss"] else { throw .issuerMissing }
        guard let issuer = Self.name(member) else { throw .issuerMalformed }
        return issuer
    }

    func subject() throws(TokenRefusal) -> [UInt8] {
        guard let member = node["sub"] else { throw .subjectMissing }
        guard let subject = Self.name(member) else { throw .subjectMalformed }
        return subject
    }

    func tokenID() throws(TokenRefusal) -> [UInt8]? {
        guard let member = node["jti"] else { return nil }
        guard let id = Self.name(member) else { throw .tokenIDMalformed }
        return id
    }

    /// Accepts the token for one of `audiences`; `aud` is a string or an array of strings (RFC 7519 §4.1.3).
    func checkAudience(_ audiences: [[UInt8]]) throws(TokenRefusal) {
        guard let member = node["aud"] else { throw .audienceMissing }
        let elements = member.elements ?? [member]
        guard (1...AuthLimits.audiencesMax).contains(elements.count) else { throw .audienceMalformed }
        var isMeant = false
        for element in elements {
            guard let name = Self.name(element) else { throw .audienceMalformed }
            if audiences.contains(name) { isMeant = true }
        }
        guard isMeant else { throw .audienceWrong }
    }

    func lifetime() throws(TokenRefusal) -> TokenLifetime {
        guard let expires = try seconds("exp") else { throw .expiryMissing }
        // Without it nobody could say whether the token is of those that were taken back by when they were issued.
        guard let issuedAt = try seconds("iat") else { throw .issuedAtMissing }
        return TokenLifetime(expires: expires, notBefore: try seconds("nbf"), issuedAt: issuedAt)
    }

    /// NumericDate allows fractions (RFC 7519 §2). No issuer known writes them, rounding them invites disagreement between
    /// two readers, so only integers are taken.
    private func seconds(_ name: StaticString) throws(TokenRefusal) -> Int64? {
        guard let member = node[name] else { return nil }
        guard let seconds = member.integer else { throw .timeNotInteger }
        guard (0...AuthLimits.secondsMax).contains(seconds) else { throw .timeOutOfRange }
        return seconds
    }

    func roles(_ claim: RolesClaim) throws(TokenRefusal) -> [RoleName] {
        if case .mapped(let mapping) = claim { return try mapping.roles(in: node) }
        let several = claim == .role ? nil : node["roles"]
        let one = claim == .roles ? nil : node["role"]
        if several != nil && one != nil { throw .rolesAmbiguous }
        if let one { return [try Self.role(one)] }
        guard let several else { throw .rolesMissing }
        guard let elements = several.elements else { throw .rolesMalformed }
        guard !elements.isEmpty else { throw .rolesMissing }
        guard elements.count <= AuthLimits.tokenRolesMax else { throw .rolesTooMany }
        var roles: [RoleName] = []
        for element in elements { roles.append(try Self.role(element)) }
        return roles
    }

    private static func role(_ node: JSONNode) throws(TokenRefusal) -> RoleName {
        guard let bytes = node.bytes, let role = RoleName(bytes) else { throw .rolesMalformed }
        return role
    }

    /// A string that can stand in a log line: not empty, bounded, without control characters.
    private static func name(_ node: JSONNode) -> [UInt8]? {
        guard let bytes = node.bytes, (1...AuthLimits.claimBytesMax).contains(bytes.count) else { return nil }
        return bytes.contains { $0 < 0x20 || $0 == 0x7F } ? nil : bytes
    }
}

/// When a token is good, in seconds since 1970.
struct TokenLifetime: Equatable, Sendable {
    let expires: Int64
    let notBefore: Int64?
    let issuedAt: Int64

    /// Judges the lifetime at `now`, with clocks that may disagree by `skew` seconds either way.
    func check(now: Int64, skew: Int64) throws(TokenRefusal) {
        // "on or after which the JWT MUST NOT be accepted" (RFC 7519 §4.1.4).
        guard now < expires + skew else { throw .expired }
        if let notBefore, now + skew < notBefore { throw .notYetValid }
        if now + skew < issuedAt { throw .issuedInFuture }
    }
}

/// Where an issuer's tokens name their roles.
public enum RolesClaim: Equatable, Sendable {
    /// `role` (a string) or `roles` (an array of strings), not both.
    case roleOrRoles
    /// `roles` only; `role` is ignored.
    case roles
    /// `role` only; `roles` is ignored.
    case role
    /// Somewhere else, perhaps under other names.
    case mapped(RoleMapping)
}
