import OpenSSL
import Testing

@testable import Auth

/// One way to spoil a token whose HMAC stays right, and the reason it must be refused for.
struct SpoiltToken: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let token: [UInt8]
    let refusal: TokenRefusal

    init(_ description: String, _ refusal: TokenRefusal, _ token: [UInt8]) {
        testDescription = description
        self.token = token
        self.refusal = refusal
    }

    init(_ description: String, _ refusal: TokenRefusal, header: String) {
        self.init(description, refusal, Forge.hmac(header: header))
    }

    init(_ description: String, _ refusal: TokenRefusal, claims: String) {
        self.init(description, refusal, Forge.hmac(claims: claims))
    }

    static let good = Forge.hmac()
    static let parts = Forge.parts(good)

    static let form: [SpoiltToken] = [
        .init("no bytes", .empty, []),
        .init("no dots", .partCount, Array("abc".utf8)),
        .init("two parts", .partCount, Forge.join([parts[0], parts[1]])),
        .init("four parts", .partCount, Forge.join(parts + [parts[2]])),
        .init("a JWE of five parts", .encrypted, Forge.join([parts[0], [], parts[1], parts[1], parts[2]])),
        .init("padding after the header", .notBase64URL, Forge.join([parts[0] + [0x3D], parts[1], parts[2]])),
        .init("padding after the signature", .notBase64URL, good + [0x3D]),
        .init("a space before", .notBase64URL, [0x20] + good),
        .init("a line end after", .notBase64URL, good + [0x0A]),
        .init("a space inside", .notBase64URL, Forge.join([parts[0], [0x20] + parts[1], parts[2]])),
        .init("a zero byte after", .notBase64URL, good + [0]),
        .init("standard base64's +", .notBase64URL, Forge.join([parts[0], parts[1], [0x2B] + parts[2].dropFirst()])),
        .init("bits left over that are not zero", .notBase64URL, Forge.join([parts[0], parts[1], nonCanonical])),
        .init("one letter too many", .notBase64URL, good + [0x41, 0x41]),
        .init("an empty header", .headerNotJSON, Forge.join([[], parts[1], parts[2]])),
        .init("empty claims", .claimsNotJSON, Forge.join([parts[0], [], parts[2]])),
        .init("a byte over 7 bits", .notBase64URL, Forge.join([parts[0], [0xC3, 0xA9] + parts[1], parts[2]])),
    ]

    /// The signature of 32 bytes ends in a letter that carries four bits; its two lower ones must be zero.
    private static var nonCanonical: [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var signature = parts[2]
        let last = alphabet.firstIndex(of: signature[signature.count - 1]) ?? 0
        signature[signature.count - 1] = alphabet[last | 1]
        return signature
    }

    static let headers: [SpoiltToken] = [
        .init("a header that is no JSON", .headerNotJSON, header: "{alg:HS256}"),
        .init("a header with a comment", .headerNotJSON, header: #"{"alg":"HS256"/**/}"#),
        .init("a header that is no UTF-8", .headerNotJSON, spoilt(headerBytes: [0x7B, 0x22, 0xFF, 0x22, 0x7D])),
        .init("a header that is an array", .headerNotObject, header: #"["HS256"]"#),
        .init("a header that is null", .headerNotObject, header: "null"),
        .init("alg twice", .headerRepeatedMember, header: #"{"alg":"HS256","alg":"none","kid":"hs"}"#),
        .init("alg twice by an escape", .headerRepeatedMember, header: #"{"alg":"HS256","\u0061lg":"none"}"#),
        .init("a header nested too deep", .headerTooDeep, header: #"{"alg":"HS256","x":\#(nested(8))}"#),
        .init("crit", .criticalExtension, header: #"{"alg":"HS256","kid":"hs","crit":["exp"]}"#),
        .init("an empty crit", .criticalExtension, header: #"{"alg":"HS256","kid":"hs","crit":[]}"#),
        .init("b64:false", .unencodedPayload, header: #"{"alg":"HS256","kid":"hs","b64":false}"#),
        .init("b64:true", .unencodedPayload, header: #"{"alg":"HS256","kid":"hs","b64":true}"#),
        .init("zip", .encrypted, header: #"{"alg":"HS256","kid":"hs","zip":"DEF"}"#),
        .init("enc", .encrypted, header: #"{"alg":"HS256","kid":"hs","enc":"A128GCM"}"#),
        .init("a nested token", .nested, header: #"{"alg":"HS256","kid":"hs","cty":"JWT"}"#),
        .init("an unknown typ", .typeUnknown, header: #"{"alg":"HS256","kid":"hs","typ":"dpop+jwt"}"#),
        .init("a typ that is no string", .typeUnknown, header: #"{"alg":"HS256","kid":"hs","typ":1}"#),
        .init("no alg", .algorithmMissing, header: #"{"kid":"hs"}"#),
        .init("alg none", .algorithmNone, header: #"{"alg":"none","kid":"hs"}"#),
        .init("alg None", .algorithmNone, header: #"{"alg":"None","kid":"hs"}"#),
        .init("alg nOnE", .algorithmNone, header: #"{"alg":"nOnE","kid":"hs"}"#),
        .init("alg NONE", .algorithmNone, header: #"{"alg":"NONE","kid":"hs"}"#),
        .init("alg null", .algorithmUnknown, header: #"{"alg":null,"kid":"hs"}"#),
        .init("alg in lower case", .algorithmUnknown, header: #"{"alg":"hs256","kid":"hs"}"#),
        .init("alg with a space", .algorithmUnknown, header: #"{"alg":"HS256 ","kid":"hs"}"#),
        .init("alg PS256", .algorithmMismatch, header: #"{"alg":"PS256","kid":"hs"}"#),
        .init("alg EdDSA", .algorithmMismatch, header: #"{"alg":"EdDSA","kid":"hs"}"#),
        .init("an algorithm that is not the key's", .algorithmMismatch, header: #"{"alg":"HS512","kid":"hs"}"#),
        .init("an algorithm without a key", .algorithmMismatch, header: #"{"alg":"RS256"}"#),
        .init("an unknown kid", .keyUnknown, header: #"{"alg":"HS256","kid":"other"}"#),
        .init("kid traversal", .keyIDMalformed, header: #"{"alg":"HS256","kid":"../../../dev/null"}"#),
        .init("an absolute path for a kid", .keyIDMalformed, header: #"{"alg":"HS256","kid":"/dev/null"}"#),
        .init("kid with SQL", .keyIDMalformed, header: #"{"alg":"HS256","kid":"x' UNION SELECT 'k"}"#),
        .init("kid with a command", .keyIDMalformed, header: #"{"alg":"HS256","kid":"k|id"}"#),
        .init("kid with a zero byte", .keyIDMalformed, header: #"{"alg":"HS256","kid":"hs\u0000"}"#),
        .init("an empty kid", .keyIDMalformed, header: #"{"alg":"HS256","kid":""}"#),
        .init("a kid that is no string", .keyIDMalformed, header: #"{"alg":"HS256","kid":["hs"]}"#),
        .init("a kid of 129 bytes", .keyIDMalformed, header: #"{"alg":"HS256","kid":"\#(letters(129))"}"#),
        .init("a kid of 128 bytes that is unknown", .keyUnknown, header: #"{"alg":"HS256","kid":"\#(letters(128))"}"#),
    ]

    static let claims: [SpoiltToken] = [
        .init("claims that are no JSON", .claimsNotJSON, claims: "iss=1"),
        .init("claims with text after", .claimsNotJSON, claims: Forge.claims + "{}"),
        .init("claims that are an array", .claimsNotObject, claims: "[\(Forge.claims)]"),
        .init("claims that are a string", .claimsNotObject, claims: #""sub""#),
        .init("sub twice", .claimsRepeatedMember, claims: #"{"sub":"admin",\#(Forge.claims.dropFirst())"#),
        .init("claims nested too deep", .claimsTooDeep, claims: Forge.claims("\"x\":\(nested(8))")),
        .init("no iss", .issuerMissing, claims: Forge.claims(without: "iss")),
        .init("an iss that is no string", .issuerMalformed, claims: Forge.claims(#""iss":1"#)),
        .init("another iss", .issuerUnknown, claims: Forge.claims(#""iss":"https://other.test""#)),
        .init("an iss with a slash more", .issuerUnknown, claims: Forge.claims(#""iss":"https://issuer.test/""#)),
        .init("no aud", .audienceMissing, claims: Forge.claims(without: "aud")),
        .init("another aud", .audienceWrong, claims: Forge.claims(#""aud":"other""#)),
        .init("an array of other audiences", .audienceWrong, claims: Forge.claims(#""aud":["other"]"#)),
        .init("an empty array for aud", .audienceMalformed, claims: Forge.claims(#""aud":[]"#)),
        .init("an aud that is an object", .audienceMalformed, claims: Forge.claims(#""aud":{"portcullis":1}"#)),
        .init("17 audiences", .audienceMalformed, claims: Forge.claims("\"aud\":[\(audiences(17))]")),
        .init("no sub", .subjectMissing, claims: Forge.claims(without: "sub")),
        .init("an empty sub", .subjectMalformed, claims: Forge.claims(#""sub":"""#)),
        .init("a sub with a line end", .subjectMalformed, claims: Forge.claims(#""sub":"a\nb""#)),
        .init("a sub that is a number", .subjectMalformed, claims: Forge.claims(#""sub":7"#)),
        .init("a sub of 256 bytes", .subjectMalformed, claims: Forge.claims(#""sub":"\#(letters(256))""#)),
        .init("a jti that is a number", .tokenIDMalformed, claims: Forge.claims(#""jti":7"#)),
        .init("no exp", .expiryMissing, claims: Forge.claims(without: "exp")),
        .init("an exp in the past", .expired, claims: Forge.claims(#""exp":1799999970"#)),
        .init("an exp of zero", .expired, claims: Forge.claims(#""exp":0"#)),
        .init("an exp that is a string", .timeNotInteger, claims: Forge.claims(#""exp":"1800000600""#)),
        .init("an exp with a fraction", .timeNotInteger, claims: Forge.claims(#""exp":1800000600.5"#)),
        .init("an exp with an exponent", .timeNotInteger, claims: Forge.claims(#""exp":18e8"#)),
        .init("an exp that is null", .timeNotInteger, claims: Forge.claims(#""exp":null"#)),
        .init("an exp below zero", .timeOutOfRange, claims: Forge.claims(#""exp":-1"#)),
        .init("an exp after the year 9999", .timeOutOfRange, claims: Forge.claims(#""exp":253402300800"#)),
        .init("the largest exp of 64 bits", .timeOutOfRange, claims: Forge.claims(#""exp":9223372036854775807"#)),
        .init("an nbf in the future", .notYetValid, claims: Forge.claims(#""nbf":1800000031"#)),
        .init("an nbf that is a string", .timeNotInteger, claims: Forge.claims(#""nbf":"0""#)),
        .init("an iat in the future", .issuedInFuture, claims: Forge.claims(#""iat":1800000031"#)),
        .init("an iat that is true", .timeNotInteger, claims: Forge.claims(#""iat":true"#)),
        .init("no iat", .issuedAtMissing, claims: Forge.claims(without: "iat")),
        .init("a life of a year and a second", .lifeTooLong, claims: Forge.claims(#""exp":1831536001"#)),
        .init("the last exp there is", .lifeTooLong, claims: Forge.claims(#""exp":253402300799"#)),
        .init("no roles", .rolesMissing, claims: Forge.claims(without: "roles")),
        .init("an empty roles", .rolesMissing, claims: Forge.claims(#""roles":[]"#)),
        .init("roles as a string", .rolesMalformed, claims: Forge.claims(#""roles":"customer""#)),
        .init("a role with a space", .rolesMalformed, claims: Forge.claims(#""roles":["a b"]"#)),
        .init("a role of 65 bytes", .rolesMalformed, claims: Forge.claims("\"roles\":[\"\(letters(65))\"]")),
        .init("role and roles", .rolesAmbiguous, claims: Forge.claims(#""role":"admin""#)),
        .init("33 roles", .rolesTooMany, claims: Forge.claims("\"roles\":[\(roles(33))]")),
    ]

    static func letters(_ count: Int) -> String { String(repeating: "k", count: count) }

    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    static func audiences(_ count: Int) -> String {
        (1..<count).map { "\"a\($0)\"" }.joined(separator: ";").replacing(";", with: ",") + ",\"portcullis\""
    }

    static func roles(_ count: Int) -> String { (0..<count).map { "\"r\($0)\"" }.joined(separator: ",") }

    private static func spoilt(headerBytes: [UInt8]) -> [UInt8] {
        Forge.join([Base64URL.encode(headerBytes), parts[1], parts[2]])
    }
}

@Suite struct `Refused tokens` {
    @Test(arguments: SpoiltToken.form) func `a broken compact form is refused`(_ spoilt: SpoiltToken) throws {
        #expect(Forge.refusal(try Forge.hmacVerifier(), spoilt.token) == spoilt.refusal)
    }

    @Test(arguments: SpoiltToken.headers) func `a header that is not ours is refused`(_ spoilt: SpoiltToken) throws {
        #expect(Forge.refusal(try Forge.hmacVerifier(), spoilt.token) == spoilt.refusal)
    }

    @Test(arguments: SpoiltToken.claims) func `claims that are not ours are refused`(_ spoilt: SpoiltToken) throws {
        #expect(Forge.refusal(try Forge.hmacVerifier(), spoilt.token) == spoilt.refusal)
    }

    @Test func `the token that the others are spoilt from is accepted`() throws {
        for signatures in SignatureVerifier.allCases {
            let token = try Forge.hmacVerifier(signatures: signatures).verify(
                SpoiltToken.good, certificate: nil, now: Forge.now)
            #expect(token.issuer == Array(Forge.issuer.utf8))
            #expect(token.subject == Array("u-1".utf8))
            #expect(token.keyID == Array("hs".utf8))
            #expect(token.tokenID == nil)
            #expect(try token.roles == Forge.roles("customer"))
            #expect(token.expires == 1_800_000_600)
        }
    }

    @Test(arguments: [
        #"{"alg":"HS256","kid":"hs"}"#, #"{"alg":"HS256"}"#, #"{"alg":"HS256","typ":"jwt"}"#,
        #"{"alg":"HS256","typ":"at+jwt"}"#, #"{"alg":"HS256","typ":"application/at+jwt"}"#,
        // Headers that offer a key are not looked at: the signature is checked with the configured key all the same.
        #"{"alg":"HS256","jku":"https://evil.test/jwks.json","x5u":"file:///etc/passwd"}"#,
        #"{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"},"x5c":["AAAA"]}"#,
        #"{"alg":"HS256","x":[[[[[[[]]]]]]]}"#,
    ])
    func `a header with nothing against it is accepted`(_ header: String) throws {
        #expect(Forge.refusal(try Forge.hmacVerifier(), Forge.hmac(header: header)) == nil)
    }

    @Test(arguments: [
        Forge.claims(#""aud":["other","portcullis"]"#), Forge.claims("\"aud\":[\(SpoiltToken.audiences(16))]"),
        Forge.claims(#""exp":1799999971"#), Forge.claims(#""exp":1831536000"#), Forge.claims(#""nbf":1800000030"#),
        Forge.claims(#""iat":1800000030"#), Forge.claims(#""sub":"\#(SpoiltToken.letters(255))""#),
        Forge.claims("\"roles\":[\(SpoiltToken.roles(32))]"), Forge.claims(#""x":[[[[[[[]]]]]]]"#),
        Forge.claims("\"roles\":[\"\(SpoiltToken.letters(64))\"]"),
        Forge.claims(#""role":null"#).replacing("null", with: "0")
            .replacing(#""role":0,"#, with: ""),
    ])
    func `claims at their bounds are accepted`(_ claims: String) throws {
        #expect(Forge.refusal(try Forge.hmacVerifier(), Forge.hmac(claims: claims)) == nil)
    }

    @Test func `a life as long as is set is accepted, and a second more is refused`() throws {
        let key = try VerificationKey(id: "hs", algorithm: .hs256, secret: SecretBytes(copying: Forge.secret))
        let trusted = TrustedIssuer(name: Forge.issuer, audiences: ["portcullis"], keys: [key])
        func verifier(_ seconds: Int64) throws -> TokenVerifier {
            try TokenVerifier(
                issuers: [trusted], roles: try Forge.table(), configuration: .init(lifeSecondsMax: seconds))
        }
        #expect(Forge.refusal(try verifier(600), Forge.hmac()) == nil)
        #expect(Forge.refusal(try verifier(599), Forge.hmac()) == .lifeTooLong)
        for seconds in [0, -1, AuthLimits.lifeSecondsMax + 1] {
            #expect(throws: AuthError.self) { try verifier(seconds) }
        }
        for seconds in [1, AuthLimits.lifeSecondsMax] { #expect(throws: Never.self) { try verifier(seconds) } }
    }

    @Test func `a token of 8192 bytes is accepted and one byte more is refused`() throws {
        let verifier = try Forge.hmacVerifier()
        func token(padding: Int) -> [UInt8] {
            Forge.hmac(claims: Forge.claims(#""pad":"\#(SpoiltToken.letters(padding))""#))
        }
        let lengths = (5800...6100).map { ($0, token(padding: $0)) }
        let fitting = try #require(lengths.last { $0.1.count <= AuthLimits.tokenBytesMax })
        #expect(fitting.1.count == AuthLimits.tokenBytesMax)
        #expect(Forge.refusal(verifier, fitting.1) == nil)
        // A part's length in base64url is never 1 more than a multiple of 4, so one byte more is no token; but it must be
        // the length that it is refused for.
        #expect(Forge.refusal(verifier, [UInt8](repeating: 0x41, count: AuthLimits.tokenBytesMax)) == .partCount)
        #expect(Forge.refusal(verifier, [UInt8](repeating: 0x41, count: AuthLimits.tokenBytesMax + 1)) == .tooLong)
        #expect(Forge.refusal(verifier, [UInt8](repeating: 0x41, count: 1_000_000)) == .tooLong)
    }

    @Test func `an issuer's roles claim decides which member counts`() throws {
        let one = Forge.hmac(claims: Forge.claims(without: "roles").replacing("}", with: #","role":"agent"}"#))
        let both = Forge.hmac(claims: Forge.claims(#""role":"agent""#))
        let byRole = try Forge.hmacVerifier(rolesClaim: .role)
        let byRoles = try Forge.hmacVerifier(rolesClaim: .roles)
        let byEither = try Forge.hmacVerifier()
        #expect(try byRole.verify(one, certificate: nil, now: Forge.now).roles == Forge.roles("agent"))
        #expect(try byEither.verify(one, certificate: nil, now: Forge.now).roles == Forge.roles("agent"))
        #expect(try byRole.verify(both, certificate: nil, now: Forge.now).roles == Forge.roles("agent"))
        #expect(try byRoles.verify(both, certificate: nil, now: Forge.now).roles == Forge.roles("customer"))
        #expect(Forge.refusal(byRoles, one) == .rolesMissing)
        #expect(Forge.refusal(byRole, Forge.hmac()) == .rolesMissing)
    }

    @Test func `every reason is a code of its own`() throws {
        let reasons = TokenRefusal.allCases.map { "\($0.reason)" } + PolicyRefusal.allCases.map { "\($0.reason)" }
        #expect(Set(reasons).count == reasons.count)
        for reason in reasons { #expect(reason.wholeMatch(of: /[a-z0-9_.:-]{1,64}/) != nil, "\(reason)") }
    }
}
