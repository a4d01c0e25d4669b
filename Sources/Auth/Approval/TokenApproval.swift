internal import JSON

/// An admin's signature under a token that is still to be issued: a JWS whose payload is what the token will say, with
/// `approves` and a reason.
///
/// ```json
/// {"approves":"token","aud":"portcullis","exp":1800000900,"iat":1800000000,"iss":"https://portcullis.dev",
///  "jti":"4uYxSg…","nbf":1800000000,"reason":"INC-4711","roles":["breakglass"],"sub":"emp-7"}
/// ```
public struct TokenApproval: Sendable {
    /// The compact form (RFC 7515 §7.1).
    public let text: [UInt8]
    /// Why, in the words of whoever asked first.
    public let reason: String
    /// `sub`, `roles`, `jti` and `exp` of the token.
    public let subject: String, roles: [RoleName], tokenID: String
    /// The first second since 1970 at which the token is no longer good.
    public let expires: Int64
    /// `kid`: the thumbprint of the key that signed.
    public let keyID: String
    let terms: ApprovalTerms
    private let claims: [UInt8]

    /// The claim of a token that carries its approvals: collision-resistant (RFC 7519 §4.2).
    static let claimName: StaticString = "portcullis_approvals"
    private static let purpose: StaticString = "token"

    /// Reads an approval. Nothing of it is proven: only a gateway that knows the approvers' keys can tell.
    /// - Throws: `AuthError.request` where this is none.
    public init(parsing text: [UInt8]) throws(AuthError) {
        do throws(TokenRefusal) {
            let token = try CompactToken(parsing: text)
            try self.init(token, header: TokenHeader(parsing: token.header()), Claims(parsing: token.claims))
        } catch {
            throw .request(
                member: "approval", found: "\(error.reason)", wanted: "what portcullis token approve printed")
        }
    }

    private init(_ token: CompactToken, header: TokenHeader, _ content: Claims) throws(TokenRefusal) {
        guard content["approves"]?.bytes?.isEqual(to: Self.purpose) == true, let reason = content["reason"]?.text else {
            throw .approvalInvalid
        }
        let terms = try ApprovalTerms(content)
        text = token.bytes
        claims = token.claims
        self.reason = reason
        self.terms = terms
        subject = String(decoding: terms.subject, as: UTF8.self)
        roles = terms.roles
        tokenID = String(decoding: terms.tokenID, as: UTF8.self)
        expires = terms.lifetime.expires
        keyID = String(decoding: header.keyID ?? [], as: UTF8.self)
    }

    /// Approves a token as the first of several admins.
    /// - Parameter draft: what the token will say; see `TokenIssuer.draft`.
    public static func sign(
        _ draft: TokenIssuer.Draft, reason: String, by key: SigningKey
    ) throws(AuthError) -> TokenApproval {
        guard (1...AuthLimits.claimBytesMax).contains(reason.utf8.count), !reason.utf8.contains(where: { $0 < 0x20 })
        else {
            throw .request(
                member: "reason", found: "\(reason.utf8.count) bytes or a control character",
                wanted: "1 to \(AuthLimits.claimBytesMax) bytes without control characters")
        }
        var json = JSONWriter()
        json.object { json in
            json.member("approves", literal: purpose)
            json.member("reason", reason)
            draft.write(to: &json)
        }
        return try TokenApproval(parsing: key.sign(json.bytes))
    }

    /// Approves the same token as another admin did.
    public func signed(by key: SigningKey) throws(AuthError) -> TokenApproval {
        guard !key.id.elementsEqual(keyID.utf8) else {
            throw .request(member: "key", found: "the key of the first approval", wanted: "that of another admin")
        }
        return try TokenApproval(parsing: key.sign(claims))
    }

    /// Who approved the token with `claims`, by name and in the approvals' order; nobody where it carries no approvals.
    ///
    /// One approval that does not hold makes the token no token: nobody adds one by mistake.
    static func approvers(
        of claims: Claims, signedBy keyID: [UInt8]?, among approvers: [Approver]
    ) throws(TokenRefusal) -> [[UInt8]] {
        guard let member = claims[claimName] else { return [] }
        guard let elements = member.elements, (1...AuthLimits.approvalsMax).contains(elements.count) else {
            throw .approvalsMalformed
        }
        let terms = try ApprovalTerms(claims)
        // The key of the token itself is the bank's; nobody's name is to be had by it.
        let others = approvers.filter { $0.key.id != keyID }
        var names: [[UInt8]] = []
        for element in elements {
            guard let text = element.bytes else { throw .approvalsMalformed }
            let name = try approver(in: text, of: terms, among: others)
            guard !names.contains(name) else { throw .approvalRepeated }
            names.append(name)
        }
        return names
    }

    private static func approver(
        in text: [UInt8], of terms: ApprovalTerms, among approvers: [Approver]
    ) throws(TokenRefusal) -> [UInt8] {
        let parts: (token: CompactToken, header: TokenHeader)
        do throws(TokenRefusal) {
            let token = try CompactToken(parsing: text)
            parts = (token, try TokenHeader(parsing: token.header()))
        } catch { throw .approvalInvalid }
        let fitting = approvers.first { $0.key.id == parts.header.keyID && $0.key.algorithm == parts.header.algorithm }
        guard let approver = fitting else { throw .approvalUnknown }
        do throws(TokenRefusal) { try SignatureVerifier.openSSL.check(parts.token, with: approver.key) } catch {
            throw .approvalInvalid
        }
        let approval: TokenApproval
        do throws(TokenRefusal) {
            approval = try TokenApproval(parts.token, header: parts.header, Claims(parsing: parts.token.claims))
        } catch { throw .approvalInvalid }
        guard approval.terms == terms else { throw .approvalMismatch }
        return Array(approver.name.utf8)
    }
}

extension TokenIssuer {
    /// Issues the token that all of `approvals` are given for.
    /// - Throws: `AuthError.request` where they are fewer than two, by one key, of different tokens, of another issuer or
    ///   audience, or for a token that has expired.
    public func issue(approvals: [TokenApproval], now: Int64) throws(AuthError) -> IssuedToken {
        guard (2...AuthLimits.approvalsMax).contains(approvals.count), let terms = approvals.first?.terms,
            Set(approvals.map(\.keyID)).count == approvals.count
        else {
            throw .request(
                member: "approvals", found: "\(Set(approvals.map(\.keyID)).count) keys",
                wanted: "2 to \(AuthLimits.approvalsMax) approvals, each by another key")
        }
        guard approvals.allSatisfy({ $0.terms == terms }) else {
            throw .request(member: "approvals", found: "those of different tokens", wanted: "all of one token")
        }
        guard now < terms.lifetime.expires else {
            throw .request(
                member: "approvals", found: "those of a token that ended at \(terms.lifetime.expires)",
                wanted: "new ones")
        }
        return try issue(approved: terms, by: approvals.map(\.text))
    }
}
