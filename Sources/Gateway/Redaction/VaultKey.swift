internal import LinuxIO
internal import OpenSSL
internal import Redaction

/// The key that vaults on disk are sealed under: a file of mode 0600 with 32 bytes in base64.
///
/// Vaults are sealed by AES-256-GCM under a key that is derived from it, each time with a nonce of 96 random bits before the
/// ciphertext: good for 2^32 vaults (NIST SP 800-38D §8.3).
final class VaultKey: VaultCipher, Sendable {
    private let sealing: SecretBytes

    /// Makes it from its 32 bytes.
    init(_ key: borrowing SecretBytes) {
        var code = HMAC.code(.sha256, of: Array("portcullis.redaction.vault.v1".utf8).span, key: key)
        sealing = SecretBytes(wiping: &code)
    }

    /// Reads it.
    /// - Throws: `CommandFailure` with the mend.
    static func read(_ file: String) throws(CommandFailure) -> VaultKey {
        let key: VaultKey?
        do throws(KeyFileError) {
            key = try KeyFile.readSecret(file) { (text: Span<UInt8>) -> VaultKey? in
                guard let secret = SecretBytes.decoding(base64Line: text, count: AES256GCM.keyBytes) else { return nil }
                return VaultKey(secret)
            }
        } catch {
            throw CommandFailure(reading: error)
        }
        guard let key else {
            throw CommandFailure(.data, file, "not the base64 of 32 bytes", mend: RedactionKey.mend(file))
        }
        return key
    }

    func seal(_ plaintext: [UInt8], authenticating context: [UInt8]) -> [UInt8]? {
        guard let nonce = try? Random.bytes(count: AES256GCM.nonceBytes) else { return nil }
        var cipher = AES256GCM()
        return nonce + cipher.seal(plaintext.span, key: sealing, nonce: nonce, authenticating: context)
    }

    func open(_ sealed: [UInt8], authenticating context: [UInt8]) -> [UInt8]? {
        guard sealed.count >= AES256GCM.nonceBytes else { return nil }
        var cipher = AES256GCM()
        let plaintext = cipher.open(
            sealed.span.extracting(AES256GCM.nonceBytes...), key: sealing,
            nonce: Array(sealed[..<AES256GCM.nonceBytes]), authenticating: context)
        guard let plaintext else { return nil }
        return plaintext.withSpan { span in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(span.count)
            for index in span.indices { bytes.append(span[index]) }
            return bytes
        }
    }
}
