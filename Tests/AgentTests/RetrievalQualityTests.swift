import Agent
import Foundation
import Testing

/// Floors under the retrieval of the shipped FAQ on labelled queries (`Fixtures/README.md`).
///
/// `PORTCULLIS_QUERIES` names another file of the same form, whose figures are printed and held to the same floors.
@Suite struct `retrieval from the shipped FAQ` {
    struct Row: Decodable {
        let query: String
        let expectedID: String?
        let kind: String

        enum CodingKeys: String, CodingKey {
            case query, kind
            case expectedID = "expected_id"
        }
    }

    struct Figures {
        var ranks: [Int?] = []
        var confidencesInScope: [Int] = []
        var confidencesOutOfScope: [Int] = []
        var calibration = [(confidence: Int, isRight: Bool)]()

        func share(within places: Int) -> Double {
            Double(ranks.count { $0.map { $0 < places } ?? false }) / Double(ranks.count)
        }

        /// The chance that a query with an answer gets more confidence than one without.
        var areaUnderCurve: Double {
            var wins = 0.0
            for inScope in confidencesInScope {
                for outOfScope in confidencesOutOfScope {
                    wins += inScope > outOfScope ? 1 : inScope == outOfScope ? 0.5 : 0
                }
            }
            return wins / Double(confidencesInScope.count * confidencesOutOfScope.count)
        }

        /// Expected calibration error over ten bins of equal width.
        var calibrationError: Double {
            let bins = Dictionary(grouping: calibration) { min(9, $0.confidence / 100_000) }.values
            return bins.reduce(0) { sum, bin in
                let right = Double(bin.count { $0.isRight })
                let confidence = bin.reduce(0) { $0 + Double($1.confidence) / 1_000_000 }
                return sum + abs(right - confidence) / Double(calibration.count)
            }
        }
    }

    @Test func `finds the right answer and knows what it does not know`() async throws {
        let path =
            ProcessInfo.processInfo.environment["PORTCULLIS_QUERIES"]
            ?? repository.appending(path: "Tests/AgentTests/Fixtures/queries.jsonl").path
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        var intent = Figures()
        var all = Figures()
        var evaluation = RetrievalEvaluation(thresholdPPM: 400_000)
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            let found = try await knowledge.search(clean(row.query), limit: 5)
            evaluation.add(
                RetrievalOutcome(found, expecting: row.expectedID.map { Array($0.utf8) }), kind: Array(row.kind.utf8))
            let rank = found.matches.firstIndex { text($0.passage.id) == row.expectedID }
            all.calibration.append((found.confidencePPM, rank == 0))
            if row.expectedID == nil {
                all.confidencesOutOfScope.append(found.confidencePPM)
            } else {
                all.confidencesInScope.append(found.confidencePPM)
                all.ranks.append(rank)
                if row.kind == "intent" { intent.ranks.append(rank) }
            }
        }
        print(
            "retrieval: intent top-1 \(intent.share(within: 1)) top-5 \(intent.share(within: 5)),",
            "all top-1 \(all.share(within: 1)) top-5 \(all.share(within: 5)),",
            "AUROC \(all.areaUnderCurve), calibration error \(all.calibrationError)")
        // What `knowledge eval` prints, against the definitions above.
        #expect(evaluation.kinds[Array("intent".utf8)]?.topOne == intent.share(within: 1))
        #expect(evaluation.total.topFive == all.share(within: 5))
        #expect(evaluation.areaUnderCurve == all.areaUnderCurve)
        #expect(abs((evaluation.calibration.expectedError ?? 1) - all.calibrationError) < 1e-9)
        #expect(intent.share(within: 1) >= 0.55)
        #expect(intent.share(within: 5) >= 0.84)
        #expect(all.areaUnderCurve >= 0.91)
        #expect(all.calibrationError <= 0.10)
    }
}
