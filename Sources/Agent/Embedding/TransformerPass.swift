internal import LinuxIO
internal import OpenBLAS
internal import VectorMath

/// The forward pass of a `TransformerModel`, with the memory that it calculates in: one thread's.
///
/// Several texts go through side by side, without padding: their tokens are rows under one another, and only attention, which
/// looks from token to token, knows where a text ends.
final class TransformerPass {
    private let model: TransformerModel
    private var hidden: [Float] = []
    private var query: [Float] = []
    private var key: [Float] = []
    private var value: [Float] = []
    private var context: [Float] = []
    private var scores: [Float] = []
    private var intermediate: [Float] = []

    init(_ model: TransformerModel) { self.model = model }

    /// The vectors of `texts`, each of length 1: the mean of the last layer over a text's tokens.
    ///
    /// As many texts as have `tokensPerPassMax` tokens go through together; more tokens would save no time.
    /// - Precondition: each text has 1 to `tokensMax` tokens of the vocabulary.
    /// - Throws: `.model` where the weights make no finite numbers of a text.
    func vectors(of texts: [[Int32]]) throws(AgentError) -> [[Float]] {
        var vectors: [[Float]] = []
        var start = 0
        while start < texts.count {
            var end = start
            var tokenCount = 0
            while end < texts.count, end == start || tokenCount + texts[end].count <= AgentLimits.tokensPerPassMax {
                tokenCount += texts[end].count
                end += 1
            }
            vectors += try passed(texts[start..<end])
            start = end
        }
        return vectors
    }

    private func passed(_ texts: ArraySlice<[Int32]>) throws(AgentError) -> [[Float]] {
        var ranges: [Range<Int>] = []
        for text in texts {
            let start = ranges.last?.upperBound ?? 0
            ranges.append(start..<start + text.count)
        }
        embed(texts)
        for layer in model.layers {
            attend(layer, ranges)
            transform(layer)
        }
        var vectors: [[Float]] = []
        for range in ranges { vectors.append(try pooled(range)) }
        return vectors
    }

    // MARK: Before the layers

    /// Word, position and kind of text, added up and normalised.
    private func embed(_ texts: ArraySlice<[Int32]>) {
        let size = model.configuration.hiddenSize
        let count = texts.reduce(0) { $0 + $1.count }
        Self.resize(&hidden, count * size)
        var row = 0
        for text in texts {
            precondition((1...model.configuration.tokensMax).contains(text.count), "a text of few enough tokens")
            for (position, token) in text.enumerated() {
                let token = Int(token)
                precondition((0..<model.configuration.vocabularyCount).contains(token), "a token of the vocabulary")
                model.weights.withFloats(in: Self.row(token, of: model.words, size)) { word in
                    model.weights.withFloats(in: Self.row(position, of: model.positions, size)) { position in
                        model.weights.withFloats(in: Self.row(0, of: model.textKinds, size)) { kind in
                            Self.put(word, position, kind, into: &hidden, at: row * size)
                        }
                    }
                }
                row += 1
            }
        }
        normalise(model.embeddingNorm)
    }

    private static func row(_ index: Int, of table: Range<Int>, _ size: Int) -> Range<Int> {
        let start = table.lowerBound + index * size * MemoryLayout<Float>.size
        return start..<start + size * MemoryLayout<Float>.size
    }

    private static func put(
        _ word: Span<Float>, _ position: Span<Float>, _ kind: Span<Float>, into rows: inout [Float], at start: Int
    ) {
        var numbers = rows.mutableSpan
        for column in stride(from: 0, to: word.count, by: FloatLanes.laneCount) {
            let sum = word.lanes(at: column) + position.lanes(at: column) + kind.lanes(at: column)
            numbers.setLanes(sum, at: start + column)
        }
    }

    // MARK: A layer

    private func attend(_ layer: TransformerModel.Layer, _ ranges: [Range<Int>]) {
        multiply(hidden, layer.query, into: &query)
        multiply(hidden, layer.key, into: &key)
        multiply(hidden, layer.value, into: &value)
        withBias(layer.query) { TransformerKernels.add($0, to: &query) }
        withBias(layer.key) { TransformerKernels.add($0, to: &key) }
        withBias(layer.value) { TransformerKernels.add($0, to: &value) }
        Self.resize(&context, hidden.count)
        for range in ranges {
            for head in 0..<model.configuration.headCount { attend(range, head) }
        }
        multiply(context, layer.attention, into: &query)
        withBias(layer.attention) { TransformerKernels.add(query, and: $0, to: &hidden) }
        normalise(layer.attentionNorm)
    }

