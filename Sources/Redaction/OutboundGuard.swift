/// The way out: what goes to a caller and did not come from it.
extension Redactor {
    /// `text`, which goes to a caller, with what is found in it replaced beyond recall. What the policy blocks or turns into
    /// tokens is masked: on this way nothing is refused, and a token would become what it hides for whoever may have
    /// originals back. Tokens that stand in the text stay.
    ///
    /// Takes any bytes of any length, so that an answer cannot fail.
    /// - Parameter isSpared: whether the caller may have this value all the same, because it sent it.
    /// - Returns: the same array where nothing was replaced; what was found in it, and what was replaced.
    /// - Complexity: linear in the text.
    public func guarded(
        _ text: [UInt8], sparing isSpared: (ArraySlice<UInt8>, DetectorType) -> Bool = { _, _ in false }
    ) -> RedactedText {
        let findings = detect(text)
        guard !findings.isEmpty else { return RedactedText(bytes: text, findings: [], counts: []) }
        var redacted = Replacement(of: text)
        var counts: [RedactedText.TypeCount] = []
        for finding in findings {
            let value = text[finding.range]
            let said = policy.action(for: finding.type)
            guard said != .allow, !policy.allowed.contains(value, of: finding.type), !isSpared(value, finding.type)
            else { continue }
            replace(finding, text, by: said, &redacted)
            RedactedText.count(finding.type, said == .tokenise || said == .block ? .mask : said, in: &counts)
        }
        return RedactedText(bytes: counts.isEmpty ? text : redacted.finish(), findings: findings, counts: counts)
    }

    /// The types of what is found in `text` and is not allowed, where the policy does anything with them in any scope; one for
    /// each finding. Where there are none, `guarded` leaves the text as it is, whosever it is.
    /// - Complexity: linear in the text.
    public func touched(in text: [UInt8]) -> [DetectorType] {
        detect(text).filter { finding in
            policy.touches(finding.type) && !policy.allowed.contains(text[finding.range], of: finding.type)
        }.map(\.type)
    }
}

/// Personal values that a caller sent, so that an answer may show them.
public struct SentValues: Sendable {
    private var texts: [(bytes: [UInt8], findings: [Finding])] = []

    /// Nothing was sent.
    public init() {}

    /// Takes what was found in a text that the caller sent. Costs nothing where that is nothing.
    public mutating func add(_ text: [UInt8], _ findings: [Finding]) {
        if !findings.isEmpty { texts.append((text, findings)) }
    }

    /// Whether the caller sent `value`, as the same or as another type: two writings of a value are told apart as they are for
    /// values that a policy allows.
    ///
    /// Only what was found in the caller's texts counts, and not whatever stands in them: a long row of digits holds any short
    /// number, and must not be the way to see somebody else's.
    /// - Complexity: linear in what was found.
    public func contains(_ value: ArraySlice<UInt8>, _ type: DetectorType) -> Bool {
        guard !texts.isEmpty else { return false }
        let normal = AllowedValues.normalForm(of: value, type)
        return texts.contains { text in
            text.findings.contains { AllowedValues.normalForm(of: text.bytes[$0.range], type) == normal }
        }
    }
}
