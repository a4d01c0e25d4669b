/// A model that calls tools until it knows what it needs: which calls are carried out, and when it ends.
///
/// ```
///          completion                    results
///  asking ───────────► calls? ─── yes ─► calling ───────► asking
///                        └ no ─► ended (ready)   └ customer's turn ─► ended (handed back)
///  any bound that is reached ─► ended (stopped)
/// ```
/// A value without I/O and without a clock. Nothing that a model writes is trusted: a tool that there is not, arguments of
/// another form, the same call over and over, more calls than may be, or calls without end: each is answered in words that the
/// model can act on, or ends the loop, and is in the reports.
struct AgentLoop: Sendable {
    /// Why it ended before the model was done.
    enum Bound: String, Hashable, Sendable {
        /// Answers of the model, calls, the same call again and again, and time.
        case steps = "loop_steps"
        case calls = "loop_calls"
        case repetition = "loop_repetition"
        case time = "loop_time"
    }

    enum Ending: Hashable, Sendable {
        /// The model wants no more tools.
        case ready
        /// The customer has to do something first: prove who they are, or say yes to this call.
        case handedBack(AssistantTool, ToolArguments)
        case stopped(Bound)
    }

    /// A call as it will be carried out, or why it will not be.
    struct Prepared: Sendable {
        let id: [UInt8], name: [UInt8]
        let call: Result<Checked, ToolError>

        struct Checked: Sendable {
            let description: ToolDescription
            let arguments: ToolArguments
        }
    }

    enum Action: Sendable {
        /// Ask the model with `messages`.
        case ask
        /// Carry these out; where none changes anything, at once.
        case call([Prepared])
        case end(Ending)
    }

    /// What a result looks like to the model: the program's label, and the redacted JSON.
    typealias Fence = @Sendable (_ result: [UInt8], _ label: String) -> [UInt8]

    /// What the loop adds to the conversation: the model's calls, and their results.
    private(set) var messages: [ChatMessage] = []
    private let box: ToolBox
    private let fence: Fence
    private var steps = 0, calls = 0
    private var counts: [Same: Int] = [:]

    private struct Same: Hashable {
        let tool: AssistantTool
        let arguments: ToolArguments
    }

    init(_ box: ToolBox, fence: @escaping Fence) {
        self.box = box
        self.fence = fence
    }

    /// Takes what the model said.
    mutating func take(_ completion: ChatCompletion, elapsed: Duration) -> Action {
        steps += 1
        guard !completion.toolCalls.isEmpty else { return .end(.ready) }
        guard elapsed < AgentLimits.agentLoopTime else { return .end(.stopped(.time)) }
        guard calls + completion.toolCalls.count <= AgentLimits.callsPerAnswerMax else { return .end(.stopped(.calls)) }
        var prepared: [Prepared] = []
        var isNew = false
        for (index, call) in completion.toolCalls.enumerated() {
            calls += 1
            // A model's own ids may be anything, and twice the same.
            let id = Array("call-\(calls)".utf8)
            let name = Array(call.name.prefix(64))
            do throws(ToolError) {
                guard index < AgentLimits.callsPerStepMax else {
                    throw .badCall(detail: "at most \(AgentLimits.callsPerStepMax) calls at once")
                }
                let description = try box.description(named: call.name)
                let arguments = try ToolArguments(json: call.arguments, for: description)
                let same = Same(tool: description.tool, arguments: arguments)
                counts[same, default: 0] += 1
                guard counts[same, default: 0] <= AgentLimits.sameCallMax else {
                    throw .badCall(detail: "this call was made before: its result stands above")
                }
                isNew = true
                prepared.append(
                    Prepared(id: id, name: name, call: .success(.init(description: description, arguments: arguments))))
            } catch {
                if case .badCall(let detail) = error, !detail.hasPrefix("this call was made before") { isNew = true }
                if case .tooLarge = error { isNew = true }
                prepared.append(Prepared(id: id, name: name, call: .failure(error)))
            }
        }
        guard isNew else { return .end(.stopped(.repetition)) }
        messages.append(
            ChatMessage(
                .assistant, Array(completion.text.prefix(AgentLimits.modelAnswerBytesMax)),
                toolCalls: zip(prepared, completion.toolCalls).map { prepared, call in
                    ToolCall(
                        id: prepared.id, name: prepared.name,
                        arguments: call.arguments.count <= AgentLimits.toolArgumentsBytesMax
                            ? call.arguments : Array("{}".utf8))
                }))
        return .call(prepared)
    }

    /// Takes what the calls came to, in their order; texts are redacted already.
    mutating func take(
        _ results: [(prepared: Prepared, result: Result<ToolResult, ToolError>)], elapsed: Duration
    ) -> Action {
        for (prepared, result) in results {
            messages.append(ChatMessage(.tool, text(of: result, prepared), toolCallID: prepared.id))
            guard case .success(let checked) = prepared.call, case .failure(let error) = result else { continue }
            if error == .notVerified || error == .notConfirmed {
                return .end(.handedBack(checked.description.tool, checked.arguments))
            }
        }
        guard elapsed < AgentLimits.agentLoopTime else { return .end(.stopped(.time)) }
        return steps < AgentLimits.modelStepsMax ? .ask : .end(.stopped(.steps))
    }

    private func text(of result: Result<ToolResult, ToolError>, _ prepared: Prepared) -> [UInt8] {
        switch result {
        case .success(let result):
            guard case .success(let checked) = prepared.call else { return [] }
            return fence(result.json, "result of \(checked.description.tool.rawValue)")
        case .failure(let error): return Array("error: \(error.words)".utf8)
        }
    }
}

extension ToolError {
    /// What a model is told.
    fileprivate var words: String {
        switch self {
        case .badCall(let detail), .tooLarge(let detail): detail
        case .denied: "the caller is not allowed to have this done; do not try again"
        case .notVerified: "the customer has to prove who they are first"
        case .notConfirmed: "the customer has to say yes first"
        case .notFound: "it is not there"
        case .unavailable: "the system behind it does not answer at the moment"
        case .timedOut: "the system behind it took too long"
        case .withheld: "it was done; what came back may not be shown to you"
        }
    }
}
