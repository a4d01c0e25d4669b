import Foundation
import SQLite
import Testing

@testable import Agent
@testable import Threading

@Suite struct `spelling correction` {
    /// Optimal string alignment by its definition, without a bound.
    private func slowDistance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
        guard let x = a.last, let y = b.last else { return max(a.count, b.count) }
        let (a1, b1) = (a.dropLast(), b.dropLast())
        var best = min(slowDistance(a1, b) + 1, slowDistance(a, b1) + 1, slowDistance(a1, b1) + (x == y ? 0 : 1))
        if a.count > 1, b.count > 1, x == b1.last, y == a1.last {
            best = min(best, slowDistance(a1.dropLast(), b1.dropLast()) + 1)
        }
        return best
    }

    @Test func `measures as the definition does`() {
        var generator = SeededGenerator.announced("distance")
        let letters = Array("abc".utf8)
        for _ in 0..<300 {
            let words = (0..<2).map { _ in
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? 0
                }
            }
            let expected = slowDistance(words[0][...], words[1][...])
            for bound in 0...3 {
                let found = SpellingCorrector.distance(words[0], words[1], max: bound)
                #expect(found == (expected <= bound ? expected : nil), "\(words) \(bound)")
            }
        }
    }

    static let cases: [(String, String?)] = [
        ("brnach", "branch"), ("branc", "branch"), ("branchh", "branch"), ("bramch", "branch"),
        ("brnahc", nil),  // two errors in six letters
        ("beneficairys", "beneficiary"), ("benfcairys", nil),
        ("car", nil), ("crad", "card"), ("c4rd", nil),
        ("bost", "post"),  // "lost" is as near and rarer
        ("losst", "lost"),  // the same first letter before a more frequent word
    ]

    @Test(arguments: cases)
    func `finds the nearest known word within its bound`(word: String, expected: String?) {
        let known = [("branch", 9), ("beneficiary", 2), ("card", 50), ("post", 30), ("lost", 20)]
        let corrector = SpellingCorrector(known.map { .init(Array($0.0.utf8), frequency: $0.1) })
        #expect(corrector.correction(of: Array(word.utf8)).map(text) == expected)
    }

    @Test func `ignores words beyond its length`() {
        let longest = [UInt8](repeating: UInt8(ascii: "x"), count: SpellingCorrector.wordBytesMax)
        let corrector = SpellingCorrector([.init(longest, frequency: 1)])
        #expect(corrector.correction(of: longest.dropLast() + [UInt8(ascii: "y")]) == longest)
        #expect(corrector.correction(of: longest + [UInt8(ascii: "x")]) == nil)
    }
}

@Suite struct `a query` {
    private let directory: TemporaryDirectory
    private let cutter: WordCutter

    init() throws {
        directory = try TemporaryDirectory()
        cutter = try WordCutter(try Database.open(directory.file("a.sqlite"), access: .readWrite))
    }

    private func index(_ questions: [String]) -> KnowledgeIndex {
        let passages = questions.enumerated().map { number, question in
            Passage(
                id: Array("\(number)".utf8), question: Array(question.utf8), answer: [], category: [], variants: [])
        }
        return KnowledgeIndex(version: 1, passages: passages, cutter: cutter, cleared: passages.map { _ in false })
    }

    private func matchWords(_ question: String, _ index: KnowledgeIndex) -> [String] {
        Query(Array(question.utf8), cutter: cutter, index: index).matchWords.map(text)
    }

    @Test func `adds a question's stems up in the same order each time`() {
        let words = (0..<40).map { "w\(Character(Unicode.Scalar(97 + UInt8($0 % 26))))q\($0)" }
        let index = index([words.joined(separator: " "), "other"])
        let query = Query(Array(words.shuffled().joined(separator: " ").utf8), cutter: cutter, index: index)
        #expect(query.stems.count == 40 && query.stems.map(\.number) == query.stems.map(\.number).sorted())
    }

    @Test func `asks FTS5 for each stem once and for no word that half of the passages hold`() {
        let index = index(["the red card", "the blue cards", "the branch", "the safe"])
        #expect(matchWords("The card, the CARDS, a brnach and unknown", index) == ["branch", "card"])
        #expect(matchWords("the", index) == ["the"])
    }

    @Test func `asks FTS5 for a bounded number of words, the rarest first`() {
        let words = (0..<40).map { "word\($0)x" }
        let index = index([words.joined(separator: " "), "word0x", "other", "else", "more"])
        let asked = matchWords(words.joined(separator: " "), index)
        #expect(asked.count == AgentLimits.matchWordsMax)
        #expect(!asked.contains("word0x"))
    }

    @Test func `asks FTS5 for a bounded number of rows, the rarest word always`() {
        let limit = AgentLimits.matchRowsMax
        let questions = (0..<(limit * 3)).map { $0 < limit ? $0 == 0 ? "often more rare" : "often more" : "other\($0)" }
        let index = index(questions)
        #expect(matchWords("often", index) == ["often"])
        #expect(matchWords("more often rare", index) == ["rare"])
    }

