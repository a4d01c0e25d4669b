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
    let scanner: Scanner
    private let keyedHash: KeyedHash?

    /// A keyed hash, such as HMAC-SHA-256 with the bank's key, of at least `Replacement.hashBytes` bytes.
    public typealias KeyedHash = @Sendable ([UInt8]) -> [UInt8]

    /// Makes a redactor for `policy`.
    /// - Parameter keyedHash: what `hash` needs (see `RedactionPolicy.needsKey`); without it, `hash` does as `replace`.
    public init(
        policy: RedactionPolicy = .default, textBytesMax: Int = textBytesMaxDefault, keyedHash: KeyedHash? = nil
    ) {
        self.policy = policy
        self.textBytesMax = textBytesMax
        self.keyedHash = keyedHash
        scanner = Scanner(confidencePPMMin: policy.confidencePPMMin)
    }

    private init(_ other: Redactor, policy: RedactionPolicy) {
        self.policy = policy
        textBytesMax = other.textBytesMax
        scanner = other.scanner
        keyedHash = other.keyedHash
    }

    /// This redactor with what its policy says to texts in `scope`.
    public func scoped(to scope: RedactionScope) -> Redactor { Redactor(self, policy: policy.scoped(to: scope)) }

    /// Everything found in `text`, sorted and without overlaps, whatever the policy does with it.
    ///
    /// Takes any bytes of any length; a byte that is not UTF-8 counts as a space.
    /// - Complexity: linear in the text.
    public func detect(_ text: [UInt8]) -> [Finding] {
        guard policy.custom.isEmpty else {
            var matches = CustomMatches()
            return detect(text, &matches)
        }
        var findings = Normaliser.findings(in: text.span, by: scanner)
        findings.removeAll { HashMark.holds(text.span, $0.range, []) }
        return findings
    }

    /// The same, where `matches` has what the patterns of the policy's own types found in the text before, and takes up
    /// what they find in `text`.
    func detect(_ text: [UInt8], _ matches: inout CustomMatches) -> [Finding] {
        guard !policy.custom.isEmpty else { return detect(text) }
        let (view, found) = Normaliser.viewed(text.span, by: scanner)
        var findings = view.map { found.map($0.original) } ?? found
        findings.removeAll { HashMark.holds(text.span, $0.range, policy.custom) }
        matches.look(policy.custom, in: text.span, view, confidencePPMMin: policy.confidencePPMMin)
        let custom = matches.findings
        return custom.isEmpty ? findings : Ownership.settle(findings, custom, in: text.span)
    }

    /// `text` with its findings treated by the policy; originals of tokens go into `vault`.
    ///
    /// Bytes that are not UTF-8 stay as they are.
    /// - Throws: `RedactionError`; the vault may then hold values of this text.
    /// - Complexity: linear in the text.
    public func redact(_ text: [UInt8], into vault: inout Vault) throws(RedactionError) -> RedactedText {
        guard text.count <= textBytesMax else { throw .textTooLong(limitBytes: textBytesMax) }
        let findings = detect(text)
        guard !findings.isEmpty else { return RedactedText(bytes: text, findings: [], counts: []) }
        try refuseBlocked(findings, in: text)
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
        if findings.contains(where: { policy.action(for: $0.type) == .tokenise }) {
            try vault.learn(policy.custom)
            try vault.reserveTokens(in: text.span)
        }
        var redacted = Replacement(of: text)
        var counts: [RedactedText.TypeCount] = []
        var replaced: [RedactedText.Replaced] = []
        for finding in findings {
            let before = (count: redacted.count, copied: redacted.copied)
            try treat(finding, text, into: &vault, &redacted, &counts)
            guard redacted.count > before.count else { continue }
            let start = before.count + finding.range.lowerBound - before.copied
            replaced.append(RedactedText.Replaced(original: finding.range, result: start..<redacted.count))
        }
        return RedactedText(bytes: redacted.finish(), findings: findings, counts: counts, replaced: replaced)
    }

    /// Refuses a text whose findings are of types that the policy blocks.
    func refuseBlocked(_ findings: [Finding], in text: [UInt8]) throws(RedactionError) {
        guard findings.contains(where: { policy.action(for: $0.type) == .block }) else { return }
        let blocked = policy.types.filter { type in
            policy.action(for: type) == .block
                && findings.contains { $0.type == type && !policy.allowed.contains(text[$0.range], of: type) }
        }
        guard blocked.isEmpty else { throw .blocked(types: blocked) }
    }

    /// Does with one finding what the policy says.
    func treat(
        _ finding: Finding, _ text: [UInt8], into vault: inout Vault, _ redacted: inout Replacement,
        _ counts: inout [RedactedText.TypeCount]
    ) throws(RedactionError) {
        let action = policy.action(for: finding.type)
        if action == .allow || policy.allowed.contains(text[finding.range], of: finding.type) { return }
        if action == .tokenise {
            redacted.copy(upTo: finding.range.lowerBound)
            redacted.put(try vault.token(for: text[finding.range], of: finding.type), for: finding)
        } else {
            replace(finding, text, by: action, &redacted)
        }
        RedactedText.count(finding.type, action, in: &counts)
    }

    /// Replaces one finding beyond recall.
    func replace(
        _ finding: Finding, _ text: [UInt8], by action: RedactionPolicy.Action, _ redacted: inout Replacement
    ) {
        redacted.copy(upTo: finding.range.lowerBound)
        switch action {
        case .replace: redacted.putStem(of: finding)
        case .hash:
            let normal = AllowedValues.normalForm(of: text[finding.range], finding.type)
            redacted.putStem(
                of: finding, hash: keyedHash?(finding.type.tokenStem + [0] + normal))
        case .block: redacted.putName(of: finding)
        case .mask, .tokenise, .allow: redacted.mask(finding)
        }
    }
}

/// A text after redaction.
public struct RedactedText: Sendable {
    /// How many findings of one type were replaced.
    public struct TypeCount: Equatable, Sendable {
        /// The type.
        public let type: DetectorType
        /// How they were replaced.
        public let action: RedactionPolicy.Action
        /// At least 1.
        public var count: Int

        /// Makes a count.
        public init(type: DetectorType, action: RedactionPolicy.Action, count: Int) {
            self.type = type
            self.action = action
            self.count = count
        }
    }

    /// The text to hand on; the very array that was given where nothing was replaced.
    public let bytes: [UInt8]
    /// What was found in the original text, allowed types included; offsets are the original's.
    public let findings: [Finding]
    /// What was replaced, by type in the order of first occurrence.
    public let counts: [TypeCount]
    /// Where replacements stand, in the order of the text.
    public internal(set) var replaced: [Replaced] = []

    /// A part of the original, and the part of the result that stands in its place.
    public struct Replaced: Hashable, Sendable {
        /// Byte offsets in the text that was given, and in `bytes`.
        public let original: Range<Int>, result: Range<Int>
    }

    static func count(_ type: DetectorType, _ action: RedactionPolicy.Action, in counts: inout [TypeCount]) {
        if let index = counts.firstIndex(where: { $0.type == type && $0.action == action }) {
            counts[index].count += 1
        } else {
            counts.append(TypeCount(type: type, action: action, count: 1))
        }
    }
}
