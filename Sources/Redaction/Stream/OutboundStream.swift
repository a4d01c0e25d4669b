/// What a model says to a caller, while it says it, without what the caller may not see: `Redactor.guarded` for a text whose
/// first words must not wait for its last.
///
/// A word is given out at once where nothing can come of it: ordinary letters, and what follows ordinary words. From the
/// first sign of a value on (a digit, a sign of an address, a capital that begins no ordinary word) the text is held until
/// `quietWords` plain words stand behind it, or it ends, so that a value which is cut anywhere is seen whole:
/// ```
/// | given out …   context | plain words: out | "Maria Lopez, 12 Elm" held until plain words follow | tail of a word
///                         ^ done
/// ```
/// What this gives up, against the whole text: a value that begins with ordinary words which nothing announced (a street
/// before its number) is masked from its first sign on only. Who must have the whole text's certainty takes the whole text.
public struct OutboundStream: Sendable {
    /// Bytes before a place that are kept for the words that say what a value is.
    public static let contextBytes = 256
    /// Bytes that are held: past them all is given out, and a value that reaches the end is masked and swallowed to its
    /// next blank.
    public static let heldBytesMax = 4_096
    /// Plain words behind a sign of a value after which it has ended.
    static let quietWords = 3

    /// Whether the caller may have this value all the same, because it sent it.
    public typealias Sparing = (ArraySlice<UInt8>, DetectorType) -> Bool

    private let redactor: Redactor
    private var held: [UInt8] = []
    /// Bytes of `held` that are given out already.
    private var done = 0
    private var isSwallowing = false
    /// What was replaced so far.
    public private(set) var counts: [RedactedText.TypeCount] = []

    /// A stream of one text.
    public init(_ redactor: Redactor) { self.redactor = redactor }

    /// Bytes that wait for what comes behind them.
    public var heldCount: Int { held.count - done }

    /// Takes the next bytes of the text, whole characters, and gives what may be read now.
    public mutating func feed(_ piece: ArraySlice<UInt8>, sparing isSpared: Sparing) -> [UInt8] {
        var piece = piece
        if isSwallowing {
            guard let end = piece.firstIndex(where: Self.isBlank) else { return [] }
            isSwallowing = false
            piece = piece[end...]
        }
        held.append(contentsOf: piece)
        let given = give(upTo: settledEnd(), isSpared)
        return heldCount > Self.heldBytesMax ? given + giveAll(isSpared) : given
    }

    /// Takes the text for ended and gives the rest.
    public mutating func finish(sparing isSpared: Sparing) -> [UInt8] {
        let rest = give(upTo: held.count, isFinal: true, isSpared)
        held = []
        done = 0
        return rest
    }

    // MARK: How far nothing can come of it

