internal import Agent
internal import LinuxIO
internal import Redaction
internal import Synchronization

/// The knowledge base by hand: what `portcullis knowledge` does.
public enum KnowledgeCommands {
    /// What an import took and refused.
    public struct Report: Sendable {
        /// Rows in force now.
        public let rowsTaken: Int
        /// All refused rows.
        public let rowsRefused: Int
        /// The first refused rows, each with its line and why.
        public let refused: [(line: Int, why: String)]
        /// What was taken and refused of further phrasings; nil where none were given.
        public let examples: Examples?
        /// What an operator should know of the rows: values that answers will not show.
        public let warning: String?
        /// Why vectors of new texts could not be made: until a gateway makes them, words alone find the rows.
        public let embeddingFailure: String?
    }

    /// What an import took and refused of further phrasings.
    public struct Examples: Sendable {
        /// Phrasings in force now.
        public let taken: Int
        /// All refused rows, and the first of them, each with its line and why.
        public let rowsRefused: Int, refused: [(line: Int, why: String)]

        init(_ report: ImportReport.Examples) {
            taken = report.taken
            rowsRefused = report.rowsRefused
            refused = report.refused.map { ($0.line, $0.message) }
        }
    }

    /// Whether `database` has never been imported to: it is not there, or an import did not come to its end.
    public static func isEmpty(database: String) throws(CommandFailure) -> Bool {
        guard SmallFile.exists(database) else { return true }
        return try open(database).version == 0
    }

    /// Replaces the knowledge base in `database` by the rows of a CSV file, wholly or not at all.
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - policyPath: the redaction policy that answers go through; nil for the built-in one.
    ///   - model: makes the vectors of new texts.
    ///   - examples: a file of further phrasings in place of those that are there; nil keeps them.
    ///   - embedding: told the texts that have a vector and the texts there are.
    public static func replace(
        database: String, with path: String, policyPath: String?, model: Model = .none, examples: String? = nil,
        embedding: (Int, Int) -> Void = { _, _ in }
    ) async throws(CommandFailure) -> Report {
        let redactor = Redactor(policy: try RedactCommands.policy(at: policyPath))
        let csv = try readInput(path, bytesMax: AgentLimits.knowledgeBytesMax + 1)
        let phrasings: [UInt8]?
        if let examples {
            phrasings = try readInput(examples, bytesMax: AgentLimits.examplesBytesMax + 1)
        } else {
            phrasings = nil
        }
        try makeDirectory(for: database)
        let warning = Warning()
        let base = try open(
            database, KnowledgeInspection(redactor) { warning.note($0) }, embedder: try model.start())
        // What the rows before had is no news.
        _ = warning.take()
        do throws(AgentError) {
            let report = try await base.replace(csv: csv, examples: phrasings, progress: embedding)
            return Report(
                rowsTaken: report.rowsTaken, rowsRefused: report.rowsRefused,
                refused: report.refused.map { ($0.line, $0.message) }, examples: report.examples.map(Examples.init),
                warning: warning.take(), embeddingFailure: report.embeddingFailure.map { "\($0)" })
        } catch {
            throw CommandFailure(error, subject: path)
        }
    }

    /// A passage that was found.
    public struct Hit: Sendable {
        /// The passage's id, question and answer.
        public let id: String, question: String, answer: String
        /// How well it fits, 0 to 1,000,000.
        public let scorePPM: Int
    }

    /// The best passages for a question, as the assistant would find them.
    public static func search(
        database: String, for query: String, limit: Int, model: Model = .none
    ) async throws(CommandFailure) -> [Hit] {
        let base = try openExisting(database, embedder: try model.start())
        do throws(AgentError) {
            try await base.embedMissing()
            let found = try await base.search(masked(Array(query.utf8), by: Redactor()), limit: limit)
            return found.matches.map { match in
                Hit(
                    id: String(decoding: match.passage.id, as: UTF8.self),
                    question: String(decoding: match.passage.question, as: UTF8.self),
                    answer: String(decoding: match.passage.answer, as: UTF8.self), scorePPM: match.scorePPM)
            }
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }

    /// Opens a database that must be there: to look into one is no reason to make it.
    static func openExisting(
        _ database: String, embedder: (any SentenceEmbedder)? = nil
    ) throws(CommandFailure) -> KnowledgeBase {
        guard SmallFile.exists(database) else {
            throw CommandFailure(
                .noInput, database, "there is no such file", mend: "make it with portcullis knowledge import")
        }
        return try open(database, embedder: embedder)
    }

    private static func open(
        _ database: String, _ inspection: KnowledgeInspection? = nil, embedder: (any SentenceEmbedder)? = nil
    ) throws(CommandFailure) -> KnowledgeBase {
        do throws(AgentError) {
            return try KnowledgeBase.open(
                path: database, readers: 1, inspector: inspection?.inspector, embedder: embedder)
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }

    /// The last thing that was said on a thread of the database.
    private final class Warning: Sendable {
        private let text = Mutex<String?>(nil)

        func note(_ line: String) { text.withLock { $0 = line } }

        func take() -> String? {
            text.withLock { text in
                defer { text = nil }
                return text
            }
        }
    }
}
