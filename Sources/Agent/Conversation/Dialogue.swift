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
        var planner = Planner(state, surroundings(of: question, box, host))
        let caller = ToolCaller(box: box, host: host, question: question)
        var reports: [ToolReport] = []
        let first =
            if let isYes = question.confirmation { planner.hear(confirmation: isYes) } else {
                planner.hear(question.text.bytes, host.standing)
            }
        let move = await carryOut(first, of: &planner, caller, &reports)
        if planner.state != state { await memory.keep(planner.state, of: name) }
        return Self.answer(
            move, reports,
            isOfSecret: state.expectsSecret
                && reports.contains { $0.name.elementsEqual("validate_security_question".utf8) })
    }

    private func surroundings(
        of question: Question, _ box: ToolBox, _ host: any ConversationHost
    ) -> Planner.Surroundings {
        Planner.Surroundings(
            now: WallClock.seconds, requestID: question.requestID, tools: Set(box.descriptions.map(\.tool)),
            decide: host.decide, original: host.original, remembered: host.remembered)
    }

    /// What is said; nil where nothing is.
    private static func answer(_ move: Planner.Move, _ reports: [ToolReport], isOfSecret: Bool = false) -> Answer? {
        guard case .say(let text, let need, let isRefusal) = move else { return nil }
        return Answer(
            text: text, confidencePPM: 1_000_000, citations: [], escalate: false, ticketID: nil, suggestedActions: [],
            route: isRefusal ? .refused : .tool, steps: [], isCleared: false, need: need, calls: reports,
            isOfSecret: isOfSecret)
    }

    /// What the customer is asked before a call that a model made can go on; nil where nothing is to be asked.
    func handBack(
        _ tool: AssistantTool, _ arguments: ToolArguments, _ question: Question, _ host: any ConversationHost,
        _ reports: [ToolReport]
    ) async -> Answer? {
        guard let session = question.sessionID else { return nil }
        let name = ConversationName(principal: question.principal, session: session)
        let box = box(host)
        var planner = Planner(await memory.state(of: name), surroundings(of: question, box, host))
        let caller = ToolCaller(box: box, host: host, question: question)
        var reports = reports
        let first = planner.adopt(tool, arguments, host.standing)
        let move = await carryOut(first, of: &planner, caller, &reports)
        await memory.keep(planner.state, of: name)
        return Self.answer(move, reports)
    }

    /// Makes the calls that a move asks for, until something is said.
    private func carryOut(
        _ first: Planner.Move, of planner: inout Planner, _ caller: ToolCaller, _ reports: inout [ToolReport]
    ) async -> Planner.Move {
        var move = first
        var calls = 0
        while case .call(let tool, let arguments, let callID, let isConfirmed) = move {
            // The rules call no more; a slip in them must end all the same.
            guard calls < AgentLimits.plannedCallsMax, let description = caller.box.description(of: tool) else {
                move = planner.returned(.failure(.unavailable), caller.host.standing)
                continue
            }
            calls += 1
            let done = await caller.call(description, arguments, callID: callID, isConfirmed: isConfirmed)
            reports.append(done.report)
            move = planner.returned(done.result, caller.host.standing)
        }
        return move
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
