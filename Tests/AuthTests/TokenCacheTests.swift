import OpenSSL
import Testing

@testable import Auth

@Suite struct `The cache of verified tokens` {
    private let certificate = SHA256Digest(of: Array("one".utf8))
    private let other = SHA256Digest(of: Array("two".utf8))

    @Test func `a known token costs no second verification`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        let token = Forge.hmac()
        for _ in 0..<3 { _ = try verifier.verify(token, certificate: certificate, now: Forge.now) }
        #expect(verifier.statistics == .init(cacheHits: 2, cacheMisses: 1, cachedTokens: 1))
    }

    @Test func `it does not extend a token past its expiry`() throws {
        let verifier = try Forge.hmacVerifier(skew: 10, cached: 1000)
        let token = Forge.hmac()
        _ = try verifier.verify(token, certificate: nil, now: Forge.now)
        #expect(Forge.refusal(verifier, token, now: 1_800_000_609) == nil)
        #expect(verifier.statistics.cacheHits == 1)
        #expect(Forge.refusal(verifier, token, now: 1_800_000_610) == .expired)
        #expect(verifier.statistics.cachedTokens == 0, "an expired token is forgotten")
    }

    @Test func `an expired token stays refused when the clock is set back and forth`() throws {
        let verifier = try Forge.hmacVerifier(skew: 0, cached: 1000)
        let token = Forge.hmac(claims: Forge.claims(#""nbf":1800000000"#))
        #expect(Forge.refusal(verifier, token, now: 1_800_000_000) == nil)
        #expect(Forge.refusal(verifier, token, now: 1_799_999_999) == .notYetValid)
        #expect(Forge.refusal(verifier, token, now: 1_800_000_600) == .expired)
        #expect(Forge.refusal(verifier, token, now: 1_800_000_600) == .expired)
    }

    @Test func `it does not lend a token to another certificate`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        let token = Forge.hmac()
        for certificate in [certificate, other, nil, SHA256Digest(bytes: [UInt8](repeating: 0, count: 32))] {
            _ = try verifier.verify(token, certificate: certificate, now: Forge.now)
        }
        #expect(verifier.statistics == .init(cacheHits: 0, cacheMisses: 4, cachedTokens: 4))
    }

    @Test func `it does not swap tokens that differ in one byte`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        let token = Forge.hmac()
        _ = try verifier.verify(token, certificate: nil, now: Forge.now)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == 0x41 ? 0x42 : 0x41
            #expect(Forge.refusal(verifier, changed) != nil, "byte \(index)")
        }
        #expect(verifier.statistics.cacheHits == 0)
        let admin = Forge.hmac(claims: Forge.claims(#""sub":"u-2""#))
        #expect(try verifier.verify(admin, certificate: nil, now: Forge.now).subject == Array("u-2".utf8))
        #expect(try verifier.verify(token, certificate: nil, now: Forge.now).subject == Array("u-1".utf8))
    }

    @Test func `what is dropped for room is counted`() throws {
        let verifier = try Forge.hmacVerifier(cached: 32)
        for subject in 0..<500 {
            let token = Forge.hmac(claims: Forge.claims("\"sub\":\"s\(subject)\""))
            _ = try verifier.verify(token, certificate: nil, now: Forge.now)
        }
        let statistics = verifier.statistics
        #expect(statistics.cacheEvictions > 400 && statistics.cachedTokens <= 32)
        #expect(statistics.cacheEvictions + UInt64(statistics.cachedTokens) == 500)
    }

    @Test func `it does not remember refused tokens`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        for spoilt in SpoiltToken.headers + SpoiltToken.claims { _ = Forge.refusal(verifier, spoilt.token) }
        #expect(verifier.statistics.cachedTokens == 0)
        #expect(verifier.statistics.cacheHits == 0)
    }

    @Test func `new keys forget every token`() throws {
        let first = try TestKeys.key(.es256)
        let verifier = try Forge.verifier(first.verificationKey(), cached: 1000)
        let token = try Forge.tokenIssuer(first).issue(
            .init(subject: "u-1", roles: Forge.roles("customer")), now: Forge.now
        ).text
        #expect(Forge.refusal(verifier, token) == nil)
        #expect(Forge.refusal(verifier, token) == nil)
        let second = try SigningKey.generate(.es256).verificationKey()
        try verifier.replace(
            issuers: [.init(name: Forge.issuer, audiences: ["portcullis"], keys: [second])], roles: Forge.table())
        #expect(Forge.refusal(verifier, token) == .keyUnknown)
        #expect(verifier.statistics.cachedTokens == 0)
    }

    @Test func `a replacement that is refused changes nothing`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        #expect(throws: AuthError.self) {
            try verifier.replace(issuers: [.init(name: "", audiences: [], keys: [])], roles: Forge.table())
        }
        #expect(Forge.refusal(verifier, Forge.hmac()) == nil)
    }

    @Test func `a verification that began before the keys changed is not remembered after`() throws {
        let cache = TokenCache(entriesMax: 1000)
        let token = try Forge.hmacVerifier().verify(Forge.hmac(), certificate: nil, now: Forge.now)
        cache.clear(generation: 2)
        cache.insert(token, certificate, generation: 1)
        #expect(cache.find(certificate) == nil)
        // Two reloads may clear in either order.
        cache.clear(generation: 1)
        cache.insert(token, certificate, generation: 1)
        #expect(cache.find(certificate) == nil)
        cache.insert(token, certificate, generation: 2)
        #expect(cache.find(certificate) != nil)
    }

    @Test(arguments: [32, 160, 1000]) func `it holds no more than it may`(_ entriesMax: Int) throws {
        let cache = TokenCache(entriesMax: entriesMax)
        let token = try Forge.hmacVerifier().verify(Forge.hmac(), certificate: nil, now: Forge.now)
        for index in 0..<(entriesMax * 20) {
            cache.insert(token, SHA256Digest(of: Array("\(index)".utf8)), generation: 0)
        }
        let count = cache.statistics.cachedTokens
        #expect(count <= entriesMax)
        #expect(count >= entriesMax / 4, "it must not be emptier than its two generations explain")
    }

    @Test func `what is used stays while others come and go`() throws {
        let cache = TokenCache(entriesMax: 320)
        let token = try Forge.hmacVerifier().verify(Forge.hmac(), certificate: nil, now: Forge.now)
        cache.insert(token, certificate, generation: 0)
        for index in 0..<5000 {
            cache.insert(token, SHA256Digest(of: Array("\(index)".utf8)), generation: 0)
            #expect(cache.find(certificate) != nil)
        }
    }

    @Test func `a cache of size zero remembers nothing`() throws {
        let verifier = try Forge.hmacVerifier(cached: 0)
        for _ in 0..<2 { #expect(Forge.refusal(verifier, Forge.hmac()) == nil) }
        #expect(verifier.statistics == .init())
    }

    @Test func `tasks that verify and replace at once never see a token of keys that are gone`() async throws {
        let old = try VerificationKey(id: "hs", algorithm: .hs256, secret: SecretBytes(copying: Forge.secret))
        let newSecret = [UInt8](repeating: 9, count: 32)
        let new = try VerificationKey(id: "hs", algorithm: .hs256, secret: SecretBytes(copying: newSecret))
        func issuers(_ key: VerificationKey) -> [TrustedIssuer] {
            [.init(name: Forge.issuer, audiences: ["portcullis"], keys: [key])]
        }
        let verifier = try TokenVerifier(issuers: issuers(old), roles: Forge.table())
        let table = try Forge.table()
        let token = Forge.hmac()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { for _ in 0..<300 { _ = Forge.refusal(verifier, token) } }
            }
            group.addTask {
                for _ in 0..<50 {
                    try? verifier.replace(issuers: issuers(new), roles: table)
                    try? verifier.replace(issuers: issuers(old), roles: table)
                }
                try? verifier.replace(issuers: issuers(new), roles: table)
            }
        }
        #expect(Forge.refusal(verifier, token) == .signatureInvalid)
    }
}
