import Redaction

/// Doubles hostile texts and holds the time for a byte to what it was.
enum Doubling {
    private static let bytesMin = 65_536
    private static let bytesMax = 1_048_576
    /// Seconds of the shortest measurement: what the clock and the machine add is small beside it.
    private static let secondsMin = 0.005
    /// What a byte may cost more in a text of twice the length: caches and growing arrays, but no second loop.
    private static let ratioMax = 1.5
    /// How often a text that seems not to be linear is measured again before it is believed.
    private static let retriesMax = 20
    private static let works: [(name: String, work: @Sendable (Redactor, [UInt8]) -> Int)] = [
        ("detect", { $0.detect($1).count }), ("redact", { redactor, text in redactor.redactForLog(text).count }),
    ]

    /// - Returns: whether all texts are linear.
    static func run(only name: String?) -> Bool {
        let redactor = Redactor()
        var superlinear: [String] = []
        for text in Hostile.repeated where name == nil || name == text.name {
            for work in works {
                var series = Series()
                for attempt in 0...retriesMax where attempt == 0 || series.ratio > ratioMax {
                    series.take(measure(text.unit) { work.work(redactor, $0) })
                }
                let isLinear = series.ratio <= ratioMax
                if !isLinear { superlinear.append(text.name) }
                print("work=\(work.name) text=\"\(text.name)\" \(series)\(isLinear ? "" : " SUPERLINEAR")")
            }
        }
        print("superlinear=\(superlinear.count)")
        return superlinear.isEmpty
    }

    private struct Series: CustomStringConvertible {
        /// Nanoseconds a byte at each size.
        var times: [Double] = []

        /// Keeps the faster of two measurements at each size: what else the machine does only makes them slower.
        mutating func take(_ other: Series) {
            times = times.isEmpty ? other.times : zip(times, other.times).map { min($0, $1) }
        }

        /// The greatest ratio of what is the least for all greater sizes to the time of a size: a loop within a loop makes
        /// every longer text dearer, a bump at one length is the machine's caches.
        var ratio: Double {
            var (ratio, least) = (0.0, Double.infinity)
            for (time, longer) in zip(times, times.dropFirst()).reversed() {
                least = min(least, longer)
                ratio = max(ratio, least / time)
            }
            return ratio
        }

        var description: String {
            "ns_byte=\(times.map { "\(rounded($0))" }.joined(separator: ",")) ratio=\(rounded(ratio))"
        }

        private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    }

    private static func measure(_ unit: String, _ work: ([UInt8]) -> Int) -> Series {
        var series = Series()
        var bytes = bytesMin
        while bytes <= bytesMax {
            let text = Hostile.text(unit, bytes: bytes)
            series.times.append(time(text, work) / Double(text.count) * 1e9)
            bytes *= 2
        }
        return series
    }

    /// Seconds of the fastest run.
    private static func time(_ text: [UInt8], _ work: ([UInt8]) -> Int) -> Double {
        var fastest = Double.infinity
        var spent = 0.0
        while spent < secondsMin {
            let start = Clock.now
            if work(text) < 0 { return 0 }
            let seconds = Clock.now - start
            fastest = min(fastest, seconds)
            spent += seconds
        }
        return fastest
    }
}
