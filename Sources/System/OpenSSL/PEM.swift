internal import COpenSSL

/// Memory that OpenSSL reads PEM from or writes it to.
@safe struct MemoryBIO: ~Copyable {
    let bio: OpaquePointer

    private init(adopting bio: OpaquePointer) { unsafe self.bio = bio }

    /// An empty one to write to.
    static func empty() throws(OpenSSLError) -> MemoryBIO {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw ErrorQueue.drain("allocate memory for PEM") }
        return unsafe MemoryBIO(adopting: bio)
    }

    /// One to read a copy of `bytes` from.
    static func reading(_ bytes: Span<UInt8>) throws(OpenSSLError) -> MemoryBIO {
        let memory = try empty()
        let bio = unsafe memory.bio
        let written = unsafe bytes.withUnsafeBytes { unsafe BIO_write(bio, $0.baseAddress, Int32(clamping: $0.count)) }
        guard written == bytes.count else { throw ErrorQueue.drain("read an empty or oversized PEM text") }
        return memory
    }

    // The memory may hold a private key: BIO_s_mem clears its buffer when freed (BUF_MEM_free).
    deinit { unsafe BIO_free_all(bio) }

    /// Lends what was written.
    func withSpan<Result: ~Copyable>(_ body: (Span<UInt8>) -> Result) -> Result {
        var start: UnsafeMutablePointer<CChar>? = nil
        let count = unsafe pc_bio_memory(bio, &start)
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: max(0, count))
        return unsafe body(Span(_unsafeElements: bytes.assumingMemoryBound(to: UInt8.self)))
    }

    /// A copy of what was written.
    var bytes: [UInt8] { withSpan { span in span.indices.map { span[$0] } } }
}

/// Answers OpenSSL's request for a pass phrase with "none"; without it OpenSSL would ask at the terminal.
@unsafe func noPassPhrase(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 { -1 }
