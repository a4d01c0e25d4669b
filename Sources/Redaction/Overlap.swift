/// Keeps the better of findings that overlap: the more confident one, then the longer one, then the one that came first.
///
/// Candidates come in the order of their triggers, which is nearly that of their places: only a value that is found
/// from its middle (an e-mail address by its `@`) reaches back.
struct Overlap {
    private(set) var findings: [Finding] = []

    mutating func add(_ candidate: Finding) {
        var kept = findings.count
        while kept > 0, findings[kept - 1].range.upperBound > candidate.range.lowerBound {
            guard Self.isBetter(candidate, than: findings[kept - 1]) else { return }
            kept -= 1
        }
        findings.removeLast(findings.count - kept)
        findings.append(candidate)
    }

    private static func isBetter(_ candidate: Finding, than other: Finding) -> Bool {
        guard candidate.confidencePPM == other.confidencePPM else {
            return candidate.confidencePPM > other.confidencePPM
        }
        return candidate.range.count > other.range.count
    }
}
