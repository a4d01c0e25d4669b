/// The examples of all passages: their vectors, in the metric that tells passages apart, and their typical stems. Immutable.
struct ExampleIndex: Sendable {
    private let metric: WithinClassMetric
    private let rows: VectorRows
    /// Those of passage i are rows `starts[i]..<starts[i + 1]`.
    private let starts: [Int]
    private let terms: ExampleTerms

    /// How many examples there are.
    var count: Int { rows.count }

    /// Cosines in the metric are lower than those of the model by so much, at the median of the nearest examples of the
    /// development queries, and are brought to their height.
    private static let metricShift: Float = 0.02

    /// - Parameters:
    ///   - vectors: by passage, those of its examples.
    ///   - terms: the examples' typical stems, by passage too.
    init(vectors: [[[Float]]], dimensions: Int, terms: ExampleTerms) {
        var plain = VectorRows(dimensions: dimensions, capacity: vectors.reduce(0) { $0 + $1.count })
        var owners: [Int] = []
        var starts = [0]
        for (passage, vectors) in vectors.enumerated() {
            for vector in vectors {
                plain.append(vector)
                owners.append(passage)
            }
            starts.append(owners.count)
        }
        let metric = WithinClassMetric(plain, owners: owners)
        var rows = VectorRows(dimensions: dimensions, capacity: owners.count)
        for index in owners.indices { rows.append(metric.transformed(plain[index])) }
        self.metric = metric
        self.rows = rows
        self.starts = starts
        self.terms = terms
    }

    /// How near the nearest example of each passage is, about -1 to 1; nil for a passage without one.
    func nearest(to question: [Float]) -> [Float?] {
        let padded = rows.padded(metric.transformed(question))
        return (0..<starts.count - 1).map { passage in
            var best: Float?
            for row in starts[passage]..<starts[passage + 1] {
                best = max(best ?? -1, rows.product(row, padded))
            }
            return best.map { $0 + Self.metricShift }
        }
    }

    /// The numbers of a question's stems, for `typicality`.
    func numbers(of stems: [[UInt8]]) -> [UInt32] { terms.numbers(of: stems) }

    /// How typical the question's stems are of the passage's examples; 0 and up.
    func typicality(_ question: [UInt32], passage: Int) -> Float { terms.score(question, passage: passage) }
}
