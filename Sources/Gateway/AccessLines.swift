internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Telemetry
internal import Threading

/// The lines about connections and requests. They show no more of a person than the record does, and less of an
/// address: its network only. No query, body, token or certificate is in them.
extension Pipeline {
    /// One line for a request, once it is known what leaves.
    func log(
        _ response: Response, _ path: DecisionPath.Sealed, _ exchange: Exchange, _ receipt: UInt64?,
        _ microseconds: UInt64
    ) {
        services.observation.logger?.log(.info, "request") { line in
            line.text("request_id", exchange.id)
            line.text("trace_id", exchange.trace)
            line.hex("span_id", exchange.spanNumber)
            line.literal("route", path.facts.route.name)
            if !exchange.method.isEmpty { line.text("method", exchange.method) }
            line.number("status", UInt64(response.status.code))
            line.number("bytes", exchange.isHead ? 0 : response.body.count)
            line.number("duration_us", microseconds)
            if let refusal = path.steps.last, refusal.outcome == .deny || refusal.outcome == .error {
                line.text("stage", refusal.stage.rawValue)
                line.text("reason", (refusal.reason ?? "unspecified").bytes)
            }
            if let receipt { line.number("audit_seq", receipt) }
            if let token = path.facts.token, services.sealing?.seals(.tokenSubject) != true {
                line.text("subject", token.subject)
            }
            line.members(exchange.connection.logMembers)
        }
    }

    /// A health check: every few seconds and of no interest, but for who looks for it.
    func logProbe(_ response: Response, for connection: ConnectionContext) {
        services.observation.logger?.log(.debug, "probe") { line in
            line.number("status", UInt64(response.status.code))
            line.members(connection.logMembers)
        }
    }

    /// One line for a connection that carried requests, or could have.
    func logClosed(_ summary: ConnectionSummary, _ connection: ConnectionContext) {
        services.observation.logger?.log(.info, "connection") { line in
            line.number("requests", summary.requests)
            line.number("bytes_received", summary.bytesReceived)
            line.number("bytes_sent", summary.bytesSent)
            line.number("duration_us", MonotonicInstant.now.microseconds(since: connection.opened))
            line.members(connection.logMembers)
            if case .success(let identity)? = connection.identity { line.text("client", identity.name.bytes) }
        }
    }

    /// One line for a connection that came to nothing and has a record of its own.
    func logRefused(_ refusal: ConnectionRefusal) {
        services.observation.logger?.log(.info, "connection_refused") { line in
            line.text("reason", refusal.reason.text)
            line.text("peer", refusal.address.network)
        }
    }
}

extension ConnectionContext {
    static func logMembers(of peer: Peer) -> [UInt8] {
        LogLine.fragment { line in
            line.number("connection", peer.connectionNumber)
            line.text("peer", peer.address.network)
            guard let tls = peer.tls else { return }
            line.text("tls", tls.version)
            line.bool("resumed", tls.isResumed)
        }
    }
}

extension SocketAddress {
    /// The network: 24 bits of an IPv4 address, 64 of an IPv6 one, as in the record of refused connections.
    var network: String {
        let isIPv4 = bytes.count == 4
        let kept = isIPv4 ? 3 : 8
        let masked = Array(bytes.prefix(kept)) + [UInt8](repeating: 0, count: bytes.count - kept)
        return (SocketAddress(bytes: masked, port: 0)?.host ?? "?") + (isIPv4 ? "/24" : "/64")
    }
}

extension Route {
    /// The raw value, without a string.
    var name: StaticString {
        switch self {
        case .ask: "ask"
        case .ticketsCreate: "tickets_create"
        case .ticketsRead: "tickets_read"
        case .faq: "faq"
        case .faqSuggestions: "faq_suggestions"
        case .knowledge: "knowledge"
        case .tokens: "tokens"
        case .auditHead: "audit_head"
        case .auditCheckpoint: "audit_checkpoint"
        case .auditProof: "audit_proof"
        case .auditErasures: "audit_erasures"
        case .redact: "redact"
        case .openapi: "openapi"
        case .jwks: "jwks"
        case .devToken: "dev_token"
        case .revocationsCreate: "revocations_create"
        case .revocationsRead: "revocations_read"
        case .verificationCreate: "verification_create"
        case .verificationRead: "verification_read"
        case .sessionsCreate: "sessions_create"
        case .sessionsRead: "sessions_read"
        case .sessionsDelete: "sessions_delete"
        case .messagesCreate: "messages_create"
        case .messagesRead: "messages_read"
        case .summariesCreate: "summaries_create"
        case .escalationsCreate: "escalations_create"
        case .ticketsList: "tickets_list"
        case .ticketsUpdate: "tickets_update"
        case .notesCreate: "notes_create"
        case .sessionsList: "sessions_list"
        case .transcriptsRead: "transcripts_read"
        case .usage: "usage"
        case .chatCompletions: "chat_completions"
        case .modelsList: "models_list"
        case .documentsCreate: "documents_create"
        case .documentsList: "documents_list"
        case .documentsRead: "documents_read"
        case .documentsArchive: "documents_archive"
        case .documentsErase: "documents_erase"
        case .unknown: "unknown"
        }
    }
}