    /// The offset up to which no value can begin that is not seen whole.
    private func settledEnd() -> Int {
        var index = done
        var signStart: Int?
        var quiet = 0
        while index < held.count {
            let start = held[index...].firstIndex { !Self.isBlank($0) } ?? held.count
            guard let end = held[start...].firstIndex(where: Self.isBlank) else {
                guard start < held.count else { break }
                return signStart ?? (isOrdinary(start..<held.count) ? held.count : start)
            }
            if isQuiet(start..<end) {
                quiet += 1
                if quiet == Self.quietWords { signStart = nil }
            } else {
                signStart = signStart ?? start
                quiet = 0
            }
            index = end
        }
        return signStart ?? held.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// Letters of a word that the language has and that is in no name: if it is yet to go on, it begins nobody's.
    private func isOrdinary(_ word: Range<Int>) -> Bool {
        word.count >= Self.openBytesMin && held[word].allSatisfy(ByteClass.isLetter) && isNoName(word)
    }

    private func isNoName(_ word: Range<Int>) -> Bool {
        OrdinaryWords.shared.contain(held.span, word)
            && NameList.shared.kinds(held.span, word).isDisjoint(with: .anyName)
    }

    /// Whether a whole word, with its punctuation, is none that a value has; a token that stands for one is not, either.
    private func isQuiet(_ word: Range<Int>) -> Bool {
        var word = word
        while let last = word.last, Self.closing[Int(held[last])] { word = word.lowerBound..<last }
        if isToken(word) { return true }
        if let last = word.last, held[last] == UInt8(ascii: "]") { word = word.lowerBound..<last }
        while let first = word.first, Self.opening[Int(held[first])] { word = first + 1..<word.upperBound }
        if word.isEmpty { return true }
        guard word.count <= Self.quietBytesMax, held[word].allSatisfy(ByteClass.isLetter) else { return false }
        return !held[word].contains(where: ByteClass.isUpper) || isNoName(word)
    }

    /// `[EMAIL_1]`: a capital or more, a low line, digits.
    private func isToken(_ word: Range<Int>) -> Bool {
        guard word.count >= 5, held[word.lowerBound] == UInt8(ascii: "["), let last = word.last,
            held[last] == UInt8(ascii: "]")
        else { return false }
        let inside = held[word.lowerBound + 1..<last]
        guard let line = inside.lastIndex(of: UInt8(ascii: "_")), line > inside.startIndex, line + 1 < inside.endIndex
        else { return false }
        return inside[..<line].allSatisfy { ByteClass.isUpper($0) || $0 == UInt8(ascii: "_") }
            && inside[(line + 1)...].allSatisfy(ByteClass.isDigit)
    }

    /// Bytes of a word: longer rows of letters are keys.
    private static let quietBytesMax = 24
    /// Letters of a word that is given out before its end: with fewer, too many words and names begin so.
    private static let openBytesMin = 4
    private static let closing = table(".,;:!?)'\"")
    private static let opening = table("(['\"")

    private static func table(_ text: String) -> [Bool] {
        var table = [Bool](repeating: false, count: 256)
        for byte in text.utf8 { table[Int(byte)] = true }
        return table
    }

    // MARK: Giving out

    private mutating func give(upTo settled: Int, isFinal: Bool = false, _ isSpared: Sparing) -> [UInt8] {
        guard settled > done else { return [] }
        let findings = redactor.detect(held)
        var cut = settled
        // A value that reaches the cut, or the end of what is here, may be longer than it looks.
        if !isFinal {
            for finding in findings where finding.range.upperBound > done {
                let isOpen = finding.range.upperBound > cut || finding.range.upperBound == held.count
                if isOpen && finding.range.lowerBound < cut { cut = max(done, finding.range.lowerBound) }
            }
        }
        let given = replaced(done..<cut, findings, isSpared)
        trim(to: cut)
        return given
    }

    /// Gives out all that is held: it became too long for a value to be waited for.
    private mutating func giveAll(_ isSpared: Sparing) -> [UInt8] {
        let findings = redactor.detect(held)
        isSwallowing = findings.contains { $0.range.upperBound == held.count && treatment(of: $0, isSpared) != nil }
        let given = replaced(done..<held.count, findings, isSpared)
        trim(to: held.count)
        return given
    }

    private mutating func replaced(_ range: Range<Int>, _ findings: [Finding], _ isSpared: Sparing) -> [UInt8] {
        var redacted = Replacement(of: held, in: range)
        for finding in findings
        where finding.range.upperBound > range.lowerBound && finding.range.lowerBound < range.upperBound {
            guard let said = treatment(of: finding, isSpared) else { continue }
            // One that was not seen before its beginning was given out: what is left of it is not let through.
            redactor.replace(finding.placed(at: finding.range.clamped(to: range)), held, by: said, &redacted)
            RedactedText.count(finding.type, said == .tokenise || said == .block ? .mask : said, in: &counts)
        }
        return redacted.finish()
    }

    /// What becomes of a finding; nil where it is let through.
    private func treatment(of finding: Finding, _ isSpared: Sparing) -> RedactionPolicy.Action? {
        let value = held[finding.range]
        let said = redactor.policy.action(for: finding.type)
        guard said != .allow, !redactor.policy.allowed.contains(value, of: finding.type), !isSpared(value, finding.type)
        else { return nil }
        return said
    }

    /// Forgets what no later value needs for its context.
    private mutating func trim(to cut: Int) {
        var start = max(0, cut - Self.contextBytes)
        while start < cut, start > 0, held[start] & 0xC0 == 0x80 { start += 1 }
        held.removeFirst(start)
        done = cut - start
    }
}
