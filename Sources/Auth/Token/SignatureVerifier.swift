internal import JWT
internal import OpenSSL

/// The library that checks signatures. Both are given the same token, the same key and the same answer to find.
public enum SignatureVerifier: Sendable, CaseIterable {
    /// libjwt 1.10, which reads the key's PEM anew for each token: 320 µs for RS256 and 390 µs for ES256 (OpenSSL 3.0.22,
    /// one core of an EPYC, 2026-11).
    case libjwt
    /// OpenSSL with the key prepared once: 17 µs and 60 µs on the same machine.
    case openSSL

    /// Checks a token's signature. The caller has compared the header's algorithm with the key's.
    func check(_ token: CompactToken, with key: VerificationKey) throws(TokenRefusal) {
        guard !token.signature.isEmpty else { throw .signatureEmpty }
        // For ECDSA this also refuses the DER form; a JWS has two numbers of fixed length (RFC 7518 §3.4).
        guard token.signature.count == key.material.signatureBytes else { throw .signatureLength }
        if case .ecdsa = key.algorithm.family, ECDSASignature.hasZero(token.signature) { throw .signatureZero }
        if case .libjwt = self, let algorithm = key.algorithm.jwt {
            try checkByLibJWT(token, key, algorithm)
        } else {
            try checkByOpenSSL(token, key)
        }
    }

    private func checkByLibJWT(
        _ token: CompactToken, _ key: VerificationKey, _ algorithm: JWTAlgorithm
    ) throws(TokenRefusal) {
        let verdict = key.material.encoded.withSpan {
            LibJWT.verify(token: token.bytes, algorithm: algorithm, key: $0)
        }
        switch verdict {
        case .valid: return
        case .invalid: throw .signatureInvalid
        case .outOfMemory: throw .verifierFailed
        }
    }

    private func checkByOpenSSL(_ token: CompactToken, _ key: VerificationKey) throws(TokenRefusal) {
        let signed = token.bytes.span.extracting(..<token.signedCount)
        let isValid: Bool
        switch key.material.means {
        case .secret(let hash):
            isValid = HMAC.isValid(token.signature.span, hash, of: signed, key: key.material.encoded)
        case .key(let checker):
            if case .ecdsa = key.algorithm.family {
                isValid = checker.isValid(ECDSASignature.der(token.signature).span, of: signed)
            } else {
                isValid = checker.isValid(token.signature.span, of: signed)
            }
        }
        guard isValid else { throw .signatureInvalid }
    }
}

/// The two forms of an ECDSA signature: JWS has r and s at the curve's full length (RFC 7518 §3.4), OpenSSL a DER
/// sequence of two integers (RFC 3279 §2.2.3).
enum ECDSASignature {
    /// Whether r or s is zero. Such a signature fits any message where a verifier forgets to check (CVE-2022-21449).
    static func hasZero(_ raw: [UInt8]) -> Bool {
        let half = raw.count / 2
        return raw[..<half].allSatisfy { $0 == 0 } || raw[half...].allSatisfy { $0 == 0 }
    }

    static func der(_ raw: [UInt8]) -> [UInt8] {
        let half = raw.count / 2
        let body = integer(raw[..<half]) + integer(raw[half...])
        return [0x30] + length(body.count) + body
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        // DER integers are signed: a set first bit would make the number negative.
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return [0x02] + length(digits.count) + digits
    }

    /// At most 139 bytes come here (P-521), so one length byte after 0x81 is enough.
    private static func length(_ count: Int) -> [UInt8] {
        count < 0x80 ? [UInt8(count)] : [0x81, UInt8(count)]
    }
}
