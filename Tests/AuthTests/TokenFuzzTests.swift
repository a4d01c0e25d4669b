import Testing

@testable import Auth

@Suite struct `Random bytes for tokens` {
    @Test func `no bytes crash the verifier and none but the real token is accepted`() throws {
        var random = SeededGenerator("token bytes")
        let verifier = try Forge.hmacVerifier(signatures: .openSSL)
        let good = Forge.hmac()
        for _ in 0..<10_000 {
            let token = Self.mutate(good, &random)
            if Forge.refusal(verifier, token) == nil { #expect(token == good, "seed \(random.seed)") }
        }
    }

    /// The texts inside are changed and signed rightly, so that the changes reach the JSON and the claims.
    @Test func `no signed texts crash the verifier, and what it accepts has all that it must`() throws {
        var random = SeededGenerator("signed texts")
        let verifier = try Forge.hmacVerifier(signatures: .openSSL)
        for _ in 0..<10_000 {
            let header =
                Bool.random(using: &random) ? Array(Forge.header.utf8) : Self.mutate(Array(Forge.header.utf8), &random)
            let claims = Self.mutate(Array(Forge.claims.utf8), &random)
            let token = Forge.hmac(
                header: String(decoding: header, as: UTF8.self), claims: String(decoding: claims, as: UTF8.self))
            guard let verified = try? verifier.verify(token, certificate: nil, now: Forge.now) else { continue }
            #expect(verified.issuer == Array(Forge.issuer.utf8), "seed \(random.seed)")
            #expect(!verified.subject.isEmpty && !verified.roles.isEmpty, "seed \(random.seed)")
            #expect(verified.expires + 30 > Forge.now, "seed \(random.seed)")
        }
    }

    private static let pieces: [[UInt8]] =
        [
            ".", "..", "=", "\"", "{", "}", "[", "]", ",", ":", "\\u0000", "\\", "e", "-", "99999999999999999999",
            "1e400", "null",
            "\"alg\":\"none\",", "\"exp\":0,", "\u{0}", "\u{FEFF}", "ÿ",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]]

    private static func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let index = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: index)
            case 1 where index < bytes.count: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 2 where index < bytes.count: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 3: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 0...8, using: &random)))
            case 4:
                let end = min(bytes.count, index + Int.random(in: 0...40, using: &random))
                bytes.insert(contentsOf: bytes[index..<end], at: index)
            default: break
            }
        }
        return bytes
    }
}
