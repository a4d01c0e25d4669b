internal import Threading

/// The assistant: retrieval first, a person where retrieval is not sure or is asked for.
///
/// The steps of a conversation, in this order:
/// 1. **Cache**: the same words with the same knowledge had the same outcome.
/// 2. **Screen**: a phrase of the escalation policy asks for a person.
/// 3. **Retrieve**: the knowledge base's best match, with a confidence.
/// 4. **Decide**: at or above the policy's confidence the match is the answer. Below it there is none, and nothing is made
///    up. A model may be asked then: it gets the question and the retrieved passages, fenced as data, in a conversation calls
///    tools (`Dialogue.consult`), and its answer is one more `Route`. Asking it is an effect, as a tool call is, so that it
///    belongs to what the gateway does with what `plan` hands back.
/// 5. **Hand over**: a ticket, for which `plan` returns `.needsEffect`. The gateway makes `request.begin` durable and then
///    calls `perform`; no other path opens a ticket for a question.
public final class Assistant: Sendable {
    private let knowledge: KnowledgeBase
    private let tickets: TicketStore
    private let policy: EscalationPolicy
    private let cache = AnswerCache<Finding>(entriesMax: AgentLimits.cachedAnswersMax)

    /// What one text leads to: an answer, or the one that goes with a ticket of `category`.
    private struct Finding {
        let answer: Answer
        let category: TicketCategory?
        var reasons: [EscalationReason] = []
    }

    /// An assistant over a knowledge base and a ticket store, which others may use too.
    public init(knowledge: KnowledgeBase, tickets: TicketStore, policy: EscalationPolicy) {
        self.knowledge = knowledge
        self.tickets = tickets
        self.policy = policy
    }

    /// Finds the answer, or that a person is needed. It changes nothing in the world.
    ///
    /// A cached outcome comes back without a thread hop or a database; any other costs one search.
    /// - Throws: `.emptyText`, `.textTooLong`, `.busy`, `.storage`.
    @inline(never)
    public func plan(_ question: Question) async throws(AgentError) -> Plan {
        let text = question.text.bytes
        guard !text.isEmpty else { throw .emptyText }
        guard text.count <= AgentLimits.textBytesMax else { throw .textTooLong(bytesMax: AgentLimits.textBytesMax) }
        guard text.count <= AgentLimits.cachedQuestionBytesMax else {
            return plan(try await find(question.text).finding, for: question)
        }
        let key = Self.cacheKey(text)
        if let finding = cache.value(for: key, version: knowledge.version) { return plan(finding, for: question) }
        let (finding, version, isDegraded) = try await find(question.text)
        // What was found while vectors are missing may be found better in a moment.
        if !isDegraded { cache.store(Self.cached(finding), for: key, version: version) }
        return plan(finding, for: question)
    }

    /// Whether `text` has a phrase by which the policy gives it to a person, whatever else it says.
    public func asksForPerson(_ text: CleanText) -> Bool { policy.category(of: text.bytes) != nil }

    /// Why the policy gives a question to a person in place of a model's answer; none where the answer may be given.
    /// - Parameters:
    ///   - answerBytes: the answer's length; nil where there is none.
    ///   - isFailure: whether the question stays without an answer as it is, which counts with those before it.
    public func judge(answerBytes: Int?, isFailure: Bool, of question: Question) -> [EscalationReason] {
        policy.judge(
            EscalationSignals(answerBytes: answerBytes, failures: isFailure ? question.failures + 1 : 0))?.reasons ?? []
    }

    /// Opens the ticket of `escalation`, durably, and completes its answer.
    /// - Throws: `.tooManyOpenTickets`, `.busy`, `.storageFull`, `.storage`.
    @inline(never)
    public func perform(_ escalation: Escalation) async throws(AgentError) -> Answer {
        let start = MonotonicInstant.now
        let ticket = try await tickets.create(escalation.draft)
        var answer = escalation.answer
        answer.ticketID = ticket.id
        answer.text = Wording.handedOver(ticket.id, meanwhile: answer.citations.isEmpty ? nil : answer.text)
        answer.suggestedActions.append(.init(kind: .viewTicket, text: ticket.id))
        answer.steps.append(
            .init(
                name: .ticket, outcome: .created,
                microseconds: MonotonicInstant.now.microseconds(since: start)))
        return answer
    }

    @inline(never)
    private func find(
        _ text: CleanText
    ) async throws(AgentError) -> (finding: Finding, version: Int64, isDegraded: Bool) {
        let start = MonotonicInstant.now
        let verdict = policy.screen(text.bytes)
        let category = verdict?.category
        let retrieved = try await knowledge.search(text, limit: Composer.matchesLookedAt)
        let composer = Composer(retrieved: retrieved, confidenceMinPPM: policy.confidenceMinPPM)
        let step = Answer.Step(
            name: .search, outcome: composer.outcome(isAsked: category != nil),
            microseconds: MonotonicInstant.now.microseconds(since: start))
        let handOver = retrieved.hasWords ? category ?? (composer.isSure ? nil : .unanswered) : nil
        let answer = composer.answer(isHandedOver: handOver != nil, step: step)
        let reasons = handOver == nil ? [] : verdict?.reasons ?? [.unsure]
        return (
            Finding(answer: answer, category: handOver, reasons: reasons), retrieved.version, retrieved.isDegraded
        )
    }

    private func plan(_ finding: Finding, for question: Question) -> Plan {
        guard let verdict = verdict(on: finding, for: question) else { return .answer(finding.answer) }
        let draft = TicketDraft(
            category: verdict.category, message: question.text, owner: question.principal,
            customerID: question.customerID, requestID: question.requestID, sessionID: question.sessionID,
            reasons: verdict.reasons)
        return .needsEffect(Escalation(draft: draft, answer: finding.answer))
    }

    /// Why a person is needed, if one is. A conversation in which nothing was understood several times goes to one too.
    private func verdict(on finding: Finding, for question: Question) -> EscalationVerdict? {
        if let category = finding.category { return EscalationVerdict(category: category, reasons: finding.reasons) }
        guard finding.answer.route == .refused else { return nil }
        return policy.judge(EscalationSignals(failures: question.failures + 1))
    }

    /// The finding as a later question gets it: the same, with the cache for its one step.
    private static func cached(_ finding: Finding) -> Finding {
        var answer = finding.answer
        answer.steps = answer.steps.map { .init(name: .cache, outcome: $0.outcome, microseconds: 0) }
        return Finding(answer: answer, category: finding.category, reasons: finding.reasons)
    }

    /// The text with ASCII letters in lower case and single spaces: neither the policy's phrases nor the search can tell
    /// two texts with the same key apart.
    static func cacheKey(_ text: [UInt8]) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(text.count)
        var isAfterSpace = true
        for byte in text {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D:
                if !isAfterSpace { key.append(0x20) }
                isAfterSpace = true
            default:
                key.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
                isAfterSpace = false
            }
        }
        if key.last == 0x20 { key.removeLast() }
        return key
    }
}
