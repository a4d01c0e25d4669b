internal import Auth
internal import OpenSSL

/// Bearer tokens: nothing that was not signed is believed, whatever it says of itself.
enum TokenTarget {
    private static let verifier: TokenVerifier? = {
        let secret = SecretBytes(copying: Array("a secret of the fuzz targets, 32 bytes or more".utf8))
        guard let key = try? VerificationKey(id: "k", algorithm: .hs256, secret: secret) else { return nil }
        let issuer = TrustedIssuer(name: "https://issuer.example", audiences: ["portcullis"], keys: [key])
        return try? TokenVerifier(
            issuers: [issuer], roles: RoleTable([]),
            configuration: .init(cachedTokensMax: 0, signatures: .openSSL))
    }()

    /// The input as a token, and split at its first LF into the header and claims of one with a made-up signature.
    static func run(_ input: [UInt8]) {
        guard let verifier else { preconditionFailure("the verifier's key and issuer are good") }
        check(input, verifier)
        let parts = input.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let dot = [UInt8(ascii: ".")]
        let signature = encode(Array(repeating: 7, count: 32)[...])
        check(encode(parts[0]) + dot + encode(parts[1]) + dot + signature, verifier)
    }

    private static func check(_ token: [UInt8], _ verifier: TokenVerifier) {
        let verified = try? verifier.verify(token, certificate: nil, now: 1_800_000_000)
        precondition(verified == nil, "a token without a signature of the key is refused")
        if let decoded = Base64URL.decode(token[...]) {
            precondition(encode(decoded[...]) == token, "only the canonical base64url is decoded")
        }
    }

    private static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var rest = bytes
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let word = group.reduce(0) { $0 << 8 | Int($1) } << ((3 - group.count) * 8)
            for index in 0...group.count { text.append(alphabet[word >> (18 - index * 6) & 63]) }
        }
        return text
    }
}
