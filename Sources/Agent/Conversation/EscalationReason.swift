/// Why a question goes to a person, by the rules of `policies/escalation.json5`. The raw value stands in tickets.
public enum EscalationReason: String, CaseIterable, Sendable {
    /// The customer asks for a person.
    case asked
    /// A phrase of another category was written.
    case phrase
    /// The words tell of anger or distress.
    case sentiment
    /// The assistant is not sure enough of its answer.
    case unsure
    /// The answer is too short to be one.
    case shortAnswer = "short_answer"
    /// The assistant has failed several times in a row.
    case repeatedFailure = "repeated_failure"
    /// The tool or the route for it was called.
    case requested
}

/// What the rules say of a question: the category of its ticket, and why.
public struct EscalationVerdict: Hashable, Sendable {
    /// The ticket's category.
    public let category: TicketCategory
    /// Why, the strongest reason first; never empty.
    public let reasons: [EscalationReason]
}

/// What is known of an answer when the rules are asked about it.
public struct EscalationSignals: Sendable {
    /// How likely the answer is right, 0 to 1,000,000; nil where nothing tells.
    public var confidencePPM: Int?
    /// The answer's length; nil where a passage of the knowledge base is the answer, which may be as short as it is.
    public var answerBytes: Int?
    /// Questions of the conversation just before that the assistant could not answer.
    public var failures: Int

    /// Signals.
    public init(confidencePPM: Int? = nil, answerBytes: Int? = nil, failures: Int = 0) {
        self.confidencePPM = confidencePPM
        self.answerBytes = answerBytes
        self.failures = failures
    }
}

extension EscalationPolicy {
    /// What the text alone says, before anybody looks for an answer: a phrase, or the words of somebody who is upset.
    public func screen(_ text: [UInt8]) -> EscalationVerdict? {
        let words = Self.words(text)
        if let category = phraseCategory(in: words) {
            return EscalationVerdict(category: category, reasons: [category == rules.personCategory ? .asked : .phrase])
        }
        let upset = words.count { rules.sentimentWords.contains($0) }
        guard rules.sentimentWordsMin > 0, upset >= rules.sentimentWordsMin else { return nil }
        return EscalationVerdict(category: rules.sentimentCategory, reasons: [.sentiment])
    }

    /// What an answer says of itself.
    public func judge(_ signals: EscalationSignals) -> EscalationVerdict? {
        var reasons: [EscalationReason] = []
        if let confidence = signals.confidencePPM, confidence < confidenceMinPPM { reasons.append(.unsure) }
        if let count = signals.answerBytes, count < rules.answerBytesMin { reasons.append(.shortAnswer) }
        if rules.failuresMax > 0, signals.failures >= rules.failuresMax { reasons.append(.repeatedFailure) }
        return reasons.isEmpty ? nil : EscalationVerdict(category: .unanswered, reasons: reasons)
    }
}
