internal import Redaction

/// What a model says, in any pieces: what is held is bounded, and where nothing is to be done every byte comes through.
///
/// The first byte makes the pieces; the rest is the text.
enum OutboundStreamTarget {
    private static let redactor = makeRedactor()

    static func run(_ input: [UInt8]) {
        guard let seed = input.first else { return }
        let text = Array(input.dropFirst())
        precondition(through(text, Int(seed), sparing: true) == text, "what the caller sent comes through")
        let masked = through(text, Int(seed), sparing: false)
        // Marks are at most as long as a type's name, and a value has a byte at least.
        precondition(masked.count <= 64 * (text.count + 1), "marks are short")
    }

    private static func through(_ text: [UInt8], _ seed: Int, sparing isSpared: Bool) -> [UInt8] {
        var stream = OutboundStream(redactor)
        var output: [UInt8] = []
        var pieces = Pieces(text, seed)
        while let piece = pieces.next() {
            output += stream.feed(piece[...]) { _, _ in isSpared }
            precondition(stream.heldCount <= OutboundStream.heldBytesMax, "what is held is bounded")
        }
        return output + stream.finish { _, _ in isSpared }
    }

    private static func makeRedactor() -> Redactor {
        let text = "{version: 1, confidence_min_ppm: 500000, otherwise: \"mask\", types: {}}"
        guard let policy = try? RedactionPolicy.parse(Array(text.utf8)) else {
            preconditionFailure("a policy that is written here parses")
        }
        return Redactor(policy: policy)
    }
}
