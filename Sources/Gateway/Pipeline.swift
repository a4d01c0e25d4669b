internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Redaction
internal import Telemetry
internal import Threading

/// The whole life of a request, in order. Start reading here.
///
/// Each stage takes what the one before it proved, so that two swapped lines do not compile; each leaves a step in the
/// decision path; the only way out is `record`, and without its receipt nothing is answered but `503`.
struct Pipeline: RequestHandler {
    let services: Services

    func open(_ peer: Peer) -> ConnectionContext { ConnectionContext(peer, services) }

    func respond(to request: Request, body: RequestBody, for connection: ConnectionContext) async -> Response {
        if let check = HealthCheck(request.path) {
            let response = services.health.answer(check, request.method)
            if services.observation.isEnabled(.debug) { logProbe(response, for: connection) }
            return response
        }
        return await respondOnRecord(to: request, body: body, for: connection)
    }

    // What awaits is not inlined into what awaits it, here and in the stages: the frames of all stages would lie in one,
    // and that one in every connection, idle or not.
    @inline(never)
    private func respondOnRecord(
        to request: Request, body: RequestBody, for connection: ConnectionContext
    ) async -> Response {
        let exchange = Exchange(request, connection, services)
        var path = DecisionPath(start: exchange.start)
        let outcome = await decide(request, body, exchange, &path)
        return await record(outcome, path.seal(), exchange)
    }

    @inline(never)
    private func decide(
        _ request: Request, _ body: RequestBody, _ exchange: Exchange, _ path: inout DecisionPath
    ) async -> Outcome {
        do throws(Refusal) {
            let destination = try admitAddress(request, exchange, &path)
            try expectWitnesses()
            if let reply = Self.answerOptions(request, destination) { return .answered(reply) }
            if let reply = try answerKeySet(destination) { return .answered(reply) }
            if destination.route == .devToken {
                return .answered(try await issueDevelopmentToken(request, body, exchange, &path))
            }
            path.enter(.identify)
            let caller = try identify(exchange.connection)
            path.enter(.authenticate)
            let token = try await authenticate(request, caller, exchange, &path)
            path.enter(.authorise)
            let permit = try authorise(request, destination, caller, token, exchange.connection, &path)
            path.enter(.admit)
            let admission = try admit(permit, token, destination.route, &path)
            let content = try await read(request, body, admission, destination, &path)
            path.facts.customer = customer(in: content.sessionID, of: token)
            path.enter(.redact)
            var vault = RequestVault(issuer: token.issuer, subject: token.subject, in: services.sessions)
            let clean = try redact(content, permit, &vault, &path)
            path.enter(.answer)
            if case .completion(let completion) = clean {
                return try await complete(
                    completion, vault, permit, token, caller, admission, body.response, exchange, &path)
            }
            let draft = try await answer(clean, permit, token, exchange, vault.originals, &path)
            path.enter(.restore)
            let guarded = guardOutput(draft, vault, permit, &path)
            let restored = restore(guarded, vault, token, caller, exchange.connection, &path)
            return .answered(finish(restored, admission, exchange, path.closedSteps))
        } catch {
            path.refuse(error)
            var refusal = error
            if let verdict = path.facts.admitted { refusal.fields += verdict.fields }
            return .refused(refusal)
        }
    }

    /// A request that is turned away ends in a record as well; nobody looked at its token or its body.
    @inline(never)
    func turnAway(_ request: Request, because overload: Overload, for connection: ConnectionContext) async -> Response {
        let exchange = Exchange(request, connection, services)
        var path = DecisionPath(start: exchange.start)
        let refusal = refuse(overload, destination(of: request), exchange, &path)
        path.refuse(refusal)
        return await record(.refused(refusal), path.seal(), exchange)
    }

    /// What was no request ends in a record as well.
    @inline(never)
    func respond(to fault: RequestFault, for connection: ConnectionContext) async -> Response {
        let exchange = Exchange(connection, services)
        var path = DecisionPath(start: exchange.start)
        let refusal = refuse(fault, exchange, &path)
        path.refuse(refusal)
        return await record(.refused(refusal), path.seal(), exchange)
    }

