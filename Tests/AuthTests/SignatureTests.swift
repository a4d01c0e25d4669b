import JWT
import OpenSSL
import Testing

@testable import Auth

@Suite struct `Signatures` {
    private static let pairs = SignatureVerifier.allCases.flatMap { verifier in
        SigningKey.Algorithm.allCases.map { (verifier, $0) }
    }

    private func issue(_ algorithm: SigningKey.Algorithm) throws -> [UInt8] {
        let issuer = try Forge.tokenIssuer(TestKeys.key(algorithm))
        return try issuer.issue(.init(subject: "u-1", roles: Forge.roles("customer")), now: Forge.now).text
    }

    private func verifier(
        _ signatures: SignatureVerifier, _ algorithm: SigningKey.Algorithm
    ) throws -> TokenVerifier {
        try Forge.verifier(TestKeys.key(algorithm).verificationKey(), signatures: signatures)
    }

    /// The token with its signature replaced.
    private func resigned(_ token: [UInt8], _ change: ([UInt8]) -> [UInt8]) throws -> [UInt8] {
        var parts = Forge.parts(token)
        let signature = try #require(Base64URL.decode(parts[2][...]))
        parts[2] = Base64URL.encode(change(signature))
        return Forge.join(parts)
    }

    @Test(arguments: pairs)
    func `an issued token verifies`(_ signatures: SignatureVerifier, _ algorithm: SigningKey.Algorithm) throws {
        #expect(Forge.refusal(try verifier(signatures, algorithm), try issue(algorithm)) == nil)
    }

