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
        /// What an operator should know of the rows: values that answers will not show.
        public let warning: String?
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
    public static func replace(
        database: String, with path: String, policyPath: String?
    ) async throws(CommandFailure) -> Report {
        let redactor = Redactor(policy: try RedactCommands.policy(at: policyPath))
        let csv = try readInput(path, bytesMax: AgentLimits.knowledgeBytesMax + 1)
        try makeDirectory(for: database)
        let warning = Warning()
        let base = try open(database, KnowledgeInspection(redactor) { warning.note($0) })
        // What the rows before had is no news.
        _ = warning.take()
        do throws(AgentError) {
            let report = try await base.replace(csv: csv)
            return Report(
                rowsTaken: report.rowsTaken, rowsRefused: report.rowsRefused,
                refused: report.refused.map { ($0.line, $0.message) }, warning: warning.take())
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
    public static func search(database: String, for query: String, limit: Int) async throws(CommandFailure) -> [Hit] {
        let base = try openExisting(database)
        do throws(AgentError) {
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
    static func openExisting(_ database: String) throws(CommandFailure) -> KnowledgeBase {
        guard SmallFile.exists(database) else {
            throw CommandFailure(
                .noInput, database, "there is no such file", mend: "make it with portcullis knowledge import")
        }
        return try open(database)
    }

    private static func open(
        _ database: String, _ inspection: KnowledgeInspection? = nil
    ) throws(CommandFailure) -> KnowledgeBase {
        do throws(AgentError) {
            return try KnowledgeBase.open(path: database, readers: 1, inspector: inspection?.inspector)
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
