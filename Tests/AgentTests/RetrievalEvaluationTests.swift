import Testing

@testable import Agent

/// The figures of `knowledge eval` on outcomes whose figures can be counted by hand, and against slower definitions.
@Suite struct `An evaluation of retrieval` {
    private static func inScope(_ confidencePPM: Int, rank: Int? = 1) -> RetrievalOutcome {
        RetrievalOutcome(isInScope: true, rank: rank, confidencePPM: confidencePPM)
    }

    private static func outOfScope(_ confidencePPM: Int) -> RetrievalOutcome {
        RetrievalOutcome(isInScope: false, rank: nil, confidencePPM: confidencePPM)
    }

    private static let nothingFound = RetrievalOutcome(isInScope: false, rank: nil, confidencePPM: 0, hasMatch: false)

    /// Few different confidences, so that many are equal.
    private static func chance(_ random: inout SeededGenerator) -> [RetrievalOutcome] {
        (0..<Int.random(in: 0...60, using: &random)).map { _ in
            let isInScope = Bool.random(using: &random)
            let hasMatch = Int.random(in: 0..<8, using: &random) > 0
            return RetrievalOutcome(
                isInScope: isInScope,
                rank: isInScope && hasMatch ? [1, 1, 2, 5, 6, nil].randomElement(using: &random) ?? nil : nil,
                confidencePPM: hasMatch ? Int.random(in: 0...20, using: &random) * 50_000 : 0, hasMatch: hasMatch)
        }
    }

    // MARK: Ranks and abstaining

    @Test func `counts ranks over the queries in scope`() {
        let outcomes = [1, 2, 5, 6, nil].map { Self.inScope(500_000, rank: $0) } + [Self.outOfScope(500_000)]
        let tally = RetrievalTally(outcomes, thresholdPPM: 0)
        #expect(tally.rows == 6 && tally.inScope == 5 && tally.outOfScope == 1)
        #expect(tally.topOne == 0.2 && tally.topFive == 0.6)
        #expect(tally.meanReciprocalRank == (1 + 0.5 + 1 / 5.0 + 1 / 6.0) / 5)
    }

    @Test func `counts what a threshold answers, and what it rightly leaves`() {
        let outcomes = [
            Self.inScope(900_000), Self.inScope(400_000, rank: 2), Self.inScope(399_999), Self.outOfScope(400_000),
            Self.outOfScope(399_999), Self.outOfScope(0), Self.nothingFound,
        ]
        let tally = RetrievalTally(outcomes, thresholdPPM: 400_000)
        #expect(tally.answered == 3 && tally.right == 1 && tally.abstained == 4 && tally.rightlyAbstained == 3)
        #expect(tally.answeredShare == 3 / 7.0 && tally.rightShare == 1 / 3.0)
        #expect(tally.inScopeAnsweredShare == 2 / 3.0 && tally.outOfScopeAnsweredShare == 0.25)
        #expect(tally.abstainPrecision == 0.75 && tally.abstainRecall == 0.75)
        // What found nothing is not answered, whatever the threshold.
        #expect(RetrievalTally(outcomes, thresholdPPM: 0).answered == 6)
    }

    @Test func `has no share of nothing`() {
        let empty = RetrievalTally()
        #expect(empty.topOne == nil && empty.topFive == nil && empty.meanReciprocalRank == nil)
        #expect(empty.answeredShare == nil && empty.rightShare == nil && empty.inScopeAnsweredShare == nil)
        #expect(empty.outOfScopeAnsweredShare == nil && empty.abstainPrecision == nil && empty.abstainRecall == nil)
        let answered = RetrievalTally([Self.inScope(1)], thresholdPPM: 0)
        #expect(answered.abstainPrecision == nil && answered.abstainRecall == nil && answered.rightShare == 1)
        let left = RetrievalTally([Self.outOfScope(0)], thresholdPPM: 1)
        #expect(left.topOne == nil && left.rightShare == nil && left.abstainPrecision == 1 && left.abstainRecall == 1)
    }

    @Test func `answers no more at a higher threshold`() {
        var random = SeededGenerator.announced("threshold")
        for _ in 0..<50 {
            let outcomes = Self.chance(&random)
            let tallies = stride(from: 0, through: 1_050_000, by: 25_000).map {
                RetrievalTally(outcomes, thresholdPPM: $0)
            }
            for (lower, higher) in zip(tallies, tallies.dropFirst()) {
                #expect(higher.inScopeAnswered <= lower.inScopeAnswered && higher.right <= lower.right)
                #expect(higher.outOfScopeAnswered <= lower.outOfScopeAnswered)
                #expect(higher.abstainRecall ?? 0 >= lower.abstainRecall ?? 0)
                #expect(higher.first == lower.first && higher.reciprocalRanks == lower.reciprocalRanks)
            }
            #expect(tallies.last?.answered == 0)
        }
    }

