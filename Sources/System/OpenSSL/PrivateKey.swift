internal import COpenSSL

/// A private key with its public half.
@safe public final class PrivateKey: @unchecked Sendable {
    // Safe and sendable for the reasons given at `PublicKey`; OpenSSL zeroes a private key when it frees it.
    let handle: OpaquePointer

    /// What to make.
    public enum Kind: Sendable {
        case ec(NamedCurve)
        /// RSA with a modulus of so many bits, 2048 to 8192.
        case rsa(bits: Int)
    }

    private init(adopting handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe EVP_PKEY_free(handle) }

    /// Makes a new key.
    public static func generate(_ kind: Kind) throws(OpenSSLError) -> PrivateKey {
        ErrorQueue.clear()
        let made: OpaquePointer?
        switch kind {
        case .ec(let curve): unsafe made = pc_ec_generate(curve.name)
        case .rsa(let bits):
            precondition((2048...8192).contains(bits), "a generated RSA key has 2048 to 8192 bits")
            unsafe made = pc_rsa_generate(bits)
        }
        guard let handle = unsafe made else { throw ErrorQueue.drain("make a key") }
        return unsafe PrivateKey(adopting: handle)
    }

    /// Reads the first private key of a PEM text (PKCS#8, or the older forms OpenSSL reads), not encrypted.
    public convenience init(pem: borrowing SecretBytes) throws(OpenSSLError) {
        let bio = try pem.withSpan { span throws(OpenSSLError) in try MemoryBIO.reading(span) }
        ErrorQueue.clear()
        guard let handle = unsafe PEM_read_bio_PrivateKey(bio.bio, nil, noPassPhrase, nil) else {
            throw ErrorQueue.drain("read an unencrypted private key in PEM")
        }
        unsafe self.init(adopting: handle)
    }

    /// The key as an unencrypted PKCS#8 `PRIVATE KEY` block (RFC 5958).
    public func pem() throws(OpenSSLError) -> SecretBytes {
        let bio = try MemoryBIO.empty()
        ErrorQueue.clear()
        guard unsafe PEM_write_bio_PKCS8PrivateKey(bio.bio, handle, nil, nil, 0, nil, nil) == 1 else {
            throw ErrorQueue.drain("write a private key")
        }
        return bio.withSpan { SecretBytes(copying: $0) }
    }

    /// The public half.
    public func publicKey() throws(OpenSSLError) -> PublicKey {
        var encoded: UnsafeMutablePointer<UInt8>? = nil
        ErrorQueue.clear()
        let count = unsafe i2d_PUBKEY(handle, &encoded)
        guard count > 0, let start = unsafe encoded else { throw ErrorQueue.drain("take a key's public half") }
        defer { unsafe CRYPTO_free(start, #fileID, #line) }
        var cursor: UnsafePointer<UInt8>? = unsafe UnsafePointer(start)
        guard let handle = unsafe d2i_PUBKEY(nil, &cursor, Int(count)) else {
            throw ErrorQueue.drain("take a key's public half")
        }
        return unsafe PublicKey(adopting: handle)
    }
}