    /// What each token of the text at `range` takes from each other, by one head (Vaswani et al., arXiv:1706.03762, §3.2.1).
    private func attend(_ range: Range<Int>, _ head: Int) {
        let size = model.configuration.hiddenSize
        let headSize = model.configuration.headSize
        let place = MatrixLayout(start: range.lowerBound * size + head * headSize, stride: size)
        let lanes = FloatLanes.laneCount
        let table = MatrixLayout(stride: (range.count + lanes - 1) / lanes * lanes)
        Self.resize(&scores, range.count * table.stride)
        multiply(
            query, key, into: &scores,
            MatrixProduct(
                rows: range.count, columns: range.count, inner: headSize, left: place, right: place, result: table,
                isRightTransposed: true, scale: 1 / Float(headSize).squareRoot()))
        TransformerKernels.softmax(&scores, count: range.count, columns: range.count, rowStride: table.stride)
        multiply(
            scores, value, into: &context,
            MatrixProduct(
                rows: range.count, columns: headSize, inner: range.count, left: table, right: place, result: place))
    }

    private func transform(_ layer: TransformerModel.Layer) {
        multiply(hidden, layer.intermediate, into: &intermediate)
        withBias(layer.intermediate) { TransformerKernels.addAndActivate($0, &intermediate) }
        multiply(intermediate, layer.output, into: &query)
        withBias(layer.output) { TransformerKernels.add(query, and: $0, to: &hidden) }
        normalise(layer.outputNorm)
    }

    // MARK: Parts of it

    private func withBias(_ linear: TransformerModel.Linear, _ body: (Span<Float>) -> Void) {
        model.weights.withFloats(in: linear.bias, body)
    }

    private func normalise(_ norm: TransformerModel.Norm) {
        model.weights.withFloats(in: norm.weight) { weight in
            model.weights.withFloats(in: norm.bias) { bias in
                TransformerKernels.normalise(
                    &hidden, weight: weight, bias: bias, epsilon: model.configuration.normEpsilon)
            }
        }
    }

    /// Of a short text's few rows OpenBLAS multiplies small matrices at once as they lie, and packs large ones first, which
    /// took longer than multiplying. So weights are cut: 16 rows then took 6.3 ms in place of 8.2 with its kernels for
    /// AVX-512, and 8.6 in place of 8.1 with those for AVX2.
    private static let fewRows = 32, weightsOfFewRows = 24_576

    private func multiply(_ rows: [Float], _ linear: TransformerModel.Linear, into result: inout [Float]) {
        let (count, inputs, outputs) = (rows.count / linear.inputs, linear.inputs, linear.outputs)
        Self.resize(&result, count * outputs)
        let part = count <= Self.fewRows ? max(1, Self.weightsOfFewRows / inputs) : outputs
        model.weights.withFloats(in: linear.weight) { weight in
            var numbers = result.mutableSpan
            for start in stride(from: 0, to: outputs, by: part) {
                model.blas.multiply(
                    rows.span, weight, into: &numbers,
                    MatrixProduct(
                        rows: count, columns: min(part, outputs - start), inner: inputs,
                        right: MatrixLayout(start: start * inputs, stride: inputs),
                        result: MatrixLayout(start: start, stride: outputs), isRightTransposed: true))
            }
        }
    }

    private func multiply(
        _ left: [Float], _ right: [Float], into result: inout [Float], _ product: MatrixProduct
    ) {
        var numbers = result.mutableSpan
        model.blas.multiply(left.span, right.span, into: &numbers, product)
    }

    private static func resize(_ numbers: inout [Float], _ count: Int) {
        if numbers.count > count { numbers.removeLast(numbers.count - count) }
        if numbers.count < count { numbers.append(contentsOf: repeatElement(0, count: count - numbers.count)) }
    }

    // MARK: Behind the layers

    private func pooled(_ range: Range<Int>) throws(AgentError) -> [Float] {
        let size = model.configuration.hiddenSize
        var vector = [Float](repeating: 0, count: size)
        for row in range {
            for column in 0..<size { vector[column] += hidden[row * size + column] }
        }
        // The mean differs from the sum by a factor, which the length takes away.
        let length = vector.reduce(into: Float(0)) { $0 += $1 * $1 }.squareRoot()
        guard length.isFinite, length > 0 else {
            throw .model(model.weights.path, "a text's vector is not finite or has no direction; fetch the model anew")
        }
        return vector.map { $0 / length }
    }
}
