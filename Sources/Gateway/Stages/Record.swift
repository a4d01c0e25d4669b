internal import Audit
internal import Bytes
internal import Edge
internal import OpenSSL
internal import Telemetry
internal import Threading

extension Pipeline {
    /// The only way out: the decision path goes to the log, and what was decided leaves once that record is durable.
    @inline(never)
    func record(_ outcome: Outcome, _ path: DecisionPath.Sealed, _ exchange: Exchange) async -> Response {
        let reply =
            switch outcome {
            case .answered(let reply): reply
            case .refused(let refusal): Self.reply(to: refusal, path.facts.route, exchange)
            case .streamed(let end): Reply(status: .ok, body: end.events)
            }
        if let refusal = outcome.refusal { report(refusal, exchange) }
        let elapsed = MonotonicInstant.now.microseconds(since: exchange.start)
        let principal = AuditPrincipal(certificate: exchange.connection.auditCertificate, token: path.facts.token)
        let record = RequestEnd(
            request: AuditRequest(exchange, bodyBytes: path.facts.bodyBytes), tls: exchange.connection.auditTLS,
            principal: principal, path: path.steps, redaction: path.facts.redaction, rateLimit: path.facts.rateLimit,
            customer: path.facts.customer, agent: path.facts.agent,
            response: AuditResponse(
                status: reply.status.code,
                bodyBytes: exchange.isHead ? 0 : UInt64(outcome.sentBytes + reply.body.count),
                microseconds: elapsed),
            policy: services.auditPolicy, beginSeq: path.facts.beginSeq)
        do throws(AuditError) {
            let seal = try await seal(principal, exchange)
            let receipt = try await services.log.append(record.encode(sealedBy: seal))
            let response = outcome.asPart(release(reply, receipt, exchange))
            return conclude(response, path, exchange, receipt: receipt.seq)
        } catch {
            var response = withhold(error, path.facts.route, exchange)
            // What was sent cannot be taken back; what is missing shows that it is not whole.
            if case .streamed = outcome { response.part = .brokenOff }
            return conclude(response, path, exchange, receipt: nil)
        }
    }

    /// A refusal in the form that clients of the route read.
    private static func reply(to refusal: Refusal, _ route: Route, _ exchange: Exchange) -> Reply {
        switch route {
        case .chatCompletions, .modelsList: CompletionProblem.reply(to: refusal, requestID: exchange.id)
        default: ProblemWriter.reply(to: refusal, requestID: exchange.id)
        }
    }

    /// What a record of this request is sealed with; nil where nothing is sealed.
    func seal(_ principal: AuditPrincipal, _ exchange: Exchange) async throws(AuditError) -> RecordSeal? {
        guard let sealing = services.sealing else { return nil }
        return try await sealing.seal(for: SealSubject(principal, at: exchange.receivedMicroseconds))
    }

    /// Releases an answer. Demands the receipt, which only the log can make.
    private func release(_ reply: Reply, _ receipt: Receipt, _ exchange: Exchange) -> Response {
        var proof = ByteBuffer(capacity: 85)
        proof.append(decimal: receipt.seq)
        proof.append(UInt8(ascii: ":"))
        receipt.hash.appendHex(to: &proof)
        var fields = reply.fields
        fields.append(ResponseField("X-Request-Id", exchange.id))
        fields.append(ResponseField("Audit-Receipt", proof.array()))
        // For a caller that traces: which span of ours is its request (Trace Context level 3, draft, "Traceresponse").
        if exchange.span != nil {
            let field = Traceparent.field(
                trace: exchange.trace, span: exchange.spanNumber, isSampled: exchange.isTraced)
            fields.append(ResponseField("traceresponse", field))
        }
        return Response(reply.status, fields: fields + Self.commonFields, body: reply.body)
    }

    /// What was decided cannot be recorded: the caller gets nothing of it.
    private func withhold(_ error: AuditError, _ route: Route, _ exchange: Exchange) -> Response {
        let reply = Self.reply(to: Refusal(error), route, exchange)
        var fields = reply.fields
        fields.append(ResponseField("X-Request-Id", exchange.id))
        return Response(reply.status, fields: fields + Self.commonFields, body: reply.body)
    }

    /// Failures are the operator's: a line of their own, with the cause that neither client nor record see.
    private func report(_ refusal: Refusal, _ exchange: Exchange) {
        guard let cause = refusal.cause else { return }
        services.observation.logger?.log(.error, "request_failed") { line in
            line.text("request_id", exchange.id)
            line.text("trace_id", exchange.trace)
            line.text("reason", refusal.reason.bytes)
            line.text("cause", cause)
        }
    }

    /// Counts the request and tells of it, once it is known what leaves.
    private func conclude(
        _ response: Response, _ path: DecisionPath.Sealed, _ exchange: Exchange, receipt: UInt64?
    ) -> Response {
        let now = MonotonicInstant.now
        let microseconds = now.microseconds(since: exchange.start)
        services.metrics.countRequest(path.facts.route, status: response.status.code, microseconds: microseconds)
        services.sessionDesk?.usage.count(path.facts.agent)
        services.metrics.countStages(
            path.steps, recordMicroseconds: now.microseconds(since: path.sealed))
        if exchange.isTraced, let tracer = services.observation.tracer {
            tracer.record(FinishedTrace(exchange, path, response, receipt: receipt, ended: now))
        }
        if services.observation.logsRequests { log(response, path, exchange, receipt, microseconds) }
        return response
    }

    /// Answers are for one caller and are data, never a page.
    static let commonFields = [
        ResponseField("Cache-Control", "no-store"), ResponseField("X-Content-Type-Options", "nosniff"),
    ]
}

extension Outcome {
    /// Why it is no answer, or no whole one.
    fileprivate var refusal: Refusal? {
        switch self {
        case .answered: nil
        case .refused(let refusal): refusal
        case .streamed(let end): end.refusal
        }
    }

    /// Bytes of the body that left before the record.
    fileprivate var sentBytes: Int {
        if case .streamed(let end) = self { end.sentBytes } else { 0 }
    }

    /// What a response is to one that was begun before. Its head has been sent, so that only the receipt goes with its end.
    fileprivate func asPart(_ response: Response) -> Response {
        guard case .streamed(let end) = self else { return response }
        var part = response
        part.part = end.isGone ? .brokenOff : .lastPiece
        part.fields.removeAll { "\($0.name)" != "Audit-Receipt" }
        return part
    }
}

extension AuditRequest {
    init(_ exchange: Exchange, bodyBytes: Int) {
        self.init(
            identifier: exchange.id, trace: exchange.trace, span: exchange.span,
            connection: exchange.connection.peer.connectionNumber,
            receivedMicroseconds: exchange.receivedMicroseconds, method: exchange.method, path: exchange.path,
            proto: exchange.proto, bodyBytes: UInt64(bodyBytes),
            peer: exchange.connection.peerText)
    }
}
