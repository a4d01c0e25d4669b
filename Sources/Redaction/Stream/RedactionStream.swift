internal import JSON

/// Redacts a text that comes in pieces, wherever it is cut, with bounded memory.
///
/// The outcome is that of `Redactor.redact` on the whole text, but for what no bounded look-back can know:
/// - A value of more than `valueBytesMax` bytes is masked as its type, whatever the policy says but `block`, and
///   swallowed to its end. It is never let through.
/// - A token that stands literally in the text is kept from being given out from where the stream has read it, not from
///   the beginning.
/// - `blocked` is thrown when the stream comes to the place; what was before it is already given out.
///
/// A byte is given out once `lookaheadBytes` more were seen, since by then no value that it is a part of can be unseen:
/// ```
/// | given out …    context | held: being looked at                    lookahead |  not yet fed
///                          ^ done                     ^ cut: given out next
/// ```
/// Where a value reaches over the cut, or one without a greatest length may have begun before it (`LongValue`), the
/// cut is moved to its beginning.
public struct RedactionStream: ~Copyable, Sendable {
    /// Bytes of the longest value with a greatest length: an e-mail address of 64 + 1 + 255 characters (RFC 5321
    /// §4.5.3.1), each written as a character reference of eight bytes such as `&#x0041;`.
    public static let lookaheadBytes = 2_560
    /// Bytes before a place, at least, that are kept for the words that say what a value is: the 64 that `Context` looks
    /// at, written as above. Twice as many are kept where no word starts among them.
    public static let contextBytes = 512
    /// Bytes that are waited for before the held text is looked at again. Fewer give a text out sooner and look at each
    /// byte more often.
    public static let stepBytesDefault = 1_024
    /// Bytes of the longest value that is held to be seen whole: 64 KiB, some ten times the longest key file in use.
    public static let valueBytesMax = 65_536
    /// Bytes that are held at most, context included.
    public static let heldBytesMax = 2 * contextBytes + valueBytesMax + lookaheadBytes

    private enum State {
        case reading
        case swallowing(LongValueRest)
        case refused(RedactionError)
    }

    private let redactor: Redactor
    private let stepBytes: Int
    private let longValues: [LongValue]
    private let reservesTokens: Bool
    private let isExplaining: Bool
    private var state = State.reading
    private var held = WipedBytes()
    /// What the policy's own types found in `held` up to `done`.
    private var matches = CustomMatches()
    /// Bytes of `held` that are given out already.
    private var done = 0
    /// Bytes of `held` at which it is looked at again.
    private var threshold: Int
    /// Offset in the text of the first byte of `held`.
    private var base = 0
    /// What was replaced so far, by type in the order of first occurrence.
    public private(set) var counts: [RedactedText.TypeCount] = []
    /// Bytes of the redacted text given out so far.
    private var givenBytes = 0
    private var findings: [StreamedFinding] = []

    /// A stream of one text.
    /// - Parameter isExplaining: whether it keeps what it finds for `takeFindings`, and masks what the policy blocks, so
    ///   that all of a text can be looked at.
    public init(_ redactor: Redactor, stepBytes: Int = stepBytesDefault, isExplaining: Bool = false) {
        self.redactor = redactor
        self.isExplaining = isExplaining
        self.stepBytes = max(1, stepBytes)
        longValues = LongValue.allCases.filter { value in
            DetectorType(value.typeName).map { redactor.policy.action(for: $0) != .allow } ?? true
        }
        reservesTokens = redactor.policy.types.contains { redactor.policy.action(for: $0) == .tokenise }
        threshold = Self.threshold(after: 0, done: 0, self.stepBytes)
    }

    /// Bytes that are held now, context included.
    public var heldCount: Int { held.bytes.count }

    /// Offset in the text before which nothing is found any more.
    public var settledOffset: Int { base }

    /// What was found in what was given out since the last call, in order.
    public mutating func takeFindings() -> [StreamedFinding] {
        var taken: [StreamedFinding] = []
        swap(&taken, &findings)
        return taken
    }

