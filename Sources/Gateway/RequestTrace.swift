internal import Audit
internal import Edge
internal import OpenSSL
internal import Telemetry
internal import Threading

/// A request as spans: one for the whole, by the semantic conventions for HTTP servers, and in it one for each stage of
/// the decision path and for the wait for the record. They say no more of a person than the record does.
extension FinishedTrace {
    init(
        _ exchange: Exchange, _ path: DecisionPath.Sealed, _ response: Response, receipt: UInt64?,
        ended: MonotonicInstant
    ) {
        let start = UInt64(max(0, exchange.receivedMicroseconds)) * 1000
        let at = { (microseconds: UInt64) in start + microseconds * 1000 }
        let total = ended.microseconds(since: exchange.start)
        var spans = [
            TraceSpan(
                spanID: exchange.spanNumber, parentID: exchange.span.flatMap { UInt64(hex: $0) },
                hasRemoteParent: exchange.span != nil, name: Self.name(exchange, path.facts.route), kind: .server,
                startNanoseconds: start, endNanoseconds: at(total),
                attributes: Self.attributes(exchange, path, response, receipt: receipt),
                isError: response.status.code >= 500)
        ]
        var offset: UInt64 = 0
        for step in path.steps {
            let end = min(offset + step.microseconds, total)
            var attributes: [(name: StaticString, value: TraceSpan.Value)] = [
                ("portcullis.outcome", .text(step.outcome.rawValue))
            ]
            if let reason = step.reason { attributes.append(("portcullis.reason", .bytes(reason.bytes))) }
            spans.append(
                Self.part(
                    of: exchange, spans.count, step.stage.rawValue, at(offset)..<max(at(offset), at(end)), attributes,
                    isError: step.outcome == .error))
            offset = end
        }
        let sealed = min(path.sealed.microseconds(since: exchange.start), total)
        spans.append(
            Self.part(
                of: exchange, spans.count, Metrics.recordStage, at(sealed)..<at(total), [], isError: receipt == nil))
        self.init(traceID: exchange.trace, state: exchange.traceState, spans: spans)
    }

    /// Parts are numbered from the request's span by odd steps of 2^64/φ, which repeats none and makes none 0 in practice.
    private static func part(
        of exchange: Exchange, _ number: Int, _ name: String, _ time: Range<UInt64>,
        _ attributes: [(name: StaticString, value: TraceSpan.Value)], isError: Bool
    ) -> TraceSpan {
        TraceSpan(
            spanID: max(1, exchange.spanNumber &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15),
            parentID: exchange.spanNumber, name: name, kind: .internal, startNanoseconds: time.lowerBound,
            endNanoseconds: time.upperBound, attributes: attributes, isError: isError)
    }

    /// Low in number, as the conventions ask: what was no route of ours has no path in its name, and a method that is not
    /// known is `HTTP`.
    private static func name(_ exchange: Exchange, _ route: Route) -> String {
        let method = exchange.knownMethod == .other ? "HTTP" : exchange.knownMethod.name
        return route.template.map { "\(method) \($0)" } ?? method
    }

    /// What a client wrote, no longer than in a line of the log.
    private static func cut(_ text: [UInt8]) -> TraceSpan.Value {
        .bytes(Array(text.prefix(TelemetryLimits.textBytesMax)))
    }

    private static func attributes(
        _ exchange: Exchange, _ path: DecisionPath.Sealed, _ response: Response, receipt: UInt64?
    ) -> [(name: StaticString, value: TraceSpan.Value)] {
        var list: [(name: StaticString, value: TraceSpan.Value)] = [
            ("http.response.status_code", .integer(Int64(response.status.code))),
            ("url.scheme", .text(exchange.connection.peer.tls == nil ? "http" : "https")),
            ("client.address", .text(exchange.connection.peer.address.network)),
            ("portcullis.request_id", .bytes(exchange.id)),
            ("portcullis.connection", .integer(Int64(clamping: exchange.connection.peer.connectionNumber))),
        ]
        if let proto = exchange.proto {
            if exchange.knownMethod == .other {
                list.append(("http.request.method", .text("_OTHER")))
                list.append(("http.request.method_original", cut(exchange.method)))
            } else {
                list.append(("http.request.method", .text(exchange.knownMethod.name)))
            }
            list.append(("url.path", cut(exchange.path)))
            list.append(("network.protocol.version", .text("\(proto)".hasSuffix("1.0") ? "1.0" : "1.1")))
        }
        if let template = path.facts.route.template { list.append(("http.route", .text(template))) }
        if let tls = exchange.connection.peer.tls {
            list.append(("tls.protocol.version", .text(String(tls.version.drop { !$0.isNumber }))))
            list.append(("tls.resumed", .bool(tls.isResumed)))
        }
        if let step = path.steps.last, step.outcome == .deny || step.outcome == .error {
            list.append(("error.type", .bytes((step.reason ?? "unspecified").bytes)))
        }
        if let receipt { list.append(("portcullis.audit_seq", .integer(Int64(clamping: receipt)))) }
        return list
    }
}

extension Route {
    /// The path with its parameters by name; nil for no route.
    var template: String? {
        switch self {
        case .ask: "/v1/ask"
        case .ticketsCreate, .ticketsList: "/v1/tickets"
        case .ticketsRead, .ticketsUpdate: "/v1/tickets/{id}"
        case .notesCreate: "/v1/tickets/{id}/notes"
        case .sessionsCreate: "/v1/sessions"
        case .sessionsRead, .sessionsDelete: "/v1/sessions/{id}"
        case .messagesCreate, .messagesRead: "/v1/sessions/{id}/messages"
        case .summariesCreate: "/v1/sessions/{id}/summary"
        case .escalationsCreate: "/v1/sessions/{id}/escalations"
        case .sessionsList: "/v1/admin/sessions"
        case .transcriptsRead: "/v1/admin/sessions/{id}/transcript"
        case .usage: "/v1/usage"
        case .faq: "/v1/faq"
        case .faqSuggestions: "/v1/faq/suggestions"
        case .knowledge: "/v1/knowledge"
        case .tokens: "/v1/tokens"
        case .auditHead: "/v1/audit/head"
        case .auditCheckpoint: "/v1/audit/checkpoint"
        case .auditProof: "/v1/audit/proof"
        case .auditErasures: "/v1/audit/erasures"
        case .redact: "/v1/redact"
        case .openapi: "/openapi.json"
        case .jwks: "/.well-known/jwks.json"
        case .devToken: "/dev/token"
        case .revocationsCreate, .revocationsRead: "/v1/revocations"
        case .verificationCreate, .verificationRead: "/v1/verification"
        case .chatCompletions: "/v1/chat/completions"
        case .modelsList: "/v1/models"
        case .documentsCreate, .documentsList, .documentsErase: "/v1/documents"
        case .documentsRead: "/v1/documents/{id}"
        case .documentsArchive: "/v1/documents/{id}/archive"
        case .unknown: nil
        }
    }
}

extension UInt64 {
    /// Reads 16 lowercase hexadecimal digits.
    init?(hex digits: [UInt8]) {
        guard digits.count == 16, let value = UInt64(String(decoding: digits, as: UTF8.self), radix: 16) else {
            return nil
        }
        self = value
    }
}
