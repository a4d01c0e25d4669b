extension Span<UInt8> {
    /// The eight bytes from `index`, the first lowest: what lets a scanner look at eight bytes at a time.
    /// - Precondition: they are inside the span.
    @inlinable
    @inline(__always)
    public func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
}
