/// What a stream found in a text, and where its replacement stands.
public struct StreamedFinding: Equatable, Sendable {
    /// The finding, with offsets of the whole text; of a value that was too long to be held only its beginning, and nil
    /// where more of it was swallowed.
    public let explained: ExplainedFinding?
    /// Where the replacement stands in all that the stream gave out. Empty where nothing was replaced.
    public let replacement: Range<Int>
    /// Offset in the text of what was given out behind the replacement.
    public internal(set) var resumesAt: Int
}

extension ExplainedFinding {
    /// The finding moved by `base`, and without what lies before `start`.
    func moved(by base: Int, from start: Int) -> ExplainedFinding {
        let range = max(finding.range.lowerBound, start) + base..<finding.range.upperBound + base
        return ExplainedFinding(finding: finding.placed(at: range), action: action, explanation: explanation)
    }

    /// The beginning, at `range`, of a value that never ended.
    init(tooLong type: DetectorType, at range: Range<Int>, action: RedactionPolicy.Action) {
        self.init(
            finding: Finding(range: range, type: type, confidencePPM: 1_000_000), action: action,
            explanation: Explanation(
                detector: "\(type.auditLabel).unending",
                reason: "begins as such a value does, and is too long to be held"))
    }
}

extension Finding {
    /// The same at another place.
    func placed(at range: Range<Int>) -> Finding {
        Finding(
            range: range, type: type, confidencePPM: confidencePPM, isDisguised: isDisguised, recogniser: recogniser)
    }
}
