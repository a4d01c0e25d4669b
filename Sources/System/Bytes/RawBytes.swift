/// Copies and compares runs of bytes at memory speed, where element by element is several times slower.
public enum RawBytes {
    /// Appends a run.
    @inlinable
    public static func append(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    /// Appends the UTF-8 bytes of a literal.
    @inlinable
    public static func append(literal: StaticString, to output: inout [UInt8]) {
        literal.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
    }

    /// Whether `bytes` are exactly the UTF-8 bytes of `literal`.
    @inlinable
    public static func isEqual(_ bytes: [UInt8], _ literal: StaticString) -> Bool {
        guard bytes.count == literal.utf8CodeUnitCount else { return false }
        return literal.withUTF8Buffer { unsafe bytes.elementsEqual($0) }
    }
}
