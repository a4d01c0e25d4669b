internal import JSON
internal import OpenSSL

/// The name of a key that all who know the key come to by themselves (RFC 7638).
enum KeyThumbprint {
    /// SHA-256 over the required members in the order of their names without white space (§3), in base64url.
    static func of(_ key: KeyComponents) -> [UInt8] {
        var json = JSONWriter()
        json.object { writeMembers(of: key, to: &$0) }
        return Base64URL.encode(SHA256Digest(of: json.bytes).bytes)
    }

    /// The members that make a JWK the key that it is (RFC 7518 §6, RFC 8037 §2).
    static func writeMembers(of key: KeyComponents, to json: inout JSONWriter) {
        switch key {
        case .ec(let curve, let x, let y):
            json.member("crv", curve.name)
            json.member("kty", literal: "EC")
            json.member("x", Base64URL.encode(x))
            json.member("y", Base64URL.encode(y))
        case .rsa(let modulus, let exponent, _):
            json.member("e", Base64URL.encode(exponent))
            json.member("kty", literal: "RSA")
            json.member("n", Base64URL.encode(modulus))
        case .ed25519(let bytes):
            json.member("crv", literal: "Ed25519")
            json.member("kty", literal: "OKP")
            json.member("x", Base64URL.encode(bytes))
        case .other(let kind): json.member("kty", kind)
        }
    }
}