    /// Takes the next bytes of the text, any number, and gives those of the redacted text that are certain.
    /// - Throws: `RedactionError` but `textTooLong`; from then on the stream throws the same and holds nothing.
    /// - Complexity: linear in `chunk`.
    public mutating func feed(_ chunk: [UInt8], into vault: inout Vault) throws(RedactionError) -> [UInt8] {
        var output: [UInt8] = []
        var start = 0
        while start < chunk.count {
            switch state {
            case .refused(let error): throw error
            case .swallowing(var rest):
                let (next, hasEnded) = rest.skip(chunk, from: start)
                base += next - start
                start = next
                state = hasEnded ? .reading : .swallowing(rest)
                noteSwallowed()
            case .reading:
                let end = min(chunk.count, start + max(1, threshold - held.bytes.count))
                held.append(chunk[start..<end])
                start = end
                if held.bytes.count >= threshold { try advance(isFinal: false, into: &vault, &output) }
            }
        }
        return output
    }

    /// Takes the text for ended and gives the rest. The stream is then ready for another text; `counts` go on.
    /// - Throws: as `feed` does.
    public mutating func finish(into vault: inout Vault) throws(RedactionError) -> [UInt8] {
        var output: [UInt8] = []
        switch state {
        case .refused(let error): throw error
        case .swallowing: break
        case .reading: try advance(isFinal: true, into: &vault, &output)
        }
        state = .reading
        held = WipedBytes()
        matches = CustomMatches()
        done = 0
        base = 0
        givenBytes = 0
        threshold = Self.threshold(after: 0, done: 0, stepBytes)
        return output
    }

    private mutating func refuse(_ error: RedactionError) -> RedactionError {
        state = .refused(error)
        held = WipedBytes()
        matches = CustomMatches()
        done = 0
        return error
    }

    private mutating func advance(
        isFinal: Bool, into vault: inout Vault, _ output: inout [UInt8]
    ) throws(RedactionError) {
        let next: Next
        do throws(RedactionError) {
            next = try look(isFinal: isFinal, into: &vault, &output)
        } catch {
            throw refuse(error)
        }
        held.removeFirst(next.dropped)
        base += next.dropped
        done = next.done
        if let rest = next.rest { state = .swallowing(rest) }
        // What is held for a long value doubles from look to look, so that looking stays linear.
        let heldLong = max(0, held.bytes.count - done - Self.lookaheadBytes)
        threshold = Self.threshold(after: held.bytes.count + heldLong, done: done, stepBytes)
    }

    private static func threshold(after count: Int, done: Int, _ stepBytes: Int) -> Int {
        min(max(count, lookaheadBytes) + stepBytes, done + valueBytesMax + lookaheadBytes)
    }

    /// How it goes on behind a look.
    private struct Next {
        /// Bytes of `held` that are no longer needed.
        let dropped: Int
        /// Of the others, those that are given out.
        let done: Int
        var rest: LongValueRest?
    }

    /// Looks at what is held and gives out what is certain. Changes nothing of `held`: its array is shared here, and
    /// would be left behind.
    private mutating func look(
        isFinal: Bool, into vault: inout Vault, _ output: inout [UInt8]
    ) throws(RedactionError) -> Next {
        let text = held.bytes
        let explained = isExplaining ? redactor.explain(text, &matches) : []
        let findings = isExplaining ? explained.map(\.finding) : redactor.detect(text, &matches)
        let cut = isFinal ? Cut(offset: text.count) : cut(text, findings)
        try give(text, upTo: cut.offset, findings, explained, into: &vault, &output)
        if text.count - cut.offset >= Self.valueBytesMax + Self.lookaheadBytes {
            matches = CustomMatches()
            return try giveUp(on: cut, in: text, &output)
        }
        let start = Self.contextStart(text, before: cut.offset)
        matches.goOn(after: cut.offset, dropping: start)
        return Next(dropped: start, done: cut.offset - start)
    }

    // MARK: Where to cut

    /// Where to stop giving out, and what kept it from being later.
    private struct Cut {
        var offset: Int
        var finding: Finding?
        var longValue: LongValue?
    }

    private func cut(_ text: [UInt8], _ findings: [Finding]) -> Cut {
        var cut = Cut(offset: Self.characterStart(text, text.count - Self.lookaheadBytes))
        for value in longValues {
            if let start = value.openStart(text.span, in: done..<max(done, cut.offset)) {
                cut = Cut(offset: start, longValue: value)
            }
        }
        let straddling = findings.first {
            $0.range.lowerBound < cut.offset && cut.offset < $0.range.upperBound
        }
        if let straddling { cut = Cut(offset: straddling.range.lowerBound, finding: straddling) }
        cut.offset = max(cut.offset, done)
        return cut
    }

