import LinuxIO
import Synchronization
import Testing
import Threading

@Suite struct `Counters of many threads` {
    @Test func `add up, whoever counts`() throws {
        let counters = ShardedCounters(count: 3)
        let done = ShardedCounters(count: 1)
        for thread in 1...20 {
            try #require(
                SystemThread.start(named: "c-\(thread)") {
                    SystemThread.currentNumber = UInt32(thread)
                    for _ in 0..<1000 {
                        counters.add(to: 0)
                        counters.add(5, to: 2)
                    }
                    done.add(to: 0)
                })
        }
        while done.value(0) < 20 { FileWait.pause(.milliseconds(1)) }
        #expect(counters.value(0) == 20_000 && counters.value(1) == 0 && counters.value(2) == 100_000)
    }

    @Test func `a value falls into the class whose bound it does not pass`() {
        let bounds: [UInt64] = [1, 10, 100]
        let histograms = Histograms(rows: 2, bounds: bounds)
        for (index, bound) in bounds.enumerated() {
            let before = histograms.counts(1)
            histograms.add(bound, to: 1)
            histograms.add(bound + 1, to: 1)
            let after = histograms.counts(1)
            #expect(after.buckets[index] == before.buckets[index] + 1)
            #expect(after.buckets[index + 1] == before.buckets[index + 1] + 1)
            #expect(after.sum == before.sum + 2 * bound + 1)
        }
        #expect(histograms.counts(0) == HistogramCounts(bounds: bounds, buckets: [0, 0, 0, 0], sum: 0))
    }

    @Test(arguments: 0..<20)
    func `sum, count and buckets of any values are right`(seed: Int) {
        var generator = SystemRandomNumberGenerator()
        var bounds = Set<UInt64>()
        for _ in 0...Int.random(in: 0...12, using: &generator) {
            bounds.insert(.random(in: 0...5000, using: &generator))
        }
        let histograms = Histograms(bounds: bounds.sorted())
        let values = (0..<300).map { _ in UInt64.random(in: 0...6000, using: &generator) }
        for value in values { histograms.add(value) }
        let counts = histograms.counts()
        #expect(counts.count == 300 && counts.sum == values.reduce(0, +))
        var total: UInt64 = 0
        for (bound, bucket) in zip(counts.bounds, counts.buckets) {
            total += bucket
            #expect(total == UInt64(values.count { $0 <= bound }), "cumulative at \(bound)")
        }
    }
}