    @Test(arguments: pairs)
    func `a spoilt signature is refused with its reason`(
        _ signatures: SignatureVerifier, _ algorithm: SigningKey.Algorithm
    ) throws {
        let verifier = try verifier(signatures, algorithm)
        let token = try issue(algorithm)
        let other = try issue(algorithm)
        #expect(Forge.refusal(verifier, try resigned(token) { _ in [] }) == .signatureEmpty)
        #expect(Forge.refusal(verifier, try resigned(token) { $0.dropLast() }) == .signatureLength)
        #expect(Forge.refusal(verifier, try resigned(token) { Array($0.prefix(8)) }) == .signatureLength)
        #expect(Forge.refusal(verifier, try resigned(token) { $0 + [0] }) == .signatureLength)
        #expect(Forge.refusal(verifier, try resigned(token) { [0] + $0 }) == .signatureLength)
        for bit in [0, 7] {
            let flipped = try resigned(token) {
                var bytes = $0; bytes[bytes.count / 3] ^= 1 << bit; return bytes
            }
            #expect(Forge.refusal(verifier, flipped) == .signatureInvalid)
        }
        var swapped = Forge.parts(token)
        swapped[2] = Forge.parts(other)[2]
        #expect(Forge.refusal(verifier, Forge.join(swapped)) == .signatureInvalid)
        var changed = Forge.parts(token)
        changed[1] = Base64URL.encode(Array(Forge.claims(#""sub":"admin""#).utf8))
        #expect(Forge.refusal(verifier, Forge.join(changed)) == .signatureInvalid)
    }

    @Test(arguments: SignatureVerifier.allCases)
    func `an ECDSA signature with a zero number is refused`(_ signatures: SignatureVerifier) throws {
        let verifier = try verifier(signatures, .es256)
        let token = try issue(.es256)
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(Forge.refusal(verifier, try resigned(token) { _ in zero + zero }) == .signatureZero)
        #expect(Forge.refusal(verifier, try resigned(token) { zero + $0[32...] }) == .signatureZero)
        #expect(Forge.refusal(verifier, try resigned(token) { $0[..<32] + zero }) == .signatureZero)
        // The group's order in place of r is zero to careless arithmetic.
        let order = try #require(
            Base64URL.decode(Array("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE".utf8)[...]))
        #expect(Forge.refusal(verifier, try resigned(token) { order + $0[32...] }) == .signatureInvalid)
    }

    @Test(arguments: SignatureVerifier.allCases)
    func `an ECDSA signature in DER is refused`(_ signatures: SignatureVerifier) throws {
        let token = try issue(.es256)
        let der = try resigned(token) { ECDSASignature.der($0) }
        #expect(Forge.refusal(try verifier(signatures, .es256), der) == .signatureLength)
    }

    @Test(arguments: SignatureVerifier.allCases)
    func `an RSA signature of zeros, ones or the modulus' size is refused`(_ signatures: SignatureVerifier) throws {
        let verifier = try verifier(signatures, .rs256)
        let token = try issue(.rs256)
        for byte: UInt8 in [0, 1, 0xFF] {
            let filled = try resigned(token) { [UInt8](repeating: byte, count: $0.count) }
            #expect(Forge.refusal(verifier, filled) == .signatureInvalid)
        }
        let one = try resigned(token) { [UInt8](repeating: 0, count: $0.count - 1) + [1] }
        #expect(Forge.refusal(verifier, one) == .signatureInvalid)
    }

    @Test(arguments: SigningKey.Algorithm.allCases)
    func `a token signed with the public key as an HMAC secret is refused, though libjwt takes it`(
        _ algorithm: SigningKey.Algorithm
    ) throws {
        let key = try TestKeys.key(algorithm)
        let kid = String(decoding: key.id, as: UTF8.self)
        let pem = key.publicKeyPEM
        let confused = Forge.hmac(header: #"{"alg":"HS256","kid":"\#(kid)","typ":"JWT"}"#, key: key.publicKeyPEM)
        // The attack is real: this is what would happen if the header were not compared with the key first.
        #expect(LibJWT.verify(token: confused, algorithm: .hs256, key: pem.span) == .valid)
        for signatures in SignatureVerifier.allCases {
            #expect(Forge.refusal(try verifier(signatures, algorithm), confused) == .algorithmMismatch)
        }
        let withoutKid = Forge.hmac(header: #"{"alg":"HS256"}"#, key: key.publicKeyPEM)
        #expect(Forge.refusal(try verifier(.libjwt, algorithm), withoutKid) == .algorithmMismatch)
    }

    @Test func `a token of the other asymmetric algorithm is refused`() throws {
        let ec = try TestKeys.key(.es256)
        let rsa = try TestKeys.key(.rs256)
        let claims = Array(Forge.claims.utf8)
        let token = try #require(
            rsa.withPEM { LibJWT.sign(claims: claims, keyID: ec.id, algorithm: .rs256, key: $0) } ?? nil)
        #expect(Forge.refusal(try verifier(.libjwt, .es256), token) == .algorithmMismatch)
    }

    @Test func `another key of the same kind is not the key`() throws {
        let stranger = try SigningKey.generate(.es256)
        let verifier = try verifier(.libjwt, .es256)
        let issuer = try Forge.tokenIssuer(stranger)
        let token = try issuer.issue(.init(subject: "u-1", roles: Forge.roles("customer")), now: Forge.now).text
        #expect(Forge.refusal(verifier, token) == .keyUnknown)
        let trusted = try TestKeys.key(.es256)
        let claims = Array(Forge.claims.utf8)
        let impostor = try #require(
            stranger.withPEM { LibJWT.sign(claims: claims, keyID: trusted.id, algorithm: .es256, key: $0) } ?? nil)
        #expect(Forge.refusal(verifier, impostor) == .signatureInvalid)
    }

    @Test func `without a kid only a single key of the algorithm will do`() throws {
        let keys = try [SigningKey.generate(.es256), SigningKey.generate(.es256)]
        let claims = Forge.claims
        let header = #"{"alg":"ES256"}"#
        let one = try Forge.verifier(keys[0].verificationKey())
        let two = try TokenVerifier(
            issuers: [
                .init(
                    name: Forge.issuer, audiences: ["portcullis"],
                    keys: [keys[0].verificationKey(), keys[1].verificationKey()])
            ], roles: Forge.table())
        let unsigned = Forge.signingInput(header, claims) + [0x2E]
        #expect(Forge.refusal(one, unsigned) == .signatureEmpty)
        #expect(Forge.refusal(two, unsigned) == .keyIDRequired)
    }

    @Test(arguments: [SignatureAlgorithm.rs384, .rs512, .es384, .es512, .hs384, .hs512])
    func `the longer hashes verify by both libraries and differ from each other`(
        _ algorithm: SignatureAlgorithm
    ) throws {
        let pair = try LongKey.make(algorithm)
        let claims = Array(Forge.claims.utf8)
        let jwt = try #require(algorithm.jwt)
        let token = try #require(
            pair.signing.withSpan {
                LibJWT.sign(claims: claims, keyID: Array("k".utf8), algorithm: jwt, key: $0)
            })
        for signatures in SignatureVerifier.allCases {
            let verifier = try Forge.verifier(pair.verifying, signatures: signatures)
            #expect(Forge.refusal(verifier, token) == nil)
            let spoilt = try resigned(token) { $0.dropLast() + [($0.last ?? 0) ^ 1] }
            #expect(Forge.refusal(verifier, spoilt) == .signatureInvalid)
        }
    }

    @Test(arguments: [SignatureAlgorithm.ps256, .ps384, .ps512, .edDSA, .ed25519])
    func `what libjwt does not know OpenSSL verifies, whichever is asked for`(_ algorithm: SignatureAlgorithm) throws {
        let scratch = try Scratch()
        let hash = algorithm.hash.map { "\($0)" }
        try scratch.openssl(
            "genpkey", "-out", "k.pem", "-algorithm", hash == nil ? "ED25519" : "RSA")
        let pem = try scratch.openssl("pkey", "-in", "k.pem", "-pubout")
        let key = try VerificationKey(id: "k", algorithm: algorithm, publicKeyPEM: pem)
        let input = Forge.signingInput(#"{"alg":"\#(algorithm.name)","kid":"k"}"#, Forge.claims)
        _ = try scratch.write("input", input)
        func sign(_ options: String...) throws -> [UInt8] {
            if let hash {
                try scratch.openssl(
                    ["dgst", "-\(hash)", "-sign", "k.pem", "-out", "signature"]
                        + options.flatMap { ["-sigopt", $0] } + ["input"])
            } else {
                try scratch.openssl(
                    "pkeyutl", "-sign", "-rawin", "-inkey", "k.pem", "-in", "input", "-out", "signature")
            }
            return try input + [0x2E] + Base64URL.encode(scratch.read("signature"))
        }
        let token = try sign("rsa_padding_mode:pss", "rsa_pss_saltlen:digest")
        for signatures in SignatureVerifier.allCases {
            let verifier = try Forge.verifier(key, signatures: signatures)
            #expect(Forge.refusal(verifier, token) == nil)
            #expect(Forge.refusal(verifier, token) == nil, "a checker serves more than one signature")
            let spoilt = try resigned(token) { $0.dropLast() + [($0.last ?? 0) ^ 1] }
            #expect(Forge.refusal(verifier, spoilt) == .signatureInvalid)
            guard hash != nil else { continue }
            // RFC 7518 §3.5: the salt has the length of the digest. And PKCS#1 v1.5 is another algorithm.
            #expect(
                Forge.refusal(verifier, try sign("rsa_padding_mode:pss", "rsa_pss_saltlen:16")) == .signatureInvalid)
            #expect(Forge.refusal(verifier, try sign()) == .signatureInvalid)
        }
    }

    /// A key of any kind in both its halves.
    private struct LongKey: ~Copyable {
        let signing: SecretBytes
        let verifying: VerificationKey

        static func make(_ algorithm: SignatureAlgorithm) throws -> LongKey {
            if algorithm.family == .hmac {
                let secret = [UInt8](repeating: 7, count: 64)
                let key = try VerificationKey(
                    id: "k", algorithm: algorithm, secret: SecretBytes(copying: secret))
                return LongKey(signing: SecretBytes(copying: secret), verifying: key)
            }
            let key: PrivateKey
            if case .ecdsa(let curve) = algorithm.family {
                key = try PrivateKey.generate(.ec(curve))
            } else {
                key = try PrivateKey.generate(.rsa(bits: 2048))
            }
            let pem = try key.publicKey().pem()
            return LongKey(
                signing: try key.pem(),
                verifying: try VerificationKey(id: "k", algorithm: algorithm, publicKeyPEM: pem))
        }
    }

    @Test func `both libraries agree on tokens with random changes`() throws {
        var random = SeededGenerator("both libraries agree")
        for algorithm in SigningKey.Algorithm.allCases {
            let byLibJWT = try verifier(.libjwt, algorithm)
            let byOpenSSL = try verifier(.openSSL, algorithm)
            let token = try issue(algorithm)
            for _ in 0..<150 {
                var changed = token
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    let index = Int.random(in: 0..<changed.count, using: &random)
                    changed[index] = UInt8.random(in: 0x2D...0x7A, using: &random)
                }
                let verdict = Forge.refusal(byLibJWT, changed)
                #expect(verdict == Forge.refusal(byOpenSSL, changed), "seed \(random.seed)")
                if changed != token { #expect(verdict != nil, "seed \(random.seed)") }
            }
        }
    }
}

@Suite struct `Verification keys` {
    private func error(_ body: () throws -> Void) -> AuthError? {
        do { try body() } catch { return error as? AuthError }
        return nil
    }

