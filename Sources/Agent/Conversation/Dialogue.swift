internal import Threading

/// Conversations that use tools: whatever a customer wants done, rather than wants to know.
///
/// The knowledge base stays the first to be asked for what the rules do not take (`Planner`): for those `answer` gives nil and
/// costs a look-up in the memory.
public struct Dialogue: Sendable {
    private let providers: [any ToolProvider]
    private let bank: (any BankingBackend)?
    private let memory: any ConversationMemory

    /// Conversations over these tools, besides those of identity, which belong to each request.
    /// - Parameter bank: the bank's systems; nil where there are none.
    public init(providers: [any ToolProvider], bank: (any BankingBackend)?, memory: any ConversationMemory) {
        self.providers = providers
        self.bank = bank
        self.memory = memory
    }

    /// Whether the conversation's next message is expected to be a secret.
    public func expectsSecret(_ conversation: ConversationName) async -> Bool {
        await memory.state(of: conversation).expectsSecret
    }

    /// The tools that there are for a request.
    func box(_ host: any ConversationHost) -> ToolBox { ToolBox([IdentityTools(host, bank: bank)] + providers) }

    /// Answers a message that wants something done; nil for any other.
    @inline(never)
    public func answer(_ question: Question, with host: any ConversationHost) async -> Answer? {
        guard let session = question.sessionID else { return nil }
        let name = ConversationName(principal: question.principal, session: session)
        let state = await memory.state(of: name)
        let box = box(host)
        var planner = Planner(
            state,
            Planner.Surroundings(
                now: WallClock.seconds, requestID: question.requestID, tools: Set(box.descriptions.map(\.tool)),
                decide: host.decide, original: host.original, remembered: host.remembered))
        let caller = ToolCaller(box: box, host: host, question: question)
        var move = planner.hear(question.text.bytes, host.standing)
        var reports: [ToolReport] = []
        while case .call(let tool, let arguments, let callID, let isConfirmed) = move {
            // The rules call no more; a slip in them must end all the same.
            guard reports.count < AgentLimits.plannedCallsMax, let description = box.description(of: tool) else {
                move = planner.returned(.failure(.unavailable), host.standing)
                continue
            }
            let done = await caller.call(description, arguments, callID: callID, isConfirmed: isConfirmed)
            reports.append(done.report)
            move = planner.returned(done.result, host.standing)
        }
        if planner.state != state { await memory.keep(planner.state, of: name) }
        guard case .say(let text, let need, let isRefusal) = move else { return nil }
        return Answer(
            text: text, confidencePPM: 1_000_000, citations: [], escalate: false, ticketID: nil, suggestedActions: [],
            route: isRefusal ? .refused : .tool, steps: [], isCleared: false, need: need, calls: reports,
            isOfSecret: state.expectsSecret
                && reports.contains { $0.name.elementsEqual("validate_security_question".utf8) })
    }

    /// Notes that a person takes over: what the conversation was in the middle of is over.
    public func handedOver(_ conversation: ConversationName) async {
        var state = await memory.state(of: conversation)
        state.awaited = nil
        state.wish = nil
        state.note("your message", .handedOver)
        await memory.keep(state, of: conversation)
    }
}
