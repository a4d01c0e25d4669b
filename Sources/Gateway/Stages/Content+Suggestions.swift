internal import Agent
internal import Edge

extension Content {
    /// Decodes the query of a request for suggestions: `q` is what was typed so far, and may be left out or empty.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func suggestions(_ items: QueryItems) throws(Refusal) -> Content {
        let (typed, limit) = try textAndLimit(items, text: "q", limitMax: AgentLimits.suggestionsMax)
        return .suggestions(typed: typed ?? [], limit: limit ?? suggestionLimitDefault)
    }

    private static let suggestionLimitDefault = 8
}
