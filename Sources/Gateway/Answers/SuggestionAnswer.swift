internal import Agent
internal import JSON

extension Pipeline {
    /// `GET /v1/faq/suggestions`: questions for what was typed so far.
    @inline(never)
    func suggest(_ typed: CleanText, _ limit: Int) async throws(Refusal) -> Suggestions {
        do throws(AgentError) {
            return try await services.knowledge.suggestions(for: typed, limit: limit)
        } catch {
            throw Refusal(error)
        }
    }

    static func json(_ found: Suggestions) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            json.member("version", found.version)
            json.name("suggestions")
            json.array { json in
                for suggestion in found.suggestions {
                    json.object { json in
                        json.member("id", suggestion.passage.id)
                        json.member("question", suggestion.passage.question)
                        json.member("category", suggestion.passage.category)
                    }
                }
            }
        }
        return json.bytes
    }
}
