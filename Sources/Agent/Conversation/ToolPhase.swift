internal import Threading

/// Has a model call the tools that it needs before it answers. Each call goes the way of those by rules: checked, allowed by
/// policy, announced before it changes something, and reported. What only the customer can do ends it.
///
/// To ask a model is an effect: whoever calls `run` has announced it.
struct ToolPhase: Sendable {
    let caller: ToolCaller
    let model: any ChatModel
    let fence: AgentLoop.Fence

    /// What came of it.
    struct Outcome: Sendable {
        /// The calls and their results, for the answer that is asked for next.
        var messages: [ChatMessage] = []
        var reports: [ToolReport] = []
        var ending = AgentLoop.Ending.ready
        /// What the model said last, where it called nothing more.
        var text: [UInt8] = []
        var usage = TokenUsage()
        var model: [UInt8] = []
    }

    /// The tools that the caller may have called: a model is not told of others. Who the customer is, is between them and the
    /// bank: what proves it goes to no model.
    static func offered(_ box: ToolBox, _ host: any ConversationHost) -> [ToolDescription] {
        box.descriptions.filter { $0.tool.isForModels && host.decide($0.tool) != .denied }
    }

    /// Asks the model with `messages`, and carries out what it calls, until it wants no more or a bound is reached.
    /// - Throws: `ModelError`
    func run(_ messages: [ChatMessage]) async throws(ModelError) -> Outcome {
        let start = MonotonicInstant.now
        let tools = Self.offered(caller.box, caller.host)
        var outcome = Outcome()
        guard !tools.isEmpty else { return outcome }
        var loop = AgentLoop(ToolBox(caller.box, of: Set(tools.map(\.tool))), fence: fence)
        var action = AgentLoop.Action.ask
        while true {
            switch action {
            case .ask:
                let completion = try await model.complete(
                    ChatRequest(
                        messages: messages + loop.messages, tools: tools,
                        answerTokensMax: AgentLimits.modelAnswerTokensMax, principal: caller.question.principal),
                    deltas: nil)
                outcome.usage.promptTokens += completion.usage.promptTokens
                outcome.usage.answerTokens += completion.usage.answerTokens
                outcome.usage.costMicros += completion.usage.costMicros
                outcome.model = completion.model
                outcome.text = completion.text
                action = loop.take(completion, elapsed: Self.elapsed(since: start))
            case .call(let prepared):
                let done = await carryOut(prepared)
                outcome.reports += done.map(\.report)
                action = loop.take(
                    zip(prepared, done).map { ($0, redacted($1.result)) }, elapsed: Self.elapsed(since: start))
            case .end(let ending):
                outcome.ending = ending
                outcome.messages = loop.messages
                return outcome
            }
        }
    }

    /// Carries out calls: at once where none changes anything, else in their order.
    private func carryOut(_ prepared: [AgentLoop.Prepared]) async -> [ToolCaller.Done] {
        let changes = prepared.contains { (try? $0.call.get())?.description.hasEffect ?? false }
        guard prepared.count > 1, !changes else {
            var done: [ToolCaller.Done] = []
            for call in prepared { done.append(await carryOut(call)) }
            return done
        }
        return await withTaskGroup(of: (Int, ToolCaller.Done).self) { group in
            for (index, call) in prepared.enumerated() {
                group.addTask { (index, await carryOut(call)) }
            }
            var done: [(Int, ToolCaller.Done)] = []
            for await one in group { done.append(one) }
            return done.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func carryOut(_ prepared: AgentLoop.Prepared) async -> ToolCaller.Done {
        switch prepared.call {
        case .success(let checked):
            return await caller.call(
                checked.description, checked.arguments,
                callID: caller.question.requestID + Array("-".utf8) + prepared.id, isConfirmed: false)
        case .failure(let error): return caller.refuse(prepared.name, error, since: .now)
        }
    }

    /// A result as the model may see it.
    private func redacted(_ result: Result<ToolResult, ToolError>) -> Result<ToolResult, ToolError> {
        result.map { ToolResult(json: caller.host.redacted($0.json), sentence: []) }
    }

    private static func elapsed(since start: MonotonicInstant) -> Duration {
        .microseconds(MonotonicInstant.now.microseconds(since: start))
    }
}

extension AssistantTool {
    /// Whether a model may call it: not what finds out who somebody is.
    var isForModels: Bool {
        switch self {
        case .verifyCustomerIdentity, .validateSecurityQuestion: false
        default: true
        }
    }
}
