import Edge
import Testing

@testable import Gateway

@Suite struct `Where a path leads` {
    static let table: [(method: HTTPMethod, path: String, route: Route, allow: String, identifier: String?)] = [
        (.post, "/v1/ask", .ask, "POST, OPTIONS", nil),
        (.get, "/v1/ask", .unknown, "POST, OPTIONS", nil),
        (.head, "/v1/ask", .unknown, "POST, OPTIONS", nil),
        (.options, "/v1/ask", .unknown, "POST, OPTIONS", nil),
        (.post, "/v1/tickets", .ticketsCreate, "POST, GET, HEAD, OPTIONS", nil),
        (.get, "/v1/tickets", .ticketsList, "POST, GET, HEAD, OPTIONS", nil),
        (.put, "/v1/tickets", .unknown, "POST, GET, HEAD, OPTIONS", nil),
        (.get, "/v1/tickets/T-1", .ticketsRead, "GET, PATCH, HEAD, OPTIONS", "T-1"),
        (.head, "/v1/tickets/T-1", .ticketsRead, "GET, PATCH, HEAD, OPTIONS", "T-1"),
        (.patch, "/v1/tickets/T-1", .ticketsUpdate, "GET, PATCH, HEAD, OPTIONS", "T-1"),
        (.delete, "/v1/tickets/T-1", .unknown, "GET, PATCH, HEAD, OPTIONS", "T-1"),
        (.post, "/v1/tickets/T-1/notes", .notesCreate, "POST, OPTIONS", "T-1"),
        (.get, "/v1/tickets/T-1/notes", .unknown, "POST, OPTIONS", "T-1"),
        (.post, "/v1/tickets//notes", .unknown, "", nil),
        (.post, "/v1/tickets/a/b/notes", .unknown, "", nil),
        (.post, "/v1/tickets/notes", .unknown, "GET, PATCH, HEAD, OPTIONS", "notes"),
        (.post, "/v1/sessions", .sessionsCreate, "POST, OPTIONS", nil),
        (.get, "/v1/sessions", .unknown, "POST, OPTIONS", nil),
        (.get, "/v1/sessions/s-1", .sessionsRead, "GET, DELETE, HEAD, OPTIONS", "s-1"),
        (.delete, "/v1/sessions/s-1", .sessionsDelete, "GET, DELETE, HEAD, OPTIONS", "s-1"),
        (.post, "/v1/sessions/s-1", .unknown, "GET, DELETE, HEAD, OPTIONS", "s-1"),
        (.post, "/v1/sessions/s-1/messages", .messagesCreate, "POST, GET, HEAD, OPTIONS", "s-1"),
        (.get, "/v1/sessions/s-1/messages", .messagesRead, "POST, GET, HEAD, OPTIONS", "s-1"),
        (.get, "/v1/sessions/s-1/messages/", .unknown, "", nil),
        (.get, "/v1/sessions/s-1/x/messages", .unknown, "", nil),
        (.get, "/v1/sessions//messages", .unknown, "", nil),
        (.post, "/v1/sessions/s-1/summary", .summariesCreate, "POST, OPTIONS", "s-1"),
        (.post, "/v1/sessions/s-1/escalations", .escalationsCreate, "POST, OPTIONS", "s-1"),
        (.post, "/v1/sessions/s-1/summaries", .unknown, "", nil),
        (.get, "/v1/admin/sessions", .sessionsList, "GET, HEAD, OPTIONS", nil),
        (.get, "/v1/admin/sessions/s-1/transcript", .transcriptsRead, "GET, HEAD, OPTIONS", "s-1"),
        (.get, "/v1/admin/sessions/s-1", .unknown, "", nil),
        (.get, "/v1/usage", .usage, "GET, HEAD, OPTIONS", nil),
        (.get, "/v1/tickets/", .unknown, "", nil),
        (.get, "/v1/tickets/T-1/", .unknown, "", nil),
        (.get, "/v1/tickets/T-1/x", .unknown, "", nil),
        (.get, "/v1/faq", .faq, "GET, HEAD, OPTIONS", nil),
        (.head, "/v1/faq", .faq, "GET, HEAD, OPTIONS", nil),
        (.get, "/v1/faq/suggestions", .faqSuggestions, "GET, HEAD, OPTIONS", nil),
        (.put, "/v1/faq", .unknown, "GET, HEAD, OPTIONS", nil),
        (.post, "/v1/knowledge", .knowledge, "POST, OPTIONS", nil),
        (.post, "/v1/tokens", .tokens, "POST, OPTIONS", nil),
        (.post, "/v1/revocations", .revocationsCreate, "POST, GET, HEAD, OPTIONS", nil),
        (.head, "/v1/revocations", .revocationsRead, "POST, GET, HEAD, OPTIONS", nil),
        (.delete, "/v1/revocations", .unknown, "POST, GET, HEAD, OPTIONS", nil),
        (.post, "/v1/verification", .verificationCreate, "POST, GET, HEAD, OPTIONS", nil),
        (.get, "/v1/verification", .verificationRead, "POST, GET, HEAD, OPTIONS", nil),
        (.post, "/v1/chat/completions", .chatCompletions, "POST, OPTIONS", nil),
        (.get, "/v1/chat/completions", .unknown, "POST, OPTIONS", nil),
        (.get, "/v1/models", .modelsList, "GET, HEAD, OPTIONS", nil),
        (.post, "/v1/documents", .documentsCreate, "POST, GET, DELETE, HEAD, OPTIONS", nil),
        (.get, "/v1/documents", .documentsList, "POST, GET, DELETE, HEAD, OPTIONS", nil),
        (.delete, "/v1/documents", .documentsErase, "POST, GET, DELETE, HEAD, OPTIONS", nil),
        (.get, "/v1/documents/D-1", .documentsRead, "GET, HEAD, OPTIONS", "D-1"),
        (.post, "/v1/documents/D-1", .unknown, "GET, HEAD, OPTIONS", "D-1"),
        (.post, "/v1/documents/D-1/archive", .documentsArchive, "POST, OPTIONS", "D-1"),
        (.get, "/v1/documents/archive", .documentsRead, "GET, HEAD, OPTIONS", "archive"),
        (.post, "/v1/documents//archive", .unknown, "", nil),
        (.post, "/v1/documents/D-1/2/archive", .unknown, "", nil),
        (.get, "/v1/audit/head", .auditHead, "GET, HEAD, OPTIONS", nil),
        (.get, "/v1/audit/checkpoint", .auditCheckpoint, "GET, HEAD, OPTIONS", nil),
        (.get, "/v1/audit/proof", .auditProof, "GET, HEAD, OPTIONS", nil),
        (.post, "/v1/audit/erasures", .auditErasures, "POST, OPTIONS", nil),
        (.get, "/v1/audit/erasures", .unknown, "POST, OPTIONS", nil),
        (.post, "/v1/redact", .redact, "POST, OPTIONS", nil),
        (.get, "/openapi.json", .openapi, "GET, HEAD, OPTIONS", nil),
        (.get, "/.well-known/jwks.json", .jwks, "GET, HEAD, OPTIONS", nil),
        (.get, "/", .unknown, "", nil), (.get, "/v1", .unknown, "", nil), (.post, "/v1/ask/", .unknown, "", nil),
        (.post, "/V1/ask", .unknown, "", nil), (.post, "/v1/askk", .unknown, "", nil),
        (.post, "/v1/as", .unknown, "", nil), (.get, "/metrics", .unknown, "", nil),
    ]

