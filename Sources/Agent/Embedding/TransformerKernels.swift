internal import VectorMath

/// What a transformer does with rows of numbers beside multiplying them. Rows have a multiple of eight numbers.
enum TransformerKernels {
    /// Adds `bias` to each row.
    static func add(_ bias: Span<Float>, to rows: inout [Float]) {
        var numbers = rows.mutableSpan
        let size = bias.count
        for row in stride(from: 0, to: numbers.count, by: size) {
            for column in stride(from: 0, to: size, by: FloatLanes.laneCount) {
                numbers.setLanes(numbers.lanes(at: row + column) + bias.lanes(at: column), at: row + column)
            }
        }
    }

    /// Adds `bias` to each row, then multiplies each number by the part of a normal distribution that is below it (GELU, in
    /// its exact form by the error function; Hendrycks and Gimpel, arXiv:1606.08415).
    static func addAndActivate(_ bias: Span<Float>, _ rows: inout [Float]) {
        var numbers = rows.mutableSpan
        let size = bias.count
        for row in stride(from: 0, to: numbers.count, by: size) {
            for column in stride(from: 0, to: size, by: FloatLanes.laneCount) {
                let x = numbers.lanes(at: row + column) + bias.lanes(at: column)
                numbers.setLanes(x * normalDistribution(x), at: row + column)
            }
        }
    }

    /// From the tail, so that what is far below 0 keeps its digits.
    @inline(__always)
    private static func normalDistribution(_ x: FloatLanes) -> FloatLanes {
        let tail = (x.magnitudes * Float(0.5).squareRoot()).complementaryErrorOfNonNegative * 0.5
        return tail.replacing(with: 1 - tail, where: x .>= 0)
    }

    /// Brings each row to mean 0 and variance 1, then to `weight` and `bias` (Ba, Kiros and Hinton, arXiv:1607.06450).
    static func normalise(
        _ rows: inout [Float], weight: Span<Float>, bias: Span<Float>, epsilon: Float
    ) {
        var numbers = rows.mutableSpan
        let size = weight.count
        for row in stride(from: 0, to: numbers.count, by: size) {
            var sum = FloatLanes.zero
            for column in stride(from: 0, to: size, by: FloatLanes.laneCount) { sum += numbers.lanes(at: row + column) }
            let mean = sum.sum() / Float(size)
            var squares = FloatLanes.zero
            for column in stride(from: 0, to: size, by: FloatLanes.laneCount) {
                let difference = numbers.lanes(at: row + column) - mean
                squares += difference * difference
            }
            let factor = 1 / (squares.sum() / Float(size) + epsilon).squareRoot()
            for column in stride(from: 0, to: size, by: FloatLanes.laneCount) {
                let number = (numbers.lanes(at: row + column) - mean) * factor
                numbers.setLanes(number * weight.lanes(at: column) + bias.lanes(at: column), at: row + column)
            }
        }
    }

    /// Adds `others` and `bias` to `rows`: what went around a part of a layer joins what went through it.
    static func add(_ others: [Float], and bias: Span<Float>, to rows: inout [Float]) {
        let others = others.span
        var numbers = rows.mutableSpan
        let size = bias.count
        for row in stride(from: 0, to: numbers.count, by: size) {
            for column in stride(from: 0, to: size, by: FloatLanes.laneCount) {
                let sum = numbers.lanes(at: row + column) + others.lanes(at: row + column) + bias.lanes(at: column)
                numbers.setLanes(sum, at: row + column)
            }
        }
    }

    /// Makes the first `columns` numbers of each of `count` rows into parts of 1 (softmax).
    ///
    /// Rows are `rowStride` numbers apart, a multiple of eight; what is behind `columns` is overwritten.
    static func softmax(_ rows: inout [Float], count: Int, columns: Int, rowStride: Int) {
        var numbers = rows.mutableSpan
        for row in stride(from: 0, to: count * rowStride, by: rowStride) {
            var greatest = -Float.infinity
            for column in 0..<columns { greatest = max(greatest, numbers[row + column]) }
            for column in columns..<rowStride { numbers[row + column] = -.infinity }
            var sums = FloatLanes.zero
            for column in stride(from: 0, to: rowStride, by: FloatLanes.laneCount) {
                let power = (numbers.lanes(at: row + column) - greatest).exponentialOfNonPositive
                numbers.setLanes(power, at: row + column)
                sums += power
            }
            let factor = 1 / sums.sum()
            for column in stride(from: 0, to: rowStride, by: FloatLanes.laneCount) {
                numbers.setLanes(numbers.lanes(at: row + column) * factor, at: row + column)
            }
        }
    }
}
