/// Finds the known word that a mistyped one was meant to be.
///
/// The measure is the optimal string alignment distance (Damerau, 1964: insert, delete, replace, swap neighbours), bounded
/// by the word's length: one error from 4 bytes on, two from 8 on. Shorter words have too many neighbours.
struct SpellingCorrector: Sendable {
    struct Word: Sendable {
        let bytes: [UInt8]
        /// A bit for each letter that occurs, to skip most words without looking closer.
        let letters: UInt32
        /// The passages that hold the word's stem.
        let frequency: Int

        init(_ bytes: [UInt8], frequency: Int) {
            self.bytes = bytes
            self.frequency = frequency
            letters = Self.letters(of: bytes)
        }

        static func letters(of bytes: [UInt8]) -> UInt32 {
            bytes.reduce(0) { $0 | 1 << UInt32($1 & 31) }
        }
    }

    static let wordBytesMin = 4
    static let wordBytesMax = 32
    private static let twoErrorsBytesMin = 8

    private let words: [Word]

    /// - Parameter words: known words; the most frequent `AgentLimits.correctionWordsMax` of usable length are kept.
    init(_ words: [Word]) {
        let usable = words.filter { (Self.wordBytesMin...Self.wordBytesMax).contains($0.bytes.count) }
        let sorted = usable.sorted {
            $0.frequency != $1.frequency
                ? $0.frequency > $1.frequency : $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
        self.words = Array(sorted.prefix(AgentLimits.correctionWordsMax))
    }

    /// The nearest known word within the bound, or nil: fewest errors first, then the same first letter (people rarely
    /// miss it), then the more frequent word.
    /// - Complexity: linear in the known words, at a few nanoseconds for each that its letters rule out.
    func correction(of word: [UInt8]) -> [UInt8]? {
        guard (Self.wordBytesMin...Self.wordBytesMax).contains(word.count) else { return nil }
        guard !word.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        let errorsMax = word.count < Self.twoErrorsBytesMin ? 1 : 2
        let letters = Word.letters(of: word)
        var best: (rank: Int, bytes: [UInt8])?
        for known in words where abs(known.bytes.count - word.count) <= errorsMax {
            // One error changes at most two letters of the set.
            guard (known.letters ^ letters).nonzeroBitCount <= 2 * errorsMax else { continue }
            guard let errors = Self.distance(word, known.bytes, max: errorsMax) else { continue }
            let rank = errors * 2 + (known.bytes[0] == word[0] ? 0 : 1)
            if best.map({ rank < $0.rank }) ?? true { best = (rank, known.bytes) }
        }
        return best?.bytes
    }

    /// The optimal string alignment distance, or nil where it is above `max`.
    static func distance(_ left: [UInt8], _ right: [UInt8], max bound: Int) -> Int? {
        guard abs(left.count - right.count) <= bound else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in 0..<left.count {
            var row = [Int](repeating: i + 1, count: right.count + 1)
            for j in 0..<right.count {
                let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
                var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row[j + 1] = cost
            }
            if row.allSatisfy({ $0 > bound }) { return nil }
            (beforeLast, last) = (last, row)
        }
        return last[right.count] <= bound ? last[right.count] : nil
    }
}
