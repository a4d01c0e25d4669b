/// Eight numbers that are calculated with at once. Vectors of the models here have a multiple of eight.
public typealias FloatLanes = SIMD8<Float>

extension FloatLanes {
    /// Numbers in one.
    public static let laneCount = 8
}

extension Span<Float> {
    /// The eight numbers from `index` on.
    /// - Precondition: they are inside the span.
    @inlinable
    @inline(__always)
    public func lanes(at index: Int) -> FloatLanes {
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index * 4, as: FloatLanes.self)
    }
}

extension MutableSpan<Float> {
    /// The eight numbers from `index` on.
    /// - Precondition: they are inside the span.
    @inlinable
    @inline(__always)
    public func lanes(at index: Int) -> FloatLanes { span.lanes(at: index) }

    /// Puts eight numbers at `index` and behind it.
    /// - Precondition: they are inside the span.
    @inlinable
    @inline(__always)
    public mutating func setLanes(_ lanes: FloatLanes, at index: Int) {
        var bytes = unsafe mutableBytes
        bytes.storeBytes(of: lanes, toByteOffset: index * 4, as: FloatLanes.self)
    }
}
