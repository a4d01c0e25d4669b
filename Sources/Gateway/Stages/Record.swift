internal import Audit
internal import Bytes
internal import Edge
internal import JSON
internal import OpenSSL
internal import Threading

extension Pipeline {
    /// The only way out: the decision path goes to the log, and what was decided leaves once that record is durable.
    func record(_ outcome: Outcome, _ path: DecisionPath.Sealed, _ exchange: Exchange) async -> Response {
        let reply =
            switch outcome {
            case .answered(let reply): reply
            case .refused(let refusal): ProblemWriter.reply(to: refusal, requestID: exchange.id)
            }
        if case .refused(let refusal) = outcome { report(refusal, exchange) }
        let elapsed = MonotonicInstant.now.microseconds(since: exchange.start)
        let record = RequestEnd(
            request: AuditRequest(exchange, bodyBytes: path.facts.bodyBytes), tls: exchange.connection.auditTLS,
            principal: AuditPrincipal(certificate: exchange.connection.auditCertificate, token: path.facts.token),
            path: path.steps, redaction: path.facts.redaction, rateLimit: path.facts.rateLimit,
            agent: path.facts.agent,
            response: AuditResponse(
                status: reply.status.code, bodyBytes: exchange.isHead ? 0 : UInt64(reply.body.count),
                microseconds: elapsed),
            policy: services.auditPolicy, beginSeq: path.facts.beginSeq)
        do throws(AuditError) {
            let receipt = try await services.log.append(record.encode())
            return count(release(reply, receipt, exchange), path, exchange)
        } catch {
            return count(withhold(error, exchange), path, exchange)
        }
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
        return Response(reply.status, fields: fields + Self.commonFields, body: reply.body)
    }

    /// What was decided cannot be recorded: the caller gets nothing of it.
    private func withhold(_ error: AuditError, _ exchange: Exchange) -> Response {
        let reply = ProblemWriter.reply(to: Refusal(error), requestID: exchange.id)
        var fields = reply.fields
        fields.append(ResponseField("X-Request-Id", exchange.id))
        return Response(reply.status, fields: fields + Self.commonFields, body: reply.body)
    }

    /// Failures are the operator's: one line of JSON on standard error, with the cause that neither client nor record see.
    private func report(_ refusal: Refusal, _ exchange: Exchange) {
        guard let cause = refusal.cause else { return }
        var json = JSONWriter()
        json.object { json in
            json.member("level", literal: "error")
            json.member("event", literal: "request_failed")
            json.member("request_id", exchange.id)
            json.member("reason", String(decoding: refusal.reason.bytes, as: UTF8.self))
            json.member("cause", cause)
        }
        Console.writeError(String(decoding: json.bytes, as: UTF8.self) + "\n")
    }

    private func count(_ response: Response, _ path: DecisionPath.Sealed, _ exchange: Exchange) -> Response {
        services.metrics.countRequest(
            path.facts.route, status: response.status.code,
            microseconds: MonotonicInstant.now.microseconds(since: exchange.start))
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
