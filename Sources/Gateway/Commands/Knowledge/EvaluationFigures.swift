internal import Agent
internal import JSON

/// The figures of an evaluation of retrieval, for people: percentages with one decimal, `-` for a share of nothing.
enum EvaluationFigures {
    static func table(_ evaluation: RetrievalEvaluation) -> String {
        let sections = [
            tallies(evaluation), confidence(evaluation), atThreshold(evaluation), atOperatingPoint(evaluation),
            calibration(evaluation.calibration),
        ]
        return sections.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    // MARK: Sections

    private static func tallies(_ evaluation: RetrievalEvaluation) -> [String] {
        let rows = sorted(evaluation) + [(name: "all", tally: evaluation.total)]
        let width = max(12, (rows.map(\.name.count).max() ?? 0) + 2)
        let head = columns("kind", width, ["rows", "top-1", "top-5", "MRR", "answered", "right"])
        return [head]
            + rows.map { name, tally in
                columns(
                    name, width,
                    ["\(tally.rows)"]
                        + [
                            tally.topOne, tally.topFive, tally.meanReciprocalRank, tally.answeredShare,
                            tally.rightShare,
                        ].map(Percentage.text))
            }
    }

    private static func confidence(_ evaluation: RetrievalEvaluation) -> [String] {
        [
            line("AUROC of the confidence, in scope against out of scope", Percentage.text(evaluation.areaUnderCurve)),
            line("expected calibration error", Percentage.text(evaluation.calibration.expectedError)),
        ]
    }

    private static func atThreshold(_ evaluation: RetrievalEvaluation) -> [String] {
        let tally = evaluation.total
        return [
            "at confidence_min \(decimal(evaluation.thresholdPPM))",
            line("  answered", "\(Percentage.text(tally.answeredShare)), \(tally.answered) of \(tally.rows)"),
            line("  right, of those answered", "\(Percentage.text(tally.rightShare)), \(tally.right)"),
            line("  in scope answered", Percentage.text(tally.inScopeAnsweredShare)),
            line("  out of scope let through", Percentage.text(tally.outOfScopeAnsweredShare)),
            line("  precision of abstaining", Percentage.text(tally.abstainPrecision)),
            line("  recall of abstaining", Percentage.text(tally.abstainRecall)),
        ]
    }

    private static func atOperatingPoint(_ evaluation: RetrievalEvaluation) -> [String] {
        let aim = "at most \(RetrievalEvaluation.letThroughPercent) % of out of scope let through"
        guard let point = evaluation.operatingPoint else { return [line(aim, "-")] }
        return [
            "\(aim): confidence_min \(decimal(point.thresholdPPM))",
            line("  in scope answered", Percentage.text(point.tally.inScopeAnsweredShare)),
            line("  out of scope let through", Percentage.text(point.tally.outOfScopeAnsweredShare)),
        ]
    }

    private static func calibration(_ table: CalibrationTable) -> [String] {
        [columns("confidence", 12, ["rows", "mean", "right"])]
            + table.bins.map { bin in
                columns(
                    "\(Percentage.whole(bin.fromPPM))-\(Percentage.whole(bin.toPPM)) %", 12,
                    ["\(bin.rows)", Percentage.text(bin.meanConfidence), Percentage.text(bin.rightShare)])
            }
    }

    // MARK: Parts

    /// By name, so that `noisy` stands before `noisy/typos`.
    static func sorted(_ evaluation: RetrievalEvaluation) -> [(name: String, tally: RetrievalTally)] {
        evaluation.kinds.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
    }

    private static func columns(_ name: String, _ width: Int, _ cells: [String]) -> String {
        let padded = cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        return name + String(repeating: " ", count: max(1, width - name.count)) + padded.joined()
    }

    private static func line(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, 56 - name.count)) + value
    }

    /// As the policy file writes it: no trailing zeros.
    private static func decimal(_ millionths: Int) -> String {
        var json = JSONWriter()
        json.millionths(millionths)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