    @Test(arguments: table.indices)
    func `is told by path and method`(index: Int) {
        let row = Self.table[index]
        let destination = Destination(row.method, Array(row.path.utf8)[...])
        #expect(destination.route == row.route, "\(row)")
        #expect(String(decoding: destination.allowField, as: UTF8.self) == row.allow, "\(row)")
        #expect(destination.identifier.map { String(decoding: $0, as: UTF8.self) } == row.identifier, "\(row)")
    }

    @Test(arguments: [
        (HTTPMethod.post, "/dev/token", Route.devToken, "POST, OPTIONS"),
        (.get, "/dev/token", .unknown, "POST, OPTIONS"), (.post, "/dev/tokens", .unknown, ""),
        (.post, "/v1/tokens", .tokens, "POST, OPTIONS"),
    ])
    func `tokens for development are there for development alone`(
        method: HTTPMethod, path: String, route: Route, allow: String
    ) {
        let destination = Destination(method, Array(path.utf8)[...], isDevelopment: true)
        #expect(destination.route == route && String(decoding: destination.allowField, as: UTF8.self) == allow)
        let usual = Destination(method, Array(path.utf8)[...])
        #expect(path.hasPrefix("/dev") ? usual.route == .unknown && usual.allowed.isEmpty : usual.route == route)
    }

    @Test func `every route is reached and has its own counter`() {
        #expect(Set(Self.table.map(\.route)) == Set(Route.allCases).subtracting([.devToken]))
        #expect(Set(Route.allCases.map(\.index)) == Set(0..<Route.allCases.count))
        #expect(Set(Route.allCases.map(\.rawValue)).count == Route.allCases.count)
    }

    @Test(
        arguments: [
            ("/healthz", HealthCheck.healthy), ("/livez", .live), ("/readyz", .ready), ("/health", nil),
            ("/healthz/", nil),
            ("/Healthz", nil), ("/livex", nil), ("/readyzz", nil), ("/", nil), ("", nil),
        ] as [(String, HealthCheck?)])
    func `the checks without identity are these`(path: String, check: HealthCheck?) {
        #expect(HealthCheck(Array(path.utf8)[...]) == check)
    }
}
