import Foundation

/// Makes tokens that the issuer of this project would not: signed with the openssl command, from any header and claims.
struct TokenForge: Sendable {
    /// The issuer's private key (EC P-256, PEM).
    let signingKey: String
    let scratch: Scratch

    /// `header.payload.signature` with a true ES256 signature over whatever the texts say.
    func es256(header: String, claims: String) async throws -> String {
        try await es256(header: header, claims: claims, signature: Self.rawSignature)
    }

    /// The same with the signature that `signature` makes of the DER one.
    func es256(
        header: String, claims: String, signature: ([UInt8]) throws -> [UInt8]
    ) async throws -> String {
        let signed = Self.base64(Array(header.utf8)) + "." + Self.base64(Array(claims.utf8))
        let der = try await succeed(
            "openssl", ["dgst", "-sha256", "-sign", signingKey], scratch: scratch, input: Array(signed.utf8)
        ).output
        return signed + "." + Self.base64(try signature(der))
    }

    /// A token whose HMAC key is the content of a file: the attack that takes a public key for a secret.
    func hs256(header: String, claims: String, secretFile: String) async throws -> String {
        let signed = Self.base64(Array(header.utf8)) + "." + Self.base64(Array(claims.utf8))
        let hex = contents(of: secretFile).map { String(format: "%02x", $0) }.joined()
        let mac = try await succeed(
            "openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(hex)", "-binary"], scratch: scratch,
            input: Array(signed.utf8)
        ).output
        return signed + "." + Self.base64(mac)
    }

    /// The header and claims of a token, as texts.
    static func parts(of token: String) throws -> (header: String, claims: String) {
        let parts = token.split(separator: ".").map(String.init)
        guard parts.count == 3, let header = unbase64Text(parts[0]), let claims = unbase64Text(parts[1]) else {
            throw ChildFailure(description: "not a token: \(token)")
        }
        return (header, claims)
    }

    /// RFC 4648 §5 without padding.
    static func base64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func unbase64Text(_ text: String) -> String? {
        unbase64(text).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of base64url text.
    static func unbase64(_ text: String) -> [UInt8]? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: padded).map { [UInt8]($0) }
    }

    /// The two numbers of a DER signature as 32 bytes each (RFC 7518 §3.4).
    static func rawSignature(_ der: [UInt8]) throws -> [UInt8] {
        var raw: [UInt8] = []
        var rest = der.dropFirst(2)
        for _ in 0..<2 {
            guard rest.popFirst() == 2, let count = rest.popFirst() else {
                throw ChildFailure(description: "openssl gave no ECDSA signature")
            }
            let number = Array(rest.prefix(Int(count)).drop { $0 == 0 })
            raw += [UInt8](repeating: 0, count: 32 - number.count) + number
            rest = rest.dropFirst(Int(count))
        }
        return raw
    }
}
