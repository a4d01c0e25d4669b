internal import Threading

/// Has a model call the tools that it needs before it answers. Each call goes the way of those by rules: checked, allowed by
/// policy, announced before it changes something, and reported. What only the customer can do ends it.
///
/// To ask a model is an effect: whoever calls `run` has announced it.
struct ToolPhase: Sendable {
    let caller: ToolCaller
    let model: any ChatModel
    let fence: AgentLoop.Fence
    /// Whether a model may read a text of a result: the screen for attempts on it.
    var isHarmless: @Sendable (_ text: [UInt8]) -> Bool = { _ in true }

    /// What came of it.
    struct Outcome: Sendable {
        /// The calls and their results, for the answer that is asked for next.
        var messages: [ChatMessage] = []
        var reports: [ToolReport] = []
        var ending = AgentLoop.Ending.ready
        /// What the model said last, where it called nothing more.
        var said: ChatCompletion?
        /// Why it could not be asked further; what was called until then is in `reports` all the same.
        var failure: ModelError?
        var usage = TokenUsage()
        var model: [UInt8] = []
    }

    /// The tools that the caller may have called: a model is not told of others. Who the customer is, is between them and the
    /// bank: what proves it goes to no model.
    static func offered(_ box: ToolBox, _ host: any ConversationHost) -> [ToolDescription] {
        box.descriptions.filter { $0.tool.isForModels && host.decide($0.tool) != .denied }
    }

    /// Asks the model with `messages`, and carries out what it calls, until it wants no more, fails, or a bound is reached.
    func run(_ messages: [ChatMessage]) async -> Outcome {
        let start = MonotonicInstant.now
        let tools = Self.offered(caller.box, caller.host)
        var outcome = Outcome()
        guard !tools.isEmpty else { return outcome }
        var loop = AgentLoop(ToolBox(caller.box, of: Set(tools.map(\.tool))), fence: fence)
        var action = AgentLoop.Action.ask
        while true {
            switch action {
            case .ask:
                do throws(ModelError) {
                    let completion = try await model.complete(request(messages + loop.messages, tools), deltas: nil)
                    outcome.note(completion)
                    action = loop.take(completion, elapsed: Self.elapsed(since: start))
                } catch {
                    outcome.failure = error
                    outcome.messages = loop.messages
                    return outcome
                }
            case .call(let prepared):
                let done = await carryOut(prepared).map(forModel)
                outcome.reports += done.map(\.report)
                action = loop.take(
                    zip(prepared, done).map { ($0, $1.result) }, elapsed: Self.elapsed(since: start))
            case .end(let ending):
                outcome.ending = ending
                if ending != .ready { outcome.said = nil }
                outcome.messages = loop.messages
                return outcome
            }
        }
    }

    /// Asked for in no form: servers differ in whether they take one beside tools. The prompt asks for it in words.
    private func request(_ messages: [ChatMessage], _ tools: [ToolDescription]) -> ChatRequest {
        ChatRequest(
            messages: messages, tools: tools, answerTokensMax: AgentLimits.modelAnswerTokensMax,
            principal: caller.question.principal, roles: caller.question.roles)
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

    /// A call as the model may know of it: its result without personal data, or an error where the result speaks to models.
    private func forModel(_ done: ToolCaller.Done) -> ToolCaller.Done {
        guard case .success(let result) = done.result else { return done }
        let json = caller.host.redacted(result.json)
        guard ResultTexts.of(json).allSatisfy(isHarmless) else {
            return ToolCaller.Done(result: .failure(.withheld), report: done.report.withheld)
        }
        return ToolCaller.Done(result: .success(ToolResult(json: json, sentence: [])), report: done.report)
    }

    private static func elapsed(since start: MonotonicInstant) -> Duration {
        .microseconds(MonotonicInstant.now.microseconds(since: start))
    }
}

extension ToolPhase.Outcome {
    fileprivate mutating func note(_ completion: ChatCompletion) {
        usage = usage + completion.usage
        model = completion.model
        said = completion.toolCalls.isEmpty ? completion : nil
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

/// What a model's calls of tools came to, before it is asked for the answer.
public struct Consultation: Sendable {
    /// The calls and their results, fenced and redacted, for the request that asks for the answer.
    public let messages: [ChatMessage]
    /// Each call, for the record; where the model was stopped, `model.tools` with the bound.
    public let reports: [ToolReport]
    /// What the customer is asked first, in place of a model's answer: proof of who they are, or a yes.
    public let answer: Answer?
    /// What the model said when it called nothing more: its answer, where that has the form that the prompt asks for. nil
    /// where it was not asked, failed or was stopped.
    public let said: ChatCompletion?
    /// Why the model could not be asked to the end.
    public let failure: ModelError?
    /// What it took.
    public let usage: TokenUsage
    /// The model that was asked last, as the policy calls it; empty where none was.
    public let model: [UInt8]
}

extension Dialogue {
    /// Has `model` call the tools that it needs to answer `question`. To ask it is an effect, which the log knows of already.
    /// Where the caller may have no tool called, the model is not asked.
    /// - Parameters:
    ///   - messages: the conversation for the model, the system's prompt first.
    ///   - fence: marks a result, with the program's label for it, as data.
    ///   - isHarmless: whether a model may read a text of a result; a result with another is withheld, and reported so.
    public func consult(
        _ model: any ChatModel, about question: Question, messages: [ChatMessage], with host: any ConversationHost,
        fence: @escaping @Sendable (_ result: [UInt8], _ label: String) -> [UInt8],
        isHarmless: @escaping @Sendable (_ text: [UInt8]) -> Bool
    ) async -> Consultation {
        let caller = ToolCaller(box: box(host), host: host, question: question)
        let outcome = await ToolPhase(caller: caller, model: model, fence: fence, isHarmless: isHarmless).run(messages)
        var reports = outcome.reports
        var answer: Answer?
        switch outcome.ending {
        case .ready: break
        case .handedBack(let tool, let arguments):
            answer = await handBack(tool, arguments, question, host, outcome.reports)
        case .stopped(let bound):
            reports.append(
                ToolReport(
                    name: Array("model.tools".utf8), outcome: .failed, reason: bound.rawValue, microseconds: 0))
        }
        return Consultation(
            messages: outcome.messages, reports: reports, answer: answer, said: outcome.said, failure: outcome.failure,
            usage: outcome.usage, model: outcome.model)
    }
}
