internal import COpenSSL

/// AES-256 in Galois/counter mode (NIST SP 800-38D), with a nonce of 96 bits and a tag of 128.
///
/// One context, keyed anew by each call and wiped after it: no key stays in it. Random nonces are good for 2^32 messages
/// under one key (§8.3 there); that bound is the caller's.
@safe public struct AES256GCM: ~Copyable {
    /// Bytes of a key.
    public static let keyBytes = 32
    /// Bytes of a nonce, which must never be used twice with one key.
    public static let nonceBytes = 12
    /// Bytes that a ciphertext is longer than its plaintext: the tag at its end.
    public static let tagBytes = 16

    private let context: OpaquePointer?

    /// A context without a key.
    public init() { unsafe context = EVP_CIPHER_CTX_new() }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    /// The ciphertext of `plaintext` and the tag over it and over `data`, which is not in it.
    /// - Precondition: `key` and `nonce` have `keyBytes` and `nonceBytes`.
    public mutating func seal(
        _ plaintext: Span<UInt8>, key: borrowing SecretBytes, nonce: [UInt8], authenticating data: [UInt8]
    ) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: plaintext.count + Self.tagBytes)
        let isSealed = start(key, nonce, data, isSealing: true) && finish(plaintext, into: &output)
        // Only a failed allocation or a provider without AES gets here; neither leaves anything to go on with.
        precondition(isSealed, "OpenSSL cannot seal")
        return output
    }

    /// The plaintext of `sealed`, or nil where key, nonce, data or a bit of it are not those that it was sealed with.
    /// - Precondition: as for `seal`.
    public mutating func open(
        _ sealed: Span<UInt8>, key: borrowing SecretBytes, nonce: [UInt8], authenticating data: [UInt8]
    ) -> SecretBytes? {
        guard sealed.count >= Self.tagBytes, start(key, nonce, data, isSealing: false) else { return nil }
        let cut = sealed.count - Self.tagBytes
        var plaintext = [UInt8](repeating: 0, count: cut)
        defer { unsafe plaintext.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) } }
        var tag = [UInt8](repeating: 0, count: Self.tagBytes)
        for index in 0..<Self.tagBytes { tag[index] = sealed[cut + index] }
        let body = sealed.extracting(0..<cut)
        guard update(body, into: &plaintext), check(tag) else { return nil }
        return SecretBytes(copying: plaintext.span)
    }

    private func start(
        _ key: borrowing SecretBytes, _ nonce: [UInt8], _ data: [UInt8], isSealing: Bool
    ) -> Bool {
        precondition(key.count == Self.keyBytes && nonce.count == Self.nonceBytes, "the key and nonce of AES-256-GCM")
        let isKeyed = key.withSpan { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe nonce.withUnsafeBufferPointer { nonce in
                    unsafe EVP_CipherInit_ex2(
                        context, FetchedCipher.shared.algorithm, key.baseAddress, nonce.baseAddress, isSealing ? 1 : 0,
                        nil) == 1
                }
            }
        }
        guard isKeyed, let count = Int32(exactly: data.count) else { return false }
        var taken: Int32 = 0
        return unsafe data.withUnsafeBufferPointer {
            unsafe EVP_CipherUpdate(context, nil, &taken, $0.baseAddress, count) == 1
        }
    }

    private func update(_ input: Span<UInt8>, into output: inout [UInt8]) -> Bool {
        guard let count = Int32(exactly: input.count) else { return false }
        guard count > 0 else { return true }
        var made: Int32 = 0
        return unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe EVP_CipherUpdate(context, output.baseAddress, &made, input.baseAddress, count) == 1
            }
        }
    }

    /// Seals what is left: the ciphertext to the front of `output`, the tag to its end.
    private func finish(_ plaintext: Span<UInt8>, into output: inout [UInt8]) -> Bool {
        defer { _ = unsafe EVP_CIPHER_CTX_reset(context) }
        guard update(plaintext, into: &output) else { return false }
        var rest: Int32 = 0
        return unsafe output.withUnsafeMutableBufferPointer { output in
            guard let base = output.baseAddress else { return false }
            let start = unsafe base + plaintext.count
            guard unsafe EVP_CipherFinal_ex(context, start, &rest) == 1
            else { return false }
            return unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagBytes), start) == 1
        }
    }

    private func check(_ tag: [UInt8]) -> Bool {
        defer { _ = unsafe EVP_CIPHER_CTX_reset(context) }
        var tag = tag
        var rest: Int32 = 0
        var none = [UInt8](repeating: 0, count: Self.tagBytes)
        return unsafe tag.withUnsafeMutableBytes { tag in
            unsafe none.withUnsafeMutableBufferPointer { none in
                unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagBytes), tag.baseAddress) == 1
                    && EVP_CipherFinal_ex(context, none.baseAddress, &rest) == 1
            }
        }
    }
}

/// The fetched algorithm. Immutable after its creation and never freed, so any thread may use it.
@safe private struct FetchedCipher: @unchecked Sendable {
    let algorithm: OpaquePointer?

    static let shared = FetchedCipher()

    private init() { unsafe algorithm = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) }
}
