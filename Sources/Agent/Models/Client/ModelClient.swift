internal import Synchronization
internal import Threading

/// The models of a policy, asked in its order until one answers.
///
/// ```
/// model 1: budget ─► breaker ─► attempt ─► pause ─► attempt … ─► model 2: … ─► unavailable
///             │                    └─► completion ─► form right? ─no─► told, once more ─► completion
///             └─► refused
/// ```
/// A piece of text that was handed out cannot be taken back: after the first, nothing is tried again. All that outlives a
/// policy (breakers, what was used, the keys' servers) is in `ModelMemory`.
public final class ModelClient: ChatModel {
    private let policy: ModelPolicy
    private let keys: [String: ModelKey]
    private let caFiles: [String: String]
    private let transport: any ModelTransport
    private let memory: ModelMemory
    private let clock: ModelClock
    private let repairPrompt: [UInt8]

    /// A client.
    /// - Parameters:
    ///   - access: the servers' keys and CA files.
    ///   - repairPrompt: asks a model to mend an answer that has not the right form; the fault is put behind it.
    public init(
        policy: ModelPolicy, access: ModelAccess, transport: any ModelTransport, memory: ModelMemory,
        clock: ModelClock, repairPrompt: [UInt8]
    ) {
        self.policy = policy
        keys = access.keys
        caFiles = access.caFiles
        self.transport = transport
        self.memory = memory
        self.clock = clock
        self.repairPrompt = repairPrompt
    }

