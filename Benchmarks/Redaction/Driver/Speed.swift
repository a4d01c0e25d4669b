import Redaction

/// How fast texts are redacted, beside a pass over the same bytes that only looks each up in a table.
struct Speed {
    private static let roundCount = 9

    private let corpus: Corpus
    private let seconds: Double
    private let redactor: Redactor

    /// - Parameter seconds: for each figure.
    init(_ corpus: Corpus, seconds: Double) throws {
        self.corpus = corpus
        self.seconds = seconds
        // Nothing refuses a text, so that each is gone through to its end.
        let policy = #"{ version: 1, confidence_min_ppm: 500000, otherwise: "mask", types: {} }"#
        redactor = Redactor(policy: try .parse(Array(policy.utf8)))
    }

    /// The rounds of all works are interleaved, and each figure is the median of its rounds.
    func run() throws {
        let works: [(name: String, texts: [[UInt8]], work: ([UInt8]) throws -> Int)] = [
            ("detect", corpus.messages, { redactor.detect($0).count }),
            ("redact", corpus.messages, redact),
            ("detect-4k", corpus.blocks, { redactor.detect($0).count }),
            ("redact-4k", corpus.blocks, redact),
            ("pass-4k", corpus.blocks, Self.pass),
        ]
        var rates = [[Double]](repeating: [], count: works.count)
        var counts = [Int](repeating: 0, count: works.count)
        for _ in 0..<Self.roundCount {
            for (index, work) in works.enumerated() {
                let (spent, count) = try time(work.texts, work.work)
                rates[index].append(spent)
                counts[index] = count
            }
        }
        for (index, work) in works.enumerated() {
            let perByte = rates[index].sorted()[Self.roundCount / 2]
            let bytes = Double(work.texts.reduce(0) { $0 + $1.count }) / Double(work.texts.count)
            print(
                "work=\(work.name) texts=\(work.texts.count) bytes=\(Self.rounded(bytes)) found=\(counts[index])",
                "mb_s=\(Self.rounded(1e-6 / perByte)) us_text=\(Self.rounded(perByte * bytes * 1e6))")
        }
    }

    private func redact(_ text: [UInt8]) throws -> Int {
        var vault = Vault()
        return try redactor.redact(text, into: &vault).findings.count
    }

    /// Seconds a byte, and what `work` found in all texts.
    private func time(_ texts: [[UInt8]], _ work: ([UInt8]) throws -> Int) throws -> (perByte: Double, count: Int) {
        let start = Clock.now
        var bytes = 0
        var count = 0
        repeat {
            count = 0
            for text in texts {
                count += try work(text)
                bytes += text.count
            }
        } while Clock.now - start < seconds / Double(Self.roundCount)
        return ((Clock.now - start) / Double(bytes), count)
    }

    private static let classes = (0..<256).map { byte in UInt8(byte) >= 0x80 || byte == 0x40 ? UInt8(1) : 0 }

    /// The yardstick: one look at a table a byte.
    private static func pass(_ text: [UInt8]) -> Int {
        let classes = classes
        var count = 0
        for byte in text where classes[Int(byte)] != 0 { count += 1 }
        return count
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
