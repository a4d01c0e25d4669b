import Foundation
import OpenSSL
import Testing

@testable import Auth

/// Policies and callers for tests.
enum Callers {
    static func certificate(_ text: String) throws -> CertificateIdentity {
        let name = try #require(PrincipalName(parsing: Array(text.utf8)))
        let digest = SHA256Digest(of: Array(text.utf8))
        return switch name.kind {
        case .uri: try .init(uris: [name.value], dnsNames: [], commonName: nil, sha256: digest)
        case .dns: try .init(uris: [], dnsNames: [name.value], commonName: nil, sha256: digest)
        case .commonName: try .init(uris: [], dnsNames: [], commonName: name.value, sha256: digest)
        }
    }

    static func client(_ role: String) throws -> CertificateIdentity {
        try certificate("uri:spiffe://portcullis.dev/client/\(role)")
    }

    /// A token that went through a verifier, since there is no other way to one.
    static func token(
        _ roles: String..., subject: String = "u-1", table: RoleTable? = nil, isBound: Bool = false
    ) throws -> VerifiedToken {
        let holder = SHA256Digest(of: Array(subject.utf8))
        let confirmation =
            isBound
            ? ",\"cnf\":{\"x5t#S256\":\"\(String(decoding: Base64URL.encode(holder.bytes), as: UTF8.self))\"}" : ""
        let list = roles.map { "\"\($0)\"" }.joined(separator: ",")
        let claims = Forge.claims("\"roles\":[\(list)]\(confirmation)").replacing(
            "\"sub\":\"u-1\"", with: "\"sub\":\"\(subject)\"")
        let key = try VerificationKey(id: "hs", algorithm: .hs256, secret: SecretBytes(copying: Forge.secret))
        let verifier = try TokenVerifier(
            issuers: [.init(name: Forge.issuer, audiences: ["portcullis"], keys: [key])],
            roles: try table ?? Forge.table(), configuration: .init(cachedTokensMax: 0, signatures: .openSSL))
        return try verifier.verify(Forge.hmac(claims: claims), certificate: isBound ? holder : nil, now: Forge.now)
    }

    static func shipped() throws -> PolicyEngine {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = try Data(contentsOf: root.appendingPathComponent("policies/rbac.json5"))
        return try PolicyEngine.parse(Array(file), file: "policies/rbac.json5")
    }

    static func parse(_ text: String) throws -> PolicyEngine {
        try PolicyEngine.parse(Array(text.utf8), file: "rbac.json5")
    }

    /// A Monday at ten past eight in the evening, over TLS 1.3 from this machine.
    static let evening = Circumstances(
        now: 1_795_464_600, address: ClientAddress(bytes: [127, 0, 0, 1]), tls: .v13)

    /// The permission and role, or the reason.
    static func outcome(
        _ engine: PolicyEngine, _ request: String, _ token: VerifiedToken, _ certificate: CertificateIdentity?,
        in circumstances: Circumstances = evening
    ) -> Result<String, PolicyRefusal> {
        let parts = request.split(separator: " ", omittingEmptySubsequences: false).map { Array($0.utf8) }
        do throws(PolicyRefusal) {
            let permit = try engine.decide(
                method: parts[0], path: parts[1], token: token, certificate: certificate, in: circumstances)
            return .success("\(permit.permission.name) as \(permit.role)" + (permit.isOwnOnly ? ", own" : ""))
        } catch { return .failure(error) }
    }
}

@Suite struct `The shipped policy` {
    private static let routes = [
        "POST /v1/ask", "POST /v1/tickets", "GET /v1/tickets/T-1", "GET /v1/faq", "POST /v1/knowledge",
        "POST /v1/tokens",
        "GET /v1/audit/head", "GET /openapi.json", "POST /v1/audit/erasures", "POST /v1/redact",
        "POST /v1/revocations", "GET /v1/revocations",
    ]

    /// A letter for each route above: may the role use it?
    @Test(arguments: [
        ("customer", "yyyynnnynnnn"), ("agent", "yyyynnnynynn"), ("admin", "yyyyyyyyynyy"), ("auditor", "nnnnnnyynnnn"),
        ("service", "yynynnnynynn"),
    ])
    func `each role may do what it is for`(_ role: String, _ expected: String) throws {
        let engine = try Callers.shipped()
        let token = try Callers.token(role)
        let certificate = try Callers.client(role)
        let found = Self.routes.map { route in
            switch Callers.outcome(engine, route, token, certificate) {
            case .success: "y"
            case .failure(.roleMissing): "n"
            case .failure(let refusal): "\(refusal)"
            }
        }
        #expect(found.joined() == expected)
    }

