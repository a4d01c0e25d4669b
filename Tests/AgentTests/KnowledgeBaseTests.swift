import Foundation
import SQLite
import Testing

@testable import Agent

@Suite struct `the knowledge base` {
    private static func csv(_ rows: [String]) -> [UInt8] {
        Array((["id,question,answer,category,variants"] + rows).joined(separator: "\n").utf8)
    }

    @Test func `survives a restart`() async throws {
        let directory = try TemporaryDirectory()
        do {
            let report = try await KnowledgeBase.open(path: directory.file("k.sqlite")).replace(
                csv: Self.csv(["a,Where is the vault?,Below.,c,", "!,q,a,c,"]))
            #expect(
                report
                    == ImportReport(
                        version: 1, rowsTaken: 1, refused: [RefusedRow(line: 3, reason: .badID)], rowsRefused: 1))
        }
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        #expect(knowledge.version == 1)
        let found = try await knowledge.search(clean("where is the vault"), limit: 3)
        #expect(found.matches.map { text($0.passage.answer) } == ["Below."])
        #expect(found.isExact && found.confidencePPM == 990_000)
    }

    @Test func `finds nothing before the first import`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        let found = try await knowledge.search(clean("where is the vault"), limit: 3)
        #expect(found.matches.isEmpty && found.confidencePPM == 0 && found.hasWords && found.version == 0)
    }

    @Test func `keeps the old rows where an import fails`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        for bad in [Self.csv([]), Array("nonsense".utf8)] {
            await #expect(throws: AgentError.self) { _ = try await knowledge.replace(csv: bad) }
        }
        let other = try Database.open(directory.file("knowledge.sqlite"), access: .readWrite)
        try other.runScript(
            "CREATE TRIGGER t BEFORE INSERT ON passages WHEN new.number = 2 BEGIN SELECT RAISE(ABORT, 'no'); END")
        await #expect(throws: AgentError.self) {
            _ = try await knowledge.replace(csv: Self.csv(["a,q one,a,c,", "b,q two,a,c,"]))
        }
        #expect(knowledge.version == 1)
        let found = try await knowledge.search(clean("Where is the nearest branch?"), limit: 1)
        #expect(found.version == 1 && found.matches.map { text($0.passage.id) } == ["find_branch"])

        try other.runScript("DROP TRIGGER t")
        let report = try await knowledge.replace(csv: Self.csv(["a,nearest branch,here,c,"]))
        #expect(report.version == 2)
        let after = try await knowledge.search(clean("Where is the nearest branch?"), limit: 9)
        #expect(after.version == 2 && after.matches.map { text($0.passage.id) } == ["a"])
    }

    @Test func `shows a reader one whole version while it is replaced`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        // The rows of odd and even versions stand in opposite order: a row number of one meets another text in the other.
        func rows(_ version: Int) -> [UInt8] {
            let rows = (0..<50).map { "row\($0),vault number\($0),version \(version),c," }
            return Self.csv(version % 2 == 0 ? rows : rows.reversed())
        }
        _ = try await knowledge.replace(csv: rows(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in 0..<4 {
                group.addTask {
                    for turn in 0..<150 {
                        let row = (reader * 13 + turn) % 50
                        let found = try await knowledge.search(clean("vault number\(row) please"), limit: 1)
                        #expect(found.matches.map { text($0.passage.id) } == ["row\(row)"])
                        #expect(found.matches.map { text($0.passage.answer) } == ["version \(found.version)"])
                    }
                }
            }
            group.addTask { for version in 2...20 { _ = try await knowledge.replace(csv: rows(version)) } }
            try await group.waitForAll()
        }
        #expect(knowledge.version == 20)
    }

    @Test func `sees what another process imports`() async throws {
        let directory = try TemporaryDirectory()
        let serving = try await shippedKnowledge(in: directory)
        let command = try KnowledgeBase.open(path: directory.file("knowledge.sqlite"))
        _ = try await command.replace(csv: Self.csv(["new,Where is the vault?,Below.,c,"]))
        #expect(serving.version == 1)
        try await serving.refresh()
        #expect(serving.version == 2)
        #expect(try await serving.search(clean("vault"), limit: 1).matches.map { text($0.passage.id) } == ["new"])
    }

    static let operators = [
        "branch\" OR \"card", "\"", "\"\"\"", "NEAR(card branch)", "card NEAR/2 branch", "question:branch", "branch*",
        "^branch", "branch AND NOT card", "- branch", "{question answer} : branch", "branch) OR (card",
        "'; DROP TABLE passages",
        "branch\u{0}card", "+branch + card", "AND OR NOT",
    ]

    @Test(arguments: operators)
    func `takes the syntax of its query language for plain words`(query: String) async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let plain = query.map { $0.isLetter || $0.isNumber ? String($0) : " " }.joined()
        let found = try await knowledge.search(clean(query), limit: 5)
        let foundPlain = try await knowledge.search(clean(plain), limit: 5)
        #expect(found.matches.map(\.passage.id) == foundPlain.matches.map(\.passage.id))
        #expect(found.matches.map(\.scorePPM) == foundPlain.matches.map(\.scorePPM))
    }

    @Test(arguments: [
        ("Were is the nearset brnach?", "find_branch"), ("How do I actvate my card", "activate_my_card"),
        ("my card was swalowed by the machine", "card_swallowed"), ("exchnage rates", "exchange_rate"),
    ])
    func `sees through typing errors`(query: String, expected: String) async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let found = try await knowledge.search(clean(query), limit: 5)
        #expect(found.matches.first.map { text($0.passage.id) } == expected)
    }

    @Test(arguments: [(Int.min, 1), (0, 1), (1, 1), (3, 3), (20, 20), (21, 20), (Int.max, 20)])
    func `clamps how many passages it returns`(limit: Int, expected: Int) async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        #expect(try await knowledge.search(clean("my card payment"), limit: limit).matches.count == expected)
    }

    @Test func `answers any text without an error and within its ranges`() async throws {
        var generator = SeededGenerator.announced("search")
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let pieces = ["card", "brnach", "é", "😀", "\"", "*", " ", "NEAR", "\u{0}", "a", "12", "ß", "\u{202E}", "的"]
        for _ in 0..<200 {
            let count = Int.random(in: 0...80, using: &generator)
            let query = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let found = try await knowledge.search(clean(query), limit: 20)
            #expect((0...1_000_000).contains(found.confidencePPM))
            #expect(found.matches.allSatisfy { (0...1_000_000).contains($0.scorePPM) })
            #expect(zip(found.matches, found.matches.dropFirst()).allSatisfy { $0.scorePPM >= $1.scorePPM })
        }
    }

    @Test func `of a newer program is left alone`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("k.sqlite")
        try Database.open(path, access: .readWrite).runScript("PRAGMA user_version=7")
        let supported = Int64(KnowledgeStore.schema.count)
        #expect(throws: AgentError.schemaTooNew(file: path, found: 7, supported: supported)) {
            _ = try KnowledgeBase.open(path: path)
        }
    }

    @Test func `in a directory that does not exist is an error`() {
        #expect(throws: AgentError.self) { _ = try KnowledgeBase.open(path: "/nonexistent/k.sqlite") }
    }
}
