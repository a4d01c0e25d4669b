internal import Agent
internal import LinuxIO
internal import Redaction

/// The knowledge base by hand: what `portcullis knowledge` does.
public enum KnowledgeCommands {
    /// Whether `database` has never been imported to: it is not there, or an import did not come to its end.
    public static func isEmpty(database: String) throws(CommandFailure) -> Bool {
        guard SmallFile.exists(database) else { return true }
        return try open(database).version == 0
    }

    /// A passage that was found.
    public struct Hit: Sendable {
        /// The passage's id, question and answer.
        public let id: String, question: String, answer: String
        /// The document and page that it comes from; nil for a row of a table.
        public let source: String?
        /// How well it fits, 0 to 1,000,000.
        public let scorePPM: Int
    }

    /// What a search found.
    public struct Hits: Sendable {
        /// The best passages, best first.
        public let hits: [Hit]
        /// How likely the first is the right answer, 0 to 1,000,000.
        public let confidencePPM: Int
    }

    /// The best passages for a question, as the assistant would find them.
    public static func search(
        database: String, for query: String, limit: Int, model: Model = .none
    ) async throws(CommandFailure) -> Hits {
        let base = try openExisting(database, embedder: try model.start())
        do throws(AgentError) {
            try await base.embedMissing()
            let found = try await base.search(masked(Array(query.utf8), by: Redactor()), limit: limit)
            let hits = found.matches.map { match in
                Hit(
                    id: String(decoding: match.passage.id, as: UTF8.self),
                    question: String(decoding: match.passage.question, as: UTF8.self),
                    answer: String(decoding: match.passage.answer, as: UTF8.self),
                    source: match.passage.source.map { String(decoding: $0.text, as: UTF8.self) },
                    scorePPM: match.scorePPM)
            }
            return Hits(hits: hits, confidencePPM: found.confidencePPM)
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

    static func open(
        _ database: String, _ inspection: KnowledgeInspection? = nil, embedder: (any SentenceEmbedder)? = nil
    ) throws(CommandFailure) -> KnowledgeBase {
        do throws(AgentError) {
            return try KnowledgeBase.open(
                path: database, readers: 1, inspector: inspection?.inspector, embedder: embedder)
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }
}
