internal import LinuxIO
internal import OpenSSL

/// The operator's key that all data keys are wrapped under: a file of mode 0600 with 32 bytes in base64.
///
/// Two keys are derived from it, one for wrapping and one for the names under which subjects are found, so that neither use
/// tells anything about the other.
final class KeyEncryptionKey: Sendable {
    private let wrapping: SecretBytes
    private let naming: SecretBytes

    /// Makes it from its 32 bytes.
    init(_ key: borrowing SecretBytes) {
        wrapping = Self.derive("portcullis.audit.key.wrap.v1", from: key)
        naming = Self.derive("portcullis.audit.key.subject.v1", from: key)
    }

    /// Reads it.
    /// - Throws: `AuditError.configuration`
    static func read(_ path: String) throws(AuditError) -> KeyEncryptionKey {
        let key: KeyEncryptionKey?
        do throws(KeyFileError) {
            key = try KeyFile.readSecret(path) { (text: Span<UInt8>) -> KeyEncryptionKey? in
                guard let secret = SecretBytes.decoding(base64Line: text, count: AES256GCM.keyBytes) else { return nil }
                return KeyEncryptionKey(secret)
            }
        } catch {
            throw .configuration(
                setting: "audit.key_encryption_key", found: error.description,
                wanted: "a file of mode 600 with 32 random bytes in base64 (openssl rand -base64 32)")
        }
        guard let key else {
            throw .configuration(
                setting: "audit.key_encryption_key", found: "\(path): not the base64 of 32 bytes",
                wanted: "32 random bytes in base64 (openssl rand -base64 32)")
        }
        return key
    }

    /// The name under which the subject's key is found: it can be computed by nobody without this key, and tells nothing.
    func name(of subject: SealSubject) -> SHA256Digest {
        guard let digest = SHA256Digest(bytes: HMAC.code(.sha256, of: subject.bytes.span, key: naming)) else {
            preconditionFailure("an HMAC-SHA-256 has 32 bytes")
        }
        return digest
    }

    /// `key`, encrypted: nonce, ciphertext and tag, which hold for its identifier only.
    func wrap(_ key: DataKey) throws(AuditError) -> [UInt8] {
        let nonce: [UInt8]
        do throws(OpenSSLError) { nonce = try Random.bytes(count: AES256GCM.nonceBytes) } catch {
            throw .exhausted("random numbers for a key")
        }
        var cipher = AES256GCM()
        return key.secret.withSpan { secret in
            nonce + cipher.seal(secret, key: wrapping, nonce: nonce, authenticating: Self.label(key.identifier))
        }
    }

    /// The key that `wrapped` is, or nil where this key did not wrap it, under this identifier.
    func unwrap(_ wrapped: [UInt8], identifier: [UInt8]) -> DataKey? {
        guard wrapped.count == AES256GCM.nonceBytes + AES256GCM.keyBytes + AES256GCM.tagBytes else { return nil }
        var cipher = AES256GCM()
        let secret = cipher.open(
            Array(wrapped[AES256GCM.nonceBytes...]).span, key: wrapping, nonce: Array(wrapped[..<AES256GCM.nonceBytes]),
            authenticating: Self.label(identifier))
        guard let secret else { return nil }
        return DataKey(identifier: identifier, secret: secret)
    }

    private static func label(_ identifier: [UInt8]) -> [UInt8] { Array("portcullis.audit.key.v1\n".utf8) + identifier }

    private static func derive(_ purpose: String, from key: borrowing SecretBytes) -> SecretBytes {
        var code = HMAC.code(.sha256, of: Array(purpose.utf8).span, key: key)
        return SecretBytes(wiping: &code)
    }
}
