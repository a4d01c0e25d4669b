internal import VectorMath

/// Vectors of one length, each a row under the one before, so that a question is compared with all of them in one pass over
/// memory.
struct VectorRows: Sendable {
    /// Numbers of a vector.
    let dimensions: Int
    /// From one row to the next: `dimensions`, filled up with zeros to whole lanes.
    private let stride: Int
    private var numbers: [Float] = []

    init(dimensions: Int, capacity: Int = 0) {
        precondition(dimensions > 0, "a vector has numbers")
        self.dimensions = dimensions
        stride = (dimensions + FloatLanes.laneCount - 1) / FloatLanes.laneCount * FloatLanes.laneCount
        numbers.reserveCapacity(capacity * stride)
    }

    var count: Int { numbers.count / stride }

    /// - Precondition: `vector` has `dimensions` numbers.
    mutating func append(_ vector: [Float]) {
        precondition(vector.count == dimensions, "vectors of one length")
        numbers.append(contentsOf: vector)
        for _ in dimensions..<stride { numbers.append(0) }
    }

    /// The vector of row `index`.
    subscript(index: Int) -> [Float] { Array(numbers[index * stride..<index * stride + dimensions]) }

    /// `vector` as `product` takes it: filled up with zeros as the rows are.
    func padded(_ vector: [Float]) -> [Float] {
        precondition(vector.count == dimensions, "vectors of one length")
        return vector + Array(repeating: 0, count: stride - dimensions)
    }

    /// The product of row `index` and a padded vector: the cosine, where both have length 1.
    func product(_ index: Int, _ padded: [Float]) -> Float {
        precondition(padded.count == stride, "a padded vector")
        return Self.product(numbers.span, from: index * stride, padded.span, from: 0, count: stride)
    }

    /// The sum of products of `count` numbers, a multiple of the lanes.
    @inline(__always)
    static func product(
        _ left: Span<Float>, from leftStart: Int, _ right: Span<Float>, from rightStart: Int, count: Int
    ) -> Float {
        var sums = (FloatLanes.zero, FloatLanes.zero)
        var offset = 0
        while offset + 2 * FloatLanes.laneCount <= count {
            sums.0 += left.lanes(at: leftStart + offset) * right.lanes(at: rightStart + offset)
            sums.1 +=
                left.lanes(at: leftStart + offset + FloatLanes.laneCount)
                * right.lanes(at: rightStart + offset + FloatLanes.laneCount)
            offset += 2 * FloatLanes.laneCount
        }
        if offset < count { sums.0 += left.lanes(at: leftStart + offset) * right.lanes(at: rightStart + offset) }
        return (sums.0 + sums.1).sum()
    }
}

extension VectorRows {
    /// `vector` at length 1; unchanged where it is all zeros.
    static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }
}