    @Test func `a key must be of the algorithm's kind and curve`() throws {
        let ec = try TestKeys.key(.es256).publicKeyPEM
        let rsa = try TestKeys.key(.rs256).publicKeyPEM
        for (algorithm, pem) in [(SignatureAlgorithm.rs256, ec), (.es256, rsa), (.es384, ec), (.hs256, rsa)] {
            let error = error { _ = try VerificationKey(id: "k", algorithm: algorithm, publicKeyPEM: pem) }
            guard case .key(name: "k", _, _) = error else {
                Issue.record("\(algorithm) took the key: \(String(describing: error))")
                continue
            }
        }
        #expect(error { _ = try VerificationKey(id: "k", algorithm: .es256, publicKeyPEM: Array("PEM".utf8)) } != nil)
    }

    @Test func `an RSA key under 2048 bits is refused`() throws {
        let scratch = try Scratch()
        for (bits, isFit) in [(1024, false), (2047, false), (2048, true)] {
            try scratch.openssl("genrsa", "-out", "k.pem", "\(bits)")
            try scratch.openssl("rsa", "-in", "k.pem", "-pubout", "-out", "p.pem")
            let pem = try scratch.openssl("pkey", "-pubin", "-in", "p.pem")
            let error = error { _ = try VerificationKey(id: nil, algorithm: .rs256, publicKeyPEM: pem) }
            #expect((error == nil) == isFit, "\(bits) bits: \(String(describing: error))")
        }
    }

