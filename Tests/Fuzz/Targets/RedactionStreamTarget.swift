internal import Redaction

/// A text in any pieces: the stream gives what the whole text gives, and tells the same of it.
///
/// The first byte chooses the redactor and the second the pieces; the rest is the text.
enum RedactionStreamTarget {
    private static let redactors = ["mask", "replace", "tokenise"].flatMap { action in
        ["", "EMAIL_ADDRESS: \"allow\""].map { types in Redactor(policy: policy(action, types)) }
    }
    /// What stands around the text, more than a stream looks ahead, so that it comes to a cut on either side of each
    /// value. Bytes that start nothing, so that the time is the text's.
    private static let filler = Array("; ".utf8).repeated(RedactionStream.lookaheadBytes * 3 / 5)

    static func run(_ input: [UInt8]) {
        guard input.count > 2 else { return }
        let redactor = redactors[Int(input[0]) % redactors.count]
        let text = filler + input[2...] + [UInt8(ascii: "\n")] + filler
        var vault = Vault()
        guard let whole = try? redactor.redact(text, into: &vault) else { return }
        guard let (streamed, found) = stream(text, Int(input[1]), redactor, isExplaining: false),
            let (explained, told) = stream(text, Int(input[1]) &* 7, redactor, isExplaining: true)
        else { preconditionFailure("a text that is redacted whole is redacted in pieces") }
        precondition(found.isEmpty && streamed == explained, "explaining changes nothing")
        // A stream keeps tokens that stand in the text from being given out only from where it has read them.
        guard input.count < RedactionStream.valueBytesMax, !text.contains(where: { "[({<&%_\\［（【".utf8.contains($0) })
        else { return }
        precondition(streamed == whole.bytes, "pieces give what the whole gives")
        precondition(told.compactMap { $0.explained?.finding } == whole.findings, "pieces tell what the whole tells")
    }

    private static func stream(
        _ text: [UInt8], _ seed: Int, _ redactor: Redactor, isExplaining: Bool
    ) -> ([UInt8], [StreamedFinding])? {
        // Each step looks at all that is held: many short ones would leave the fuzzer no time.
        var stream = RedactionStream(redactor, stepBytes: 200 + seed % 800, isExplaining: isExplaining)
        var vault = Vault()
        var output: [UInt8] = []
        var found: [StreamedFinding] = []
        var pieces = Pieces(text, seed)
        while let piece = pieces.next() {
            guard let part = try? stream.feed(piece, into: &vault) else { return nil }
            output += part
            precondition(stream.heldCount <= RedactionStream.heldBytesMax, "what is held is bounded")
            found += stream.takeFindings()
        }
        guard let rest = try? stream.finish(into: &vault) else { return nil }
        return (output + rest, found + stream.takeFindings())
    }

    private static func policy(_ otherwise: String, _ types: String) -> RedactionPolicy {
        let text = "{version: 1, confidence_min_ppm: 500000, otherwise: \"\(otherwise)\", types: {\(types)}}"
        guard let policy = try? RedactionPolicy.parse(Array(text.utf8)) else {
            preconditionFailure("a policy that is written here parses")
        }
        return policy
    }
}

extension [UInt8] {
    /// These bytes, `count` times.
    fileprivate func repeated(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in self } }
}

/// A text cut into pieces by a seed.
struct Pieces {
    private let text: [UInt8]
    private var start = 0
    private var state: UInt32?

    /// - Parameter seed: nil for one piece.
    init(_ text: [UInt8], _ seed: Int?) {
        self.text = text
        state = seed.map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761 | 1) }
    }

    /// The next piece, of 1 to 64 bytes; nil at the end.
    mutating func next() -> [UInt8]? {
        guard start < text.count else { return nil }
        let end = min(text.count, start + nextCount())
        defer { start = end }
        return Array(text[start..<end])
    }

    private mutating func nextCount() -> Int {
        guard var random = state else { return text.count }
        // Marsaglia's xorshift.
        random ^= random << 13
        random ^= random >> 17
        random ^= random << 5
        state = random
        return 1 + Int(random % 64)
    }
}
