import Agent
import JSON
import Testing

@testable import Gateway

/// What `knowledge eval` prints of figures that can be counted by hand.
@Suite struct `Figures of an evaluation` {
    /// Three queries in scope and two out of it; at 0.5 one right answer, one wrong one and one that must not be are given.
    private static var evaluation: RetrievalEvaluation {
        var evaluation = RetrievalEvaluation(thresholdPPM: 500_000)
        for (rank, confidencePPM) in [(1, 900_000), (2, 600_000), (1, 400_000)] as [(Int?, Int)] {
            evaluation.add(
                RetrievalOutcome(isInScope: true, rank: rank, confidencePPM: confidencePPM),
                kind: Array("noisy/typos".utf8))
        }
        for confidencePPM in [500_000, 100_000] {
            evaluation.add(
                RetrievalOutcome(isInScope: false, rank: nil, confidencePPM: confidencePPM),
                kind: Array("other".utf8))
        }
        return evaluation
    }

    @Test func `are percentages with one decimal`() {
        #expect(
            EvaluationFigures.table(Self.evaluation) == """
                kind               rows     top-1     top-5       MRR  answered     right
                noisy                 3    66.7 %   100.0 %    83.3 %    66.7 %    50.0 %
                noisy/typos           3    66.7 %   100.0 %    83.3 %    66.7 %    50.0 %
                other                 2         -         -         -    50.0 %     0.0 %
                all                   5    66.7 %   100.0 %    83.3 %    60.0 %    33.3 %

                AUROC of the confidence, in scope against out of scope  83.3 %
                expected calibration error                              38.0 %

                at confidence_min 0.5
                  answered                                              60.0 %, 3 of 5
                  right, of those answered                              33.3 %, 1
                  in scope answered                                     66.7 %
                  out of scope let through                              50.0 %
                  precision of abstaining                               50.0 %
                  recall of abstaining                                  50.0 %

                at most 5 % of out of scope let through: confidence_min 0.500001
                  in scope answered                                     66.7 %
                  out of scope let through                              0.0 %

                confidence        rows      mean     right
                0-10 %               0         -         -
                10-20 %              1    10.0 %     0.0 %
                20-30 %              0         -         -
                30-40 %              0         -         -
                40-50 %              1    40.0 %   100.0 %
                50-60 %              1    50.0 %     0.0 %
                60-70 %              1    60.0 %     0.0 %
                70-80 %              0         -         -
                80-90 %              0         -         -
                90-100 %             1    90.0 %   100.0 %

                """)
    }

    @Test func `are a dash where there is nothing to have a share of`() {
        let none = EvaluationFigures.table(RetrievalEvaluation(thresholdPPM: 0))
        #expect(
            none.contains(
                "all" + String(repeating: " ", count: 18) + "0         -         -         -         -         -\n"))
        #expect(none.contains("at most 5 % of out of scope let through                 -\n"), "\(none)")
        #expect(!none.contains("nan") && none.contains("at confidence_min 0\n"))
    }

    @Test func `are exact for programs`() throws {
        let json = try JSONParser.parse(EvaluationFigures.json(Self.evaluation))
        #expect(json["rows"]?.integer == 5 && number(json["confidence_min"]) == 0.5)
        #expect(number(json["auroc"]) == 5 / 6.0 && number(json["calibration_error"]) == 0.38)
        let all = try #require(json["all"])
        for (name, count) in [
            ("in_scope", 3), ("out_of_scope", 2), ("first", 2), ("among_five", 3), ("in_scope_answered", 2),
            ("out_of_scope_answered", 1), ("right", 1),
        ] as [(StaticString, Int64)] {
            #expect(all[name]?.integer == count, "\(name)")
        }
        for (name, share) in [
            ("top_1", 2 / 3.0), ("top_5", 1), ("mrr", 2.5 / 3), ("answered_share", 0.6), ("right_share", 1 / 3.0),
            ("in_scope_answered_share", 2 / 3.0), ("out_of_scope_answered_share", 0.5), ("abstain_precision", 0.5),
            ("abstain_recall", 0.5),
        ] as [(StaticString, Double)] {
            #expect(number(all[name]) == share, "\(name)")
        }
        #expect(
            json["kinds"]?.members?.map { String(decoding: $0.name, as: UTF8.self) } == [
                "noisy", "noisy/typos", "other",
            ])
        #expect(number(json["operating_point"]?["confidence_min"]) == 0.500001)
        #expect(number(json["operating_point"]?["in_scope_answered_share"]) == 2 / 3.0)
        let bins = try #require(json["calibration"]?.elements)
        #expect(bins.count == 10 && bins[9]["rows"]?.integer == 1 && number(bins[9]["to"]) == 1)
        let none = try JSONParser.parse(EvaluationFigures.json(RetrievalEvaluation(thresholdPPM: 0)))
        for name in ["auroc", "calibration_error", "operating_point"] as [StaticString] {
            #expect(none[name]?.kindName == "null", "\(name)")
        }
    }

    private func number(_ node: JSONNode?) -> Double? {
        switch node?.value {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        default: nil
        }
    }
}
