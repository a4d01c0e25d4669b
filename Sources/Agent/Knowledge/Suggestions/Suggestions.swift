internal import SQLite
internal import Synchronization

/// Questions that somebody who types may mean.
public struct Suggestions: Sendable {
    /// One of them.
    public struct Suggestion: Sendable {
        /// The passage that answers it.
        public let passage: Passage
        /// Whether the passage may go to any caller as it is (`KnowledgeBase.Inspector`).
        public let isCleared: Bool
    }

    /// The knowledge base's version.
    public let version: Int64
    /// The questions, best first.
    public let suggestions: [Suggestion]

    /// The same with each text of the passages that nobody has cleared put through `revise`.
    public func revised(_ revise: ([UInt8]) -> [UInt8]) -> Suggestions {
        Suggestions(
            version: version,
            suggestions: suggestions.map { suggestion in
                suggestion.isCleared
                    ? suggestion : Suggestion(passage: suggestion.passage.revised(revise), isCleared: false)
            })
    }
}

/// The suggestions' index of the version that was asked for last. Making one takes as long as a look at every phrasing; a
/// version's is made once.
final class SuggestionShelf: Sendable {
    private let newest = Mutex<SuggestionIndex?>(nil)

    func index(of knowledge: KnowledgeIndex, _ cutter: WordCutter) -> SuggestionIndex {
        // Two threads may make the same one; neither waits for the other with the lock held.
        if let made = newest.withLock({ $0?.version == knowledge.version ? $0 : nil }) { return made }
        let index = SuggestionIndex(version: knowledge.version, passages: knowledge.passages, cutter: cutter)
        newest.withLock { newest in if index.version >= newest?.version ?? 0 { newest = index } }
        return index
    }
}

extension KnowledgeBase {
    /// Questions for what somebody has typed so far, on a reader's thread; with no word in it the first questions of each
    /// category.
    /// - Parameter limit: clamped to 1...`AgentLimits.suggestionsMax`.
    /// - Throws: `.busy`, `.storage`.
    public func suggestions(for text: CleanText, limit: Int) async throws(AgentError) -> Suggestions {
        let limit = min(max(1, limit), AgentLimits.suggestionsMax)
        let shelf = suggestions
        return try await readers.run { searcher in
            Result { () throws(AgentError) in
                try searcher.database.transaction(.read, mapping: AgentError.init) { () throws(AgentError) in
                    let knowledge = try searcher.currentIndex()
                    let words = searcher.cutter.words(text.bytes, limit: AgentLimits.suggestionWordsMax)
                    let found = shelf.index(of: knowledge, searcher.cutter).suggestions(
                        words, isOpen: (text.bytes.last ?? 0x20) > 0x20, limit: limit
                    ) { knowledge.corrector.correction(of: $0) }
                    return Suggestions(
                        version: knowledge.version,
                        suggestions: found.map {
                            Suggestions.Suggestion(passage: knowledge.passages[$0], isCleared: knowledge.cleared[$0])
                        })
                }
            }
        }
    }
}
