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
            case .refused(let refusal): ProblemWriter.reply(to: refusal, requestID: exchange.id)
            }
        if case .refused(let refusal) = outcome { report(refusal, exchange) }
        let elapsed = MonotonicInstant.now.microseconds(since: exchange.start)
        let principal = AuditPrincipal(certificate: exchange.connection.auditCertificate, token: path.facts.token)
        let record = RequestEnd(
            request: AuditRequest(exchange, bodyBytes: path.facts.bodyBytes), tls: exchange.connection.auditTLS,
            principal: principal, path: path.steps, redaction: path.facts.redaction, rateLimit: path.facts.rateLimit,
            customer: path.facts.customer, agent: path.facts.agent,
            response: AuditResponse(
                status: reply.status.code, bodyBytes: exchange.isHead ? 0 : UInt64(reply.body.count),
                microseconds: elapsed),
            policy: services.auditPolicy, beginSeq: path.facts.beginSeq)
        do throws(AuditError) {
            let seal = try await seal(principal, exchange)
            let receipt = try await services.log.append(record.encode(sealedBy: seal))
            return conclude(release(reply, receipt, exchange), path, exchange, receipt: receipt.seq)
        } catch {
            return conclude(withhold(error, exchange), path, exchange, receipt: nil)
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
    private func withhold(_ error: AuditError, _ exchange: Exchange) -> Response {
        let reply = ProblemWriter.reply(to: Refusal(error), requestID: exchange.id)
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
    private static let commonFields = [
        ResponseField("Cache-Control", "no-store"), ResponseField("X-Content-Type-Options", "nosniff"),
    ]
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
