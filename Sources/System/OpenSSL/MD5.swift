internal import COpenSSL

/// MD5 (RFC 1321): for protocols that still ask for it beside a real digest. It protects against nothing but accidents.
@safe public struct MD5: ~Copyable {
    private let context: OpaquePointer?

    private init(adopting context: OpaquePointer?) { unsafe self.context = context }

    /// Starts a computation; nil where OpenSSL has no MD5, as in FIPS mode.
    public static func make() -> MD5? {
        let algorithm = unsafe EVP_MD_fetch(nil, "MD5", nil)
        defer { unsafe EVP_MD_free(algorithm) }
        let hasher = unsafe MD5(adopting: EVP_MD_CTX_new())
        guard unsafe algorithm != nil, unsafe EVP_DigestInit_ex2(hasher.context, algorithm, nil) == 1 else {
            ErrorQueue.clear()
            return nil
        }
        return hasher
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds `bytes`.
    public mutating func update(_ bytes: Span<UInt8>) {
        let added = unsafe bytes.withUnsafeBufferPointer { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(added == 1, "OpenSSL cannot continue MD5")
    }

    /// The 16 bytes of the digest of everything added. Nothing can be added after it.
    public mutating func finish() -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 16)
        let isFinished = unsafe output.withUnsafeMutableBufferPointer {
            unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil) == 1
        }
        precondition(isFinished, "OpenSSL cannot finish MD5")
        return output
    }
}
