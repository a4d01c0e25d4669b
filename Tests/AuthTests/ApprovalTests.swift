import JSON
import JWT
import OpenSSL
import Testing

@testable import Auth

@Suite struct `Approvals of a token` {
    private static let request = TokenIssuer.Request(
        subject: "emp-7", roles: [RoleName("admin")].compactMap(\.self), lifetime: .seconds(900))
    private let bank: SigningKey
    private let alice: SigningKey
    private let bob: SigningKey

    init() throws {
        bank = try TestKeys.key(.es256)
        alice = try SigningKey.generate()
        bob = try TestKeys.key(.rs256)
    }

    private func verifier(cached: Int = 0) throws -> TokenVerifier {
        let approvers = try [("alice", alice), ("bob", bob)].map {
            Approver(name: $0.0, key: try $0.1.verificationKey())
        }
        return try TokenVerifier(
            issuers: [.init(name: Forge.issuer, audiences: ["portcullis"], keys: [try bank.verificationKey()])],
            roles: try Forge.table(), configuration: .init(cachedTokensMax: cached, approvers: approvers))
    }

    private func approvals(by keys: [SigningKey]) throws -> [TokenApproval] {
        let draft = try Forge.tokenIssuer(bank).draft(Self.request, now: Forge.now)
        let first = try TokenApproval.sign(draft, reason: "INC-1", by: keys[0])
        return [first] + (try keys.dropFirst().map { try first.signed(by: $0) })
    }

