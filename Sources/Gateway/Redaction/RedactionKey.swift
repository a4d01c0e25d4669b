internal import LinuxIO
internal import OpenSSL
internal import Redaction

/// The bank's key of the keyed hashes that `hash` leaves: a file of mode 0600 with 32 bytes in base64.
///
/// The hashes are made under a key that is derived from it, so that the file could serve another purpose too without either
/// telling anything about the other.
final class RedactionKey: Sendable {
    private let hashing: SecretBytes

    /// Makes it from its 32 bytes.
    init(_ key: borrowing SecretBytes) {
        var code = HMAC.code(.sha256, of: Array("portcullis.redaction.hash.v1".utf8).span, key: key)
        hashing = SecretBytes(wiping: &code)
    }

    /// HMAC-SHA-256 under the derived key.
    var keyedHash: Redactor.KeyedHash {
        { [self] value in HMAC.code(.sha256, of: value.span, key: hashing) }
    }
}

/// A file of mode 0600 with 32 random bytes in base64, as every key here but certificates' and tokens' is.
enum SecretKeyFile {
    private static let bytes = 32

    /// Reads it.
    /// - Throws: `CommandFailure` (78) with the mend.
    static func read<Key>(
        _ file: String, setting: String, _ make: (borrowing SecretBytes) -> Key
    ) throws(CommandFailure) -> Key {
        let key: Key?
        do throws(KeyFileError) {
            key = try KeyFile.readSecret(file) { (text: Span<UInt8>) -> Key? in
                guard let secret = SecretBytes.decoding(base64Line: text, count: bytes) else { return nil }
                return make(secret)
            }
        } catch {
            throw CommandFailure(.configuration, setting, error.description, mend: mend(file))
        }
        guard let key else {
            throw CommandFailure(.configuration, setting, "\(file): not the base64 of 32 bytes", mend: mend(file))
        }
        return key
    }

    /// How a key is made.
    static func mend(_ file: String) -> String {
        "make one with: (umask 077; openssl rand -base64 \(bytes) > \(file))"
    }
}