    private func refuse(_ fault: RequestFault, _ exchange: Exchange, _ path: inout DecisionPath) -> Refusal {
        do throws(Refusal) {
            try countAddress(exchange, &path)
            return Refusal(fault)
        } catch {
            return error
        }
    }

    func refused(_ refusal: ConnectionRefusal) {
        let isRecorded = services.log.rejectConnection(
            peer: Array(refusal.address.text.utf8), reason: ReasonCode(Array(refusal.reason.text.utf8)),
            sni: refusal.serverName.map { services.redactor.redactForLog(Array($0.utf8)) },
            certificateSHA256: refusal.certificateDigest)
        // The rest is counted, in a record and in the metrics: whoever connects often must not fill the disk by lines either.
        if isRecorded && services.observation.logsConnections { logRefused(refusal) }
    }

    func closed(_ summary: ConnectionSummary, for connection: ConnectionContext) {
        if services.observation.logsConnections { logClosed(summary, connection) }
    }
}

/// What the stages came to.
enum Outcome: Sendable {
    case answered(Reply)
    case refused(Refusal)
    /// Most of it was sent; its end waits for the record.
    case streamed(StreamEnd)
}

/// An answer that is ready but for its record.
struct Reply: Sendable {
    var status: Status
    var fields: [ResponseField] = []
    var body: [UInt8] = []
}

/// What identifies one request and when it came, whatever becomes of it.
struct Exchange: Sendable {
    let id: [UInt8]
    let trace: [UInt8]
    let span: [UInt8]?
    /// The span that is this request here.
    let spanNumber: UInt64
    /// Whether its spans go to the collector, and what goes with them.
    let isTraced: Bool
    let traceState: [UInt8]
    /// As the record shows them: the path decoded, so that no escape hides personal data, and both redacted.
    let method: [UInt8], path: [UInt8]
    /// The method where it is one that is known: a client can invent any number of others.
    let knownMethod: HTTPMethod
    /// Whether the answer's content stays here (RFC 9110 §9.3.2).
    var isHead: Bool { knownMethod == .head }
    /// nil where what came was no request.
    let proto: StaticString?
    let connection: ConnectionContext
    /// Monotonic, for durations, and wall clock, for the record.
    let start: MonotonicInstant
    let receivedMicroseconds: Int64
}

extension Exchange {
    init(_ request: Request, _ connection: ConnectionContext, _ services: Services) {
        let identifiers = services.identifiers.next()
        let traceparent = request[.traceparent].flatMap { Traceparent($0) }
        let trace = traceparent.map { Array($0.trace) } ?? identifiers.trace
        let isTraced = services.observation.traces(trace, callerDecided: traceparent?.isSampled)
        self.init(
            id: identifiers.id, trace: trace,
            span: traceparent.map { Array($0.span) }, spanNumber: identifiers.span, isTraced: isTraced,
            // Without its parent the state says nothing (W3C Trace Context §3.3).
            traceState: isTraced && traceparent != nil
                ? Tracestate.combined(request.fields.values(of: .tracestate)) : [],
            method: services.redactor.redactForLog(Array(request.methodBytes)),
            path: services.redactor.redactForLog(Array(request.path)),
            knownMethod: request.method, proto: request.version == .http10 ? "HTTP/1.0" : "HTTP/1.1",
            connection: connection, start: .now,
            receivedMicroseconds: WallClock.microseconds)
    }

    init(_ connection: ConnectionContext, _ services: Services) {
        let identifiers = services.identifiers.next()
        self.init(
            id: identifiers.id, trace: identifiers.trace, span: nil, spanNumber: identifiers.span,
            isTraced: services.observation.traces(identifiers.trace, callerDecided: nil), traceState: [], method: [],
            path: [], knownMethod: .other, proto: nil, connection: connection, start: .now,
            receivedMicroseconds: WallClock.microseconds)
    }
}
