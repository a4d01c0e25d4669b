import Foundation
import Testing

@testable import Agent

@Suite struct `The screen for what is out of scope` {
    private static let policy = """
        { version: 1, own_names: ["Bank of AI", "Lloyd's Family Bank"],
          others: { banks: ["deutsche bank", "Monzo", "family bank"] }, requests: { weather: ["will it rain", "umbrella"] } }
        """

    private func signs(
        _ question: String, _ policy: String = policy, ours: [String] = []
    ) throws -> ScopeScreen.Signs {
        try ScopeScreen(json5: Array(policy.utf8), file: "scope.json5").signs(in: Array(question.utf8)) { words in
            ours.contains(words.map(text).joined(separator: " "))
        }
    }

    @Test(arguments: [
        ("Does MONZO, by the way, have a card?", true, false), ("is Deutsche-Bank open", true, false),
        ("is the deutsche post open", false, false), ("monzoo", false, false), ("Will it rain on Monzo?", true, true),
        ("umbrellas", false, false), ("", false, false), ("from Monzo to Bank of AI", false, false),
        // Within this bank's own name.
        ("where is the family bank", false, false),
    ])
    func `finds whole words`(question: String, names: Bool, asks: Bool) throws {
        #expect(try signs(question) == ScopeScreen.Signs(namesOthers: names, asksElsewhere: asks))
    }

    @Test func `passes over what the knowledge base itself asks about`() throws {
        #expect(try signs("my umbrella", ours: ["umbrella"]) == ScopeScreen.Signs())
    }

    @Test(arguments: [
        ("{ version: 1 }", "own_names"), ("{ version: 2, own_names: [], others: {}, requests: {} }", "version"),
        (#"{ version: 1, own_names: [], others: { a: ["..."] }, requests: {} }"#, "a word in them"),
        (#"{ version: 1, own_names: [], others: {}, requests: { a: "b" } }"#, "requests/a"),
        ("{ version: 1, own_names: [], others: {}, requests: {}, more: 1 }", "more"), ("[", "scope.json5"),
    ])
    func `says what is wrong with its file`(policy: String, part: String) {
        let error = #expect(throws: AgentError.self) { try signs("", policy) }
        guard case .policy(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.hasPrefix("scope.json5") && message.contains(part), "\(message)")
    }

    @Test(arguments: [0, 1])
    func `has at most so many phrases, of so many bytes`(over: Int) throws {
        let list = (0..<AgentLimits.scopePhrasesMax + over).map { "\"p\($0)\"" }.joined(separator: ",")
        let long = String(repeating: "x", count: AgentLimits.scopePhraseBytesMax + over)
        for policy in [
            "{ version: 1, own_names: [], others: { a: [\(list)] }, requests: {} }",
            "{ version: 1, own_names: [], others: {}, requests: { a: [\"\(long)\"] } }",
        ] {
            if over == 0 {
                #expect(try signs("", policy) == ScopeScreen.Signs())
            } else {
                #expect(throws: AgentError.self) { try signs("", policy) }
            }
        }
    }

    @Test func `lowers the confidence in what is shipped, and refuses nothing`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let question = clean("What are the opening hours of Barclays in Leeds?")
        let before = try await knowledge.search(question, limit: 3)
        let file = repository.appending(path: "policies/scope.json5")
        knowledge.screen(by: try ScopeScreen(json5: Array(Data(contentsOf: file)), file: file.path))
        let after = try await knowledge.search(question, limit: 3)
        #expect(after.matches.map(\.passage.id) == before.matches.map(\.passage.id) && after.evidence.namesOthers)
        #expect(after.confidencePPM * 2 < before.confidencePPM)
        // Apple Pay is in the FAQ, and so are cards that are lost.
        for ours in ["Can I use Apple Pay?", "my landlord needs a statement", "I lost my card in Leeds"] {
            let found = try await knowledge.search(clean(ours), limit: 1)
            #expect(!found.evidence.namesOthers && !found.evidence.asksElsewhere, "\(ours)")
        }
    }
}
