internal import COpenSSL

/// Bytes that are overwritten with zeros before their memory is given back, and never printed.
///
/// They cannot be copied by accident: the type is not `Copyable`. Lend them with `withSpan` and do not keep the span's
/// content elsewhere.
@safe public struct SecretBytes: ~Copyable, @unchecked Sendable {
    // Safe and sendable: this value alone owns the memory, nothing writes to it after creation, and deinit frees it.
    private let storage: UnsafeMutableRawBufferPointer

    /// A secret with a copy of `bytes`. The caller answers for the original.
    public init(copying bytes: Span<UInt8>) {
        unsafe storage = .allocate(byteCount: bytes.count, alignment: 1)
        unsafe bytes.withUnsafeBytes { unsafe storage.copyMemory(from: $0) }
    }

    /// A secret with a copy of `bytes`. The caller answers for the original.
    public init(copying bytes: [UInt8]) { self.init(copying: bytes.span) }

    /// A secret with a copy of `bytes`, which are overwritten with zeros. Others that share their memory keep it as it was.
    public init(wiping bytes: inout [UInt8]) {
        self.init(copying: bytes.span)
        unsafe bytes.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    /// A secret of `count` bytes from the system's cryptographic generator.
    /// - Throws: `OpenSSLError` where the generator has no entropy.
    public static func random(count: Int) throws(OpenSSLError) -> SecretBytes {
        var bytes = try Random.bytes(count: count)
        return SecretBytes(wiping: &bytes)
    }

    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    /// How many bytes.
    public var count: Int { unsafe storage.count }

    /// Another secret of the same bytes.
    public func copy() -> SecretBytes { withSpan { SecretBytes(copying: $0) } }

    /// Always "‹secret›".
    public var description: String { "‹secret›" }

    /// Lends the bytes for the time of `body`.
    public func withSpan<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeBufferPointer<UInt8>(
            start: storage.baseAddress?.assumingMemoryBound(to: UInt8.self), count: storage.count)
        return try unsafe body(Span(_unsafeElements: bytes))
    }

    /// Whether this secret is `other`, in time that depends on their lengths alone.
    public func isEqual(to other: Span<UInt8>) -> Bool {
        guard other.count == count else { return false }
        return unsafe other.withUnsafeBytes {
            unsafe CRYPTO_memcmp(storage.baseAddress, $0.baseAddress, storage.count) == 0
        }
    }
}
