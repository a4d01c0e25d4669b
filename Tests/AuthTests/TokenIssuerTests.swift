import Foundation
import JSON
import OpenSSL
import Testing

@testable import Auth

@Suite struct `Issued tokens` {
    private func claims(_ token: [UInt8]) throws -> JSONNode {
        try JSONParser.parse(CompactToken(parsing: token).claims)
    }

    private func refused(_ request: TokenIssuer.Request, _ issuer: TokenIssuer) -> String? {
        do throws(AuthError) { _ = try issuer.issue(request, now: Forge.now) } catch {
            if case .request(let member, _, _) = error { return member }
            return "\(error)"
        }
        return nil
    }

    @Test(arguments: SigningKey.Algorithm.allCases)
    func `they say who, for whom, until when and by which key`(_ algorithm: SigningKey.Algorithm) throws {
        let key = try TestKeys.key(algorithm)
        let issued = try Forge.tokenIssuer(key).issue(
            .init(subject: "dev-customer", roles: Forge.roles("customer", "agent"), lifetime: .seconds(90)),
            now: Forge.now)
        let claims = try claims(issued.text)
        #expect(claims["iss"]?.text == Forge.issuer)
        #expect(claims["aud"]?.text == "portcullis")
        #expect(claims["sub"]?.text == "dev-customer")
        #expect(claims["roles"]?.elements?.compactMap(\.text) == ["customer", "agent"])
        #expect(claims["iat"]?.integer == Forge.now)
        #expect(claims["nbf"]?.integer == Forge.now)
        #expect(claims["exp"]?.integer == Forge.now + 90)
        #expect(issued.expires == Forge.now + 90)
        #expect(claims["jti"]?.bytes == issued.tokenID)
        #expect(issued.tokenID.count == 22, "128 bits in base64url")
        let header = try TokenHeader(parsing: CompactToken(parsing: issued.text).header())
        #expect(header.keyID == key.id)
        #expect(header.keyID == issued.keyID)
        #expect(header.algorithm == algorithm.signature)
    }

    @Test func `no two have one jti and the default life is half an hour`() throws {
        let issuer = try Forge.tokenIssuer(TestKeys.key(.es256))
        let request = try TokenIssuer.Request(subject: "s", roles: Forge.roles("agent"))
        let first = try issuer.issue(request, now: Forge.now)
        let second = try issuer.issue(request, now: Forge.now)
        #expect(first.tokenID != second.tokenID)
        #expect(first.expires == Forge.now + 1800)
    }

    @Test func `a request for more than is allowed is refused at the bound`() throws {
        let issuer = try Forge.tokenIssuer(TestKeys.key(.es256))
        let roles = try Forge.roles("agent")
        func request(
            subject: String = "s", roles: [RoleName]? = nil, audience: String? = nil, lifetime: Int64? = nil
        ) -> TokenIssuer.Request {
            .init(
                subject: subject, roles: roles ?? [RoleName("agent")].compactMap { $0 }, audience: audience,
                lifetime: lifetime.map { .seconds($0) })
        }
        #expect(refused(request(lifetime: 86_400), issuer) == nil)
        #expect(refused(request(lifetime: 86_401), issuer) == "lifetime")
        #expect(refused(request(lifetime: 1), issuer) == nil)
        #expect(refused(request(lifetime: 0), issuer) == "lifetime")
        #expect(refused(request(lifetime: -5), issuer) == "lifetime")
        #expect(refused(request(audience: "other"), issuer) == nil)
        #expect(refused(request(audience: "stranger"), issuer) == "audience")
        #expect(refused(request(subject: ""), issuer) == "subject")
        #expect(refused(request(subject: "a\nb"), issuer) == "subject")
        #expect(refused(request(subject: SpoiltToken.letters(255)), issuer) == nil)
        #expect(refused(request(subject: SpoiltToken.letters(256)), issuer) == "subject")
        #expect(refused(request(roles: []), issuer) == "roles")
        #expect(refused(request(roles: Array(repeating: roles[0], count: 32)), issuer) == nil)
        #expect(refused(request(roles: Array(repeating: roles[0], count: 33)), issuer) == "roles")
    }

    @Test func `a subject with quotes and letters beyond ASCII comes back as it was`() throws {
        let key = try TestKeys.key(.es256)
        let subject = #"Žofie "\" 客户"#
        let token = try Forge.tokenIssuer(key).issue(
            .init(subject: subject, roles: Forge.roles("agent")), now: Forge.now
        ).text
        let verified = try Forge.verifier(key.verificationKey()).verify(token, certificate: nil, now: Forge.now)
        #expect(verified.subject == Array(subject.utf8))
    }

