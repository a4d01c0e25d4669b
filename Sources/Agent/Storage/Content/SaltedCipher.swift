internal import OpenSSL

/// AES-256-GCM (NIST SP 800-38D) under a key that a random salt derives for each value by HMAC-SHA-256.
///
/// Random nonces are good for 2^32 values under one key (§8.3 there). With a salt of 128 bits for each value there is no
/// such number to count, and none to keep durable.
///
/// ```
/// 16 bytes   salt
/// 12 bytes   nonce
/// …          ciphertext and tag
/// ```
enum SaltedCipher {
    /// Bytes that a sealed value is longer than its plaintext.
    static let overheadBytes = saltBytes + AES256GCM.nonceBytes + AES256GCM.tagBytes
    private static let saltBytes = 16

    /// Seals `plaintext`, bound to `context`, which is not in it.
    /// - Throws: `ContentError.storage` where the system has no random numbers.
    static func seal(
        _ plaintext: Span<UInt8>, key: borrowing SecretBytes, authenticating context: [UInt8]
    ) throws(ContentError) -> [UInt8] {
        let random = try randomBytes(saltBytes + AES256GCM.nonceBytes)
        var cipher = AES256GCM()
        return random
            + cipher.seal(
                plaintext, key: derive(Array(random[..<saltBytes]), from: key), nonce: Array(random[saltBytes...]),
                authenticating: context)
    }

    /// The plaintext; nil where key, context or a bit of `sealed` are not those that it was sealed with.
    static func open(
        _ sealed: Span<UInt8>, key: borrowing SecretBytes, authenticating context: [UInt8]
    ) -> SecretBytes? {
        guard sealed.count >= overheadBytes else { return nil }
        let start = saltBytes + AES256GCM.nonceBytes
        let salt = copy(sealed.extracting(0..<saltBytes)), nonce = copy(sealed.extracting(saltBytes..<start))
        var cipher = AES256GCM()
        return cipher.open(
            sealed.extracting(start...), key: derive(salt, from: key), nonce: nonce, authenticating: context)
    }

    /// A key for one purpose or value.
    static func derive(_ label: [UInt8], from key: borrowing SecretBytes) -> SecretBytes {
        var code = HMAC.code(.sha256, of: label.span, key: key)
        return SecretBytes(wiping: &code)
    }

    /// Bytes that nobody can guess.
    static func randomBytes(_ count: Int) throws(ContentError) -> [UInt8] {
        do throws(OpenSSLError) { return try Random.bytes(count: count) } catch {
            throw .storage(reason: "no random numbers: \(error.description)")
        }
    }

    static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        [UInt8](capacity: bytes.count) { output in for index in bytes.indices { output.append(bytes[index]) } }
    }
}