    /// A token of the bank's with these approvals, whatever they are.
    private func token(_ approvals: [String], terms: TokenApproval) throws -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            terms.terms.write(to: &json)
            json.name("portcullis_approvals")
            json.array { json in for approval in approvals { json.string(Array(approval.utf8)) } }
        }
        let signed = bank.withPEM {
            LibJWT.sign(claims: json.bytes, keyID: bank.id, algorithm: .es256, key: $0)
        }
        return try #require(signed ?? nil)
    }

    @Test func `are given for one token by different people, and name them`() throws {
        let signed = try approvals(by: [alice, bob])
        #expect(signed.map(\.reason) == ["INC-1", "INC-1"] && signed[0].tokenID == signed[1].tokenID)
        let issued = try Forge.tokenIssuer(bank).issue(approvals: signed, now: Forge.now + 60)
        for cached in [0, 32] {
            let verifier = try verifier(cached: cached)
            for _ in 0..<2 {
                let token = try verifier.verify(issued.text, certificate: nil, now: Forge.now + 60)
                #expect(token.approvers == [Array("alice".utf8), Array("bob".utf8)])
                #expect(token.subject == Array("emp-7".utf8) && token.expires == Forge.now + 900)
            }
        }
    }

    @Test func `that do not hold make the token no token`() throws {
        let verifier = try verifier()
        let signed = try approvals(by: [alice, bob]).map { String(decoding: $0.text, as: UTF8.self) }
        let terms = try approvals(by: [alice])[0]
        let other = String(decoding: terms.text, as: UTF8.self)
        let mine = try TokenApproval(parsing: Array(signed[0].utf8))
        let mallory = String(decoding: try mine.signed(by: SigningKey.generate()).text, as: UTF8.self)
        let bankers = String(decoding: try mine.signed(by: bank).text, as: UTF8.self)
        let unsigned = String(signed[0].dropLast(8)) + "AAAAAAAA"
        let whole = try token([signed[0]], terms: mine)
        let table: [(String, [String], TokenRefusal)] = [
            ("none", [], .approvalsMalformed), ("too many", Array(repeating: signed[0], count: 5), .approvalsMalformed),
            ("twice the same", [signed[0], signed[0]], .approvalRepeated),
            ("of another token", [signed[0], other], .approvalMismatch),
            ("by a stranger", [signed[0], mallory], .approvalUnknown),
            ("by the bank's own key", [signed[0], bankers], .approvalUnknown),
            ("with another signature", [unsigned, signed[1]], .approvalInvalid),
            ("that is text", [signed[0], "x"], .approvalInvalid),
            ("that is a token", [String(decoding: whole, as: UTF8.self)], .approvalUnknown),
        ]
        for (name, approvals, refusal) in table {
            #expect(
                Forge.refusal(verifier, try token(approvals, terms: mine), now: Forge.now) == refusal, "\(name)")
        }
        #expect(Forge.refusal(verifier, try token(signed, terms: mine), now: Forge.now) == nil)
        // At the bound there are as many approvals as may be, one past it was refused above.
        #expect(
            Forge.refusal(verifier, try token(Array(repeating: signed[0], count: 4), terms: mine), now: Forge.now)
                == .approvalRepeated)
    }

    @Test func `bind all that the token says`() throws {
        let verifier = try verifier()
        let mine = try approvals(by: [alice])[0]
        let text = String(decoding: mine.text, as: UTF8.self)
        let claims =
            #"{"iss":"\#(Forge.issuer)","aud":"portcullis","sub":"emp-7","jti":"\#(mine.tokenID)","#
            + #""roles":["admin"],"iat":1800000000,"nbf":1800000000,"exp":1800000900,"portcullis_approvals":["\#(text)"]}"#
        func refusal(_ claims: String) throws -> TokenRefusal? {
            let signed = bank.withPEM {
                LibJWT.sign(claims: Array(claims.utf8), keyID: bank.id, algorithm: .es256, key: $0)
            }
            return Forge.refusal(verifier, try #require(signed ?? nil), now: Forge.now)
        }
        #expect(try refusal(claims) == nil)
        for (old, new) in [
            (#""sub":"emp-7""#, #""sub":"emp-8""#), (#""jti":""#, #""jti":"x"#), (#"["admin"]"#, #"["admin","agent"]"#),
            ("1800000900", "1800000901"), (#""nbf":1800000000"#, #""nbf":1799999999"#),
            (#""iat":1800000000"#, #""iat":1799999999"#), (#""aud":"portcullis""#, #""aud":["portcullis"]"#),
            (#""sub""#, #""scope":"all","sub""#), (#""sub""#, #""sid":"s","sub""#),
        ] {
            #expect(try refusal(claims.replacing(old, with: new)) == .approvalMismatch, "\(new)")
        }
    }

    @Test func `are refused by who issues where they do not fit`() throws {
        let issuer = try Forge.tokenIssuer(bank)
        let signed = try approvals(by: [alice, bob])
        let other = try approvals(by: [bob])
        for (bad, now) in [
            ([signed[0]], Forge.now), ([signed[0], signed[0]], Forge.now), ([signed[0], other[0]], Forge.now),
            (signed, Forge.now + 900),
        ] {
            #expect(throws: AuthError.self) { try issuer.issue(approvals: bad, now: now) }
        }
        #expect(throws: AuthError.self) { try signed[0].signed(by: alice) }
        #expect(throws: AuthError.self) { try TokenApproval(parsing: try issuer.issue(Self.request, now: 1).text) }
        let draft = try issuer.draft(Self.request, now: Forge.now)
        for reason in ["", "a\nb", String(repeating: "r", count: 256)] {
            #expect(throws: AuthError.self) { try TokenApproval.sign(draft, reason: reason, by: alice) }
        }
        _ = try TokenApproval.sign(draft, reason: String(repeating: "r", count: 255), by: alice)
    }

    @Test func `are what a role asks for, with a short life`() throws {
        let engine = try Callers.parse(
            """
            { version: "t", roles: { admin: { permissions: ["audit:read"], approvals: { count: 2, ttl_max_s: 900 } },
                agent: { permissions: ["knowledge:read"] } },
              routes: [{ method: "GET", path: "/a", permission: "audit:read" },
                { method: "GET", path: "/k", permission: "knowledge:read" }],
              bindings: [{ certificate: "dns:client", roles: ["admin", "agent"] }] }
            """)
        let client = try Callers.certificate("dns:client")
        func token(_ approvers: [String], life: Int64, roles: String...) throws -> VerifiedToken {
            VerifiedToken(
                .init(
                    issuer: [0x69], subject: [0x73], tokenID: nil, keyID: nil,
                    roles: try roles.map { try #require(RoleName($0)) },
                    lifetime: TokenLifetime(expires: life, notBefore: nil, issuedAt: 0),
                    approvers: approvers.map { Array($0.utf8) }, table: engine.roles))
        }
        let table: [([String], Int64, Result<String, PolicyRefusal>)] = [
            (["a", "b"], 900, .success("audit:read as admin")), (["a", "b"], 901, .failure(.approvalsMissing)),
            (["a"], 900, .failure(.approvalsMissing)), ([], 1, .failure(.approvalsMissing)),
        ]
        for (approvers, life, expected) in table {
            #expect(
                Callers.outcome(engine, "GET /a", try token(approvers, life: life, roles: "admin"), client) == expected)
        }
        // Another role of the same token is none the worse.
        let both = try token([], life: 900, roles: "admin", "agent")
        #expect(Callers.outcome(engine, "GET /k", both, client) == .success("knowledge:read as agent"))
        #expect(Callers.outcome(engine, "GET /a", both, client) == .failure(.roleMissing))
    }

    @Test(arguments: [
        (#"a: { permissions: ["tokens:issue"], issues: { roles: ["b"] } }"#, "/roles/a/issues"),
        (#"a: { permissions: [], inherits: ["b"] }"#, "/roles/a/inherits"),
        (#"a: { permissions: [], approvals: { count: 1 } }"#, "/roles/a/approvals/count"),
        (#"a: { permissions: [], approvals: { count: 5 } }"#, "/roles/a/approvals/count"),
        (#"a: { permissions: [], approvals: { ttl_max_s: 86401 } }"#, "/roles/a/approvals/ttl_max_s"),
        (#"a: { permissions: [], approvals: { ttl_max_s: 0 } }"#, "/roles/a/approvals/ttl_max_s"),
    ])
    func `cannot be gone round by a policy`(role: String, place: String) throws {
        let rest = "b: { permissions: [], approvals: {} } }, routes: [], bindings: [] }"
        do throws(PolicyError) {
            _ = try PolicyEngine.parse(Array("{ version: 't', roles: { \(role), \(rest)".utf8), file: "f")
            Issue.record("taken: \(role)")
        } catch { #expect(error.description.contains(place), "\(error)") }
    }

    @Test func `that a policy adds or drops are told by its differences`() throws {
        func policy(_ approvals: String) throws -> PolicyEngine {
            try Callers.parse(
                "{ version: 't', roles: { a: { permissions: ['audit:read']\(approvals) } }, routes: [], bindings: [] }")
        }
        let (with, without) = (try policy(", approvals: {}"), try policy(""))
        let sentence = "denied: permission audit:read without 2 approvals, or for longer than 900 s"
        #expect(with.differences(from: without).first?.loses == ["now \(sentence)"])
        #expect(without.differences(from: with).first?.gains == ["no longer \(sentence)"])
    }

    @Test func `are by people each with a name and a key of their own`() throws {
        let key = try alice.verificationKey()
        for (first, second) in [("alice", "alice"), ("alice", "bob")] {
            let other = first == second ? try bob.verificationKey() : key
            #expect(throws: AuthError.self) {
                try TokenVerifier(
                    issuers: [.init(name: "i", audiences: ["a"], keys: [try bank.verificationKey()])],
                    roles: try Forge.table(),
                    configuration: .init(approvers: [.init(name: first, key: key), .init(name: second, key: other)]))
            }
        }
    }
}
