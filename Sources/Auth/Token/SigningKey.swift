internal import JSON
internal import JWT
internal import LinuxIO
internal import OpenSSL

/// A private key that tokens are signed with: its bytes, or its name in a PKCS #11 token that it never leaves.
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
    private let backing: Backing

    /// What signs.
    private enum Backing: ~Copyable, Sendable {
        /// The key as a PEM block.
        case memory(SecretBytes)
        case device(DeviceKey)
    }

    private init(algorithm: Algorithm, id: [UInt8], publicKeyPEM: [UInt8], backing: consuming Backing) {
        self.algorithm = algorithm
        self.id = id
        self.publicKeyPEM = publicKeyPEM
        self.backing = backing
    }

    private static func make(_ key: PrivateKey, name: String) throws(AuthError) -> SigningKey {
        let publicKey: PublicKey
        do throws(OpenSSLError) { publicKey = try key.publicKey() } catch { throw AuthError(error) }
        let algorithm = try algorithm(of: publicKey.components, name: name)
        do throws(OpenSSLError) {
            return SigningKey(
                algorithm: algorithm, id: KeyThumbprint.of(publicKey.components), publicKeyPEM: try publicKey.pem(),
                backing: .memory(try key.pem()))
        } catch { throw AuthError(error) }
    }

    /// A key in a device, which has shown that its halves belong together: what signs is what will be published.
    private static func make(_ key: DeviceKey) throws(AuthError) -> SigningKey {
        let algorithm = try algorithm(of: key.components, name: key.uri.name)
        let made: SigningKey
        do throws(OpenSSLError) {
            made = SigningKey(
                algorithm: algorithm, id: KeyThumbprint.of(key.components),
                publicKeyPEM: try PublicKey(key.components).pem(), backing: .device(key))
        } catch { throw AuthError(error) }
        let (sample, verifier) = (try made.sign(Array("{}".utf8)), try made.verificationKey())
        do throws(TokenRefusal) {
            try SignatureVerifier.openSSL.check(CompactToken(parsing: sample), with: verifier)
        } catch {
            throw .device(
                name: key.uri.name, found: "a private key that is not its public key's", mend: "name a pair by its id=")
        }
        return made
    }

    /// Makes a new key; RSA keys have 2048 bits.
    public static func generate(_ algorithm: Algorithm = .es256) throws(AuthError) -> SigningKey {
        let key: PrivateKey
        do throws(OpenSSLError) {
            key = try PrivateKey.generate(algorithm == .es256 ? .ec(.p256) : .rsa(bits: AuthLimits.rsaBitsMin))
        } catch { throw AuthError(error) }
        return try make(key, name: "new")
    }

    /// Makes a new key in the token that `place` names.
    /// - Throws: `AuthError.device`, `.deviceUnavailable`.
    public static func generate(_ algorithm: Algorithm = .es256, at place: PKCS11URI) throws(AuthError) -> SigningKey {
        try make(DeviceKey.generate(algorithm, at: place))
    }

    /// Where the key is, if in a device.
    public var uri: PKCS11URI? {
        switch backing {
        case .memory: nil
        case .device(let key): key.uri
        }
    }

    /// Whether the key file at `path` names a key in a device; false also where it cannot be read.
    public static func isInDevice(_ path: String) -> Bool { (try? PKCS11URI.read(path)) != nil }

    /// Reads a file of mode 0600: a key in PEM, or one line with the PKCS #11 URI of one.
    /// - Throws: `AuthError.file` where group or others can reach the file, `.key` where the key is neither EC P-256 nor
    ///   RSA of 2048 to 8192 bits, `.device` and `.deviceUnavailable` where it is in a device and cannot sign.
    public static func read(_ path: String) throws(AuthError) -> SigningKey {
        let pem: SecretBytes
        do throws(KeyFileError) { pem = try KeyFile.readSecret(path) { SecretBytes(copying: $0) } } catch {
            throw AuthError(error)
        }
        if let line = pem.withSpan(PKCS11URI.line) {
            return try make(DeviceKey.open(PKCS11URI(parsing: line, name: path)))
        }
        let key: PrivateKey
        do throws(OpenSSLError) { key = try PrivateKey(pem: pem) } catch {
            throw .key(name: path, found: error.description, wanted: "an unencrypted private key in PEM (PKCS#8)")
        }
        return try make(key, name: path)
    }

    /// Writes the key, or the line that names it, to a new file of mode 0600; an existing file is never overwritten.
    public func write(to path: String) throws(AuthError) {
        do throws(KeyFileError) {
            switch backing {
            case .memory(let encoded):
                try encoded.withSpan { span throws(KeyFileError) in try KeyFile.create(path, span) }
            case .device(let key): try KeyFile.create(path, Array((key.uri.text + "\n").utf8).span)
            }
        } catch { throw AuthError(error) }
    }

    /// Signs `claims`, a JSON object, with this key's `kid` in the header.
    /// - Throws: `AuthError.library` where libjwt refuses; `.device`, `.deviceUnavailable`.
    func sign(_ claims: [UInt8]) throws(AuthError) -> [UInt8] {
        switch backing {
        case .memory(let encoded):
            let signed = encoded.withSpan { LibJWT.sign(claims: claims, keyID: id, algorithm: algorithm.jwt, key: $0) }
            guard let signed else { throw .library("cannot sign: libjwt refused the key or the claims") }
            return signed
        case .device(let key):
            let input = Base64URL.encode(header) + [UInt8(ascii: ".")] + Base64URL.encode(claims)
            return input + [UInt8(ascii: ".")] + Base64URL.encode(try key.sign(input))
        }
    }

    /// The header that libjwt writes for the same key.
    private var header: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("alg", literal: algorithm.signature.name)
            json.member("kid", id)
            json.member("typ", literal: "JWT")
        }
        return json.bytes
    }

    /// Lends the private key in PEM to `body`; nil where it is in a device.
    func withPEM<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
        switch backing {
        case .memory(let encoded): encoded.withSpan(body)
        case .device: nil
        }
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
