import Testing

@testable import Agent

@Suite struct `a document as passages` {
    private func document(_ blocks: [(ExtractedText.Block.Kind, String)], title: String = "Handbook") -> ExtractedText {
        ExtractedText(
            kind: .pdf, title: Array(title.utf8),
            blocks: blocks.enumerated().map { .init($1.0, page: $0 + 1, text: Array($1.1.utf8)) })
    }

    private func chunk(_ document: ExtractedText, path: String = "docs/Card fees.pdf") -> [Passage] {
        PassageChunker.passages(of: document, path: Array(path.utf8))
    }

    @Test func `has one for each section, under its headings, with document and page`() throws {
        let passages = chunk(
            document([
                (.heading(level: 1), "Cards"), (.paragraph, "All about cards."), (.heading(level: 2), "Fees"),
                (.paragraph, "None."), (.listItem, "Not even one."), (.heading(level: 1), "Loans"),
                (.tableRow, "Rate | 5 %"),
            ]))
        #expect(passages.map { text($0.question) } == ["Cards", "Cards > Fees", "Loans"])
        #expect(passages.map { text($0.answer) } == ["All about cards.", "None.\n- Not even one.", "Rate | 5 %"])
        #expect(passages.map { $0.source?.page } == [2, 4, 7])
        #expect(
            passages.allSatisfy {
                text($0.category) == "Handbook" && text($0.source?.document ?? []) == "docs/Card fees.pdf"
            })
        #expect(text(passages[1].source?.text ?? []) == "docs/Card fees.pdf, page 4")
        let ids = passages.map { text($0.id) }
        #expect(
            Set(ids).count == 3 && ids.allSatisfy { $0.hasPrefix("Card-fees.pdf-") && $0.utf8.count <= 64 }, "\(ids)")
    }

    @Test func `without headings is called by its title, else by its file's name`() {
        let untitled = document([(.paragraph, "Text.")], title: "")
        #expect(chunk(untitled).map { text($0.question) } == ["Card fees"])
        #expect(chunk(document([(.paragraph, "Text.")])).map { text($0.question) } == ["Handbook"])
        #expect(chunk(document([(.heading(level: 1), "Alone")])).isEmpty)
    }

    @Test func `keeps the ids of sections that stay, whatever changes beside them`() {
        let before = chunk(
            document([(.heading(level: 1), "A"), (.paragraph, "one"), (.heading(level: 1), "B"), (.paragraph, "two")]))
        let after = chunk(
            document([
                (.heading(level: 1), "New"), (.paragraph, "zero"), (.heading(level: 1), "A"), (.paragraph, "changed"),
                (.heading(level: 1), "B"), (.paragraph, "two"),
            ]))
        #expect(after.dropFirst().map(\.id) == before.map(\.id))
        let changes = KnowledgeChanges(from: before, to: after)
        // Section B moved from one page to another.
        #expect(changes.added == 1 && changes.changed == 2 && changes.removed == 0)
        #expect(chunk(document([(.paragraph, "two")]), path: "other.pdf")[0].id != before[1].id)
    }

    @Test func `cuts a long section at sentences, each piece beginning with the end of the one before`() {
        let sentences = (1...200).map { "This is sentence number \($0) of the section." }
        let passages = chunk(document([(.heading(level: 1), "Long"), (.paragraph, sentences.joined(separator: " "))]))
        #expect(passages.count > 5)
        #expect(passages.allSatisfy { $0.answer.count <= AgentLimits.chunkBytesMax })
        for (one, next) in zip(passages, passages.dropFirst()) {
            let first = text(next.answer).split(separator: "\n").first.map(String.init) ?? ""
            #expect(!first.isEmpty && text(one.answer).hasSuffix(first), "\(first)")
        }
        for sentence in sentences { #expect(passages.contains { text($0.answer).contains(sentence) }, "\(sentence)") }
    }

    @Test func `loses nothing and keeps its bounds, whatever it is made of`() {
        var generator = SeededGenerator.announced("chunks")
        for _ in 0..<60 {
            let blocks = (0..<Int.random(in: 1...12, using: &generator)).map {
                _ -> (ExtractedText.Block.Kind, String) in
                let words = (0..<Int.random(in: 1...400, using: &generator)).map { _ in
                    String(repeating: "é", count: Int.random(in: 1...12, using: &generator))
                        + (Int.random(in: 0...9, using: &generator) == 0 ? "." : "")
                }
                let isHeading = Int.random(in: 0...3, using: &generator) == 0
                return (isHeading ? .heading(level: 1) : .paragraph, words.joined(separator: isHeading ? "" : " "))
            }
            let passages = chunk(document(blocks))
            #expect(Set(passages.map(\.id)).count == passages.count)
            for passage in passages {
                #expect(passage.answer.count <= AgentLimits.chunkBytesMax)
                #expect((1...AgentLimits.chunkTitleBytesMax).contains(passage.question.count))
                #expect(String(validating: passage.answer, as: UTF8.self) != nil)
                #expect(String(validating: passage.question, as: UTF8.self) != nil)
            }
            let words = Set(passages.flatMap { text($0.answer).split { $0 == " " || $0 == "\n" } })
            for (kind, block) in blocks where kind == .paragraph {
                for word in block.split(separator: " ") { #expect(words.contains(word)) }
            }
        }
    }

    @Test func `an unbroken text is cut between characters`() {
        let passages = chunk(document([(.paragraph, String(repeating: "é", count: 5000))]))
        #expect(passages.reduce(0) { $0 + $1.answer.count } == 10_000)
        #expect(passages.allSatisfy { String(validating: $0.answer, as: UTF8.self) != nil })
    }
}

@Suite struct `a knowledge base in the making` {
    private static let head = "id,question,answer,category,variants\n"

    @Test func `takes tables and documents, each text and each id once`() throws {
        var draft = KnowledgeDraft()
        let rows = try draft.add(csv: Array((Self.head + "a,Q,A,,\nb,Q 2,A,,\n").utf8), from: Array("one.csv".utf8))
        #expect(rows.taken == 2 && rows.rowsRefused == 0 && rows.repeated.isEmpty)
        let again = try draft.add(
            csv: Array((Self.head + "b,Other,A,,\nc,Q 3,A,,\n").utf8), from: Array("two.csv".utf8))
        #expect(again.taken == 1 && again.repeated.map { text($0.file) } == ["one.csv"])
        let document = ExtractedText(
            kind: .text, title: [], blocks: [.init(.paragraph, text: Array("Same words.".utf8))])
        #expect(try draft.add(document, from: Array("x.txt".utf8)) == 1)
        #expect(try draft.add(document, from: Array("y.txt".utf8)) == 0)
        #expect(draft.duplicates == 1)
        #expect(draft.passages.map { text($0.id) }.prefix(3) == ["a", "b", "c"] && draft.passages.count == 4)
    }

    @Test func `has as many passages as it may, over all files`() throws {
        var draft = KnowledgeDraft()
        let rows = (0..<AgentLimits.knowledgeRowsMax).map { "r\($0),q,a,,\n" }.joined()
        _ = try draft.add(csv: Array((Self.head + rows).utf8), from: Array("full.csv".utf8))
        #expect(throws: AgentError.knowledgeTooManyRows(rowsMax: AgentLimits.knowledgeRowsMax)) {
            try draft.add(csv: Array((Self.head + "one,q,a,,\n").utf8), from: Array("more.csv".utf8))
        }
    }
}