    @Test(arguments: [(SignatureAlgorithm.hs256, 32), (.hs384, 48), (.hs512, 64)])
    func `a secret is at least as long as the hash`(_ algorithm: SignatureAlgorithm, _ count: Int) throws {
        func make(_ count: Int) -> AuthError? {
            error {
                let bytes = [UInt8](repeating: 1, count: count)
                _ = try VerificationKey(id: "k", algorithm: algorithm, secret: SecretBytes(copying: bytes))
            }
        }
        #expect(make(count) == nil)
        #expect(make(count - 1) != nil)
    }

    @Test func `a public key is not taken for a secret, nor a secret for a public key's algorithm`() throws {
        let pem = try TestKeys.key(.rs256).publicKeyPEM
        #expect(
            error { _ = try VerificationKey(id: "k", algorithm: .hs256, secret: SecretBytes(copying: pem)) } != nil
        )
        let bytes = [UInt8](repeating: 1, count: 64)
        #expect(
            error { _ = try VerificationKey(id: "k", algorithm: .rs256, secret: SecretBytes(copying: bytes)) }
                != nil)
    }

    @Test func `a kid is checked when it is configured`() throws {
        let pem = try TestKeys.key(.es256).publicKeyPEM
        for (id, isFit) in [
            ("k", true), (SpoiltToken.letters(128), true), (SpoiltToken.letters(129), false), ("", false),
        ] {
            let error = error { _ = try VerificationKey(id: id, algorithm: .es256, publicKeyPEM: pem) }
            #expect((error == nil) == isFit, "\(id)")
        }
    }

    @Test func `issuers that cannot be told apart or used are refused`() throws {
        let key = try TestKeys.key(.es256).verificationKey()
        let good = TrustedIssuer(name: "a", audiences: ["x"], keys: [key])
        func refuses(_ issuers: [TrustedIssuer], _ configuration: TokenVerifier.Configuration = .init()) -> Bool {
            error { _ = try TokenVerifier(issuers: issuers, roles: Forge.table(), configuration: configuration) } != nil
        }
        #expect(!refuses([good]))
        #expect(refuses([good, good]))
        #expect(refuses([.init(name: "", audiences: ["x"], keys: [key])]))
        #expect(refuses([.init(name: "a", audiences: [], keys: [key])]))
        #expect(refuses([.init(name: "a", audiences: ["x"], keys: [])]))
        #expect(refuses([.init(name: "a", audiences: ["x"], keys: [key, key])]))
        #expect(!refuses([good], .init(clockSkewSeconds: 300)))
        #expect(refuses([good], .init(clockSkewSeconds: 301)))
        #expect(refuses([good], .init(clockSkewSeconds: -1)))
        #expect(!refuses([good], .init(cachedTokensMax: 32)))
        #expect(refuses([good], .init(cachedTokensMax: 31)))
        #expect(!refuses([good], .init(cachedTokensMax: 1_000_000)))
        #expect(refuses([good], .init(cachedTokensMax: 1_000_001)))
    }
}
