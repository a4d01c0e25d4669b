public import OpenSSL

/// The operator's key that the keys of all content are wrapped under. It comes from a file and stands in no database.
public final class ContentKeyEncryptionKey: Sendable {
    private let wrapping: SecretBytes

    /// Makes it from the operator's 32 bytes.
    public init(_ key: borrowing SecretBytes) {
        wrapping = SaltedCipher.derive(Array("portcullis.content.key.wrap.v1".utf8), from: key)
    }

    /// `secret`, encrypted; it opens for the same `label` only.
    func wrap(_ secret: borrowing SecretBytes, as label: [UInt8]) throws(ContentError) -> [UInt8] {
        try secret.withSpan { (bytes: Span<UInt8>) throws(ContentError) in
            try SaltedCipher.seal(bytes, key: wrapping, authenticating: label)
        }
    }

    /// What `wrapped` holds, or nil where this key did not wrap it, under this label.
    func unwrap(_ wrapped: [UInt8], as label: [UInt8]) -> SecretBytes? {
        guard let secret = SaltedCipher.open(wrapped.span, key: wrapping, authenticating: label),
            secret.count == AES256GCM.keyBytes
        else { return nil }
        return secret
    }
}
