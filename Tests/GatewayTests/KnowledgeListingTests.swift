import Agent
import JSON
import Testing

@testable import Gateway

@Suite struct `A list of knowledge` {
    private func lines(_ passages: [Passage]) -> [String] {
        KnowledgeListing.columns(passages).map { String(decoding: $0, as: UTF8.self) }
    }

    private func passage(_ id: String, _ question: String, category: String = "", variants: [String] = []) -> Passage {
        Passage(
            id: Array(id.utf8), question: Array(question.utf8), answer: Array("yes \"so\"".utf8),
            category: Array(category.utf8), variants: variants.map { Array($0.utf8) })
    }

    @Test func `stands in columns`() {
        #expect(
            lines([passage("a", "Why?", category: "Cards"), passage("long_id", "What?")])
                == ["a        Cards  Why?\n", "long_id         What?\n"])
        #expect(lines([]).isEmpty)
    }

    @Test func `cuts what is long, and only that`() {
        for count in [KnowledgeListing.questionCharactersMax, KnowledgeListing.questionCharactersMax + 1] {
            let question = String(repeating: "é", count: count)
            let wanted = count > 80 ? String(repeating: "é", count: 79) + "…" : question
            #expect(lines([passage("a", question)]) == ["a    \(wanted)\n"])
        }
        for count in [KnowledgeListing.categoryCharactersMax, KnowledgeListing.categoryCharactersMax + 1] {
            let category = String(repeating: "c", count: count)
            let wanted = count > 24 ? String(repeating: "c", count: 23) + "…" : category
            #expect(lines([passage("a", "q", category: category)]) == ["a  \(wanted)  q\n"])
        }
    }

    @Test func `is one line a row, which reads as it is`() {
        #expect(
            lines([passage("a", "one\ntwo\tthree\u{9B}2J\u{202E}four\u{2028}five")])
                == ["a    one two three 2J four five\n"])
    }

    @Test func `has all of a row for programs`() throws {
        let objects = KnowledgeListing.objects([passage("a", "one\ntwo", category: "c", variants: ["x", "y"])])
        #expect(
            objects.map { String(decoding: $0, as: UTF8.self) } == [
                #"{"id":"a","question":"one\ntwo","answer":"yes \"so\"","category":"c","variants":["x","y"]}"# + "\n"
            ])
    }
}