    // MARK: Separation

    @Test func `counts a tie half in the area under the curve`() {
        let outcomes = [900_000, 500_000, 500_000].map { Self.inScope($0) } + [500_000, 100_000].map(Self.outOfScope)
        #expect(ScopeSeparation.areaUnderCurve(outcomes) == 5 / 6.0)
        #expect(ScopeSeparation.areaUnderCurve([Self.inScope(7), Self.outOfScope(7)]) == 0.5)
        #expect(ScopeSeparation.areaUnderCurve([Self.inScope(8), Self.outOfScope(7)]) == 1)
        #expect(ScopeSeparation.areaUnderCurve([Self.inScope(7), Self.outOfScope(8)]) == 0)
    }

    @Test func `has no area where a scope has no query`() {
        #expect(ScopeSeparation.areaUnderCurve([]) == nil)
        #expect(ScopeSeparation.areaUnderCurve([Self.inScope(1), Self.inScope(2)]) == nil)
        #expect(ScopeSeparation.areaUnderCurve([Self.outOfScope(1)]) == nil)
    }

    @Test func `has the area that counting all pairs gives, in any order`() {
        var random = SeededGenerator.announced("area")
        for _ in 0..<200 {
            let outcomes = Self.chance(&random)
            var wins = 0.0, pairs = 0.0
            for one in outcomes where one.isInScope {
                for other in outcomes where !other.isInScope {
                    pairs += 1
                    let (mine, theirs) = (one.confidencePPM, other.confidencePPM)
                    wins += mine > theirs ? 1 : mine == theirs ? 0.5 : 0
                }
            }
            let wanted = pairs > 0 ? wins / pairs : nil
            #expect(ScopeSeparation.areaUnderCurve(outcomes) == wanted)
            #expect(ScopeSeparation.areaUnderCurve(outcomes.shuffled(using: &random)) == wanted)
        }
    }

    // MARK: Calibration

    @Test func `puts each confidence into its bin, the ends too`() {
        let edges = [0, 99_999, 100_000, 899_999, 900_000, 990_000, 1_000_000].map { Self.inScope($0) }
        let bins = CalibrationTable(edges).bins
        #expect(bins.map(\.rows) == [2, 1, 0, 0, 0, 0, 0, 0, 1, 3])
        #expect(bins.first?.fromPPM == 0 && bins.last?.toPPM == 1_000_000)
        #expect(zip(bins, bins.dropFirst()).allSatisfy { $0.toPPM == $1.fromPPM })
    }

    @Test func `measures how far confidence is from being right`() {
        let table = CalibrationTable([
            Self.outOfScope(50_000), Self.inScope(100_000), Self.inScope(1_000_000), Self.inScope(950_000, rank: 2),
        ])
        #expect(table.bins[9].meanConfidence == 0.975 && table.bins[9].rightShare == 0.5)
        #expect(table.bins[5].meanConfidence == nil && table.bins[5].rightShare == nil)
        // 0.05 and 0.9 for one query each, 0.475 for two.
        #expect(table.expectedError == 0.475)
        #expect(CalibrationTable([]).expectedError == nil)
        #expect(CalibrationTable([Self.inScope(1_000_000), Self.outOfScope(0)]).expectedError == 0)
    }

    // MARK: The threshold by what it lets through

    @Test func `finds the lowest threshold that lets so many out of scope through`() throws {
        let sure = (1...40).map { Self.outOfScope($0 * 10_000) }
        let asked = [Self.inScope(380_000), Self.inScope(380_001), Self.inScope(900_000, rank: 3)]
        let point = try #require(OperatingPoint.lowest(lettingThrough: 5, of: sure + asked))
        // Two of 40 may come through; those with 400,000 and 390,000 do.
        #expect(point.thresholdPPM == 380_001 && point.tally.outOfScopeAnswered == 2)
        #expect(point.tally.inScopeAnswered == 2 && point.tally.right == 1)
        // Of three as sure as each other none can come through alone.
        let tied = [300_000, 300_000, 300_000].map(Self.outOfScope) + (1...37).map { Self.outOfScope($0) }
        #expect(OperatingPoint.lowest(lettingThrough: 5, of: tied)?.thresholdPPM == 300_001)
    }

