/// Why something was found, in words that need no look at the program. Holds nothing of the text.
public struct Explanation: Equatable, Sendable {
    /// Which recogniser of which type: `iban_code.country_and_digits`.
    public let detector: String
    /// What was matched, which check held, and which word named it: one sentence part without a full stop.
    public let reason: String
}

/// A finding, what the policy does with it, and why it was found.
public struct ExplainedFinding: Equatable, Sendable {
    /// The finding, with offsets of the text.
    public let finding: Finding
    /// `allow` where the value is among those that the policy allows.
    public let action: RedactionPolicy.Action
    /// Why.
    public let explanation: Explanation
}

extension Redactor {
    /// What `detect` finds, each with what the policy does with it and why it was found.
    /// - Complexity: linear in the text; some more than `detect`.
    public func explain(_ text: [UInt8]) -> [ExplainedFinding] {
        var matches = CustomMatches()
        return explain(text, &matches)
    }

    /// The same, where `matches` is as `detect` has it.
    func explain(_ text: [UInt8], _ matches: inout CustomMatches) -> [ExplainedFinding] {
        let view = Normaliser.view(of: text.span)
        let explained = Normaliser.explanations(in: text.span, view, by: scanner).filter {
            !HashMark.holds(text.span, $0.0.range, policy.custom)
        }
        matches.look(policy.custom, in: text.span, view, confidencePPMMin: policy.confidencePPMMin)
        let settled = Ownership.settle(explained.map(\.0), matches.findings, in: text.span)
        var place = 0
        return settled.compactMap { finding in
            while place < explained.count, explained[place].0.range.upperBound <= finding.range.lowerBound { place += 1 }
            let explanation =
                policy.custom.first { $0.type == finding.type }.map { Explanation(of: finding, $0) }
                ?? (place < explained.count ? explained[place].1 : nil)
            return explanation.map {
                ExplainedFinding(finding: finding, action: action(for: finding, in: text), explanation: $0)
            }
        }
    }

    /// What the policy does with a finding of `text`.
    func action(for finding: Finding, in text: [UInt8]) -> RedactionPolicy.Action {
        policy.allowed.contains(text[finding.range], of: finding.type) ? .allow : policy.action(for: finding.type)
    }
}

extension Explanation {
    /// The explanation of what a pattern of the policy found.
    init(of found: Finding, _ custom: CustomType) {
        detector = "\(custom.type.auditLabel).pattern"
        var parts = ["fits the policy's pattern"]
        if let validator = custom.validator { parts.append("passes the check \(validator.rawValue)") }
        if found.confidencePPM > custom.confidencePPM { parts.append("named by a word of its context before") }
        if found.isDisguised { parts.append("written in a disguise, or a part of it is another value's") }
        reason = parts.joined(separator: "; ")
    }

    /// The explanation of `found`, whose offsets are those of `view`: the text in which it was seen.
    init(of found: Finding, in view: Span<UInt8>, isDisguised: Bool) {
        let row = found.type.detector
        let recognition = row.recognisers[Int(found.recogniser)]
        detector = "\(row.auditLabel).\(recognition.name)"
        var parts = [recognition.reason]
        if let word = Self.namingWord(found.range, in: view, among: recognition.labels) { parts.append(word) }
        if isDisguised { parts.append("written in a disguise, such as escapes or other scripts' characters") }
        reason = parts.joined(separator: "; ")
    }

    /// The label before the value that speaks for it, or else behind it. Its name is ours and not the text's.
    private static func namingWord(_ range: Range<Int>, in view: Span<UInt8>, among labels: LabelSet) -> String? {
        let wanted = Label.allCases.filter { labels.contains($0) }
        let before = wanted.map { Context.shared.nearest(view, before: range.lowerBound, only: $0) }
            .filter { $0.label != .none }.min { $0.wordsBefore < $1.wordsBefore }
        if let before { return "named by the word before: \(before.label.name)" }
        let stated = Context.shared.labels(view, statedFrom: range.upperBound).all
        return wanted.first { stated.contains($0) }.map { "named by the words behind: \($0.name)" }
    }
}

extension Normaliser {
    /// What `findings(in:by:)` gives, each with its explanation.
    static func explanations(
        in text: Span<UInt8>, _ view: View?, by scanner: Scanner
    ) -> [(Finding, Explanation)] {
        guard let view else {
            return scan(text, by: scanner).map { finding in
                (finding, Explanation(of: finding, in: text, isDisguised: finding.isDisguised))
            }
        }
        return scan(view.bytes.span, by: scanner).map { found in
            let finding = view.original(of: found)
            return (finding, Explanation(of: found, in: view.bytes.span, isDisguised: finding.isDisguised))
        }
    }
}

extension Label {
    /// The label in words: `national ID`, `card security`.
    var name: String {
        var name = ""
        for character in "\(self)" {
            if character.isUppercase, name.last?.isLowercase == true { name += " " }
            name.append(character)
        }
        let words = name.split(separator: " ").map { $0.allSatisfy(\.isUppercase) ? String($0) : $0.lowercased() }
        return words.joined(separator: " ")
    }
}
