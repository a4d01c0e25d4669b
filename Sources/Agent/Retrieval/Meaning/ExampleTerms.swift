/// Which stems are typical of a passage's examples: the share of them that hold each.
///
/// BM25 of all examples as one text would favour whoever has many; a share does not. `score` sums, over a question's stems,
/// how rare a stem is times share / (share + 0.15): a stem that one example in seven holds counts half.
struct ExampleTerms: Sendable {
    private var numbers: [[UInt8]: UInt32] = [:]
    private var weights: [Float] = []
    /// By passage, ascending by number.
    private var shares: [[(number: UInt32, share: Float)]] = []

    private static let shareHalf: Float = 0.15

    /// - Parameters:
    ///   - passages: the stems of each passage's own texts, which say how rare a stem is, too.
    ///   - examples: the stems of each passage's examples.
    init(passages: [Set<[UInt8]>], examples: [[Set<[UInt8]>]]) {
        var holding: [UInt32] = []
        for (own, texts) in zip(passages, examples) {
            var counts: [UInt32: Float] = [:]
            for text in texts { for stem in text { counts[number(adding: stem, &holding), default: 0] += 1 } }
            var held = Set(counts.keys)
            for stem in own { held.insert(number(adding: stem, &holding)) }
            for number in held { holding[Int(number)] += 1 }
            shares.append(
                counts.sorted { $0.key < $1.key }.map { (number: $0.key, share: $0.value / Float(texts.count)) })
        }
        let count = Float(passages.count)
        weights = holding.map { Approximation.logarithm(1 + (count - Float($0) + 0.5) / (Float($0) + 0.5)) }
    }

    private mutating func number(adding stem: [UInt8], _ holding: inout [UInt32]) -> UInt32 {
        if let number = numbers[stem] { return number }
        let number = UInt32(holding.count)
        numbers[stem] = number
        holding.append(0)
        return number
    }

    /// The numbers of a question's stems, each once, ascending.
    func numbers(of stems: [[UInt8]]) -> [UInt32] { Set(stems.compactMap { numbers[$0] }).sorted() }

    /// How typical the question's stems are of passage `index`; 0 and up.
    func score(_ question: [UInt32], passage index: Int) -> Float {
        var score: Float = 0
        for number in question {
            let place = shares[index].partitioningIndex { $0.number >= number }
            guard place < shares[index].count, shares[index][place].number == number else { continue }
            let share = shares[index][place].share
            score += weights[Int(number)] * share / (share + Self.shareHalf)
        }
        return score
    }
}

extension Array {
    /// The first index whose element fulfils `belongs`, in an array where all after it do too.
    fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
