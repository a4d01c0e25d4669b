import Testing

@testable import Agent

@Suite struct `Vectors in memory` {
    @Test(arguments: [1, 7, 8, 9, 24, 33])
    func `a product is the sum of products, whatever the length`(dimensions: Int) {
        var generator = SeededGenerator(seed: UInt64(dimensions))
        var rows = VectorRows(dimensions: dimensions)
        let vectors = (0..<5).map { _ in (0..<dimensions).map { _ in Float.random(in: -1...1, using: &generator) } }
        for vector in vectors { rows.append(vector) }
        #expect(rows.count == 5)
        let question = vectors[2]
        for (index, vector) in vectors.enumerated() {
            let wanted = zip(vector, question).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(rows.product(index, rows.padded(question)) - wanted) < 1e-5)
            #expect(rows[index] == vector)
        }
    }

    @Test func `are kept as they are`() {
        let vector: [Float] = [0, -0, 1, .leastNonzeroMagnitude, -3.25, .greatestFiniteMagnitude]
        #expect(KnowledgeStore.floats(KnowledgeStore.bytes(vector)).map(\.bitPattern) == vector.map(\.bitPattern))
    }

    @Test func `the metric counts less what differs within a passage`() {
        // Examples of both passages differ in the second number alone, passages in the first.
        var rows = VectorRows(dimensions: 3)
        let vectors: [[Float]] = [[0.6, 0.8, 0], [0.6, -0.8, 0], [-0.6, 0.8, 0], [-0.6, -0.8, 0]]
        for vector in vectors { rows.append(vector) }
        let metric = WithinClassMetric(rows, owners: [0, 0, 1, 1])
        let transformed = vectors.map(metric.transformed)
        func cosine(_ left: Int, _ right: Int) -> Float {
            zip(transformed[left], transformed[right]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        // Before: -0.28 within a passage, 0.28 between passages.
        #expect(cosine(0, 1) > -0.28 && cosine(0, 2) < 0.28)
        #expect(transformed.allSatisfy { abs($0.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5 })
        // Solved by hand: the covariance is 0.64 in the second direction, and 5 · 0.64 / 3 is added to each.
        let added: Float = 5 * 0.64 / 3
        let wanted = VectorRows.unit([0.6 / added.squareRoot(), 0.8 / (0.64 + added).squareRoot(), 0])
        #expect(zip(transformed[0], wanted).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test func `the metric of examples that do not differ changes nothing`() {
        var rows = VectorRows(dimensions: 2)
        for _ in 0..<2 { rows.append([0.6, 0.8]) }
        let same = WithinClassMetric(rows, owners: [0, 0]).transformed([0.8, -0.6])
        #expect(abs(same[0] - 0.8) < 1e-6 && abs(same[1] + 0.6) < 1e-6)
    }

    @Test func `the metric solves what Cholesky's factor says, against elimination`() {
        var generator = SeededGenerator(seed: 11)
        let dimensions = 19
        var rows = VectorRows(dimensions: dimensions)
        let vectors = (0..<60).map { _ in
            VectorRows.unit((0..<dimensions).map { _ in Float.random(in: -1...1, using: &generator) })
        }
        for vector in vectors { rows.append(vector) }
        let owners = (0..<60).map { $0 % 4 }
        let metric = WithinClassMetric(rows, owners: owners)
        // x' A⁻¹ y, with A = L L', is the product of L⁻¹x and L⁻¹y; checked by the ratio of products, which no length changes.
        var covariance = [[Double]](repeating: [Double](repeating: 0, count: dimensions), count: dimensions)
        for owner in 0..<4 {
            let own = vectors.indices.filter { owners[$0] == owner }.map { vectors[$0].map(Double.init) }
            let mean = (0..<dimensions).map { place in own.reduce(0) { $0 + $1[place] } / Double(own.count) }
            for vector in own {
                for row in 0..<dimensions {
                    for column in 0..<dimensions {
                        covariance[row][column] += (vector[row] - mean[row]) * (vector[column] - mean[column]) / 60
                    }
                }
            }
        }
        let trace = (0..<dimensions).reduce(0) { $0 + covariance[$1][$1] }
        for place in 0..<dimensions { covariance[place][place] += 5 * trace / Double(dimensions) }
        func solved(_ vector: [Float]) -> [Double] {
            var matrix = covariance.enumerated().map { $1 + [Double(vector[$0])] }
            for pivot in 0..<dimensions {
                for row in 0..<dimensions where row != pivot {
                    let factor = matrix[row][pivot] / matrix[pivot][pivot]
                    for column in 0...dimensions { matrix[row][column] -= factor * matrix[pivot][column] }
                }
            }
            return (0..<dimensions).map { matrix[$0][dimensions] / matrix[$0][$0] }
        }
        func product(_ left: [Float], _ right: [Float]) -> Double {
            zip(left, solved(right)).reduce(0) { $0 + Double($1.0) * $1.1 }
        }
        for (left, right) in [(0, 1), (2, 9), (14, 33)] {
            let wanted =
                product(vectors[left], vectors[right])
                / (product(vectors[left], vectors[left]) * product(vectors[right], vectors[right])).squareRoot()
            let found = zip(metric.transformed(vectors[left]), metric.transformed(vectors[right])).reduce(0) {
                $0 + $1.0 * $1.1
            }
            #expect(abs(Double(found) - wanted) < 1e-4)
        }
    }

    @Test func `a stem is typical of whose examples hold it`() {
        func stems(_ words: String) -> Set<[UInt8]> { Set(words.split(separator: " ").map { Array($0.utf8) }) }
        let terms = ExampleTerms(
            passages: [stems("card"), stems("loan"), stems("card")],
            examples: [[stems("my card"), stems("card gone")], [stems("my loan")], []])
        let question = terms.numbers(of: [
            Array("card".utf8), Array("gone".utf8), Array("card".utf8), Array("zzz".utf8),
        ])
        #expect(question.count == 2)
        #expect(terms.score(question, passage: 0) > 0)
        #expect(terms.score(question, passage: 1) == 0 && terms.score(question, passage: 2) == 0)
    }
}
