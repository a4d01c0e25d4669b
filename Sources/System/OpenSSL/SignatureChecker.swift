internal import COpenSSL
internal import Synchronization

/// What a signature is besides its key.
public enum SignatureScheme: Sendable {
    /// RSASSA-PKCS1-v1_5 or ECDSA, by the key's kind, over this digest.
    case digest(HashFunction)
    /// RSASSA-PSS with MGF1 over the same digest, whose length the salt has (RFC 7518 §3.5).
    case pss(HashFunction)
    /// Ed25519, over the message itself.
    case ed25519
}

/// Checks RSA, ECDSA and Ed25519 signatures with a key that is prepared once.
///
/// A context prepared for a key serves any number of signatures, one at a time; each thread takes one from a pool and
/// puts it back, so that no lock is held during the computation. Preparing costs about 2.5 µs (OpenSSL 3.0).
@safe public final class SignatureChecker: Sendable {
    private let key: PublicKey
    private let scheme: SignatureScheme
    private let idle = Mutex<[Context]>([])

    /// Contexts kept for reuse; more threads than this at once prepare their own.
    private static let idleMax = 32

    /// A checker for signatures by `key`.
    /// - Throws: `OpenSSLError` where the key cannot verify such signatures.
    public init(key: PublicKey, scheme: SignatureScheme) throws(OpenSSLError) {
        self.key = key
        self.scheme = scheme
        guard case .ed25519 = scheme else {
            let first = try Context(key: key, scheme: scheme)
            idle.withLock { $0.append(first) }
            return
        }
        guard case .ed25519 = key.components else { throw OpenSSLError(operation: "use a key for Ed25519") }
    }

    /// Whether `signature` is one of `message`: DER (RFC 3279 §2.2.3) for ECDSA.
    public func isValid(_ signature: Span<UInt8>, of message: Span<UInt8>) -> Bool {
        switch scheme {
        case .ed25519: return isEd25519(signature, of: message)
        case .digest(let hash), .pss(let hash):
            guard let context = idle.withLock({ $0.popLast() }) ?? (try? Context(key: key, scheme: scheme)) else {
                return false
            }
            let valid = context.isValid(signature, digest: hash.digest(of: message))
            idle.withLock { if $0.count < Self.idleMax { $0.append(context) } }
            return valid
        }
    }

    /// A context for Ed25519 serves one signature alone, so none is kept.
    private func isEd25519(_ signature: Span<UInt8>, of message: Span<UInt8>) -> Bool {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key.handle) == 1 else { return false }
        return unsafe message.withUnsafeBufferPointer { message in
            unsafe signature.withUnsafeBufferPointer { signature in
                unsafe EVP_DigestVerify(
                    context, signature.baseAddress, signature.count, message.baseAddress, message.count) == 1
            }
        }
    }
}

/// One prepared EVP_PKEY_CTX. Used by one thread at a time: the pool hands it out and takes it back under a lock.
@safe private final class Context: @unchecked Sendable {
    private let handle: OpaquePointer

    init(key: PublicKey, scheme: SignatureScheme) throws(OpenSSLError) {
        ErrorQueue.clear()
        guard let made = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.handle, nil) else {
            throw ErrorQueue.drain("prepare a key for verification")
        }
        unsafe handle = made
        guard unsafe EVP_PKEY_verify_init(made) == 1, unsafe Self.set(scheme, in: made) else {
            throw ErrorQueue.drain("prepare a key for verification")
        }
    }

    deinit { unsafe EVP_PKEY_CTX_free(handle) }

    @unsafe private static func set(_ scheme: SignatureScheme, in context: OpaquePointer) -> Bool {
        switch scheme {
        case .digest(let hash):
            return unsafe EVP_PKEY_CTX_set_signature_md(context, FetchedHash.of(hash).algorithm) == 1
        case .pss(let hash):
            return unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_signature_md(context, FetchedHash.of(hash).algorithm) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
        case .ed25519: return false
        }
    }

    func isValid(_ signature: Span<UInt8>, digest: [UInt8]) -> Bool {
        let verdict = unsafe signature.withUnsafeBufferPointer { signature in
            unsafe digest.withUnsafeBufferPointer { digest in
                unsafe EVP_PKEY_verify(
                    handle, signature.baseAddress, signature.count, digest.baseAddress, digest.count)
            }
        }
        // A refused signature leaves entries in the queue that the next caller must not find.
        if verdict != 1 { ErrorQueue.clear() }
        return verdict == 1
    }
}
