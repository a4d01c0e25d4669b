/// A question as retrieval sees it: its words, corrected where they are unknown and near a known one.
struct Query {
    /// The rarest known words, for FTS5. Words that more than half of the passages hold are left out where others remain:
    /// they cost the most and FTS5 gives them no weight.
    let matchWords: [[UInt8]]
    /// The known stems, each once, with weight times certainty.
    let stems: [(number: UInt32, weight: Float)]
    /// All words with single spaces between, corrections in place.
    let text: [UInt8]
    /// As `text`, without corrections.
    let literalText: [UInt8]
    /// The stems of all words, without corrections, in their order.
    let literalStems: [[UInt8]]
    /// The share of words that are known, corrected ones included; 0 without words.
    let knownShare: Float

    /// What a corrected word counts beside one that was spelt so.
    private static let correctedCertainty: Float = 0.8

    init(_ bytes: [UInt8], cutter: WordCutter, index: KnowledgeIndex) {
        let words = cutter.words(bytes, limit: AgentLimits.queryWordsMax)
        let stems = cutter.stems(bytes, limit: AgentLimits.queryWordsMax)
        var numbers: [UInt32: Float] = [:]
        var known: [(word: [UInt8], number: UInt32)] = []
        var corrected = words
        var corrections = 0
        for (position, (word, stem)) in zip(words, stems).enumerated() {
            if let number = index.terms.numbers[stem] {
                known.append((word, number))
                numbers[number] = 1
                continue
            }
            corrections += 1
            guard corrections <= AgentLimits.correctionsPerQueryMax,
                let correction = index.corrector.correction(of: word),
                let number = cutter.stems(correction).first.flatMap({ index.terms.numbers[$0] })
            else { continue }
            corrected[position] = correction
            known.append((correction, number))
            numbers[number] = max(numbers[number] ?? 0, Self.correctedCertainty)
        }
        // A dictionary's order is another in each process, and with it the last bit of a sum: a threshold that was measured
        // must find the same confidence when it is in force.
        self.stems = numbers.sorted { $0.key < $1.key }.map {
            (number: $0.key, weight: $0.value * index.terms.weight($0.key))
        }
        matchWords = Self.matchWords(known, index: index)
        literalStems = stems
        knownShare = words.isEmpty ? 0 : Float(known.count) / Float(words.count)
        text = KnowledgeIndex.joined(corrected)
        literalText = KnowledgeIndex.joined(words)
    }

    private static func matchWords(_ known: [(word: [UInt8], number: UInt32)], index: KnowledgeIndex) -> [[UInt8]] {
        let telling = known.filter { !index.terms.isCommon($0.number) }
        var seen: Set<UInt32> = []
        let distinct = (telling.isEmpty ? known : telling).filter { seen.insert($0.number).inserted }
        let rarestFirst = distinct.sorted { index.terms.holding($0.number) < index.terms.holding($1.number) }
        var held = 0
        let affordable = rarestFirst.prefix(AgentLimits.matchWordsMax).prefix { word in
            defer { held += index.terms.holding(word.number) }
            return held == 0 || held + index.terms.holding(word.number) <= AgentLimits.matchRowsMax
        }
        return affordable.map(\.word)
    }
}