    @Test func `settings that cannot be are refused`() throws {
        let key = try TestKeys.key(.es256)
        func refuses(_ configuration: TokenIssuer.Configuration) -> Bool {
            (try? TokenIssuer(key: key, configuration: configuration)) == nil
        }
        #expect(!refuses(.init(issuer: "a", audiences: ["b"])))
        #expect(refuses(.init(issuer: "", audiences: ["b"])))
        #expect(refuses(.init(issuer: "a", audiences: [])))
        #expect(refuses(.init(issuer: "a", audiences: ["b"], lifetimeDefault: .seconds(0))))
        #expect(refuses(.init(issuer: "a", audiences: ["b"], lifetimeDefault: .seconds(61), lifetimeMax: .seconds(60))))
        #expect(
            !refuses(.init(issuer: "a", audiences: ["b"], lifetimeDefault: .seconds(60), lifetimeMax: .seconds(60))))
    }
}

@Suite struct `Signing keys` {
    @Test(arguments: SigningKey.Algorithm.allCases)
    func `a key comes back from its file as it was`(_ algorithm: SigningKey.Algorithm) throws {
        let scratch = try Scratch()
        let key = try TestKeys.key(algorithm)
        try key.write(to: scratch.file("k.pem"))
        let read = try SigningKey.read(scratch.file("k.pem"))
        #expect(read.id == key.id)
        #expect(read.algorithm == algorithm)
        #expect(read.publicKeyPEM == key.publicKeyPEM)
    }

    @Test func `a file that others can reach is refused`() throws {
        let scratch = try Scratch()
        try TestKeys.key(.es256).write(to: scratch.file("k.pem"))
        for (mode, isFit) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o610, false)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: scratch.file("k.pem"))
            #expect(((try? SigningKey.read(scratch.file("k.pem"))) != nil) == isFit, "mode \(String(mode, radix: 8))")
        }
    }

    @Test func `a key of another kind is refused with what is wanted`() throws {
        let scratch = try Scratch()
        try scratch.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", "p384.pem")
        try scratch.openssl("genpkey", "-algorithm", "ED25519", "-out", "ed.pem")
        try scratch.openssl("genrsa", "-out", "small.pem", "1024")
        try scratch.openssl(
            "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes128", "-pass",
            "pass:x", "-out", "locked.pem")
        for name in ["p384.pem", "ed.pem", "small.pem", "locked.pem"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.file(name))
            #expect(throws: AuthError.self, "\(name)") { _ = try SigningKey.read(scratch.file(name)) }
        }
    }

    @Test func `the kid is the thumbprint of RFC 7638's example`() throws {
        let modulus = try #require(
            Base64URL.decode(
                Array(
                    ("0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi"
                        + "FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgn"
                        + "Yb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqb"
                        + "w0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw").utf8)[...]))
        let thumbprint = KeyThumbprint.of(.rsa(modulus: modulus, exponent: [1, 0, 1], bits: 2048))
        #expect(String(decoding: thumbprint, as: UTF8.self) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }
}

@Suite struct `Another implementation` {
    /// DER to raw, for signatures that the command makes.
    private func raw(_ der: [UInt8]) throws -> [UInt8] {
        var numbers: [[UInt8]] = []
        var index = 2
        while index < der.count {
            try #require(der[index] == 2)
            let count = Int(der[index + 1])
            let digits = der[(index + 2)..<(index + 2 + count)].drop { $0 == 0 }
            numbers.append([UInt8](repeating: 0, count: 32 - digits.count) + digits)
            index += 2 + count
        }
        return Array(numbers.joined())
    }

    @Test(arguments: SigningKey.Algorithm.allCases, SignatureVerifier.allCases)
    func `a token signed by the openssl command verifies here`(
        _ algorithm: SigningKey.Algorithm, _ signatures: SignatureVerifier
    ) throws {
        let scratch = try Scratch()
        try TestKeys.key(algorithm).write(to: scratch.file("k.pem"))
        for _ in 0..<5 {
            let signed = Forge.signingInput(#"{"alg":"\#(algorithm.signature.name)"}"#, Forge.claims)
            _ = try scratch.write("signed", signed)
            let signature = try scratch.openssl("dgst", "-sha256", "-sign", "k.pem", "signed")
            let bytes = try algorithm == .es256 ? raw(signature) : signature
            let token = signed + [0x2E] + Base64URL.encode(bytes)
            let verifier = try Forge.verifier(TestKeys.key(algorithm).verificationKey(), signatures: signatures)
            #expect(Forge.refusal(verifier, token) == nil)
        }
    }

    @Test(arguments: SigningKey.Algorithm.allCases)
    func `the openssl command verifies a token issued here`(_ algorithm: SigningKey.Algorithm) throws {
        let scratch = try Scratch()
        let key = try TestKeys.key(algorithm)
        let token = try Forge.tokenIssuer(key).issue(
            .init(subject: "s", roles: Forge.roles("agent")), now: Forge.now)
        let compact = try CompactToken(parsing: token.text)
        _ = try scratch.write("p.pem", key.publicKeyPEM)
        _ = try scratch.write("signed", Array(compact.bytes[..<compact.signedCount]))
        let signature = algorithm == .es256 ? ECDSASignature.der(compact.signature) : compact.signature
        _ = try scratch.write("signature", signature)
        let said = try scratch.openssl("dgst", "-sha256", "-verify", "p.pem", "-signature", "signature", "signed")
        #expect(String(decoding: said, as: UTF8.self).contains("Verified OK"))
    }
}
