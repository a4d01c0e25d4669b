internal import CJWT

/// The JWS algorithms of libjwt 1.10 (RFC 7518 §3.1) without `none`.
public enum JWTAlgorithm: Sendable, CaseIterable {
    case hs256, hs384, hs512, rs256, rs384, rs512, es256, es384, es512

    var code: jwt_alg_t {
        switch self {
        case .hs256: JWT_ALG_HS256
        case .hs384: JWT_ALG_HS384
        case .hs512: JWT_ALG_HS512
        case .rs256: JWT_ALG_RS256
        case .rs384: JWT_ALG_RS384
        case .rs512: JWT_ALG_RS512
        case .es256: JWT_ALG_ES256
        case .es384: JWT_ALG_ES384
        case .es512: JWT_ALG_ES512
        }
    }
}

/// What libjwt makes of a token.
public enum JWTVerdict: Sendable, Equatable {
    case valid
    /// Wrong signature, or a token or key that libjwt does not take.
    case invalid
    /// libjwt could not tell for want of memory.
    case outOfMemory
}

/// JWS by libjwt.
///
/// libjwt 1.10 takes the algorithm from the token's own header, and hands whatever key it is given to that algorithm. A
/// caller must therefore have compared the header's `alg` with the key's before.
public enum LibJWT {
    /// Checks `token`'s signature with `key`.
    /// - Parameters:
    ///   - token: a compact JWS of base64url and dots only; a zero byte would end it early.
    ///   - algorithm: what the header names; anything else in it is `.invalid`.
    ///   - key: a PEM public key, or the secret itself for HMAC.
    /// - Complexity: the key is parsed at each call, which takes 300 µs and more for PEM (OpenSSL 3.0).
    public static func verify(token: [UInt8], algorithm: JWTAlgorithm, key: Span<UInt8>) -> JWTVerdict {
        var decoded: OpaquePointer? = nil
        let terminated = token + [0]
        let result = unsafe key.withUnsafeBufferPointer { key in
            unsafe terminated.withUnsafeBytes { token in
                unsafe jwt_decode(
                    &decoded, token.assumingMemoryBound(to: CChar.self).baseAddress, key.baseAddress,
                    Int32(clamping: key.count))
            }
        }
        defer { unsafe jwt_free(decoded) }
        guard result == 0 else { return result == ENOMEM ? .outOfMemory : .invalid }
        return unsafe jwt_get_alg(decoded) == algorithm.code ? .valid : .invalid
    }

    /// Signs `claims`.
    /// - Parameters:
    ///   - claims: a JSON object; libjwt writes it again with its members sorted.
    ///   - keyID: the header's `kid`.
    ///   - key: a PEM private key, or the secret itself for HMAC.
    /// - Returns: the compact JWS, or nil where libjwt refuses the claims or the key.
    public static func sign(
        claims: [UInt8], keyID: [UInt8], algorithm: JWTAlgorithm, key: Span<UInt8>
    ) -> [UInt8]? {
        var token: OpaquePointer? = nil
        guard unsafe jwt_new(&token) == 0 else { return nil }
        defer { unsafe jwt_free(token) }
        let json = String(decoding: claims, as: UTF8.self)
        let kid = String(decoding: keyID, as: UTF8.self)
        guard unsafe jwt_add_grants_json(token, json) == 0, unsafe jwt_add_header(token, "kid", kid) == 0 else {
            return nil
        }
        let isKeyed = unsafe key.withUnsafeBufferPointer {
            unsafe jwt_set_alg(token, algorithm.code, $0.baseAddress, Int32(clamping: $0.count)) == 0
        }
        guard isKeyed, let encoded = unsafe jwt_encode_str(token) else { return nil }
        defer { unsafe free(encoded) }
        return unsafe Array(String(cString: encoded).utf8)
    }
}
