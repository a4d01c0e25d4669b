public import Bytes
internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4): 32 bytes, compared in constant time.
public struct SHA256Digest: Hashable, Sendable {
    private let words: InlineWords

    private struct InlineWords: Hashable, Sendable {
        var a: UInt64 = 0, b: UInt64 = 0, c: UInt64 = 0, d: UInt64 = 0
    }

    static let zero = SHA256Digest(words: InlineWords())

    private init(words: InlineWords) { self.words = words }

    /// The digest of `bytes`. About 0.3 µs for 512 bytes.
    public init(of bytes: Span<UInt8>) {
        var hasher = SHA256()
        hasher.update(bytes)
        self = hasher.finish()
    }

    /// The digest of `bytes`.
    public init(of bytes: [UInt8]) { self.init(of: bytes.span) }

    /// A digest from its 32 bytes, or nil for any other number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        var words = InlineWords()
        unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// The digest whose 32 bytes `fill` writes.
    init(_ fill: (UnsafeMutablePointer<UInt8>?) -> Void) {
        var words = InlineWords()
        unsafe withUnsafeMutableBytes(of: &words) {
            unsafe fill($0.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        self.words = words
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        unsafe withUnsafeBytes(of: words) { unsafe Array($0) }
    }

    /// The 32 bytes, for as long as `body` runs.
    public func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        unsafe withUnsafeBytes(of: words) { body(unsafe Span(_unsafeBytes: $0)) }
    }

    /// 64 lowercase hexadecimal digits.
    public var hex: [UInt8] {
        var digits = ByteBuffer(capacity: 64)
        appendHex(to: &digits)
        return digits.array()
    }

    /// Appends 64 lowercase hexadecimal digits.
    public func appendHex(to output: inout ByteBuffer) {
        unsafe withUnsafeBytes(of: words) { output.append(hex: unsafe Span(_unsafeBytes: $0)) }
    }

    /// Whether two digests are the same, in time that does not depend on where they differ.
    public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        let difference =
            (left.words.a ^ right.words.a) | (left.words.b ^ right.words.b) | (left.words.c ^ right.words.c)
            | (left.words.d ^ right.words.d)
        return difference == 0
    }

    /// The first word is as good as any hash of a digest.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.a) }
}

/// A running SHA-256 computation.
///
/// The algorithm is fetched once for the process: an implicit fetch in each call costs about 180 ns (OpenSSL 3.0).
@safe public struct SHA256: ~Copyable {
    private let context: OpaquePointer?

    /// Starts a computation.
    public init() {
        unsafe context = EVP_MD_CTX_new()
        reset()
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Forgets what was hashed and starts again, keeping the context's memory.
    public mutating func reset() {
        let started = unsafe EVP_DigestInit_ex2(context, SHA256Algorithm.shared.algorithm, nil)
        // Only a failed allocation or a provider without SHA-256 gets here; neither leaves anything to go on with.
        precondition(started == 1, "OpenSSL cannot start SHA-256")
    }

    /// Adds `bytes`.
    public mutating func update(_ bytes: Span<UInt8>) {
        let added = unsafe bytes.withUnsafeBufferPointer { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(added == 1, "OpenSSL cannot continue SHA-256")
    }

    /// Adds `bytes`.
    public mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

    /// Adds the 32 bytes of a digest.
    public mutating func update(_ digest: SHA256Digest) { digest.withSpan { update($0) } }

    /// The digest of everything added. Call `reset` before using this value again.
    public mutating func finish() -> SHA256Digest {
        unsafe SHA256Digest { output in
            let finished = unsafe EVP_DigestFinal_ex(context, output, nil)
            precondition(finished == 1, "OpenSSL cannot finish SHA-256: the context is not one that fails here")
        }
    }
}

/// The fetched algorithm. Immutable after its creation and never freed, so any thread may use it.
@safe private struct SHA256Algorithm: @unchecked Sendable {
    let algorithm: OpaquePointer?

    static let shared = SHA256Algorithm()

    private init() { unsafe algorithm = EVP_MD_fetch(nil, "SHA256", nil) }
}
