internal import Agent
internal import LinuxIO

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
    }

    /// Replaces the knowledge base in `database` by the rows of a CSV file, wholly or not at all.
    /// - Parameter path: a file, or `-` for standard input.
    public static func replace(database: String, with path: String) async throws(CommandFailure) -> Report {
        let csv = try readInput(path, bytesMax: AgentLimits.knowledgeBytesMax + 1)
        if let slash = database.lastIndex(of: "/"), slash > database.startIndex {
            try makeDirectory(String(database[..<slash]))
        }
        let base = try open(database)
        do throws(AgentError) {
            let report = try await base.replace(csv: csv)
            return Report(
                rowsTaken: report.rowsTaken, rowsRefused: report.rowsRefused,
                refused: report.refused.map { ($0.line, $0.message) })
        } catch {
            throw CommandFailure(error, subject: path)
        }
    }

    private static func open(_ database: String) throws(CommandFailure) -> KnowledgeBase {
        do throws(AgentError) {
            return try KnowledgeBase.open(path: database, readers: 1)
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }
}
