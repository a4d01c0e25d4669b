import Foundation
import SQLite
import Testing

@testable import Agent

@Suite struct `versions of the knowledge base` {
    private static func csv(_ rows: [String]) -> [UInt8] {
        Array((["id,question,answer,category,variants"] + rows).joined(separator: "\n").utf8)
    }

    private static func answer(_ knowledge: KnowledgeBase) async throws -> String {
        text(try await knowledge.search(clean("where is the vault"), limit: 1).matches.first?.passage.answer ?? [])
    }

    @Test func `are kept whole, and one is in force again after a rollback`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        let piece = Passage(
            id: Array("p".utf8), question: Array("Where is the vault?".utf8), answer: Array("Below.".utf8),
            category: Array("c".utf8), variants: [Array("vault".utf8), Array("safe".utf8)],
            source: PassageSource(document: Array("a.pdf".utf8), page: 3))
        #expect(try await knowledge.replace(passages: [piece]) == 1)
        _ = try await knowledge.replace(csv: Self.csv(["a,Where is the vault?,Above.,c,", "b,q,a,c,"]))
        #expect(try await Self.answer(knowledge) == "Above.")
        let done = try await knowledge.rollBack(to: nil)
        #expect(done.of == 1 && done.version == 3 && done.changes.removed == 2 && done.changes.added == 1)
        #expect(try await knowledge.passages() == [piece])
        #expect(try await Self.answer(knowledge) == "Below.")
        let versions = try await knowledge.versions()
        #expect(versions.map(\.version) == [3, 2, 1] && versions.map(\.passages) == [1, 2, 1])
        #expect(versions[0].digest == versions[2].digest && versions[0].digest != versions[1].digest)
        #expect(try await knowledge.rollBack(to: 2).version == 4)
        #expect(try await Self.answer(knowledge) == "Above.")
        // And after a restart.
        #expect(try await KnowledgeBase.open(path: directory.file("k.sqlite")).passages().count == 2)
    }

    @Test func `that are not kept are not gone back to`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        await #expect(throws: AgentError.versionUnknown(kept: [])) { try await knowledge.rollBack(to: nil) }
        _ = try await knowledge.replace(csv: Self.csv(["a,q,a,c,"]))
        await #expect(throws: AgentError.versionUnknown(kept: [])) { try await knowledge.rollBack(to: nil) }
        await #expect(throws: AgentError.versionUnknown(kept: [])) { try await knowledge.rollBack(to: 1) }
        _ = try await knowledge.replace(csv: Self.csv(["b,q,a,c,"]))
        await #expect(throws: AgentError.versionUnknown(kept: [1])) { try await knowledge.rollBack(to: 7) }
    }

    @Test func `are as many as may be kept, and no text stays that none has`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        for number in 1...AgentLimits.knowledgeVersionsMax + 1 {
            _ = try await knowledge.replace(csv: Self.csv(["same,q,a,c,", "row\(number),q \(number),a,c,"]))
            let kept = min(number, AgentLimits.knowledgeVersionsMax)
            #expect(try await knowledge.versions().count == kept)
        }
        let other = try Database.open(directory.file("k.sqlite"), access: .readOnly)
        let bodies = try other.first("SELECT count(*) FROM bodies") { $0.integer(0) }
        #expect(bodies == Int64(AgentLimits.knowledgeVersionsMax + 1))
        await #expect(throws: AgentError.self) { try await knowledge.rollBack(to: 1) }
        #expect(try await knowledge.rollBack(to: 2).of == 2)
    }

    @Test func `a database of the schema before is taken up with its rows`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("k.sqlite")
        do {
            let old = try Database.open(path, access: .readWrite)
            try old.runScript(KnowledgeStore.schema[0] + "PRAGMA user_version=1;")
            try old.runScript(
                "INSERT INTO passages VALUES (1, 'a', 'Where is the vault?', 'Old.', 'c', ''); "
                    + "INSERT INTO passages_fts(passages_fts) VALUES ('rebuild'); UPDATE knowledge SET version = 5;")
        }
        let knowledge = try KnowledgeBase.open(path: path)
        #expect(try await Self.answer(knowledge) == "Old." && knowledge.version == 5)
        #expect(try await knowledge.replace(csv: Self.csv(["a,q,a,c,"])).version == 6)
        #expect(try await knowledge.rollBack(to: nil).of == 5)
        #expect(try await Self.answer(knowledge) == "Old.")
    }
}