    @Test func `looks at a bounded number of words`() {
        let known = index(["needle"])
        let filler = String(repeating: "filler ", count: AgentLimits.queryWordsMax - 1)
        #expect(matchWords(filler + "needle", known) == ["needle"])
        #expect(matchWords(filler + "filler needle", known).isEmpty)
    }

    @Test func `corrects a bounded number of words`() {
        let known = index(["needle"])
        let unknown = (1..<AgentLimits.correctionsPerQueryMax).map { "x\($0)" }.joined(separator: " ")
        #expect(matchWords(unknown + " nedle", known) == ["needle"])
        #expect(matchWords(unknown + " x nedle", known).isEmpty)
    }
}

@Suite struct `approximations` {
    @Test func `are as near as they promise`() {
        for step in -700...700 {
            let x = Float(step) / 10
            let exact = exp(Double(x))
            #expect(abs(Double(Approximation.exponential(x)) - exact) <= 1e-5 * exact)
            let logarithm = log(exact)
            #expect(abs(Double(Approximation.logarithm(Float(exact))) - logarithm) <= 1e-4 * max(1, abs(logarithm)))
        }
        #expect(Approximation.logarithm(0) == 0)
        #expect(Approximation.logistic(-.infinity) < 1e-30)
        #expect(Approximation.logistic(.infinity) == 1)
    }
}

@Suite struct `the answer cache` {
    private func key(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }

    @Test func `holds no more than its bound and keeps what is asked often`() {
        let cache = AnswerCache<Int>(entriesMax: 8)
        cache.store(0, for: key(0), version: 1)
        for number in 1...100 {
            #expect(cache.value(for: key(0), version: 1) == 0)
            cache.store(number, for: key(number), version: 1)
        }
        let kept = (0...100).count { cache.value(for: key($0), version: 1) != nil }
        #expect((4...8).contains(kept))
        #expect(cache.value(for: key(100), version: 1) == 100)
        #expect(cache.value(for: key(1), version: 1) == nil)
    }

    @Test func `forgets everything of another version and takes nothing older`() {
        let cache = AnswerCache<Int>(entriesMax: 8)
        cache.store(1, for: key(1), version: 1)
        #expect(cache.value(for: key(1), version: 2) == nil)
        cache.store(2, for: key(2), version: 2)
        cache.store(3, for: key(3), version: 1)
        #expect(cache.value(for: key(1), version: 2) == nil)
        #expect(cache.value(for: key(3), version: 2) == nil)
        #expect(cache.value(for: key(2), version: 2) == 2)
    }
}

@Suite struct `database threads` {
    /// Lets a test hold a thread in the middle of a job.
    private final class Gate: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        func pass() { semaphore.wait() }
        func open() { semaphore.signal() }
    }

    private final class Counter {
        var jobs = 0
    }

    @Test func `refuse one job more than their queue holds and go on`() async throws {
        let jobsMax = 3
        let queue = try #require(JobQueue<Counter>(jobsMax: jobsMax))
        let done = Counter()
        for _ in 0..<jobsMax { #expect(queue.push { $0.jobs += 1 }) }
        #expect(!queue.push { $0.jobs += 100 })
        #expect(queue.waits.count == 0)
        queue.close()
        #expect(!queue.push { $0.jobs += 100 })
        queue.run(with: done)
        #expect(done.jobs == jobsMax)
        #expect(queue.waits.count == UInt64(jobsMax), "each job that ran has waited")
    }

    @Test func `tell a caller that they are busy`() async throws {
        let threads = try DatabaseThreads.start(named: "test", count: 1, jobsMax: 1) { Counter() }
        let gate = Gate()
        let started = Gate()
        async let held: Int = threads.run { counter in
            started.open()
            gate.pass()
            counter.jobs += 1
            return .success(counter.jobs)
        }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            DispatchQueue.global().async {
                started.pass()
                continuation.resume()
            }
        }
        // The thread is held: of any number of further jobs one fits in the queue.
        let outcomes = await withTaskGroup(of: Result<Int, AgentError>.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    await Result { () async throws(AgentError) in
                        try await threads.run { counter in
                            counter.jobs += 1
                            return .success(counter.jobs)
                        }
                    }
                }
            }
            var outcomes: [Result<Int, AgentError>] = []
            for await outcome in group {
                outcomes.append(outcome)
                if outcomes.count == 4 { gate.open() }
            }
            return outcomes
        }
        #expect(outcomes.count { $0 == .failure(.busy) } == 4)
        #expect(outcomes.last == .success(2))
        #expect(try await held == 1)
    }

    @Test func `share a burst of jobs`() async throws {
        let threads = try DatabaseThreads.start(named: "test", count: 3) { Counter() }
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...500 {
                group.addTask {
                    try await threads.run { counter in
                        counter.jobs += 1
                        return .success(number)
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 500 * 501 / 2)
    }

    @Test func `report a context that cannot be made`() {
        #expect(throws: AgentError.emptyText) {
            _ = try DatabaseThreads<Counter>.start(named: "test", count: 1) { () throws(AgentError) in throw .emptyText
            }
        }
    }
}

extension Result {
    /// `Result(catching:)` for an asynchronous body.
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
