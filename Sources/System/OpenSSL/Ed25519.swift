internal import COpenSSL

/// Ed25519 signatures (RFC 8032).
public enum Ed25519 {
    /// Length of a public key.
    public static let publicKeyBytes = 32
    /// Length of a signature.
    public static let signatureBytes = 64

    /// Whether `signature` is one of `message` by the key whose 32 bytes are `publicKey`.
    public static func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard publicKey.count == publicKeyBytes, signature.count == signatureBytes else { return false }
        ERR_clear_error()
        // A refused signature leaves entries in the queue that the next caller must not find.
        defer { ERR_clear_error() }
        let handle = unsafe publicKey.withUnsafeBufferPointer {
            unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, $0.baseAddress, $0.count)
        }
        guard let key = unsafe handle else { return false }
        defer { unsafe EVP_PKEY_free(key) }
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
        return unsafe signature.withUnsafeBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer {
                unsafe EVP_DigestVerify(context, signature.baseAddress, signature.count, $0.baseAddress, $0.count) == 1
            }
        }
    }
}

/// An Ed25519 private key (RFC 8032). OpenSSL holds the secret and clears it when the key goes.
@safe public struct Ed25519PrivateKey: ~Copyable {
    private let key: OpaquePointer

    private init(adopting key: OpaquePointer) { unsafe self.key = key }

    deinit { unsafe EVP_PKEY_free(key) }

    /// A new key from the system's generator, or nil where OpenSSL has none to give.
    public static func generate() -> Ed25519PrivateKey? {
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(context) == 1, unsafe EVP_PKEY_keygen(context, &key) == 1 else { return nil }
        return unsafe key.map { unsafe Ed25519PrivateKey(adopting: $0) }
    }

    /// The key of a 32-byte seed, or nil for any other length.
    public static func make(seed: [UInt8]) -> Ed25519PrivateKey? {
        guard seed.count == 32 else { return nil }
        let key = unsafe seed.withUnsafeBufferPointer {
            unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, $0.baseAddress, $0.count)
        }
        return unsafe key.map { unsafe Ed25519PrivateKey(adopting: $0) }
    }

    /// The key in unencrypted PKCS#8 PEM, or nil where the text holds no Ed25519 key.
    public static func make(pem: [UInt8]) -> Ed25519PrivateKey? {
        let input = unsafe pem.withUnsafeBytes { unsafe BIO_new_mem_buf($0.baseAddress, Int32(clamping: $0.count)) }
        guard let input = unsafe input else { return nil }
        defer { unsafe BIO_free(input) }
        // A password callback that answers "none": without it OpenSSL would ask on the terminal for an encrypted key.
        ERR_clear_error()
        defer { ERR_clear_error() }
        guard let key = unsafe PEM_read_bio_PrivateKey(input, nil, { _, _, _, _ in -1 }, nil) else { return nil }
        guard unsafe EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
            unsafe EVP_PKEY_free(key)
            return nil
        }
        return unsafe Ed25519PrivateKey(adopting: key)
    }

    /// The 64 bytes of the signature of `message` (RFC 8032 §5.1.6), or nil where OpenSSL has no memory.
    public func sign(_ message: [UInt8]) -> [UInt8]? {
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        ERR_clear_error()
        defer { ERR_clear_error() }
        guard unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1 else { return nil }
        var signature = [UInt8](repeating: 0, count: Ed25519.signatureBytes)
        var count = signature.count
        let isSigned = unsafe signature.withUnsafeMutableBufferPointer { room in
            unsafe message.withUnsafeBufferPointer {
                unsafe EVP_DigestSign(context, room.baseAddress, &count, $0.baseAddress, $0.count) == 1
            }
        }
        return isSigned && count == Ed25519.signatureBytes ? signature : nil
    }

    /// The public key's 32 bytes.
    public var publicKey: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        let got = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe EVP_PKEY_get_raw_public_key(key, $0.baseAddress, &count)
        }
        precondition(got == 1 && count == 32, "an Ed25519 key has a public half of 32 bytes")
        return bytes
    }

    /// The key in unencrypted PKCS#8 PEM (RFC 8410 §7). Secret.
    public var pem: [UInt8] {
        guard let output = unsafe BIO_new(BIO_s_mem()) else { return [] }
        defer { unsafe BIO_free(output) }
        guard unsafe PEM_write_bio_PKCS8PrivateKey(output, key, nil, nil, 0, nil, nil) == 1 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe BIO_read(output, $0.baseAddress, Int32($0.count))
        }
        return Array(bytes.prefix(Int(max(0, count))))
    }
}