    /// `offset`, or the beginning of the character that it is within.
    private static func characterStart(_ text: [UInt8], _ offset: Int) -> Int {
        var start = offset
        while start > 0, offset - start < 3, text[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    // MARK: Giving out

    private mutating func give(
        _ text: [UInt8], upTo cut: Int, _ findings: [Finding], _ explained: [ExplainedFinding],
        into vault: inout Vault, _ output: inout [UInt8]
    ) throws(RedactionError) {
        let found = findings.indices.filter {
            findings[$0].range.upperBound > done && findings[$0].range.lowerBound < cut
        }
        if !isExplaining { try redactor.refuseBlocked(found.map { findings[$0] }, in: text) }
        if reservesTokens {
            try vault.learn(redactor.policy.custom)
            try vault.reserveTokens(in: text.span.extracting(done..<text.count))
        }
        var redacted = Replacement(of: text, in: done..<cut)
        for index in found {
            // One that the window before did not see: what is left of it is not let through.
            let rest = findings[index].range.clamped(to: done..<text.count)
            redacted.copy(upTo: rest.lowerBound)
            let start = givenBytes + redacted.count
            try redactor.treat(findings[index].placed(at: rest), text, into: &vault, &redacted, &counts)
            if isExplaining { note(explained[index], start..<givenBytes + redacted.count) }
        }
        let given = redacted.finish()
        givenBytes += given.count
        output.append(contentsOf: given)
    }

    private mutating func note(_ explained: ExplainedFinding, _ replacement: Range<Int>) {
        let moved = explained.moved(by: base, from: done)
        let end = replacement.isEmpty ? moved.finding.range.lowerBound : moved.finding.range.upperBound
        findings.append(StreamedFinding(explained: moved, replacement: replacement, resumesAt: end))
    }

    /// Notes how far the text was swallowed.
    private mutating func noteSwallowed() {
        guard isExplaining else { return }
        if let last = findings.indices.last, findings[last].replacement.upperBound == givenBytes {
            findings[last].resumesAt = base
        } else {
            findings.append(
                StreamedFinding(explained: nil, replacement: givenBytes..<givenBytes, resumesAt: base))
        }
    }

    /// Masks the value at the cut, which is too long to be held, and says how the rest of it is swallowed.
    private mutating func giveUp(
        on cut: Cut, in text: [UInt8], _ output: inout [UInt8]
    ) throws(RedactionError) -> Next {
        let type = cut.finding?.type ?? cut.longValue.flatMap { DetectorType($0.typeName) }
        if let type {
            switch redactor.policy.action(for: type) {
            case .block where !isExplaining: throw .blocked(types: [type])
            case .allow:
                let end = Self.characterStart(text, text.count - Self.lookaheadBytes)
                output.append(contentsOf: text[cut.offset..<end])
                givenBytes += end - cut.offset
                return Next(dropped: end, done: 0)
            case .mask, .replace, .hash, .tokenise, .block: RedactedText.count(type, .mask, in: &counts)
            }
        }
        let outputStart = output.count
        output.append(UInt8(ascii: "<"))
        output.append(contentsOf: (type?.name ?? cut.longValue.map { "\($0.typeName)" } ?? "REDACTED").utf8)
        output.append(UInt8(ascii: ">"))
        var rest = LongValueRest(of: cut.longValue)
        let (next, hasEnded) = rest.skip(text, from: max(cut.offset, cut.finding?.range.upperBound ?? 0))
        let start = givenBytes
        givenBytes += output.count - outputStart
        if isExplaining, let type {
            let explained = ExplainedFinding(
                tooLong: type, at: cut.offset + base..<next + base, action: redactor.policy.action(for: type))
            findings.append(
                StreamedFinding(explained: explained, replacement: start..<givenBytes, resumesAt: next + base))
        }
        return Next(dropped: next, done: 0, rest: hasEnded ? nil : rest)
    }

    /// The beginning of a word, so that the window begins as a text might; without one, of a character.
    private static func contextStart(_ text: [UInt8], before cut: Int) -> Int {
        let latest = cut - contextBytes
        guard latest > 0 else { return 0 }
        let earliest = max(1, latest - contextBytes)
        for start in stride(from: latest, through: earliest, by: -1) where ByteClass.isLetter(text[start]) {
            if text[start - 1] == UInt8(ascii: " ") || text[start - 1] == UInt8(ascii: "\n") { return start }
        }
        return characterStart(text, latest)
    }
}

extension DetectorType {
    fileprivate init?(_ name: StaticString) {
        guard let index = Catalogue.detectors.firstIndex(where: { "\($0.name)" == "\(name)" }) else { return nil }
        self.init(index: UInt8(index))
    }
}
