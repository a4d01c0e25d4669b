internal import Bytes
internal import JSON
internal import Redaction

/// How well the redactor does on labelled texts: what `portcullis redact eval` does.
public enum RedactEvalCommands {
    /// Bytes of labelled texts that are read: 256 MiB.
    private static let bytesMax = 256 << 20

    /// Evaluates the redactor on the rows of a file.
    /// - Parameters:
    ///   - path: labelled rows, one JSON object a line; `-` for standard input.
    ///   - policyPath: the redaction policy, of which the lowest confidence counts; nil for the built-in one.
    ///   - profile: which labelled types must be found: `core`, `structured` or `all`.
    ///   - predictions: a file to make, with what was found in each row; nil for none.
    ///   - isJSON: whether the figures are for programs.
    ///   - progress: told the bytes done and the bytes there are.
    /// - Returns: the figures, as a table or as JSON.
    /// - Throws: `CommandFailure`: 65 for a row that is not one, 66, 73 where `predictions` exists, 74, 78.
    public static func evaluate(
        _ path: String, policyPath: String?, profile: String, predictions: String?, isJSON: Bool,
        progress: (Int, Int) -> Void
    ) throws(CommandFailure) -> [UInt8] {
        guard let neutral = EvaluationProfile(rawValue: profile)?.neutralTypes else {
            let wanted = EvaluationProfile.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--profile", "found \"\(profile)\"", mend: "wanted one of \(wanted)")
        }
        let redactor = Redactor(policy: try RedactCommands.policy(at: policyPath))
        let text = try readInput(path, bytesMax: bytesMax)
        let file: OutputFile? = if let predictions { try OutputFile(predictions) } else { nil }
        var evaluation = Evaluation()
        var (start, number) = (0, 0)
        while start < text.count {
            let end = text.span.firstIndex(of: 0x0A, from: start) ?? text.count
            number += 1
            if end > start {
                let row = try row(Array(text[start..<end]), "\(path):\(number)").leavingOut(neutral)
                let findings = redactor.detect(row.text)
                evaluation.add(row, findings: findings)
                try file?.write(prediction(row, findings))
            }
            start = end + 1
            progress(min(start, text.count), text.count)
        }
        try file?.finish()
        return isJSON ? figures(evaluation) : Array(table(evaluation).utf8)
    }

    private static func row(_ line: [UInt8], _ place: String) throws(CommandFailure) -> GoldRow {
        do throws(GoldRowError) { return try GoldRow(line) } catch {
            throw CommandFailure(.data, place, "found \(error.found)", mend: "wanted \(error.wanted)")
        }
    }

    private static func prediction(_ row: GoldRow, _ findings: [Finding]) -> [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.member("id", row.id)
            $0.name("spans")
            $0.array { json in
                for finding in findings {
                    json.object {
                        $0.member("byte_start", finding.range.lowerBound)
                        $0.member("byte_end", finding.range.upperBound)
                        $0.member("type", finding.type.name)
                    }
                }
            }
        }
        return json.bytes + [0x0A]
    }

    // MARK: Figures

    private static func sorted(_ evaluation: Evaluation) -> [(name: [UInt8], tally: Evaluation.Tally)] {
        evaluation.types.map { ($0.key, $0.value) }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    private static func table(_ evaluation: Evaluation) -> String {
        var lines = [columns("type", ["labelled", "whole", "precision", "recall", "F1", "leak"])]
        for (name, tally) in sorted(evaluation) + [(Array("all".utf8), evaluation.total)] {
            lines.append(
                columns(
                    String(decoding: name, as: UTF8.self),
                    ["\(tally.labelled)", "\(tally.whole)"]
                        + [tally.precision, tally.recall, tally.f1, tally.leak].map(Percentage.text)))
        }
        let mean = Percentage.text(evaluation.leakMeanOfTypes)
        lines += [
            "", "characters that leak       \(Percentage.text(evaluation.total.leak)) (mean of types \(mean))",
            "others redacted            \(Percentage.text(evaluation.overRedaction))",
            "rows without PII touched   \(Percentage.text(evaluation.emptyRowsTouchedShare)) of \(evaluation.emptyRows)",
            "decoys touched             \(Percentage.text(evaluation.decoysTouchedShare)) of \(evaluation.decoys)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func columns(_ name: String, _ cells: [String]) -> String {
        let padded = cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        return name + String(repeating: " ", count: max(1, 18 - name.count)) + padded.joined()
    }

    private static func figures(_ evaluation: Evaluation) -> [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.member("rows", evaluation.rows)
            share("leak", evaluation.total.leak, &$0)
            share("leak_mean_of_types", evaluation.leakMeanOfTypes, &$0)
            share("over_redaction", evaluation.overRedaction, &$0)
            share("rows_without_pii_touched", evaluation.emptyRowsTouchedShare, &$0)
            share("decoys_touched", evaluation.decoysTouchedShare, &$0)
            $0.name("all")
            tally(evaluation.total, &$0)
            $0.name("types")
            $0.object { json in
                for (name, one) in sorted(evaluation) {
                    json.name(text: name)
                    tally(one, &json)
                }
            }
        }
        return json.bytes + [0x0A]
    }

    private static func tally(_ tally: Evaluation.Tally, _ json: inout JSONWriter) {
        json.object {
            $0.member("labelled", tally.labelled)
            $0.member("whole", tally.whole)
            share("precision", tally.precision, &$0)
            share("recall", tally.recall, &$0)
            share("f1", tally.f1, &$0)
            share("leak", tally.leak, &$0)
        }
    }

    private static func share(_ name: StaticString, _ share: Double?, _ json: inout JSONWriter) {
        json.name(name)
        if let share { json.millionths(Int((share * 1_000_000).rounded())) } else { json.null() }
    }
}
