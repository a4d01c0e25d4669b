import Patience
import Seeds
import Testing

@testable import Simulation

@Suite struct `The log over a simulated disk` {
    /// Fewer under a sanitizer, which makes each run many times as long.
    private static let seeds: UInt64 = patienceFactor > 1 ? 64 : 1024

    @Test func `keeps what it acknowledged, forks nothing and is verified, whatever fails`() async {
        let start = Seed.value &* 1_000_003
        let outcomes = await outcomes(of: (0..<Self.seeds).map { start &+ $0 })
        for (seed, outcome) in outcomes where !outcome.findings.isEmpty {
            Issue.record("seed \(seed), \(outcome.circumstances): \(outcome.findings.joined(separator: "; "))")
        }
        // A run in which nothing happened would find nothing.
        #expect(outcomes.map(\.1.acknowledged).reduce(0, +) > Int(Self.seeds) * 5)
        #expect(outcomes.map(\.1.checkpoints).reduce(0, +) > Int(Self.seeds) * 3)
        #expect(outcomes.contains { $0.1.isRotFound })
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `survives a crash at each operation that changes a disk`(seed: UInt64) {
        let whole = Simulation.run(seed: seed, mutant: nil, crash: .init(change: Int.max, survival: nil))
        #expect(whole.findings.isEmpty && whole.changes > 40, "\(whole)")
        for change in 1...whole.changes {
            for survival in [nil, .nothing, .some] as [Survival?] {
                let outcome = Simulation.run(seed: seed, mutant: nil, crash: .init(change: change, survival: survival))
                #expect(outcome.findings.isEmpty, "seed \(seed), change \(change), \(survival as Any): \(outcome)")
            }
        }
    }

    /// A checkpoint that the power took before anybody saw it, and a bit turned in its last record: no fork.
    @Test(arguments: [432_479_298_265] as [UInt64])
    func `finds nothing in a run that was judged wrongly once`(seed: UInt64) {
        let outcome = Simulation.run(seed: seed)
        #expect(outcome.findings.isEmpty, "\(outcome)")
        #expect(outcome.isRotFound)
    }

    @Test func `is the same run for the same seed`() {
        for seed in 0..<32 as Range<UInt64> {
            #expect(Simulation.run(seed: seed).digest == Simulation.run(seed: seed).digest, "seed \(seed)")
        }
        #expect(Simulation.run(seed: 1).digest != Simulation.run(seed: 2).digest)
    }

    private static let caught: [Mutant: Rule] = [
        .acknowledgesUnsynced: .acknowledgedEarly, .forgetsNames: .acknowledgedEarly,
        .retriesFailedSync: .acknowledgedEarly, .signsUnsynced: .signedEarly,
        .forgetsSigned: .refused,
    ]

    @Test(arguments: Mutant.allCases)
    func `sees a writer that is wrong`(mutant: Mutant) async throws {
        let rule = try #require(Self.caught[mutant])
        let isSeen = (0..<400 as Range<UInt64>).contains {
            Simulation.run(seed: $0, mutant: mutant).rules.contains(rule)
        }
        #expect(isSeen, "\(rule)")
    }

    private func outcomes(of seeds: [UInt64]) async -> [(UInt64, Simulation.Outcome)] {
        await withTaskGroup(of: [(UInt64, Simulation.Outcome)].self) { group in
            for part in 0..<4 {
                group.addTask {
                    stride(from: part, to: seeds.count, by: 4).map { (seeds[$0], Simulation.run(seed: seeds[$0])) }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }
}
