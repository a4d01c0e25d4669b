internal import JWT
internal import LinuxIO
internal import OpenSSL

/// A private key that tokens are signed with.
///
/// Its `kid` is the RFC 7638 thumbprint of the public half (SHA-256 over the key's required JWK members, base64url), so
/// that issuer and verifier come to the same name without agreeing on one.
public final class SigningKey: Sendable {
    /// The algorithms that tokens are issued with.
    public enum Algorithm: Sendable, CaseIterable {
        case es256, rs256

        var signature: SignatureAlgorithm {
            switch self {
            case .es256: .es256
            case .rs256: .rs256
            }
        }

        /// As in a token's header.
        public var name: String { "\(signature.name)" }

        var jwt: JWTAlgorithm {
            switch self {
            case .es256: .es256
            case .rs256: .rs256
            }
        }
    }

    /// The algorithm, decided by the key.
    public let algorithm: Algorithm
    /// The thumbprint.
    public let id: [UInt8]
    /// The public half as a PEM block.
    public let publicKeyPEM: [UInt8]
    let encoded: SecretBytes

    private init(algorithm: Algorithm, id: [UInt8], publicKeyPEM: [UInt8], encoded: consuming SecretBytes) {
        self.algorithm = algorithm
        self.id = id
        self.publicKeyPEM = publicKeyPEM
        self.encoded = encoded
    }

    private static func make(_ key: PrivateKey, name: String) throws(AuthError) -> SigningKey {
        let publicKey: PublicKey
        do throws(OpenSSLError) { publicKey = try key.publicKey() } catch { throw AuthError(error) }
        let algorithm = try algorithm(of: publicKey.components, name: name)
        do throws(OpenSSLError) {
            return SigningKey(
                algorithm: algorithm, id: KeyThumbprint.of(publicKey.components), publicKeyPEM: try publicKey.pem(),
                encoded: try key.pem())
        } catch { throw AuthError(error) }
    }

    /// Makes a new key; RSA keys have 2048 bits.
    public static func generate(_ algorithm: Algorithm = .es256) throws(AuthError) -> SigningKey {
        let key: PrivateKey
        do throws(OpenSSLError) {
            key = try PrivateKey.generate(algorithm == .es256 ? .ec(.p256) : .rsa(bits: AuthLimits.rsaBitsMin))
        } catch { throw AuthError(error) }
        return try make(key, name: "new")
    }

    /// Reads a PEM file of mode 0600.
    /// - Throws: `AuthError.file` where group or others can reach the file, `.key` where the key is neither EC P-256 nor
    ///   RSA of 2048 to 8192 bits.
    public static func read(_ path: String) throws(AuthError) -> SigningKey {
        let pem: SecretBytes
        do throws(KeyFileError) { pem = try KeyFile.readSecret(path) { SecretBytes(copying: $0) } } catch {
            throw AuthError(error)
        }
        let key: PrivateKey
        do throws(OpenSSLError) { key = try PrivateKey(pem: pem) } catch {
            throw .key(name: path, found: error.description, wanted: "an unencrypted private key in PEM (PKCS#8)")
        }
        return try make(key, name: path)
    }

    /// Writes the key to a new file of mode 0600; an existing file is never overwritten.
    public func write(to path: String) throws(AuthError) {
        do throws(KeyFileError) {
            try encoded.withSpan { span throws(KeyFileError) in try KeyFile.create(path, span) }
        } catch { throw AuthError(error) }
    }

    /// Signs `claims`, a JSON object, with this key's `kid` in the header.
    /// - Throws: `AuthError.library` where libjwt refuses.
    func sign(_ claims: [UInt8]) throws(AuthError) -> [UInt8] {
        let signed = encoded.withSpan { LibJWT.sign(claims: claims, keyID: id, algorithm: algorithm.jwt, key: $0) }
        guard let signed else { throw .library("cannot sign: libjwt refused the key or the claims") }
        return signed
    }

    /// The public half, for a `TrustedIssuer`.
    public func verificationKey() throws(AuthError) -> VerificationKey {
        try VerificationKey(
            id: String(decoding: id, as: UTF8.self), algorithm: algorithm.signature, publicKeyPEM: publicKeyPEM)
    }

    static func algorithm(of key: KeyComponents, name: String) throws(AuthError) -> Algorithm {
        switch key {
        case .ec(.p256, _, _): return .es256
        case .rsa(_, _, let bits) where (AuthLimits.rsaBitsMin...AuthLimits.rsaBitsMax).contains(bits): return .rs256
        case .ec, .rsa, .ed25519, .other:
            throw .key(
                name: name, found: key.kindName,
                wanted: "EC on P-256, or RSA of \(AuthLimits.rsaBitsMin) to \(AuthLimits.rsaBitsMax) bits")
        }
    }
}
