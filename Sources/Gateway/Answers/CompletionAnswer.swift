internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import Redaction
internal import Threading

/// The end of an answer that was sent while it was made.
struct StreamEnd: Sendable {
    /// The last events.
    let events: [UInt8]
    /// Bytes of the body that were sent before them.
    let sentBytes: Int
    /// Why it ended badly; nil where it is whole.
    var refusal: Refusal?
    /// Whether nobody is there to get `events`.
    var isGone = false
}

extension Pipeline {
    /// `POST /v1/chat/completions`: all that is behind `redact`, in this order, for an answer that may leave while it is made.
    ///
    /// ```
    /// screen ─► request.begin durable ─► model ─► each piece: guards ─► restore ─► caller ─► … ─► request.end durable ─► last piece
    /// ```
    /// The screen looks at every message, whoever is said to have written it: all of them are the caller's.
    /// To ask a model is an effect, and a stream starts behind its `request.begin` (audit log §8, D2 and D3); its last piece,
    /// which `record` sends, waits for the receipt.
    @inline(never)
    func complete(
        _ completion: CleanCompletion, _ vault: consuming RequestVault, _ permit: Permit, _ token: VerifiedToken,
        _ caller: Caller, _ admission: Admission, _ response: ResponseStream, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Outcome {
        guard let model = services.model else { throw Refusal(ModelError.none) }
        guard completion.model.elementsEqual(Self.modelAlias.utf8) else {
            var refusal = Refusal(problem: .notFound, reason: "model_unknown")
            refusal.detail = "there is no such model: GET /v1/models lists them"
            throw refusal
        }
        let isSuspected = try screen(completion.messages)
        let request = ChatRequest(
            messages: completion.messages, answerTokensMax: completion.answerTokensMax,
            principal: PrincipalKey(issuer: token.issuer, subject: token.subject),
            roles: services.policy.roles.names(of: permit.roles).map(\.bytes))
        let writer = CompletionWriter(
            requestID: exchange.id, model: completion.model, created: exchange.receivedMicroseconds / 1_000_000,
            includesUsage: completion.includesUsage)
        try await begin(permit, exchange, &path, isStreamed: completion.isStreamed)
        if isSuspected { path.modify("injection_suspected") }
        response.watchPeer()
        let guards = completion.guards
        let restores = mayRestore(token, caller, exchange.connection)
        let redactor = services.redactors.redactor(for: permit, .output)
        if completion.isStreamed {
            let stream = CompletionStream(
                response, writer, fields: Self.streamFields(admission, exchange), vault: vault, guards: guards,
                guarding: redactor, restores: restores)
            return try await self.stream(request, from: model, to: stream, response, exchange, &path)
        }
        var answer: ChatCompletion
        do throws(ModelError) { answer = try await model.complete(request, deltas: nil) } catch {
            throw Task.isCancelled ? .clientGone : Refusal(error)
        }
        let findings: OutputGuard.Findings
        (answer.text, findings) = guards.guarded(answer.text)
        answer.note(findings)
        note(answer, findings, &path)
        path.enter(.restore)
        let guarded = vault.guarded(answer.text, by: redactor)
        let text = restores ? vault.restore(guarded.bytes) : guarded.bytes
        note(guarded.counts, hasRestored: text != guarded.bytes, &path)
        return .answered(
            Reply(
                status: .ok, fields: [Self.jsonType] + admission.verdict.fields, body: writer.whole(text, answer)))
    }

    @inline(never)
    private func stream(
        _ request: ChatRequest, from model: any ChatModel, to stream: CompletionStream, _ response: ResponseStream,
        _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Outcome {
        do throws(ModelError) {
            let answer = try await model.complete(request) { piece in await stream.take(piece) }
            let events = await stream.ending(answer)
            note(answer, stream.findings, &path)
            path.enter(.restore)
            note(stream.counts, hasRestored: stream.hasRestored, &path)
            guard !stream.isGone else { throw .brokenOff }
            return .streamed(StreamEnd(events: events, sentBytes: stream.sentBytes))
        } catch {
            let isGone = stream.isGone || Task.isCancelled
            let refusal = isGone ? .clientGone : Refusal(error)
            guard response.hasBegun else { throw refusal }
            path.refuse(refusal)
            let events = isGone ? [] : stream.ending(refusal, requestID: exchange.id)
            if path.facts.agent == nil { note(stream.findings, of: nil, &path) }
            return .streamed(
                StreamEnd(events: events, sentBytes: stream.sentBytes, refusal: refusal, isGone: isGone))
        }
    }

    /// `GET /v1/models`: what `model` may be in a request for a completion.
    func listModels() -> Reply {
        var json = JSONWriter(capacity: 160)
        json.object { json in
            json.member("object", literal: "list")
            json.name("data")
            json.array { json in
                guard services.model != nil else { return }
                json.object { json in
                    json.member("id", Self.modelAlias)
                    json.member("object", literal: "model")
                    // Which models stand behind the name is the policy's, and changes with it.
                    json.member("created", 0)
                    json.member("owned_by", literal: "portcullis")
                }
            }
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    /// The one name that clients call the policy's models by.
    static let modelAlias = "assistant"

    private static func streamFields(_ admission: Admission, _ exchange: Exchange) -> [ResponseField] {
        [
            ResponseField("Content-Type", "text/event-stream; charset=utf-8"),
            ResponseField("X-Request-Id", exchange.id), ResponseField("Trailer", "Audit-Receipt"),
        ] + admission.verdict.fields + commonFields
    }

    /// Whether a message looks like an attempt on the model.
    /// - Throws: `Refusal`: `422` where one surely is.
    private func screen(_ messages: [ChatMessage]) throws(Refusal) -> Bool {
        guard let screen = services.assistance?.screen else { return false }
        // Words of an attempt can be spread over messages, which the model reads as one text.
        let joined = Array(messages.map(\.text).joined(separator: [0x0A]))
        let decision = (messages.map(\.text) + [joined]).map { screen.look(at: $0).decision }.max() ?? .pass
        guard decision == .refuse else { return decision == .mark }
        var refusal = Refusal(problem: .contentBlocked, reason: "injection_refused")
        refusal.detail = "a message reads like an attempt to change what the assistant does: put it in other words"
        throw refusal
    }

    private func note(_ answer: ChatCompletion, _ findings: OutputGuard.Findings, _ path: inout DecisionPath) {
        note(findings, of: answer.model, &path)
        services.sessionDesk?.usage.count(answer.usage)
    }

    /// - Parameter model: nil where it did not say its answer to the end.
    private func note(_ findings: OutputGuard.Findings, of model: [UInt8]?, _ path: inout DecisionPath) {
        path.facts.agent = AuditAgent(
            route: Array("model".utf8), upstream: model,
            tools: findings.names.map { name in
                AuditAgent.Tool(
                    name: Array("model.guard".utf8), outcome: .error, microseconds: 0,
                    reason: ReasonCode(Array(name.utf8)))
            }, escalated: false)
    }

    private func note(
        _ counts: [RedactedText.TypeCount], hasRestored: Bool, _ path: inout DecisionPath
    ) {
        if !counts.isEmpty {
            services.metrics.countRedactions(counts, .output)
            path.facts.note(counts, .output)
        }
        switch (counts.isEmpty, hasRestored) {
        case (true, true): path.modify("pii_restored")
        case (false, true): path.modify("pii_masked_and_restored")
        case (false, false): path.modify("pii_masked")
        case (true, false): path.skip()
        }
    }
}

extension CleanCompletion {
    /// What looks at the answer: secrets, and figures that stand in no message. The caller's own instructions are no secret
    /// of the gateway's, which adds none here: an answer may repeat them.
    fileprivate var guards: OutputGuard { OutputGuard(instructions: [], sources: messages.map(\.text)) }
}

extension ChatCompletion {
    /// Notes that something was taken out of it, in the words of OpenAI's interface.
    mutating func note(_ findings: OutputGuard.Findings) {
        if !findings.isEmpty { finishReason = .contentFilter }
    }
}

extension Refusal {
    /// Whoever asked has left.
    static var clientGone: Refusal {
        Refusal(problem: .requestTimeout, reason: "client_disconnected", kind: .failure)
    }

    init(_ error: ModelError) {
        switch error {
        case .none:
            self.init(problem: .unavailable, reason: "model_none", kind: .failure)
            detail = "no model is configured here"
        case .budget(let seconds):
            self.init(problem: .tooManyRequests, reason: "model_budget")
            detail = "the budget for models is used up"
            fields = [ResponseField("Retry-After", String(max(1, seconds)))]
        case .unavailable(let seconds):
            self.init(problem: .unavailable, reason: "model_unavailable", kind: .failure)
            if let seconds { fields = [ResponseField("Retry-After", String(max(1, seconds)))] }
        case .badAnswer(let reason):
            self.init(problem: .unavailable, reason: "model_bad_answer", kind: .failure)
            cause = reason.text
        case .timedOut: self.init(problem: .unavailable, reason: "model_timed_out", kind: .failure)
        case .brokenOff: self = .clientGone
        }
    }
}
