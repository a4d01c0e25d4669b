/// The vectors of one version of the knowledge base: of each phrasing, and of question and answer of each passage together.
/// Immutable.
struct SemanticIndex: Sendable {
    /// The model whose vectors they are (`SentenceEmbedder.identity`).
    let model: [UInt8]
    let dimensions: Int
    private let phrasings: VectorRows
    /// Those of passage i are rows `starts[i]..<starts[i + 1]`.
    private let starts: [Int]
    private let wholes: VectorRows
    /// nil where no passage has examples.
    let examples: ExampleIndex?

    /// How near a passage is to a question: cosines of the question with the nearest of its phrasings, with all of them on
    /// average, with question and answer together, and with the nearest example, where it has one.
    struct Nearness {
        let phrasing: Float
        let phrasings: Float
        let whole: Float
        let example: Float?
    }

    /// - Parameters:
    ///   - phrasings: by passage, the vectors of its phrasings, at least one.
    ///   - wholes: by passage, the vector of question and answer.
    init(
        model: [UInt8], dimensions: Int, phrasings: [[[Float]]], wholes: [[Float]], examples: ExampleIndex?
    ) {
        self.model = model
        self.dimensions = dimensions
        self.examples = examples
        var rows = VectorRows(dimensions: dimensions, capacity: phrasings.reduce(0) { $0 + $1.count })
        var starts = [0]
        for vectors in phrasings {
            for vector in vectors { rows.append(vector) }
            starts.append(rows.count)
        }
        self.phrasings = rows
        self.starts = starts
        var together = VectorRows(dimensions: dimensions, capacity: wholes.count)
        for vector in wholes { together.append(vector) }
        self.wholes = together
    }

    /// How near each passage is to a question's vector.
    /// - Complexity: a pass over all numbers: some 20 µs for 106 passages, 1 ms more for 9,000 examples.
    func nearness(to question: [Float]) -> [Nearness] {
        let padded = phrasings.padded(question)
        let examples = examples?.nearest(to: question)
        return (0..<wholes.count).map { passage in
            var best: Float = -1
            var sum: Float = 0
            for row in starts[passage]..<starts[passage + 1] {
                let cosine = phrasings.product(row, padded)
                best = max(best, cosine)
                sum += cosine
            }
            return Nearness(
                phrasing: best, phrasings: sum / Float(max(1, starts[passage + 1] - starts[passage])),
                whole: wholes.product(passage, padded), example: examples?[passage])
        }
    }
}
