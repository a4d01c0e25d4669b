/// Similarity of phrasings by their runs of three and four bytes: it sees what words do not, such as "top-up" beside
/// "topping up", compounds, and typing errors that no correction found.
///
/// A run is known by 16 bits of its hash. A collision merges the weights of two runs, which costs a little sharpness and
/// keeps the memory at 256 KiB whatever the knowledge base holds.
struct GramIndex: Sendable {
    private var passageCounts = [UInt32](repeating: 0, count: bucketCount)
    private var weights: [Float] = []
    private var passageCount = 0

    static let bucketCount = 1 << 16

    /// Counts one passage's phrasings.
    mutating func append(_ phrasings: [[UInt8]]) {
        var seen: Set<UInt16> = []
        for phrasing in phrasings { Self.forEachGram(of: phrasing) { seen.insert($0) } }
        for bucket in seen { passageCounts[Int(bucket)] += 1 }
        passageCount += 1
    }

    /// Fixes the weights. Call it once, after the last passage.
    mutating func finish() {
        let count = Float(passageCount)
        weights = passageCounts.map { Approximation.logarithm(1 + (count - Float($0) + 0.5) / (Float($0) + 0.5)) }
        passageCounts = []
    }

    /// The length of a phrasing's vector.
    func norm(of phrasing: [UInt8]) -> Float {
        var sum: Float = 0
        Self.forEachGram(of: phrasing) { sum += weights[Int($0)] * weights[Int($0)] }
        return sum.squareRoot()
    }

    /// Writes the query's vector, scaled to length 1, into `scratch` (of `bucketCount` zeros).
    func load(_ query: [UInt8], into scratch: inout [Float]) {
        let norm = max(norm(of: query), .leastNormalMagnitude)
        Self.forEachGram(of: query) { scratch[Int($0)] = weights[Int($0)] / norm }
    }

    /// Sets `scratch` back to zeros.
    static func clear(_ query: [UInt8], in scratch: inout [Float]) {
        forEachGram(of: query) { scratch[Int($0)] = 0 }
    }

    /// The cosine of the loaded query and a phrasing, 0 to 1.
    func similarity(_ scratch: [Float], to phrasing: [UInt8], norm: Float) -> Float {
        var sum: Float = 0
        Self.forEachGram(of: phrasing) { sum += scratch[Int($0)] * weights[Int($0)] }
        return norm > 0 ? min(1, sum / norm) : 0
    }

    /// The runs of `text` with a space put before and after it.
    private static func forEachGram(of text: [UInt8], _ body: (UInt16) -> Void) {
        guard !text.isEmpty else { return }
        var window: UInt32 = 0x20
        for index in 0...text.count {
            let byte = index < text.count ? text[index] : 0x20
            window = window << 8 | UInt32(byte)
            if index >= 1 { body(bucket(window & 0xFF_FFFF)) }
            if index >= 2 { body(bucket(window)) }
        }
    }

    /// Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, §6.4).
    private static func bucket(_ gram: UInt32) -> UInt16 {
        UInt16(truncatingIfNeeded: (gram &* 0x9E37_79B1) >> 16)
    }
}
