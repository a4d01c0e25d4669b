internal import Audit
internal import Auth
internal import Edge
internal import OpenSSL

/// Serves `GET /metrics` on its own loopback listener: no identity, no record.
struct MetricsHandler: RequestHandler {
    let services: Services
    let edge: EdgeStatistics
    let policyVersion: String

    func open(_ peer: Peer) {}

    func importance(of request: Request) -> Importance? { nil }

    var backlog: Int { 0 }

    func turnAway(_ request: Request, because overload: Overload, for context: Void) async -> Response {
        Self.plain(.serviceUnavailable, "busy\n")
    }

    func respond(to request: Request, body: RequestBody, for context: Void) async -> Response {
        guard request.path.elementsEqual("/metrics".utf8) else {
            return Self.plain(.notFound, "only /metrics is here\n")
        }
        guard request.method == .get || request.method == .head else {
            var response = Self.plain(.methodNotAllowed, "GET and HEAD only\n")
            response.fields.append(ResponseField("Allow", "GET, HEAD"))
            return response
        }
        return Response(
            .ok, fields: [ResponseField("Content-Type", "text/plain; version=0.0.4; charset=utf-8")], body: page())
    }

    func respond(to fault: RequestFault, for context: Void) async -> Response {
        switch fault {
        case .http(let fault): Self.plain(fault.status, "\(fault.reason)\n")
        }
    }

    func refused(_ refusal: ConnectionRefusal) {}

    private static func plain(_ status: Status, _ text: String) -> Response {
        Response(status, fields: [ResponseField("Content-Type", "text/plain")], body: Array(text.utf8))
    }

    private func page() -> [UInt8] {
        var text = PrometheusText()
        text.family("portcullis_build_info", "gauge", "Version of the gateway and of the policy in force.")
        text.sample(
            "portcullis_build_info", [("version", portcullisVersion), ("policy_version", policyVersion)], 1)
        writeRequests(&text)
        writeEdge(&text)
        writeDecisions(&text)
        writeTokens(&text)
        writeAudit(&text)
        return text.bytes
    }

    private func writeRequests(_ text: inout PrometheusText) {
        let counts = services.metrics.snapshot
        text.family("portcullis_requests_total", "counter", "Requests answered, by route and status.")
        for route in Route.allCases {
            for (status, count) in counts.requests[route.index].sorted(by: { $0.key < $1.key }) {
                text.sample(
                    "portcullis_requests_total", [("route", route.rawValue), ("status", String(status))], count)
            }
        }
        text.family(
            "portcullis_request_duration_seconds", "histogram",
            "Time from a request's head to its durable record, by route.")
        for route in Route.allCases where !counts.requests[route.index].isEmpty {
            let histogram = counts.latency[route.index]
            text.histogram(
                "portcullis_request_duration_seconds", [("route", route.rawValue)], bounds: Metrics.latencyBounds,
                buckets: histogram.buckets, sumMicroseconds: histogram.sumMicroseconds)
        }
    }

    private func writeEdge(_ text: inout PrometheusText) {
        text.family("portcullis_handshakes_total", "counter", "TLS handshakes by result.")
        for (result, count) in edge.handshakes.map({ ($0.key.name, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            text.sample("portcullis_handshakes_total", [("result", result)], count)
        }
        text.family("portcullis_connections_open", "gauge", "Connections open now.")
        text.sample("portcullis_connections_open", [], edge.openConnections)
        text.family("portcullis_requests_in_flight", "gauge", "Requests being answered now.")
        text.sample("portcullis_requests_in_flight", [], edge.requestsInFlight)
        text.family("portcullis_connections_accepted_total", "counter", "Connections accepted.")
        text.sample("portcullis_connections_accepted_total", [], edge.acceptedConnections)
        text.family(
            "portcullis_connections_refused_total", "counter", "Connections closed as they came, by reason.")
        for limit in ConnectionLimit.allCases {
            text.sample(
                "portcullis_connections_refused_total", [("reason", limit.rawValue)], edge.refusedConnections(limit))
        }
        text.sample("portcullis_connections_refused_total", [("reason", "descriptors")], edge.descriptorLimitReached)
        text.family("portcullis_requests_shed_total", "counter", "Requests turned away in an overload, by importance.")
        for importance in Importance.allCases {
            text.sample(
                "portcullis_requests_shed_total", [("importance", importance.rawValue)], edge.shedRequests(importance))
        }
        text.family(
            "portcullis_slow_peers_total", "counter", "Peers cut off because they were too slow, by what they did.")
        text.sample("portcullis_slow_peers_total", [("doing", "sending")], edge.slowRequestBodies)
        text.sample("portcullis_slow_peers_total", [("doing", "reading")], edge.slowAnswerReaders)
    }

    private func writeDecisions(_ text: inout PrometheusText) {
        let counts = services.metrics.snapshot
        text.family("portcullis_rate_limit_decisions_total", "counter", "Rate-limit decisions by limit and result.")
        let decisions = counts.rateDecisions.map { decision, count in
            (decision.limit.text, decision.isAllowed ? "allowed" : "refused", count)
        }
        for (limit, result, count) in decisions.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            text.sample("portcullis_rate_limit_decisions_total", [("limit", limit), ("result", result)], count)
        }
        text.family("portcullis_redactions_total", "counter", "Personal values redacted, by type.")
        for (type, count) in counts.redactions.sorted(by: { $0.key < $1.key }) {
            text.sample("portcullis_redactions_total", [("type", type)], count)
        }
        text.family("portcullis_answers_total", "counter", "Answers of the assistant, by how they came about.")
        for (route, count) in counts.answersByRoute.sorted(by: { $0.key < $1.key }) {
            text.sample("portcullis_answers_total", [("route", route)], count)
        }
    }

    private func writeTokens(_ text: inout PrometheusText) {
        let tokens = services.tokens.statistics
        text.family(
            "portcullis_token_cache_lookups_total", "counter", "Look-ups in the cache of verified tokens, by result.")
        text.sample("portcullis_token_cache_lookups_total", [("result", "hit")], tokens.cacheHits)
        text.sample("portcullis_token_cache_lookups_total", [("result", "miss")], tokens.cacheMisses)
    }

    private func writeAudit(_ text: inout PrometheusText) {
        let audit = services.log.statistics()
        text.family("portcullis_audit_records_total", "counter", "Durable audit records, by type.")
        for type in RecordType.allCases where audit.records(of: type) > 0 {
            text.sample("portcullis_audit_records_total", [("type", type.rawValue)], audit.records(of: type))
        }
        text.family("portcullis_audit_sync_duration_seconds", "histogram", "Time of one fdatasync of the log.")
        text.histogram(
            "portcullis_audit_sync_duration_seconds", [], bounds: AuditStatistics.syncBoundsMicroseconds,
            buckets: audit.syncsByDuration.map { Int($0) }, sumMicroseconds: audit.syncMicroseconds)
        text.family("portcullis_audit_queue_records", "gauge", "Records that wait for the log's writer.")
        text.sample("portcullis_audit_queue_records", [], audit.queueDepth)
        text.family("portcullis_ready", "gauge", "Whether requests are served.")
        text.sample("portcullis_ready", [], services.health.isReady ? 1 : 0)
    }
}

extension EdgeStatistics.Handshake {
    /// The result's name in metrics.
    fileprivate var name: String {
        switch self {
        case .full: "full"
        case .resumed: "resumed"
        case .failed(let failure): failure.rawValue
        }
    }
}
