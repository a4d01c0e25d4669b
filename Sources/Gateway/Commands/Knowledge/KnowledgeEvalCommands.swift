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
    ///   - isJSON: whether the figures are for programs.
    ///   - progress: told the queries done and the queries there are.
    /// - Returns: the figures, as tables or as JSON.
    /// - Throws: `CommandFailure`: 65 for a row that is not one, or that expects a passage which is not there; 66, 74, 75;
    ///   78 for the policy.
    public static func evaluate(
        database: String, queries path: String, threshold: Threshold, isJSON: Bool, progress: (Int, Int) -> Void
    ) async throws(CommandFailure) -> [UInt8] {
        var evaluation = RetrievalEvaluation(thresholdPPM: try millionths(threshold))
        let file = try LabelledQueryFile(
            try readInput(path, bytesMax: LabelledQueryFile.bytesMax), name: path == "-" ? "standard input" : path)
        let base = try openExisting(database)
        try file.expect(Set(try await passages(of: base, database).map(\.id)))
        let redactor = Redactor()
        do throws(AgentError) {
            for (index, row) in file.rows.enumerated() {
                let found = try await base.search(
                    masked(row.query.query, by: redactor), limit: RetrievalEvaluation.matchesLookedAt)
                evaluation.add(RetrievalOutcome(found, expecting: row.query.expectedID), kind: row.query.kind)
                progress(index + 1, file.rows.count)
            }
        } catch {
            throw CommandFailure(error, subject: database)
        }
        return isJSON ? EvaluationFigures.json(evaluation) : Array(EvaluationFigures.table(evaluation).utf8)
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
