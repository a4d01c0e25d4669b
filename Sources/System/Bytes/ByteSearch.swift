internal import Glibc

extension Span<UInt8> {
    /// The first place from `start` of `byte`; nil where there is none. As fast as the C library's memchr(3).
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        precondition(start >= 0 && start <= count, "a search starts inside the span")
        return unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < bytes.count,
                let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// Whether the `count` bytes at `start` are those at `otherStart` of `other`. Both ranges must be inside their spans.
    @inlinable
    public func equals(at start: Int, _ other: Span<UInt8>, at otherStart: Int, count length: Int) -> Bool {
        var offset = 0
        while length - offset >= 8 {
            guard word(at: start + offset) == other.word(at: otherStart + offset) else { return false }
            offset += 8
        }
        while offset < length {
            guard self[start + offset] == other[otherStart + offset] else { return false }
            offset += 1
        }
        return true
    }
}

extension Span<UInt8> {
    /// Whether the `count` bytes at `start` are those at `otherStart` of `other`, which has at least eight bytes more.
    ///
    /// False where this span ends before. Made for short runs, one after the other.
    @inlinable
    @inline(__always)
    public func continues(at start: Int, like other: Span<UInt8>, at otherStart: Int, count length: Int) -> Bool {
        guard length <= count - start else { return false }
        guard count - start >= length + 8 else {
            return equals(at: start, other, at: otherStart, count: length)
        }
        var offset = 0
        while length - offset > 8 {
            guard word(at: start + offset) == other.word(at: otherStart + offset) else { return false }
            offset += 8
        }
        let rest = length - offset
        guard rest > 0 else { return true }
        let difference = word(at: start + offset) ^ other.word(at: otherStart + offset)
        return difference << UInt64(8 * (8 - rest)) == 0
    }
}
