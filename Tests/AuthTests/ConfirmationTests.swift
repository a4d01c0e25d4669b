import JSON
import OpenSSL
import Testing

@testable import Auth

@Suite struct `A certificate-bound token` {
    private static let holder = SHA256Digest(of: Array("holder".utf8))
    private static let thief = SHA256Digest(of: Array("thief".utf8))
    private static let thumbprint = String(decoding: Base64URL.encode(holder.bytes), as: UTF8.self)

    private static func token(_ confirmation: String) -> [UInt8] {
        Forge.hmac(claims: Forge.claims("\"cnf\":" + confirmation))
    }

    private static let bound = token("{\"x5t#S256\":\"\(thumbprint)\"}")

    private func refusal(_ token: [UInt8], _ certificate: SHA256Digest?, cached: Int = 0) throws -> TokenRefusal? {
        try Self.refusal(Forge.hmacVerifier(cached: cached), token, certificate)
    }

    private static func refusal(
        _ verifier: TokenVerifier, _ token: [UInt8], _ certificate: SHA256Digest?
    ) -> TokenRefusal? {
        do throws(TokenRefusal) {
            _ = try verifier.verify(token, certificate: certificate, now: Forge.now)
            return nil
        } catch { return error }
    }

    @Test func `it is good with its certificate and no other`() throws {
        #expect(try refusal(Self.bound, Self.holder) == nil)
        #expect(try refusal(Self.bound, Self.thief) == .confirmationMismatch)
        #expect(try refusal(Self.bound, nil) == .confirmationAbsent)
    }

    @Test func `one that is remembered is not lent to a thief`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        for _ in 0..<2 {
            #expect(Self.refusal(verifier, Self.bound, Self.holder) == nil)
            #expect(Self.refusal(verifier, Self.bound, Self.thief) == .confirmationMismatch)
            #expect(Self.refusal(verifier, Self.bound, nil) == .confirmationAbsent)
        }
        #expect(verifier.statistics.cachedTokens == 1)
    }

    @Test func `the policy can see that it is bound`() throws {
        let verifier = try Forge.hmacVerifier()
        #expect(try verifier.verify(Self.bound, certificate: Self.holder, now: Forge.now).isBound)
        #expect(try !verifier.verify(Forge.hmac(), certificate: Self.holder, now: Forge.now).isBound)
    }

    @Test(arguments: [
        "null", "[]", "{}", "\"\(thumbprint)\"", "true", "{\"x5t#S256\":null}", "{\"x5t#S256\":1}",
        "{\"x5t#S256\":\"\"}", "{\"x5t#S256\":\"\(thumbprint.dropLast())\"}", "{\"x5t#S256\":\"\(thumbprint)=\"}",
        "{\"x5t#S256\":\"\(thumbprint)A\"}", "{\"x5t#S256\":[\"\(thumbprint)\"]}",
    ])
    func `a confirmation that is malformed refuses the token`(confirmation: String) throws {
        #expect(try refusal(Self.token(confirmation), Self.holder) == .confirmationMalformed)
    }

    @Test(arguments: [
        "{\"jkt\":\"\(thumbprint)\"}", "{\"jwk\":{}}", "{\"kid\":\"a\"}", "{\"x5t\":\"\(thumbprint)\"}",
        "{\"X5T#S256\":\"\(thumbprint)\"}", "{\"x5t#S256\":\"\(thumbprint)\",\"jkt\":\"a\"}",
    ])
    func `a method of confirmation that is not understood refuses the token`(confirmation: String) throws {
        #expect(try refusal(Self.token(confirmation), Self.holder) == .confirmationUnknown)
    }

    @Test func `the issuer writes what the verifier demands`() throws {
        let key = try TestKeys.key(.es256)
        let issued = try Forge.tokenIssuer(key).issue(
            .init(
                subject: "u-1", roles: try Forge.roles("customer"), certificate: Self.holder, scope: "read write",
                sessionID: "s-1"), now: Forge.now)
        let verifier = try Forge.verifier(key.verificationKey())
        #expect(Self.refusal(verifier, issued.text, Self.holder) == nil)
        #expect(Self.refusal(verifier, issued.text, Self.thief) == .confirmationMismatch)
        let claims = try JSONParser.parse(try #require(Base64URL.decode(Forge.parts(issued.text)[1][...])))
        #expect(claims["cnf"]?["x5t#S256"]?.text == Self.thumbprint)
        #expect(claims["scope"]?.text == "read write" && claims["sid"]?.text == "s-1")
    }

    @Test(arguments: ["", " ", "a  b", " a", "a ", "a\"b", "a\\b", "a\u{7F}", "é", String(repeating: "a", count: 256)])
    func `a scope that is none is not issued`(scope: String) throws {
        let issuer = try Forge.tokenIssuer(TestKeys.key(.es256))
        let roles = try Forge.roles("customer")
        #expect(throws: AuthError.self) {
            try issuer.issue(.init(subject: "u", roles: roles, scope: scope), now: Forge.now)
        }
        #expect(throws: AuthError.self) {
            try issuer.issue(.init(subject: "u", roles: roles, sessionID: "\n"), now: Forge.now)
        }
    }
}
