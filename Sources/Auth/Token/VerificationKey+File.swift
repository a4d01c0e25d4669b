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
        let pem: [UInt8]
        do throws(KeyFileError) { pem = try KeyFile.readPublic(path) } catch { throw AuthError(error) }
        let name = if let id { id } else { try thumbprint(of: pem, path) }
        return try VerificationKey(id: name, algorithm: algorithm, publicKeyPEM: pem)
    }

    private static func thumbprint(of pem: [UInt8], _ path: String) throws(AuthError) -> String {
        do throws(OpenSSLError) {
            return String(decoding: KeyThumbprint.of(try PublicKey(pem: pem).components), as: UTF8.self)
        } catch {
            throw .key(name: path, found: error.description, wanted: "a PEM block PUBLIC KEY")
        }
    }
}
