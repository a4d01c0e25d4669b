internal import Agent
internal import Redaction

extension KnowledgeCommands {
    /// The confidence that an answer takes.
    public enum Threshold: Sendable {
        /// This one, 0 to 1,000,000.
        case millionths(Int)
        /// That of the escalation policy in this file.
        case policy(String)
    }

    /// Evaluates the search, as the assistant uses it, on the labelled queries of a file.
    /// - Parameters:
    ///   - path: labelled queries, one JSON object a line; `-` for standard input.
    ///   - model: what the search by meaning goes by.
    ///   - examples: a file of further phrasings that are tried in place of those in force, in this evaluation alone.
    ///   - scope: the policy on what is out of scope; nil for none.
    ///   - isJSON: whether the figures are for programs.
    ///   - embedding: told the texts that have a vector and the texts there are, before the queries.
    ///   - progress: told the queries done and the queries there are.
    /// - Returns: the figures, as tables or as JSON.
    /// - Throws: `CommandFailure`: 65 for a row that is not one, or that expects a passage which is not there; 66, 74, 75;
    ///   78 for the policy.
    public static func evaluate(
        database: String, queries path: String, threshold: Threshold, model: Model = .none, examples: String? = nil,
        scope: String? = nil, isJSON: Bool, rows: Bool = false, embedding: (Int, Int) -> Void = { _, _ in },
        progress: (Int, Int) -> Void
    ) async throws(CommandFailure) -> [UInt8] {
        var evaluation = RetrievalEvaluation(thresholdPPM: try millionths(threshold))
        let file = try LabelledQueryFile(
            try readInput(path, bytesMax: LabelledQueryFile.bytesMax), name: path == "-" ? "standard input" : path)
        let base = try openExisting(database, embedder: try model.start())
        if let scope { base.screen(by: try screen(scope)) }
        try await complete(base, database, examples: examples, embedding)
        try file.expect(Set(try await passages(of: base, database).map(\.id)))
        let redactor = Redactor()
        var lines: [UInt8] = []
        do throws(AgentError) {
            for (index, row) in file.rows.enumerated() {
                let found = try await base.search(
                    masked(row.query.query, by: redactor), limit: RetrievalEvaluation.matchesLookedAt)
                evaluation.add(RetrievalOutcome(found, expecting: row.query.expectedID), kind: row.query.kind)
                if rows { lines += EvaluationRow.line(row, found) }
                progress(index + 1, file.rows.count)
            }
        } catch {
            throw CommandFailure(error, subject: database)
        }
        if rows { return lines }
        return isJSON ? EvaluationFigures.json(evaluation) : Array(EvaluationFigures.table(evaluation).utf8)
    }

    private static func screen(_ file: String) throws(CommandFailure) -> ScopeScreen {
        let text = try PolicyFiles.read(file)
        do throws(AgentError) { return try ScopeScreen(json5: text, file: file) } catch {
            throw CommandFailure(error, subject: file)
        }
    }

    /// Makes what vectors are missing, and lays `examples` over those in force.
    private static func complete(
        _ base: KnowledgeBase, _ database: String, examples: String?, _ progress: (Int, Int) -> Void
    ) async throws(CommandFailure) {
        do throws(AgentError) { try await base.embedMissing(progress: progress) } catch {
            throw CommandFailure(error, subject: database)
        }
        guard let examples else { return }
        let csv = try readInput(examples, bytesMax: AgentLimits.examplesBytesMax + 1)
        let report: ImportReport.Examples
        do throws(AgentError) { report = try await base.tryExamples(csv: csv, progress: progress) } catch {
            throw CommandFailure(error, subject: examples)
        }
        guard report.rowsRefused == 0 else {
            let first = report.refused.first.map { "line \($0.line): \($0.message)" } ?? ""
            throw CommandFailure(.data, examples, "\(report.rowsRefused) rows are wrong, the first on \(first)")
        }
    }

    private static func millionths(_ threshold: Threshold) throws(CommandFailure) -> Int {
        switch threshold {
        case .millionths(let millionths): return millionths
        case .policy(let path):
            let text = try PolicyFiles.read(path)
            do throws(AgentError) { return try EscalationPolicy(json5: text, file: path).confidenceMinPPM } catch {
                throw CommandFailure(error, subject: path)
            }
        }
    }
}
