/// Finds personal data in texts and does with it what a policy says.
///
/// A redactor is a value without state: share one between all requests. It looks at bytes, in one pass, without a
/// regex engine; a text without findings comes back as the same array, with nothing allocated. Where escapes, other
/// scripts' digits, look-alikes and the like have to be undone, the pass runs over a view (`Normaliser`), and what it
/// finds is replaced in the text itself.
///
/// ```swift
/// var vault = Vault()
/// let redacted = try redactor.redact(Array("write to a@example.com".utf8), into: &vault)
/// redacted.bytes            // write to [EMAIL_1]
/// vault.restore(answer)     // turns [EMAIL_1] back
/// ```
public struct Redactor: Sendable {
    /// Bytes of text that `redact` takes unless said otherwise: 1 MiB.
    public static let textBytesMaxDefault = 1_048_576

    /// What is done with each type.
    public let policy: RedactionPolicy
    /// Bytes of text that `redact` takes.
    public let textBytesMax: Int
    private let scanner: Scanner

    /// Makes a redactor for `policy`.
    public init(policy: RedactionPolicy = .default, textBytesMax: Int = textBytesMaxDefault) {
        self.policy = policy
        self.textBytesMax = textBytesMax
        scanner = Scanner(confidencePPMMin: policy.confidencePPMMin)
    }

    /// Everything found in `text`, sorted and without overlaps, whatever the policy does with it.
    ///
    /// Takes any bytes of any length; what is not UTF-8 is passed over.
    /// - Complexity: linear in the text.
    public func detect(_ text: [UInt8]) -> [Finding] { Normaliser.findings(in: text.span, by: scanner) }

    /// `text` with its findings treated by the policy; originals of tokens go into `vault`.
    /// - Throws: `RedactionError`; the vault may then hold values of this text.
    /// - Complexity: linear in the text.
    public func redact(_ text: [UInt8], into vault: inout Vault) throws(RedactionError) -> RedactedText {
        guard text.count <= textBytesMax else { throw .textTooLong(limitBytes: textBytesMax) }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: text.span)
        } catch {
            throw .notUTF8(offset: error.byteOffsets.lowerBound)
        }
        let findings = detect(text)
        guard !findings.isEmpty else { return RedactedText(bytes: text, findings: [], counts: []) }
        let blocked = DetectorType.all.filter { type in
            policy.action(for: type) == .block && findings.contains { $0.type == type }
        }
        guard blocked.isEmpty else { throw .blocked(types: blocked) }
        return try replace(findings, in: text, into: &vault)
    }

    /// `text` with everything found masked, whatever the policy says: for log lines and what else is never restored.
    ///
    /// Takes any bytes of any length, so that a log line cannot fail.
    /// - Complexity: linear in the text.
    public func redactForLog(_ text: [UInt8]) -> [UInt8] {
        let findings = detect(text)
        guard !findings.isEmpty else { return text }
        var redacted = Replacement(of: text)
        for finding in findings {
            redacted.copy(upTo: finding.range.lowerBound)
            redacted.mask(finding)
        }
        return redacted.finish()
    }

    private func replace(
        _ findings: [Finding], in text: [UInt8], into vault: inout Vault
    ) throws(RedactionError) -> RedactedText {
        if findings.contains(where: { policy.action(for: $0.type) == .tokenise }) { vault.reserveTokens(in: text) }
        var redacted = Replacement(of: text)
        var counts: [RedactedText.TypeCount] = []
        for finding in findings {
            let action = policy.action(for: finding.type)
            if action == .allow { continue }
            redacted.copy(upTo: finding.range.lowerBound)
            if action == .tokenise {
                redacted.put(try vault.token(for: text[finding.range], of: finding.type), for: finding)
            } else {
                redacted.mask(finding)
            }
            RedactedText.count(finding.type, in: &counts)
        }
        return RedactedText(bytes: redacted.finish(), findings: findings, counts: counts)
    }
}

/// A text after redaction.
public struct RedactedText: Sendable {
    /// How many findings of one type were replaced.
    public struct TypeCount: Equatable, Sendable {
        /// The type.
        public let type: DetectorType
        /// At least 1.
        public var count: Int
    }

    /// The text to hand on; the very array that was given where nothing was replaced.
    public let bytes: [UInt8]
    /// What was found in the original text, allowed types included; offsets are the original's.
    public let findings: [Finding]
    /// What was replaced, by type in the order of first occurrence.
    public let counts: [TypeCount]

    static func count(_ type: DetectorType, in counts: inout [TypeCount]) {
        if let index = counts.firstIndex(where: { $0.type == type }) {
            counts[index].count += 1
        } else {
            counts.append(TypeCount(type: type, count: 1))
        }
    }
}
