import Curl
import OpenSSL
import Testing

@testable import Auth

@Suite struct `A JWK set` {
    private static let every = SignatureAlgorithm.allCases

    /// Members of a JWK of each kind, made by the foreign implementation where it takes long by hand.
    private func members(_ algorithm: SigningKey.Algorithm) throws -> String {
        let pem = try TestKeys.key(algorithm).publicKeyPEM
        let components = try PublicKey(pem: pem).components
        func encoded(_ bytes: [UInt8]) -> String { String(decoding: Base64URL.encode(bytes), as: UTF8.self) }
        switch components {
        case .rsa(let modulus, let exponent, _):
            return #""kty":"RSA","n":"\#(encoded(modulus))","e":"\#(encoded(exponent))""#
        case .ec(let curve, let x, let y):
            return #""kty":"EC","crv":"\#(curve.name)","x":"\#(encoded(x))","y":"\#(encoded(y))""#
        default: throw AuthError.library("unexpected key")
        }
    }

    private func set(_ keys: String..., algorithms: [SignatureAlgorithm] = every) throws -> JWKSet {
        try JWKSet(parsing: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8), algorithms: algorithms)
    }

    /// Why the one key of a set is not taken; nil where it is.
    private func reason(_ key: String, _ algorithms: [SignatureAlgorithm] = every) throws -> String? {
        let set = try set(key, algorithms: algorithms)
        #expect(set.keys.isEmpty != set.refused.isEmpty)
        return set.refused.first?.reason
    }

    @Test(arguments: SigningKey.Algorithm.allCases)
    func `verifies tokens with the keys it holds`(_ algorithm: SigningKey.Algorithm) throws {
        let key = try TestKeys.key(algorithm)
        let id = String(decoding: key.id, as: UTF8.self)
        let set = try set("{\(members(algorithm)),\"kid\":\"\(id)\",\"use\":\"sig\",\"key_ops\":[\"verify\"]}")
        let verifier = try TokenVerifier(
            issuers: [
                TrustedIssuer(name: Forge.issuer, audiences: ["portcullis"], keys: set.keys, hasChangingKeys: true)
            ], roles: try Forge.table())
        let token = try Forge.tokenIssuer(key).issue(
            .init(subject: "u-1", roles: Forge.roles("customer")), now: Forge.now)
        #expect(Forge.refusal(verifier, token.text) == nil)
    }

    @Test func `takes a key without alg for each of the issuer's algorithms that fit, and with alg for that alone`()
        throws
    {
        let rsa = try members(.rs256)
        let free = try set("{\(rsa),\"kid\":\"a\"}", algorithms: [.rs256, .ps256, .es256, .hs256])
        #expect(free.keys.map(\.algorithm) == [.rs256, .ps256])
        let pinned = try set("{\(rsa),\"kid\":\"a\",\"alg\":\"PS256\"}", algorithms: [.rs256, .ps256])
        #expect(pinned.keys.map(\.algorithm) == [.ps256])
        #expect(try reason("{\(rsa),\"alg\":\"RS512\"}", [.rs256]) != nil)
        #expect(try reason("{\(rsa),\"alg\":\"HS256\"}") != nil)
        #expect(try reason("{\(rsa),\"alg\":\"none\"}") != nil)
        #expect(try reason("{\(rsa),\"alg\":5}") == "an alg that is no string")
    }

    @Test func `knows the Ed25519 key of RFC 8037 A 2`() throws {
        let key = #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        let set = try set(key)
        #expect(set.keys.map(\.algorithm) == [.edDSA, .ed25519])
        let text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        let signature =
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        let token = try CompactToken(parsing: Array("\(text).\(signature)".utf8))
        for verifier in SignatureVerifier.allCases { try verifier.check(token, with: set.keys[0]) }
        let forged = try CompactToken(parsing: Array("\(text).\(signature.replacing("hgyY", with: "hgyZ"))".utf8))
        #expect(throws: TokenRefusal.signatureInvalid) {
            try SignatureVerifier.openSSL.check(forged, with: set.keys[0])
        }
    }

    @Test(arguments: [
        (#""kty":"oct","k":"AAAA""#, "a symmetric key in a public set"), (#""kty":"Wep""#, "an unknown kty"),
        (#""kid":"a""#, "no kty"), (#""kty":"EC","crv":"secp256k1""#, "an EC key on an unknown curve"),
        (#""kty":"OKP","crv":"X25519","x":"AAAA""#, "an OKP key on another curve than Ed25519"),
        (#""kty":"OKP","crv":"Ed25519","x":"AAAA""#, "no x of 32 bytes in base64url"),
        (#""kty":"RSA","e":"AQAB""#, "no number n in base64url without leading zeros"),
        (#""kty":"RSA","n":"AAAA","e":"AQAB""#, "no number n in base64url without leading zeros"),
        (#""kty":"RSA","n":"wQ==","e":"AQAB""#, "no number n in base64url without leading zeros"),
    ]) func `leaves out what is no key for it, and says why`(_ members: String, _ reason: String) throws {
        #expect(try self.reason("{\(members)}") == reason)
    }

    @Test func `leaves out keys for something else, keys that were given away and keys that say nothing`() throws {
        let ec = try members(.es256)
        #expect(try reason("{\(ec),\"use\":\"enc\"}") == "a use other than \"sig\"")
        #expect(try reason("{\(ec),\"use\":1}") == "a use other than \"sig\"")
        #expect(try reason("{\(ec),\"key_ops\":[\"sign\"]}") == "key_ops without \"verify\"")
        #expect(try reason("{\(ec),\"d\":\"AAAA\"}") == "a private key in a public set")
        #expect(try reason("{\(ec),\"kid\":\"a b\"}")?.hasPrefix("a kid that is not") == true)
        #expect(try reason("{\(ec),\"kid\":7}")?.hasPrefix("a kid that is not") == true)
        #expect(try reason("[]") == "no object")
        #expect(try reason("{\(ec)}", [.rs256])?.hasSuffix("for none of the issuer's algorithms") == true)
        #expect(try reason("{\(ec)}", [.hs256]) != nil)
    }

    @Test func `refuses a point that is not on the curve, and weak and huge RSA keys`() throws {
        let one = String(repeating: "A", count: 42) + "E"
        #expect(try reason(#"{"kty":"EC","crv":"P-256","x":"\#(one)","y":"\#(one)"}"#)?.hasPrefix("cannot") == true)
        func rsa(bytes: Int, exponent: String = "AQAB") -> String {
            var modulus = [UInt8](repeating: 0xA5, count: bytes)
            modulus[bytes - 1] = 0xA7
            return
                #"{"kty":"RSA","n":"\#(String(decoding: Base64URL.encode(modulus), as: UTF8.self))","e":"\#(exponent)"}"#
        }
        #expect(try reason(rsa(bytes: 255))?.contains("2040 bits") == true)
        #expect(try reason(rsa(bytes: 1025)) == "an RSA key of more than 8192 bits")
        for exponent in ["Aw", "AQAA", "AQABAQABAQABAQAB"] {
            #expect(try reason(rsa(bytes: 256, exponent: exponent)) != nil, "\(exponent)")
        }
    }

    @Test func `has each kid once for an algorithm, the first`() throws {
        let (ec, rsa) = (try members(.es256), try members(.rs256))
        let set = try set("{\(ec),\"kid\":\"a\"}", "{\(ec),\"kid\":\"a\"}", "{\(rsa),\"kid\":\"a\",\"alg\":\"RS256\"}")
        #expect(set.keys.map(\.algorithm) == [.es256, .rs256])
        #expect(set.refused == [.init(index: 1, keyID: "a", reason: "the kid of a key before it")])
    }

    @Test func `holds 64 keys and no more, and is an object with an array`() throws {
        func set(of count: Int) throws -> JWKSet {
            try JWKSet(
                parsing: Array(#"{"keys":[\#(Array(repeating: "{}", count: count).joined(separator: ","))]}"#.utf8),
                algorithms: Self.every)
        }
        #expect(try set(of: 64).refused.count == 64)
        #expect(throws: IssuerFault.self) { try set(of: 65) }
        for text in ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[],"keys":[]}"#, "\u{FEFF}{\"keys\":[]}", "<html>"] {
            #expect(throws: IssuerFault.self, "\(text)") {
                try JWKSet(parsing: Array(text.utf8), algorithms: Self.every)
            }
        }
    }

    @Test func `of a discovery document is where the issuer's own document says, by HTTPS`() throws {
        let issuer = "https://login.test/tenant"
        func read(_ text: String, isPlain: Bool = false) -> String? {
            let metadata = try? ProviderMetadata(
                parsing: Array(text.utf8), issuer: issuer, ports: [443, 81], isPlain: isPlain)
            return metadata?.keysURL.url
        }
        let good = #"{"issuer":"\#(issuer)","jwks_uri":"https://login.test/keys?p=1"}"#
        #expect(read(good) == "https://login.test/keys?p=1")
        #expect(read(good.replacing("login.test/keys", with: "keys.test:81/")) == "https://keys.test:81/?p=1")
        #expect(read(good.replacing("login.test/keys", with: "login.test:82/keys")) == nil, "a port that is not named")
        #expect(read(good.replacing("tenant", with: "other")) == nil)
        #expect(read(good.replacing("tenant", with: "tenant/")) == nil)
        #expect(read(#"{"issuer":"\#(issuer)"}"#) == nil)
        for url in [
            "http://login.test/keys", "http://127.0.0.1/keys", "ftp://login.test/", "https://a@b/", "/keys", "",
        ] {
            #expect(read(#"{"issuer":"\#(issuer)","jwks_uri":"\#(url)"}"#) == nil, "\(url)")
        }
        #expect(read(#"{"issuer":"\#(issuer)","jwks_uri":"http://127.0.0.1:81/keys"}"#, isPlain: true) != nil)
        #expect(read(#"{"issuer":"\#(issuer)","jwks_uri":"http://login.test:81/keys"}"#, isPlain: true) == nil)
    }
}