    /// Completes `request` (see `ChatModel`). At the end of the policy's deadline it ends with `.timedOut`.
    public func complete(
        _ request: ChatRequest, deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(ModelError) -> ChatCompletion {
        let models = policy.uses[request.use] ?? []
        guard !models.isEmpty else { throw .none }
        let end = clock.now() + policy.patience.deadline
        var verdict = Verdict()
        for model in models {
            guard let server = policy.servers[model.server] else { continue }
            guard
                TokenEstimate.tokens(request) + min(request.answerTokensMax, model.answerTokensMax)
                    <= model.contextTokens
            else {
                verdict.note(.badAnswer(reason: .init("the request is larger than the model's context")))
                continue
            }
            do throws(Trouble) {
                return try await ask(model, at: server, request, until: end, deltas)
            } catch {
                if error.isFinal { throw error.error }
                verdict.note(error.error)
            }
        }
        throw verdict.error
    }

    // MARK: One model

    /// Why one model gave no completion.
    private struct Trouble: Error {
        let error: ModelError
        /// Whether no other model is to be asked.
        var isFinal = false
    }

    /// Of what became of all models, what is told.
    private struct Verdict {
        private var retryAfterSeconds: Int?
        private var other: ModelError?
        private var wasAway = false

        mutating func note(_ error: ModelError) {
            switch error {
            case .unavailable(let seconds):
                wasAway = true
                if let seconds { retryAfterSeconds = min(seconds, retryAfterSeconds ?? seconds) }
            default: other = other ?? error
            }
        }

        var error: ModelError {
            if let other, !wasAway { return other }
            return .unavailable(retryAfterSeconds: retryAfterSeconds)
        }
    }

    private func ask(
        _ model: ModelPolicy.Model, at server: ModelPolicy.Server, _ request: ChatRequest,
        until end: MonotonicInstant, _ deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(Trouble) -> ChatCompletion {
        let completion = try await askOnce(model, at: server, request, until: end, deltas)
        guard case .structuredAnswer = request.form, deltas == nil, completion.toolCalls.isEmpty else {
            return completion
        }
        do throws(StructuredAnswer.Fault) {
            return Self.formed(completion, try StructuredAnswer(reading: completion.text), completion.usage)
        } catch {
            return try await repair(completion, error, model, at: server, request, until: end)
        }
    }

    /// Asks once more with what was wrong.
    private func repair(
        _ completion: ChatCompletion, _ fault: StructuredAnswer.Fault, _ model: ModelPolicy.Model,
        at server: ModelPolicy.Server, _ request: ChatRequest, until end: MonotonicInstant
    ) async throws(Trouble) -> ChatCompletion {
        var again = request
        let shown = Array(completion.text[..<UTF8Cut.end(of: completion.text, atMost: AgentLimits.fencedBytesMax)])
        again.messages.append(ChatMessage(.assistant, shown))
        again.messages.append(ChatMessage(.user, repairPrompt + Array(" \(fault.message)".utf8)))
        again.tools = []
        let second = try await askOnce(model, at: server, again, until: end, nil)
        let usage = completion.usage.adding(second.usage)
        do throws(StructuredAnswer.Fault) {
            return Self.formed(second, try StructuredAnswer(reading: second.text), usage)
        } catch {
            throw Trouble(error: .badAnswer(reason: .init("the answer has not the form that was asked for")))
        }
    }

    private static func formed(
        _ completion: ChatCompletion, _ answer: StructuredAnswer, _ usage: TokenUsage
    ) -> ChatCompletion {
        var formed = completion
        formed.text = answer.json
        formed.usage = usage
        return formed
    }

    /// A completion by one model, with its attempts, paid for.
    private func askOnce(
        _ model: ModelPolicy.Model, at server: ModelPolicy.Server, _ request: ChatRequest,
        until end: MonotonicInstant, _ deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(Trouble) -> ChatCompletion {
        let bill = try await reserve(model, request)
        do throws(Trouble) {
            let read = try await attempts(model, at: server, request, until: end, bill, deltas)
            let usage = Self.usage(read, bill, model)
            await memory.settle(bill, usage)
            return ChatCompletion(
                text: read.text, toolCalls: read.toolCalls, finishReason: read.finishReason, usage: usage,
                model: Array(model.name.utf8))
        } catch {
            await memory.settle(bill, bill.lost)
            throw error
        }
    }

    private func attempts(
        _ model: ModelPolicy.Model, at server: ModelPolicy.Server, _ request: ChatRequest,
        until end: MonotonicInstant, _ bill: ModelBill, _ deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(Trouble) -> ReadCompletion {
        var schedule = RetrySchedule(policy.patience)
        while true {
            let now = clock.now()
            guard let left = end.duration(since: now) else { throw Trouble(error: .timedOut, isFinal: true) }
            if let wait = memory.turnsAway(server.name, now) {
                throw Trouble(error: .unavailable(retryAfterSeconds: wait))
            }
            schedule.begin()
            let attempt = ModelAttempt(
                transport: transport, server: server, model: model, key: keys[server.name],
                caFile: caFiles[server.name], left: left, clock: clock)
            do throws(ModelAttempt.Failure) {
                let read = try await attempt.run(request, deltas)
                memory.succeeded(server.name)
                return read
            } catch {
                bill.lose(textBytes: error.textBytes)
                let pause = try next(after: error, server, schedule, until: end)
                await clock.pause(pause)
            }
        }
    }

    /// The pause before another attempt after `failure`.
    /// - Throws: `Trouble` where there is to be none.
    private func next(
        after failure: ModelAttempt.Failure, _ server: ModelPolicy.Server, _ schedule: RetrySchedule,
        until end: MonotonicInstant
    ) throws(Trouble) -> Duration {
        let now = clock.now()
        var retryAfter: Duration?
        let error: ModelError
        switch failure.cause {
        case .brokenOff:
            // Nothing is known of the server but that it spoke.
            memory.succeeded(server.name)
            throw Trouble(error: .brokenOff, isFinal: true)
        case .busy: error = .unavailable(retryAfterSeconds: nil)
        case .server(let asked):
            retryAfter = asked
            error = .unavailable(retryAfterSeconds: asked.map { Int($0.components.seconds) })
        case .wire(.server): error = .unavailable(retryAfterSeconds: nil)
        case .wire(let fault): error = .badAnswer(reason: fault.reason)
        case .timedOut: error = .timedOut
        case .refused: error = .unavailable(retryAfterSeconds: nil)
        }
        if case .busy = failure.cause {
        } else {
            memory.failed(server.name, now, retryAfter: retryAfter, policy.patience)
        }
        if failure.isHandedOut { throw Trouble(error: error, isFinal: true) }
        if case .refused = failure.cause { throw Trouble(error: error) }
        guard let left = end.duration(since: now) else { throw Trouble(error: .timedOut, isFinal: true) }
        guard let pause = schedule.pause(retryAfter: retryAfter, left: left, random: clock.random) else {
            throw Trouble(error: error)
        }
        return pause
    }

    // MARK: Paying

    private func reserve(_ model: ModelPolicy.Model, _ request: ChatRequest) async throws(Trouble) -> ModelBill {
        do throws(ModelError) {
            return try await memory.reserve(
                request, model, budget: policy.budget(of: request.roles), now: clock.now(),
                wallSeconds: clock.wallSeconds())
        } catch {
            // A cheaper model may be within what is left of the day's money.
            throw Trouble(error: error)
        }
    }

    private static func usage(
        _ read: ReadCompletion, _ bill: ModelBill, _ model: ModelPolicy.Model
    ) -> TokenUsage {
        let prompt = read.promptTokens ?? bill.promptTokens
        let answer =
            read.answerTokens
            ?? TokenEstimate.tokens(read.text)
            + read.toolCalls.reduce(0) { $0 + TokenEstimate.tokens($1.name) + TokenEstimate.tokens($1.arguments) }
        let lost = bill.lost
        return TokenUsage(
            promptTokens: prompt + lost.promptTokens, answerTokens: answer + lost.answerTokens,
            costMicros: model.cost(promptTokens: prompt, answerTokens: answer) + lost.costMicros)
    }
}

extension TokenUsage {
    /// Both together.
    func adding(_ other: TokenUsage) -> TokenUsage {
        TokenUsage(
            promptTokens: promptTokens + other.promptTokens, answerTokens: answerTokens + other.answerTokens,
            costMicros: costMicros + other.costMicros)
    }
}

extension MonotonicInstant {
    /// The time from `earlier` to this instant; nil where there is none.
    func duration(since earlier: MonotonicInstant) -> Duration? {
        self > earlier ? .nanoseconds(Int64(clamping: nanoseconds - earlier.nanoseconds)) : nil
    }
}
