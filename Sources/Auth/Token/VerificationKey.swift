public import OpenSSL

/// A key that tokens are verified with, pinned to one algorithm.
///
/// The pin is what stops algorithm confusion: libjwt 1.10 would take a public key's text for an HMAC secret if a token's
/// header said `HS256`, and anyone knows that text.
public struct VerificationKey: Sendable {
    /// What a token's `kid` must be; nil for a key that only tokens without `kid` are checked with.
    public let id: [UInt8]?
    /// The only algorithm this key is used with.
    public let algorithm: SignatureAlgorithm
    let material: KeyMaterial

    /// A public key for any algorithm but the HS ones.
    /// - Parameter pem: a `PUBLIC KEY` block.
    /// - Throws: `AuthError.key` where the key is of another kind, curve or size than the algorithm wants, or is malformed.
    public init(id: String?, algorithm: SignatureAlgorithm, publicKeyPEM pem: [UInt8]) throws(AuthError) {
        let key: PublicKey
        do throws(OpenSSLError) { key = try PublicKey(pem: pem) } catch {
            throw .key(name: id ?? Self.withoutID, found: error.description, wanted: "a PEM block PUBLIC KEY")
        }
        try self.init(id: id, algorithm: algorithm, key: key)
    }

    /// A public key for any algorithm but the HS ones.
    /// - Throws: `AuthError.key` where the key is of another kind, curve or size than the algorithm wants.
    init(id: String?, algorithm: SignatureAlgorithm, key: PublicKey) throws(AuthError) {
        self.id = try Self.checkedID(id)
        self.algorithm = algorithm
        material = try KeyMaterial.make(name: id ?? Self.withoutID, key: key, algorithm: algorithm)
    }

    private static let withoutID = "without kid"

    /// A shared secret for an HS algorithm: whoever can verify with it can also issue.
    /// - Throws: `AuthError.key` where it is shorter than the hash's output (RFC 7518 §3.2), or looks like a public key.
    public init(id: String?, algorithm: SignatureAlgorithm, secret: consuming SecretBytes) throws(AuthError) {
        self.id = try Self.checkedID(id)
        self.algorithm = algorithm
        material = try KeyMaterial.make(name: id ?? Self.withoutID, secret: secret, algorithm: algorithm)
    }

    private static func checkedID(_ id: String?) throws(AuthError) -> [UInt8]? {
        guard let id else { return nil }
        let bytes = Array(id.utf8)
        guard (1...AuthLimits.keyIDBytesMax).contains(bytes.count), bytes.allSatisfy(TokenHeader.isKeyIDByte) else {
            throw .key(
                name: id, found: "a kid of \(bytes.count) bytes",
                wanted: "1 to \(AuthLimits.keyIDBytesMax) bytes of letters, digits and -._~:/+=@")
        }
        return bytes
    }
}

/// A key in the forms that the verifiers want: read, checked and prepared once.
final class KeyMaterial: Sendable {
    /// What OpenSSL verifies with.
    enum Means: Sendable {
        /// A secret, with the HMAC's hash.
        case secret(HashFunction)
        /// A public key, prepared.
        case key(SignatureChecker)
    }

    /// The key as libjwt takes it: PEM, or the secret.
    let encoded: SecretBytes
    let means: Means
    /// How long a signature must be.
    let signatureBytes: Int

    private init(encoded: consuming SecretBytes, means: Means, signatureBytes: Int) {
        self.encoded = encoded
        self.means = means
        self.signatureBytes = signatureBytes
    }

    static func make(name: String, key: PublicKey, algorithm: SignatureAlgorithm) throws(AuthError) -> KeyMaterial {
        let signatureBytes = try signatureBytes(name: name, key: key.components, algorithm: algorithm)
        let scheme: SignatureScheme =
            switch (algorithm.family, algorithm.hash) {
            case (.rsaPSS, let hash?): .pss(hash)
            case (_, let hash?): .digest(hash)
            case (_, nil): .ed25519
            }
        do throws(OpenSSLError) {
            // Written again, so that libjwt reads the very key that was checked and not another block of the same file.
            let pem = try key.pem()
            let checker = try SignatureChecker(key: key, scheme: scheme)
            return KeyMaterial(
                encoded: SecretBytes(copying: pem.span), means: .key(checker), signatureBytes: signatureBytes)
        } catch { throw AuthError(error) }
    }

    static func make(
        name: String, secret: consuming SecretBytes, algorithm: SignatureAlgorithm
    ) throws(AuthError) -> KeyMaterial {
        guard algorithm.isSymmetric, let hash = algorithm.hash else {
            throw .key(name: name, found: "a secret", wanted: "a public key for \(algorithm.name)")
        }
        let count = secret.count
        guard count >= hash.digestBytes else {
            throw .key(
                name: name, found: "a secret of \(count) bytes",
                wanted: "at least \(hash.digestBytes) random bytes for \(algorithm.name)")
        }
        guard !secret.withSpan(looksPublic) else {
            throw .key(name: name, found: "a PEM text", wanted: "random bytes for \(algorithm.name)")
        }
        return KeyMaterial(encoded: secret, means: .secret(hash), signatureBytes: hash.digestBytes)
    }

    /// A public key configured as a secret is the algorithm confusion attack made by the operator.
    private static func looksPublic(_ secret: Span<UInt8>) -> Bool {
        let mark = Array("-----BEGIN".utf8)
        guard secret.count >= mark.count else { return false }
        return (0...(secret.count - mark.count)).contains { start in
            mark.indices.allSatisfy { secret[start + $0] == mark[$0] }
        }
    }

    private static func signatureBytes(
        name: String, key: KeyComponents, algorithm: SignatureAlgorithm
    ) throws(AuthError) -> Int {
        switch (algorithm.family, key) {
        case (.rsa, .rsa(let modulus, _, let bits)), (.rsaPSS, .rsa(let modulus, _, let bits)):
            guard (AuthLimits.rsaBitsMin...AuthLimits.rsaBitsMax).contains(bits) else {
                throw .key(
                    name: name, found: "an RSA key of \(bits) bits",
                    wanted: "\(AuthLimits.rsaBitsMin) to \(AuthLimits.rsaBitsMax) bits")
            }
            return modulus.count
        case (.ecdsa(let wanted), .ec(let curve, _, _)) where wanted == curve:
            return 2 * curve.coordinateBytes
        case (.ecdsa(let wanted), _):
            throw .key(name: name, found: key.kindName, wanted: "an EC key on \(wanted.name) for \(algorithm.name)")
        case (.ed25519, .ed25519): return Ed25519.signatureBytes
        case (.ed25519, _):
            throw .key(name: name, found: key.kindName, wanted: "an Ed25519 key for \(algorithm.name)")
        case (.rsa, _), (.rsaPSS, _):
            throw .key(name: name, found: key.kindName, wanted: "an RSA key for \(algorithm.name)")
        case (.hmac, _):
            throw .key(name: name, found: "a public key", wanted: "a secret for \(algorithm.name)")
        }
    }
}

extension KeyComponents {
    var kindName: String {
        switch self {
        case .rsa(_, _, let bits): "an RSA key of \(bits) bits"
        case .ec(let curve, _, _): "an EC key on \(curve.name)"
        case .ed25519: "an Ed25519 key"
        case .other(let kind): "a key of kind \(kind)"
        }
    }
}
