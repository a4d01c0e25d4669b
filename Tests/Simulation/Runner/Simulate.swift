import Dispatch
import Glibc
import Simulation
import Synchronization

/// Runs many seeds on all cores: `simulate COUNT [FIRST]`. Failing seeds are printed with how to run them again.
@main
struct Simulate {
    static func main() {
        let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        guard let count = numbers.first, count > 0, numbers.count == CommandLine.arguments.count - 1 else {
            say("usage: simulate COUNT [FIRST]\n")
            exit(64)
        }
        let first = numbers.dropFirst().first ?? UInt64.random(in: 0..<1 << 32)
        let tally = Mutex(Tally())
        DispatchQueue.concurrentPerform(iterations: Int((count + batch - 1) / batch)) { index in
            let start = UInt64(index) * batch
            for offset in start..<min(start + batch, count) {
                let seed = first &+ offset
                let outcome = Simulation.run(seed: seed)
                tally.withLock { $0.take(outcome, seed: seed, of: count) }
            }
        }
        let done = tally.withLock { $0 }
        if isatty(2) == 1 { say("\r\u{1B}[K") }
        print(
            "simulate: seeds \(first) to \(first &+ (count - 1)): \(done.runs) runs, \(done.acknowledged) records acknowledged, "
                + "\(done.checkpoints) checkpoints signed, \(done.rotFound) turned bits found, "
                + "\(done.holes) starts refused for a hole, \(done.failed) failed")
        for (rule, count) in done.rules.sorted(by: { $0.value > $1.value }) { print("  \(rule): \(count) seeds") }
        exit(done.failed == 0 ? 0 : 1)
    }

    private static let batch: UInt64 = 16
    private static let failuresShown = 10

    private struct Tally {
        var runs: UInt64 = 0
        var failed = 0
        var acknowledged = 0
        var checkpoints = 0
        var rotFound = 0
        var holes = 0
        /// Seeds in which each rule was broken.
        var rules: [String: Int] = [:]
        private var shown: UInt64 = 0

        mutating func take(_ outcome: Simulation.Outcome, seed: UInt64, of count: UInt64) {
            runs += 1
            acknowledged += outcome.acknowledged
            checkpoints += outcome.checkpoints
            rotFound += outcome.isRotFound ? 1 : 0
            holes += outcome.isRefusedForHole ? 1 : 0
            if !outcome.findings.isEmpty {
                failed += 1
                for rule in Set(outcome.findings.compactMap { $0.split(separator: ":").first }) {
                    rules[String(rule), default: 0] += 1
                }
                if failed <= failuresShown {
                    print("simulate: seed \(seed) failed; again: make simulate SEEDS=1 SEED=\(seed)")
                    print("  \(outcome.circumstances)")
                    for finding in outcome.findings.prefix(5) { print("  \(finding)") }
                }
            }
            let share = runs * 100 / count
            guard isatty(2) == 1, share != shown else { return }
            shown = share
            let full = Int(share * 30 / 100)
            say(
                "\rsimulate [\(String(repeating: "#", count: full))\(String(repeating: ".", count: 30 - full))] \(share) %"
            )
        }
    }

    private static func say(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = unsafe write(2, bytes.baseAddress, bytes.count) }
    }
}
