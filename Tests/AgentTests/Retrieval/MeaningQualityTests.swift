import Foundation
import Testing

@testable import Agent

/// Floors under the retrieval of the shipped FAQ with the real model, on every third of the labelled queries.
@Suite struct `retrieval by meaning from the shipped FAQ` {
    private struct Row: Decodable {
        let query: String
        let expectedID: String?
        let kind: String

        enum CodingKeys: String, CodingKey {
            case query, kind
            case expectedID = "expected_id"
        }
    }

    @Test func `finds more than words do, and knows better what it does not know`() async throws {
        let directory = try TemporaryDirectory()
        let folder = repository.appending(path: ".build/models/all-MiniLM-L6-v2").path
        let script = Process()
        script.executableURL = repository.appending(path: "scripts/model.sh")
        script.arguments = [folder]
        try script.run()
        script.waitUntilExit()
        try #require(script.terminationStatus == 0, "the model cannot be fetched; scripts/model.sh says why")
        let knowledge = try KnowledgeBase.open(
            path: directory.file("k.sqlite"), embedder: try LocalEmbedder.load(folder: folder))
        let report = try await knowledge.replace(csv: try shippedFAQ())
        #expect(report.textsWithoutVector == 0 && report.embeddingFailure == nil)
        var evaluation = RetrievalEvaluation(thresholdPPM: 400_000)
        let file = repository.appending(path: "Tests/AgentTests/Fixtures/queries.jsonl")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        for line in stride(from: 0, to: lines.count, by: 3).map({ lines[$0] }) {
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            let found = try await knowledge.search(clean(row.query), limit: 20)
            #expect(found.method == .hybrid)
            evaluation.add(
                RetrievalOutcome(found, expecting: row.expectedID.map { Array($0.utf8) }), kind: Array(row.kind.utf8))
        }
        let intent = try #require(evaluation.kinds[Array("intent".utf8)])
        let figures = (intent.topOne ?? 0, intent.topFive ?? 0, evaluation.areaUnderCurve ?? 0)
        print(
            "by meaning: intent top-1 \(figures.0) top-5 \(figures.1), AUROC \(figures.2),",
            "calibration error \(evaluation.calibration.expectedError ?? 1)")
        #expect(figures.0 >= 0.70 && figures.1 >= 0.88 && figures.2 >= 0.95)
    }
}
