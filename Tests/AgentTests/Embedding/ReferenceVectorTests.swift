import Foundation
import Testing

@testable import Agent

/// Against another program's tokens and vectors: `Tests/AgentTests/Fixtures/README.md`. The weights are fetched where they
/// are not there yet, as the Python packages of other tests are.
@Suite struct `all-MiniLM-L6-v2` {
    private struct Row: Decodable {
        let note: String
        let text: String
        let tokens: [Int32]
        let vector: [Double]

        private enum CodingKeys: String, CodingKey {
            case note, text, vector
            case tokens = "token_ids"
        }
    }

    private static func rows() throws -> [Row] {
        let file = repository.appending(path: "Tests/AgentTests/Fixtures/minilm_reference.jsonl")
        let decoder = JSONDecoder()
        return try Data(contentsOf: file).split(separator: 0x0A).map { try decoder.decode(Row.self, from: $0) }
    }

    private static let embedder = Result {
        let folder = repository.appending(path: ".build/models/all-MiniLM-L6-v2").path
        let script = Process()
        script.executableURL = repository.appending(path: "scripts/model.sh")
        script.arguments = [folder]
        try script.run()
        script.waitUntilExit()
        try #require(script.terminationStatus == 0, "the model cannot be fetched; scripts/model.sh says why")
        return try LocalEmbedder.load(folder: folder)
    }

    private static func clean(_ text: String) -> CleanText { CleanText(redacted: Array(text.utf8)) }

    @Test func `is given the reference's tokens and makes the reference's vectors of them`() async throws {
        let embedder = try Self.embedder.get()
        #expect(embedder.dimensions == 384 && embedder.tokensMax == 256)
        let rows = try Self.rows()
        #expect(rows.count == 40)
        var greatest = 0.0
        for row in rows {
            #expect(embedder.tokens(of: Array(row.text.utf8)) == row.tokens, "\(row.note)")
            let vector = try await embedder.vector(ofQuestion: Self.clean(row.text))
            let difference = zip(vector, row.vector).map { abs(Double($0) - $1) }.max() ?? .infinity
            #expect(vector.count == row.vector.count && difference <= 1e-5, "\(row.note): \(difference)")
            greatest = max(greatest, difference)
        }
        print("all-MiniLM-L6-v2: at most \(greatest) from the reference")
        let short = rows.filter { $0.tokens.count <= 40 }
        let together = try await embedder.vectors(ofPassages: short.map { Array($0.text.utf8) })
        #expect(together.count == 38)
        for (vector, row) in zip(together, short) {
            #expect(zip(vector, row.vector).allSatisfy { abs(Double($0) - $1) <= 1e-5 }, "\(row.note)")
        }
    }

    /// The cosines that the documentation of Sentence Transformers prints for this model.
    @Test func `finds sentences as near as its documentation says`() async throws {
        let vectors = try await Self.embedder.get().vectors(
            ofPassages: ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."].map {
                Array($0.utf8)
            })
        for (first, second, cosine) in [(0, 1, 0.6660), (0, 2, 0.1046), (1, 2, 0.1411)] {
            let found = zip(vectors[first], vectors[second]).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(found - cosine) < 0.0001)
        }
    }
}
