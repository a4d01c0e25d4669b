internal import LinuxIO
internal import OpenSSL

extension VerificationKey {
    /// Reads a key from a file: a PEM `PUBLIC KEY` for RS and ES, a secret of mode 0600 for HS.
    /// - Parameter id: the `kid` of tokens; nil takes the key's RFC 7638 thumbprint, which is what our own issuer writes.
    ///   A secret has no thumbprint: without `id` it checks tokens without `kid`.
    /// - Throws: `AuthError`, which names the file.
    public static func read(
        _ path: String, id: String?, algorithm: SignatureAlgorithm
    ) throws(AuthError) -> VerificationKey {
        if case .hmac = algorithm.family {
            let secret: SecretBytes
            do throws(KeyFileError) {
                secret = try KeyFile.readSecret(path) { SecretBytes(copying: $0) }
            } catch {
                throw AuthError(error)
            }
            return try VerificationKey(id: id, algorithm: algorithm, secret: secret)
        }
        let key = try readPublic(path)
        return try VerificationKey(id: id ?? thumbprint(of: key), algorithm: algorithm, key: key)
    }

    /// Reads an EC P-256 or RSA key for the algorithm that our own tokens would have by it; its `kid` is its thumbprint.
    /// - Throws: `AuthError`, which names the file.
    static func read(_ path: String) throws(AuthError) -> VerificationKey {
        let key = try readPublic(path)
        let algorithm = try SigningKey.algorithm(of: key.components, name: path)
        return try VerificationKey(id: thumbprint(of: key), algorithm: algorithm.signature, key: key)
    }

    private static func thumbprint(of key: PublicKey) -> String {
        String(decoding: KeyThumbprint.of(key.components), as: UTF8.self)
    }

    private static func readPublic(_ path: String) throws(AuthError) -> PublicKey {
        let pem: [UInt8]
        do throws(KeyFileError) { pem = try KeyFile.readPublic(path) } catch { throw AuthError(error) }
        do throws(OpenSSLError) { return try PublicKey(pem: pem) } catch {
            throw .key(name: path, found: error.description, wanted: "a PEM block PUBLIC KEY")
        }
    }
}
