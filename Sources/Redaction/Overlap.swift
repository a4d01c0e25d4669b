/// Keeps the better of findings that overlap: the more confident one, then the longer one, then the one that came first.
///
/// Candidates come in the order of their triggers, which is nearly that of their places: a value that is found from its
/// middle (an e-mail address by its `@`) reaches back, and one that a word announces stands some way ahead.
struct Overlap {
    private(set) var findings: [Finding] = []

    mutating func add(_ candidate: Finding) {
        var end = findings.count
        while end > 0, findings[end - 1].range.lowerBound >= candidate.range.upperBound { end -= 1 }
        var start = end
        while start > 0, findings[start - 1].range.upperBound > candidate.range.lowerBound {
            guard Self.isBetter(candidate, than: findings[start - 1]) else { return }
            start -= 1
        }
        if start == findings.count {
            findings.append(candidate)
        } else {
            findings.replaceSubrange(start..<end, with: CollectionOfOne(candidate))
        }
    }

    private static func isBetter(_ candidate: Finding, than other: Finding) -> Bool {
        guard candidate.confidencePPM == other.confidencePPM else {
            return candidate.confidencePPM > other.confidencePPM
        }
        return candidate.range.count > other.range.count
    }
}
