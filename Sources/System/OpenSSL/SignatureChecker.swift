internal import COpenSSL
internal import Synchronization

/// Checks RSASSA-PKCS1-v1_5 and ECDSA signatures with a key that is prepared once.
///
/// A context prepared for a key serves any number of signatures, one at a time; each thread takes one from a pool and
/// puts it back, so that no lock is held during the computation. Preparing costs about 2.5 µs (OpenSSL 3.0).
@safe public final class SignatureChecker: Sendable {
    private let key: PublicKey
    private let hash: HashFunction
    private let idle = Mutex<[Context]>([])

    /// Contexts kept for reuse; more threads than this at once prepare their own.
    private static let idleMax = 32

    /// A checker for signatures by `key` over digests by `hash`.
    /// - Throws: `OpenSSLError` where the key cannot verify.
    public init(key: PublicKey, hash: HashFunction) throws(OpenSSLError) {
        self.key = key
        self.hash = hash
        let first = try Context(key: key, hash: hash)
        idle.withLock { $0.append(first) }
    }

    /// Whether `signature` is one of `message`: PKCS#1 v1.5 for RSA, DER (RFC 3279 §2.2.3) for ECDSA.
    public func isValid(_ signature: Span<UInt8>, of message: Span<UInt8>) -> Bool {
        guard let context = idle.withLock({ $0.popLast() }) ?? (try? Context(key: key, hash: hash)) else {
            return false
        }
        let valid = context.isValid(signature, digest: hash.digest(of: message))
        idle.withLock { if $0.count < Self.idleMax { $0.append(context) } }
        return valid
    }
}

/// One prepared EVP_PKEY_CTX. Used by one thread at a time: the pool hands it out and takes it back under a lock.
@safe private final class Context: @unchecked Sendable {
    private let handle: OpaquePointer

    init(key: PublicKey, hash: HashFunction) throws(OpenSSLError) {
        ErrorQueue.clear()
        guard let made = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.handle, nil) else {
            throw ErrorQueue.drain("prepare a key for verification")
        }
        unsafe handle = made
        guard unsafe EVP_PKEY_verify_init(made) == 1,
            unsafe EVP_PKEY_CTX_set_signature_md(made, FetchedHash.of(hash).algorithm) == 1
        else { throw ErrorQueue.drain("prepare a key for verification") }
    }

    deinit { unsafe EVP_PKEY_CTX_free(handle) }

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
