internal import Agent
internal import Edge
internal import JSON

extension Content {
    /// Decodes the query of a request for suggestions: `q` is what was typed so far, and may be left out or empty.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func suggestions(_ items: QueryItems) throws(Refusal) -> Content {
        var typed: [UInt8]?
        var limit: Int?
        for item in items {
            switch String(decoding: item.name, as: UTF8.self) {
            case "q" where typed == nil: typed = item.value
            case "limit" where limit == nil:
                limit = Int(String(decoding: item.value, as: UTF8.self))
                guard let limit, (1...AgentLimits.suggestionsMax).contains(limit) else {
                    throw badQuery("limit: wanted an integer from 1 to \(AgentLimits.suggestionsMax)")
                }
            default: throw badQuery("only q and limit, each once")
            }
        }
        let text = typed ?? []
        guard UTF8Validation.firstInvalid(in: text) == nil else { throw badQuery("q: wanted UTF-8") }
        return .suggestions(typed: text, limit: limit ?? suggestionLimitDefault)
    }

    private static let suggestionLimitDefault = 8
}
