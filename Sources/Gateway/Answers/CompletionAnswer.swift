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
    /// request.begin durable ─► model ─► each piece: guard ─► restore ─► caller ─► … ─► request.end durable ─► last piece
    /// ```
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
        let request = ChatRequest(
            messages: completion.messages, answerTokensMax: completion.answerTokensMax,
            principal: PrincipalKey(issuer: token.issuer, subject: token.subject),
            roles: services.policy.roles.names(of: permit.roles).map(\.bytes))
        let writer = CompletionWriter(
            requestID: exchange.id, model: completion.model, created: exchange.receivedMicroseconds / 1_000_000,
            includesUsage: completion.includesUsage)
        try await begin(permit, exchange, &path, isStreamed: completion.isStreamed)
        response.watchPeer()
        let restores = mayRestore(token, caller, exchange.connection)
        let redactor = services.redactors.redactor(for: permit, .output)
        if completion.isStreamed {
            let stream = CompletionStream(
                response, writer, fields: Self.streamFields(admission, exchange), vault: vault, guarding: redactor,
                restores: restores)
            return try await self.stream(request, from: model, to: stream, response, exchange, &path)
        }
        let answer: ChatCompletion
        do throws(ModelError) { answer = try await model.complete(request, deltas: nil) } catch {
            throw Task.isCancelled ? .clientGone : Refusal(error)
        }
        note(answer, &path)
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
            note(answer, &path)
            path.enter(.restore)
            let events = await stream.ending(answer)
            note(stream.counts, hasRestored: stream.hasRestored, &path)
            guard !stream.isGone else { throw .brokenOff }
            return .streamed(StreamEnd(events: events, sentBytes: stream.sentBytes))
        } catch {
            let isGone = stream.isGone || Task.isCancelled
            let refusal = isGone ? .clientGone : Refusal(error)
            guard response.hasBegun else { throw refusal }
            path.refuse(refusal)
            let events = isGone ? [] : stream.ending(refusal, requestID: exchange.id)
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

    private func note(_ answer: ChatCompletion, _ path: inout DecisionPath) {
        path.facts.agent = AuditAgent(route: Array("model".utf8), upstream: answer.model, escalated: false)
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
