/// The bounds of one HTTP message. What a peer sends beyond one of them is answered with the fault named beside it.
public struct HTTPLimits: Sendable, Hashable {
    /// Bytes of the request line without its CRLF (RFC 9112 §3 recommends to take at least 8,000); else `414`.
    public var requestLineBytesMax: Int
    /// Bytes of all field lines with their CRLFs, without the empty line that ends the section; else `431`.
    public var headerBytesMax: Int
    /// Field lines of a header or trailer section; else `431`.
    public var headerCountMax: Int
    /// Bytes of one chunk-size line with its extensions, without its CRLF; else `400`.
    public var chunkLineBytesMax: Int
    /// Bytes of all chunk extensions of one body: they are ignored, so many of them are an attack on our time; else `400`.
    public var chunkExtensionBytesMax: Int
    /// Bytes of all trailer lines with their CRLFs; else `431`.
    public var trailerBytesMax: Int

    /// Bounds that take any honest client and no dishonest one.
    public init(
        requestLineBytesMax: Int = 8192, headerBytesMax: Int = 32 * 1024, headerCountMax: Int = 100,
        chunkLineBytesMax: Int = 256, chunkExtensionBytesMax: Int = 4096, trailerBytesMax: Int = 4096
    ) {
        self.requestLineBytesMax = requestLineBytesMax
        self.headerBytesMax = headerBytesMax
        self.headerCountMax = headerCountMax
        self.chunkLineBytesMax = chunkLineBytesMax
        self.chunkExtensionBytesMax = chunkExtensionBytesMax
        self.trailerBytesMax = trailerBytesMax
    }
}
