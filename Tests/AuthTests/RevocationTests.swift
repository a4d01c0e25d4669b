import OpenSSL
import Testing

@testable import Auth

@Suite struct `A revocation` {
    private static let issuer = Array(Forge.issuer.utf8)
    private static let token = Forge.hmac(claims: Forge.claims(#""jti":"t-1""#))

    private static func revocation(_ target: Revocation.Target, before: Int64? = nil) throws -> Revocation {
        try Revocation(target, issuer: issuer, issuedBefore: before, now: Forge.now)
    }

    /// Why the token is refused while `list` is in force; nil where it is accepted.
    private static func refusal(
        _ list: RevocationList, _ token: [UInt8] = token, by verifier: TokenVerifier? = nil, now: Int64 = Forge.now
    ) throws -> TokenRefusal? {
        let verified = try (verifier ?? Forge.hmacVerifier()).verify(token, certificate: nil, now: Forge.now)
        do throws(TokenRefusal) {
            try list.check(verified, now: now)
            return nil
        } catch { return error }
    }

    static let targets: [(Revocation.Target, Int64?, TokenRefusal)] = [
        (.token(Array("t-1".utf8)), nil, .revoked), (.subject(Array("u-1".utf8)), nil, .revokedSubject),
        (.issuer, Forge.now + 1, .revokedIssuedBefore),
    ]

    @Test(arguments: targets)
    func `names a token, its subject, or all of its issuer`(
        target: Revocation.Target, before: Int64?, refusal: TokenRefusal
    ) throws {
        let list = RevocationList([try Self.revocation(target, before: before)])
        #expect(try Self.refusal(list) == refusal)
        #expect(list.statistics.refusals == 1 && list.statistics.revocations == 1)
    }

    @Test func `names a role among those of a token`() throws {
        let role = Revocation.Target.role(try #require(RoleName("customer")))
        let list = RevocationList([try Self.revocation(role)])
        #expect(try Self.refusal(list) == .revokedRole)
        #expect(try Self.refusal(RevocationList([try Self.revocation(role, before: Forge.now)])) == nil)
        let two = Forge.hmac(claims: Forge.claims(#""roles":["agent","customer"]"#))
        #expect(try Self.refusal(list, two) == .revokedRole)
        #expect(try Self.refusal(list, Forge.hmac(claims: Forge.claims(#""roles":["agent"]"#))) == nil)
    }

    @Test func `is about nobody else's tokens`() throws {
        let strangers = [
            try Self.revocation(.token(Array("t-2".utf8))), try Self.revocation(.subject(Array("t-1".utf8))),
            try Self.revocation(.token(Array("u-1".utf8))), try Self.revocation(.subject(Array("u-11".utf8))),
            try Self.revocation(.role(try #require(RoleName("u-1")))),
            try Revocation(.issuer, issuer: Array("https://issuer.tes".utf8), issuedBefore: Forge.now, now: Forge.now),
            try Revocation(.subject(Array("u-1".utf8)), issuer: Array("other".utf8), now: Forge.now),
        ]
        let list = RevocationList(strangers)
        #expect(try Self.refusal(list) == nil)
        #expect(list.statistics.refusals == 0 && list.statistics.revocations == strangers.count)
    }

    @Test(arguments: [Revocation.Target.subject(Array("u-1".utf8)), .issuer])
    func `is of tokens issued before a second`(target: Revocation.Target) throws {
        let same = RevocationList([try Self.revocation(target, before: Forge.now)])
        #expect(try Self.refusal(same) == nil, "issued in that second")
        let next = RevocationList([try Self.revocation(target, before: Forge.now + 1)])
        #expect(try Self.refusal(next) != nil)
        let older = Forge.hmac(claims: Forge.claims(#""iat":1799999999"#))
        #expect(try Self.refusal(same, older) != nil)
    }

    @Test func `refuses a token that is remembered, on its next use`() throws {
        let verifier = try Forge.hmacVerifier(cached: 1000)
        let list = RevocationList()
        for _ in 0..<2 { #expect(try Self.refusal(list, by: verifier) == nil) }
        #expect(verifier.statistics.cacheHits == 1)
        list.replace(RevocationTable([try Self.revocation(.token(Array("t-1".utf8)))]))
        for _ in 0..<2 { #expect(try Self.refusal(list, by: verifier) == .revoked) }
        #expect(verifier.statistics.cacheHits == 3, "from the cache all the same")
    }

    @Test func `that nobody can look up any more makes every token a bad one, and not a second before`() throws {
        let list = RevocationList()
        list.trust(until: Forge.now)
        #expect(try Self.refusal(list, now: Forge.now) == nil && !list.isStale(now: Forge.now))
        #expect(try Self.refusal(list, now: Forge.now + 1) == .revocationsStale && list.isStale(now: Forge.now + 1))
        #expect(list.statistics.refusals == 0, "that is no revocation")
        list.trust(until: Forge.now + 1)
        #expect(try Self.refusal(list, now: Forge.now + 1) == nil)
    }

    @Test func `is asked for within bounds`() throws {
        let long = [UInt8](repeating: 0x61, count: AuthLimits.claimBytesMax)
        for target in [Revocation.Target.token(long), .subject(long)] {
            #expect(try Self.revocation(target).name == long)
        }
        for name in [long + [0x61], [], Array("a\n".utf8), [0x7F]] {
            #expect(throws: AuthError.self) { try Self.revocation(.token(name)) }
            #expect(throws: AuthError.self) { try Self.revocation(.subject(name)) }
            #expect(throws: AuthError.self) {
                try Revocation(.issuer, issuer: name, issuedBefore: Forge.now, now: Forge.now)
            }
        }
        let ahead = Forge.now + AuthLimits.revocationAheadSecondsMax
        #expect(try Self.revocation(.issuer, before: ahead).issuedBefore == ahead)
        #expect(try Self.revocation(.issuer, before: 1).issuedBefore == 1)
        for before in [ahead + 1, 0, -1, .max, .min] {
            #expect(throws: AuthError.self) { try Self.revocation(.issuer, before: before) }
        }
    }

    @Test func `says until when tokens were issued, but for one token, and for all only where it is said`() throws {
        #expect(try Self.revocation(.subject(Array("u-1".utf8))).issuedBefore == Forge.now + 1)
        #expect(try Self.revocation(.token(Array("t-1".utf8))).issuedBefore == nil)
        #expect(throws: AuthError.self) { try Self.revocation(.token(Array("t-1".utf8)), before: 1) }
        #expect(throws: AuthError.self) { try Self.revocation(.issuer) }
    }

    @Test func `shows no subject in a record`() throws {
        let target = try Self.revocation(.subject(Array("u-1".utf8))).recordTarget
        let text = String(decoding: target, as: UTF8.self)
        #expect(text.hasPrefix("subject:") && text.count == 72 && !text.contains("u-1"))
    }
}

@Suite struct `The table of revocations` {
    private static func key(_ number: Int) -> RevocationKey {
        RevocationKey(.token, issuer: Array("i".utf8), name: Array("t-\(number)".utf8))
    }

    @Test func `holds a hundred thousand in a third of 20 MB and finds each`() {
        var table = RevocationTable()
        for number in 0..<100_000 { table.insert(Self.key(number), issuedBefore: Int64(number)) }
        #expect(table.count == 100_000)
        #expect(table.bytesCount * 3 < 20_000_000, "while it is exchanged there are two, and a third grows")
        let lost = (0..<100_000).filter { table.issuedBefore(of: Self.key($0)) != Int64($0) }
        #expect(lost.isEmpty)
        let invented = (100_000..<110_000).filter { table.issuedBefore(of: Self.key($0)) != nil }
        #expect(invented.isEmpty)
    }

    @Test func `is never full, so that every search ends`() {
        var table = RevocationTable()
        for number in 0..<1000 {
            table.insert(Self.key(number), issuedBefore: 1)
            #expect(table.issuedBefore(of: Self.key(-1 - number)) == nil)
        }
    }

    @Test func `keeps the later of two seconds for one key`() {
        var table = RevocationTable()
        for second in [5, 9, 7] { table.insert(Self.key(1), issuedBefore: Int64(second)) }
        #expect(table.count == 1 && table.issuedBefore(of: Self.key(1)) == 9)
    }

    @Test func `keeps kinds, issuers and names apart`() {
        let keys = Set(
            RevocationKey.Kind.allCases.flatMap { kind in
                [("a", "bc"), ("ab", "c"), ("abc", ""), ("", "abc")].map {
                    RevocationKey(kind, issuer: Array($0.0.utf8), name: Array($0.1.utf8))
                }
            })
        #expect(keys.count == 16)
        for key in keys { #expect(RevocationKey(bytes: key.bytes) == key) }
    }
}
