internal import Redaction

/// Any text: findings lie inside it, in order and apart, and what was tokenised comes back.
enum RedactionTarget {
    private static let redactor = Redactor()

    static func run(_ input: [UInt8]) {
        let findings = redactor.detect(input)
        var end = 0
        for finding in findings {
            precondition(finding.range.lowerBound >= end && !finding.range.isEmpty, "findings are ordered and apart")
            precondition((1...1_000_000).contains(finding.confidencePPM), "confidence is in millionths")
            end = finding.range.upperBound
        }
        precondition(end <= input.count, "findings lie inside the text")
        precondition(redactor.detect(input) == findings, "the same text has the same findings")
        _ = redactor.redactForLog(input)
        redact(input)
    }

    private static func redact(_ input: [UInt8]) {
        var vault = Vault()
        guard let redacted = try? redactor.redact(input, into: &vault) else { return }
        let isTokenised = redacted.findings.allSatisfy { redactor.policy.action(for: $0.type) == .tokenise }
        // A text that looks like a token of its own vault is not given back byte by byte; brackets are where that starts.
        if isTokenised && !input.contains(UInt8(ascii: "[")) {
            precondition(vault.restore(redacted.bytes) == input, "what was tokenised comes back")
        }
        if redacted.findings.isEmpty { precondition(redacted.bytes == input, "a text without findings is unchanged") }
    }
}
