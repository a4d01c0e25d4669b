internal import Bytes

/// How well findings meet what people have labelled, over many rows.
///
/// Counted in characters (Unicode scalars) for what leaks and what is redacted for nothing, white space and invisible
/// characters counting nowhere; and in places for precision and recall by type.
public struct Evaluation: Sendable {
    /// Counts of one type, or of all.
    public struct Tally: Sendable {
        /// Labelled places; those of them touched by a finding of their type; those of which no character was left.
        public var labelled = 0, found = 0, whole = 0
        /// Findings of the type that touch a place labelled so, and those that do not and are not neutral.
        public var right = 0, wrong = 0
        /// Labelled characters, and those of them that were left.
        public var characters = 0, leaked = 0

        /// Share of findings that are right; nil without findings.
        public var precision: Double? { Evaluation.share(right, of: right + wrong) }
        /// Share of labelled places that were found; nil without any.
        public var recall: Double? { Evaluation.share(found, of: labelled) }
        /// The harmonic mean of both; nil where one is.
        public var f1: Double? {
            guard let precision, let recall else { return nil }
            return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
        }
        /// Share of labelled characters that were left, whatever type was found; nil without any.
        public var leak: Double? { Evaluation.share(leaked, of: characters) }
    }

    /// All types together.
    public private(set) var total = Tally()
    /// By the type's name.
    public private(set) var types: [[UInt8]: Tally] = [:]
    /// Rows, those without labelled places, and those of them in which something was redacted that is not neutral.
    public private(set) var rows = 0, emptyRows = 0, emptyRowsTouched = 0
    /// Decoys, and those of which a character was redacted.
    public private(set) var decoys = 0, decoysTouched = 0
    /// Characters that are neither labelled nor neutral, and those of them that were redacted.
    public private(set) var otherCharacters = 0, otherRedacted = 0

    /// Begins with nothing.
    public init() {}

    /// The mean of the types' leak rates; nil without any.
    public var leakMeanOfTypes: Double? {
        let leaks = types.values.compactMap(\.leak)
        return leaks.isEmpty ? nil : leaks.reduce(0, +) / Double(leaks.count)
    }
    /// Share of the other characters that was redacted.
    public var overRedaction: Double? { Self.share(otherRedacted, of: otherCharacters) }
    /// Share of rows without personal data that were touched.
    public var emptyRowsTouchedShare: Double? { Self.share(emptyRowsTouched, of: emptyRows) }
    /// Share of decoys that were touched.
    public var decoysTouchedShare: Double? { Self.share(decoysTouched, of: decoys) }

    /// Adds a row and what was found in it.
    public mutating func add(_ row: GoldRow, findings: [Finding]) {
        let found = findings.map { GoldRow.Span($0.range, type: Array($0.type.name.utf8)) }
        let marks = Marks(row, found)
        rows += 1
        for span in row.spans {
            let (characters, leaked) = marks.count(span.range)
            let isFound = found.contains { $0.type == span.type && $0.range.overlaps(span.range) }
            add(to: span.type) {
                $0.labelled += 1
                $0.found += isFound ? 1 : 0
                $0.whole += leaked == 0 ? 1 : 0
                $0.characters += characters
                $0.leaked += leaked
            }
        }
        var isTouched = false
        for finding in found {
            let touches = { (span: GoldRow.Span) in span.range.overlaps(finding.range) }
            if row.spans.contains(where: { $0.type == finding.type && touches($0) }) {
                add(to: finding.type) { $0.right += 1 }
            } else if row.spans.contains(where: touches) || !row.neutral.contains(where: touches) {
                add(to: finding.type) { $0.wrong += 1 }
                isTouched = true
            }
        }
        if row.spans.isEmpty {
            emptyRows += 1
            emptyRowsTouched += isTouched ? 1 : 0
        }
        decoys += row.decoys.count
        decoysTouched += row.decoys.count { marks.isRedacted(anyOf: $0.range) }
        let (others, redacted) = marks.countOthers()
        otherCharacters += others
        otherRedacted += redacted
    }

    private mutating func add(to type: [UInt8], _ change: (inout Tally) -> Void) {
        change(&total)
        change(&types[type, default: Tally()])
    }

    static func share(_ part: Int, of whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
}

/// The characters of a row that count: where each begins, and what was labelled and what was redacted of it.
private struct Marks {
    private let starts: [Int]
    private let counts: [Bool]
    private var isRedacted: [Bool]
    private var isOther: [Bool]

    init(_ row: GoldRow, _ found: [GoldRow.Span]) {
        starts = ScalarOffsets.starts(of: row.text).dropLast()
        counts = String(decoding: row.text, as: UTF8.self).unicodeScalars.map(Self.isVisible)
        isRedacted = [Bool](repeating: false, count: starts.count)
        isOther = [Bool](repeating: true, count: starts.count)
        for span in found { for index in indices(span.range) { isRedacted[index] = true } }
        for span in row.spans + row.neutral { for index in indices(span.range) { isOther[index] = false } }
    }

    /// The visible characters in `range`, and those of them that were left.
    func count(_ range: Range<Int>) -> (all: Int, left: Int) {
        let visible = indices(range).filter { counts[$0] }
        return (visible.count, visible.count { !isRedacted[$0] })
    }

    /// Whether a visible character in `range` was redacted.
    func isRedacted(anyOf range: Range<Int>) -> Bool { indices(range).contains { counts[$0] && isRedacted[$0] } }

    /// The visible characters that nobody labelled, and those of them that were redacted.
    func countOthers() -> (all: Int, redacted: Int) {
        let others = starts.indices.filter { counts[$0] && isOther[$0] }
        return (others.count, others.count { isRedacted[$0] })
    }

    private func indices(_ range: Range<Int>) -> Range<Int> {
        index(of: range.lowerBound)..<index(of: range.upperBound)
    }

    /// The first character that begins at `offset` or behind it.
    private func index(of offset: Int) -> Int { min(starts.end { $0 < offset }, counts.count) }

    /// White space, controls and invisible format characters hold nothing that can leak.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.properties.isWhitespace else { return false }
        return switch scalar.properties.generalCategory {
        case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
