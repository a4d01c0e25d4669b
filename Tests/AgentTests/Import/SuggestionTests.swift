import Foundation
import Testing

@testable import Agent

@Suite struct `suggestions while somebody types` {
    private func questions(_ knowledge: KnowledgeBase, _ typed: String, limit: Int = 5) async throws -> [String] {
        try await knowledge.suggestions(for: clean(typed), limit: limit).suggestions.map { text($0.passage.question) }
    }

    @Test func `are questions that begin so, then such as have the words, then such as have words near them`()
        async throws
    {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let whole = try await questions(knowledge, "how is a n")
        #expect(whole.first == "How is a new card activated?", "\(whole)")
        let words = try await questions(knowledge, "card activ")
        #expect(words.contains("How is a new card activated?"), "\(words)")
        let near = try await questions(knowledge, "actviated card")
        #expect(near.contains("How is a new card activated?"), "\(near)")
        #expect(try await questions(knowledge, "HOW IS Á N") == whole)
        #expect(try await questions(knowledge, "qqqqzzzz").isEmpty)
        // What ends in a space is a whole word.
        #expect(try await questions(knowledge, "how is a n ").isEmpty)
    }

    @Test func `come from variants with the question that they vary, each once`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        _ = try await knowledge.replace(
            csv: Array(
                "id,question,answer,category,variants\na,Where is the vault?,Below.,c,vault place|vault room\nb,Vaults?,Two.,c,\n"
                    .utf8))
        #expect(try await questions(knowledge, "vault r") == ["Where is the vault?"])
        #expect(try await questions(knowledge, "vault") == ["Vaults?", "Where is the vault?"])
    }

    @Test func `without a word are the first of each category in turn`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        #expect(try await questions(knowledge, "").isEmpty)
        _ = try await knowledge.replace(
            csv: Array("id,question,answer,category,variants\na,A1,x,A,\nb,A2,x,A,\nc,B1,x,B,\nd,A3,x,A,\n".utf8))
        #expect(try await questions(knowledge, " ?") == ["A1", "B1", "A2", "A3"])
        #expect(try await questions(knowledge, "", limit: 2) == ["A1", "B1"])
    }

    @Test func `are of the version in force, and never pieces of documents`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        #expect(try await !questions(knowledge, "card").isEmpty)
        let piece = Passage(
            id: Array("p".utf8), question: Array("Card fees".utf8), answer: Array("None.".utf8), category: [],
            variants: [], source: PassageSource(document: Array("a.pdf".utf8)))
        _ = try await knowledge.replace(passages: [piece])
        #expect(try await questions(knowledge, "card").isEmpty)
        #expect(try await questions(knowledge, "").isEmpty)
    }

    @Test func `agree with a look at every phrasing`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let passages = try await knowledge.passages()
        for typed in ["how do", "card", "my card is", "why was i", "transfer", "top up", "exchange ra"] {
            let found = try await knowledge.suggestions(for: clean(typed), limit: 20).suggestions.map(\.passage.id)
            let wanted = passages.filter { passage in
                ([passage.question] + passage.variants).contains { phrasing in
                    let words = text(phrasing).lowercased().split { !$0.isLetter && !$0.isNumber }.joined(
                        separator: " ")
                    return words.hasPrefix(typed)
                }
            }
            // All that begin so come first.
            let first = Set(found.prefix(wanted.count))
            #expect(first == Set(wanted.map(\.id)) || wanted.count > 20, "\(typed)")
        }
    }
}