    @Test func `a token is of no use with another client's certificate`() throws {
        let engine = try Callers.shipped()
        for role in ["customer", "agent", "admin", "auditor", "service"] {
            for holder in ["customer", "agent", "admin", "auditor", "service"] where holder != role {
                for route in Self.routes {
                    let outcome = Callers.outcome(engine, route, try Callers.token(role), try Callers.client(holder))
                    #expect(outcome == .failure(.roleNotForCertificate), "\(role) with \(holder): \(route)")
                }
            }
        }
    }

    @Test func `a name of another kind is not the name`() throws {
        let engine = try Callers.shipped()
        let token = try Callers.token("admin")
        for name in [
            "cn:spiffe://portcullis.dev/client/admin", "dns:admin", "cn:admin",
            "uri:spiffe://portcullis.dev/client/Admin",
        ] {
            let outcome = Callers.outcome(engine, "POST /v1/ask", token, try Callers.certificate(name))
            #expect(outcome == .failure(.certificateUnbound), "\(name)")
        }
    }

    @Test func `only agents get personal data back`() throws {
        let engine = try Callers.shipped()
        for role in ["customer", "agent", "admin", "auditor", "service"] {
            let token = try Callers.token(role)
            let certificate = try Callers.client(role)
            let permit = try? engine.decide(.piiRestore, token: token, certificate: certificate, in: Callers.evening)
            #expect((permit != nil) == (role == "agent"), "\(role)")
        }
    }
}

@Suite struct `Decisions` {
    private static let text = """
        { version: "t", roles: {
            low: { permissions: ["knowledge:read"] }, high: { permissions: ["knowledge:read", "audit:read"] },
            none: { permissions: [] } },
          routes: [
            { method: "GET", path: "/", permission: "interface:read" },
            { method: "GET", path: "/v1/faq", permission: "knowledge:read" },
            { method: "GET", path: "/v1/audit/{id}", permission: "audit:read" },
            { method: "GET", path: "/v1/audit/open", permission: "knowledge:read" },
            { method: "POST", path: "/v1/audit/{id}/{part}", permission: "knowledge:read" },
            { method: "POST", path: "/v1/audit/open/x", permission: "audit:read" } ],
          bindings: [
            { certificate: "dns:client", roles: ["low"] },
            { certificate: "dns:Both", roles: ["low"], subjects: ["ann"] },
            { certificate: "dns:both", roles: ["high"], subjects: ["bob", "carl"] } ] }
        """

    @Test(arguments: [
        ("GET /v1/faq", "low", "u", "dns:client", "knowledge:read as low"),
        ("HEAD /v1/faq", "low", "u", "dns:client", "knowledge:read as low"),
        ("GET /v1/faq", "high", "bob", "dns:both", "knowledge:read as high"),
        ("GET /v1/audit/7", "high", "carl", "dns:both", "audit:read as high"),
        ("GET /v1/audit/open", "low", "u", "dns:client", "knowledge:read as low"),
        ("POST /v1/audit/open/y", "low", "u", "dns:client", "knowledge:read as low"),
        ("GET /v1/faq", "low", "ann", "dns:both", "knowledge:read as low"),
    ])
    func `what route, role and binding allow together is allowed`(
        _ request: String, _ role: String, _ subject: String, _ certificate: String, _ expected: String
    ) throws {
        let engine = try Callers.parse(Self.text)
        let outcome = Callers.outcome(
            engine, request, try Callers.token(role, subject: subject), try Callers.certificate(certificate))
        #expect(outcome == .success(expected))
    }