    @Test func `finds no threshold where there is none to find`() {
        #expect(OperatingPoint.lowest(lettingThrough: 5, of: []) == nil)
        #expect(OperatingPoint.lowest(lettingThrough: 5, of: [Self.inScope(1)]) == nil)
        #expect(OperatingPoint.lowest(lettingThrough: 5, of: [Self.outOfScope(1_000_000)]) == nil)
        #expect(OperatingPoint.lowest(lettingThrough: 5, of: [Self.outOfScope(999_999)])?.thresholdPPM == 1_000_000)
        #expect(OperatingPoint.lowest(lettingThrough: 100, of: [Self.outOfScope(1_000_000)])?.thresholdPPM == 0)
        #expect(OperatingPoint.lowest(lettingThrough: 0, of: [Self.nothingFound])?.thresholdPPM == 0)
    }

    @Test func `finds a threshold one below which lets too many through`() {
        var random = SeededGenerator.announced("operating point")
        for _ in 0..<200 {
            let outcomes = Self.chance(&random)
            let percent = Int.random(in: 0...100, using: &random)
            guard let point = OperatingPoint.lowest(lettingThrough: percent, of: outcomes) else { continue }
            #expect(point.tally.outOfScopeAnswered * 100 <= percent * point.tally.outOfScope)
            guard point.thresholdPPM > 0 else { continue }
            let below = RetrievalTally(outcomes, thresholdPPM: point.thresholdPPM - 1)
            #expect(below.outOfScopeAnswered * 100 > percent * below.outOfScope)
        }
    }

    // MARK: Kinds, and the assistant

    @Test func `counts a kind under the part before its slash as well`() {
        var evaluation = RetrievalEvaluation(thresholdPPM: 1)
        for kind in ["noisy", "noisy/typos", "noisy/a/b", "/x", "intent"] {
            evaluation.add(Self.inScope(1), kind: Array(kind.utf8))
        }
        evaluation.add(Self.outOfScope(0), kind: nil)
        let rows = Dictionary(uniqueKeysWithValues: evaluation.kinds.map { (text($0.key), $0.value.rows) })
        #expect(rows == ["noisy": 3, "noisy/typos": 1, "noisy/a/b": 1, "/x": 1, "intent": 1])
        #expect(evaluation.total.rows == 6 && evaluation.areaUnderCurve == 1)
        #expect(evaluation.operatingPoint?.thresholdPPM == 1 && evaluation.calibration.bins[0].rows == 6)
    }

    @Test func `takes what was found for what it is`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try KnowledgeBase.open(path: directory.file("k.sqlite"))
        let nothing = try await knowledge.search(clean("Where is the vault?"), limit: 20)
        #expect(RetrievalOutcome(nothing, expecting: nil) == Self.nothingFound)
        let rows = ["a,vault north,x,,", "b,vault south,y,,", "c,garden,z,,", "d,tower,z,,"]
        _ = try await knowledge.replace(
            csv: Array((["id,question,answer,category,variants"] + rows).joined(separator: "\n").utf8))
        let found = try await knowledge.search(clean("vault south"), limit: 20)
        #expect(RetrievalOutcome(found, expecting: Array("b".utf8)) == Self.inScope(990_000))
        #expect(RetrievalOutcome(found, expecting: Array("a".utf8)) == Self.inScope(990_000, rank: 2))
        #expect(RetrievalOutcome(found, expecting: Array("c".utf8)) == Self.inScope(990_000, rank: nil))
        #expect(RetrievalOutcome(found, expecting: nil) == Self.outOfScope(990_000))
    }

    @Test func `answers what the assistant answers`() async throws {
        let directory = try TemporaryDirectory()
        let knowledge = try await shippedKnowledge(in: directory)
        let tickets = try TicketStore.open(path: directory.file("t.sqlite"))
        var answered: Set<Bool> = []
        for (query, confidenceMin) in [
            ("Where is the nearest branch?", "0.99"), ("Where is the nearest branch?", "1"),
            ("my new card is late, where is it", "0.4"), ("who won the world cup", "0.4"),
            ("who won the world cup", "0"),
            ("qqqq zzzz", "0"), ("???", "0"),
        ] {
            let policy = try EscalationPolicy(
                json5: Array("{version: 1, confidence_min: \(confidenceMin), phrases: {}}".utf8), file: "e.json5")
            let assistant = Assistant(knowledge: knowledge, tickets: tickets, policy: policy)
            let plan = try await assistant.plan(
                Question(text: clean(query), requestID: [], principal: PrincipalKey(issuer: [], subject: [])))
            let found = try await knowledge.search(clean(query), limit: RetrievalEvaluation.matchesLookedAt)
            let isAnswered = RetrievalOutcome(found, expecting: nil).isAnswered(at: policy.confidenceMinPPM)
            let citations =
                switch plan {
                case .answer(let answer): answer.citations
                case .needsEffect(let escalation): escalation.answer.citations
                }
            #expect(isAnswered == !citations.isEmpty, "\(query) at \(confidenceMin)")
            answered.insert(isAnswered)
        }
        #expect(answered.count == 2)
    }
}