    @Test(arguments: [
        ("GET /v1/faq/", "low", "u", "dns:client", PolicyRefusal.routeUnlisted),
        ("GET /v1/FAQ", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1", "low", "u", "dns:client", .routeUnlisted),
        ("GET //v1/faq", "low", "u", "dns:client", .routeUnlisted),
        ("GET v1/faq", "low", "u", "dns:client", .routeUnlisted), ("GET ", "low", "u", "dns:client", .routeUnlisted),
        ("GET *", "low", "u", "dns:client", .routeUnlisted),
        ("DELETE /v1/faq", "low", "u", "dns:client", .routeUnlisted),
        ("get /v1/faq", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1/faq?x=1", "low", "u", "dns:client", .routeUnlisted),
        ("TRACE /v1/faq", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1/audit/", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1/audit/..", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1/audit/.", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1/audit/7/8", "low", "u", "dns:client", .routeUnlisted),
        ("GET /v1/audit/7", "low", "u", "dns:client", .roleMissing),
        ("GET /", "low", "u", "dns:client", .roleMissing),
        ("POST /v1/audit/open/x", "low", "u", "dns:client", .roleMissing),
        ("GET /v1/faq", "stranger", "u", "dns:client", .roleUnknown),
        ("GET /v1/faq", "none", "u", "dns:client", .roleNotForCertificate),
        ("GET /v1/faq", "high", "u", "dns:client", .roleNotForCertificate),
        ("GET /v1/faq", "low", "u", "dns:other", .certificateUnbound),
        ("GET /v1/faq", "low", "u", "cn:client", .certificateUnbound),
        ("GET /v1/faq", "low", "bob", "dns:both", .subjectNotForCertificate),
        ("GET /v1/faq", "high", "ann", "dns:both", .subjectNotForCertificate),
        ("GET /v1/faq", "high", "dave", "dns:both", .subjectNotForCertificate),
    ])
    func `everything else is denied with its reason`(
        _ request: String, _ role: String, _ subject: String, _ certificate: String, _ expected: PolicyRefusal
    ) throws {
        let engine = try Callers.parse(Self.text)
        let outcome = Callers.outcome(
            engine, request, try Callers.token(role, subject: subject), try Callers.certificate(certificate))
        #expect(outcome == .failure(expected))
    }

    @Test func `of several roles the first in the policy that grants is named`() throws {
        let engine = try Callers.parse(
            Self.text.replacing(#"["low"] },"#, with: #"["low", "high", "none"] },"#))
        let client = try Callers.certificate("dns:client")
        let all = try Callers.token("none", "high", "stranger", "low")
        #expect(Callers.outcome(engine, "GET /v1/faq", all, client) == .success("knowledge:read as low"))
        #expect(Callers.outcome(engine, "GET /v1/audit/7", all, client) == .success("audit:read as high"))
        #expect(Callers.outcome(engine, "GET /", all, client) == .failure(.roleMissing))
    }

    @Test func `a caller without a certificate is denied unless the policy says otherwise`() throws {
        let token = try Callers.token("low")
        let strict = try Callers.parse(Self.text)
        #expect(Callers.outcome(strict, "GET /v1/faq", token, nil) == .failure(.certificateRequired))
        let open = try Callers.parse(
            Self.text.replacing(#"version: "t","#, with: #"version: "t", requireCertificate: false,"#))
        #expect(Callers.outcome(open, "GET /v1/faq", token, nil) == .success("knowledge:read as low"))
        let stranger = try Callers.certificate("dns:other")
        #expect(Callers.outcome(open, "GET /v1/faq", token, stranger) == .failure(.certificateUnbound))
    }

    @Test func `a route found at start decides as its path does, and one of another policy is denied`() throws {
        let engine = try Callers.parse(Self.text)
        let other = try Callers.parse(Self.text.replacing(#""t""#, with: #""u""#))
        let token = try Callers.token("low")
        let client = try Callers.certificate("dns:client")
        let route = try #require(engine.route(method: .get, pattern: "/v1/faq"))
        let permit = try engine.decide(route, token: token, certificate: client, in: Callers.evening)
        #expect(permit.rule == Array("GET /v1/faq".utf8))
        #expect(permit.permission == .knowledgeRead)
        #expect(permit.role == RoleName("low"))
        let foreign = try #require(other.route(method: .get, pattern: "/v1/faq"))
        #expect(throws: PolicyRefusal.routeUnlisted) {
            _ = try engine.decide(foreign, token: token, certificate: client, in: Callers.evening)
        }
        #expect(throws: PolicyRefusal.routeUnlisted) {
            _ = try engine.decide(nil, token: token, certificate: client, in: Callers.evening)
        }
        #expect(engine.route(method: .post, pattern: "/v1/faq") == nil)
        #expect(engine.route(method: .get, pattern: "/v1/audit/{other}") != nil)
        let inside = try engine.decide(.knowledgeRead, token: token, certificate: client, in: Callers.evening)
        #expect(inside.rule == Array("knowledge:read".utf8))
    }

    @Test func `a token verified under another policy is mapped by its roles' names`() throws {
        let engine = try Callers.parse(Self.text)
        let client = try Callers.certificate("dns:client")
        for table in [engine.roles, try Forge.table(), RoleTable(try Forge.roles("none", "high", "low"))] {
            let token = try Callers.token("low", table: table)
            #expect(Callers.outcome(engine, "GET /v1/faq", token, client) == .success("knowledge:read as low"))
            #expect(Callers.outcome(engine, "GET /v1/audit/7", token, client) == .failure(.roleMissing))
        }
    }
}
