internal import Edge

/// What a request asks for. The raw value is the route's name in metrics and log.
enum Route: String, CaseIterable, Sendable {
    case ask
    case ticketsCreate = "tickets_create"
    case ticketsRead = "tickets_read"
    case faq
    case faqSuggestions = "faq_suggestions"
    case knowledge
    case tokens
    case auditHead = "audit_head"
    case auditCheckpoint = "audit_checkpoint"
    case auditProof = "audit_proof"
    case auditErasures = "audit_erasures"
    case redact
    case openapi
    case jwks
    case revocationsCreate = "revocations_create"
    case revocationsRead = "revocations_read"
    case verificationCreate = "verification_create"
    case verificationRead = "verification_read"
    case sessionsCreate = "sessions_create"
    case sessionsRead = "sessions_read"
    case sessionsDelete = "sessions_delete"
    case messagesCreate = "messages_create"
    case messagesRead = "messages_read"
    case summariesCreate = "summaries_create"
    case escalationsCreate = "escalations_create"
    case ticketsList = "tickets_list"
    case ticketsUpdate = "tickets_update"
    case notesCreate = "notes_create"
    case sessionsList = "sessions_list"
    case transcriptsRead = "transcripts_read"
    case usage
    case chatCompletions = "chat_completions"
    case modelsList = "models_list"
    case documentsCreate = "documents_create"
    case documentsList = "documents_list"
    case documentsRead = "documents_read"
    case documentsArchive = "documents_archive"
    case documentsErase = "documents_erase"
    /// Served with `--dev` alone.
    case devToken = "dev_token"
    /// No route of ours: answered with `404`, or `405` where only the method is wrong.
    case unknown

    /// A position in tables of counters.
    var index: Int {
        switch self {
        case .ask: 0
        case .ticketsCreate: 1
        case .ticketsRead: 2
        case .faq: 3
        case .faqSuggestions: 4
        case .knowledge: 5
        case .tokens: 6
        case .auditHead: 7
        case .auditCheckpoint: 8
        case .auditProof: 9
        case .auditErasures: 10
        case .redact: 11
        case .openapi: 12
        case .jwks: 13
        case .revocationsCreate: 14
        case .revocationsRead: 15
        case .verificationCreate: 16
        case .verificationRead: 17
        case .sessionsCreate: 18
        case .sessionsRead: 19
        case .sessionsDelete: 20
        case .messagesCreate: 21
        case .messagesRead: 22
        case .summariesCreate: 23
        case .escalationsCreate: 24
        case .ticketsList: 25
        case .ticketsUpdate: 26
        case .notesCreate: 27
        case .sessionsList: 28
        case .transcriptsRead: 29
        case .usage: 30
        case .chatCompletions: 31
        case .modelsList: 32
        case .documentsCreate: 33
        case .documentsList: 34
        case .documentsRead: 35
        case .documentsArchive: 36
        case .documentsErase: 37
        case .devToken: 38
        case .unknown: 39
        }
    }
}

/// Where a request's path leads, before anybody asks whether the caller may go there.
struct Destination: Sendable {
    /// The route for this path and method; `.unknown` where there is none.
    let route: Route
    /// The methods that the path has, in the order of the `Allow` field; empty where the path is no route.
    let allowed: [HTTPMethod]
    /// The path segment of an identifier, in routes that have one.
    let identifier: ArraySlice<UInt8>?

    /// The value of the `Allow` field (RFC 9110 §10.2.1).
    var allowField: [UInt8] {
        var value: [UInt8] = []
        for method in allowed {
            if !value.isEmpty { value.append(contentsOf: ", ".utf8) }
            value.append(contentsOf: method.name.utf8)
        }
        return value
    }
}

extension Destination {
    /// Resolves a path that the parser has decoded and checked.
    /// - Parameter isDevelopment: whether there are the routes that no gateway of a bank has.
    init(_ method: HTTPMethod, _ path: ArraySlice<UInt8>, isDevelopment: Bool = false) {
        let isToken = isDevelopment && path.elementsEqual(Self.devToken)
        let entry: Entry = isToken ? ([(.post, .devToken)], nil) : Self.lookUp(path)
        let isRead = method == .head ? HTTPMethod.get : method
        route = entry.routes.first { $0.method == isRead }?.route ?? .unknown
        allowed = entry.routes.isEmpty ? [] : Self.withImplied(entry.routes.map(\.method))
        identifier = entry.identifier
    }

    private typealias Entry = (routes: [(method: HTTPMethod, route: Route)], identifier: ArraySlice<UInt8>?)

    private static func lookUp(_ path: ArraySlice<UInt8>) -> Entry {
        for (text, routes) in fixed where path.elementsEqual(text) { return (routes, nil) }
        for pattern in patterns {
            if let identifier = pattern.identifier(in: path) { return (pattern.routes, identifier) }
        }
        return ([], nil)
    }

    /// A path with one segment that stands for an identifier.
    private struct Pattern {
        let prefix: [UInt8], suffix: [UInt8]
        let routes: [(method: HTTPMethod, route: Route)]

        init(_ prefix: String, _ suffix: String, _ routes: [(method: HTTPMethod, route: Route)]) {
            self.prefix = Array(prefix.utf8)
            self.suffix = Array(suffix.utf8)
            self.routes = routes
        }

        var text: [UInt8] { prefix + Array("{id}".utf8) + suffix }

        /// The segment of `path` that stands there; nil where it is another path.
        func identifier(in path: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
            guard path.count > prefix.count + suffix.count, path.starts(with: prefix),
                path.suffix(suffix.count).elementsEqual(suffix)
            else { return nil }
            let identifier = path.dropFirst(prefix.count).dropLast(suffix.count)
            return identifier.contains(UInt8(ascii: "/")) ? nil : identifier
        }
    }

    private static func withImplied(_ methods: [HTTPMethod]) -> [HTTPMethod] {
        methods + (methods.contains(.get) ? [.head] : []) + [.options]
    }

    /// All that is served for a permission, by method and path; `{id}` stands for an identifier.
    static var served: [(method: HTTPMethod, path: [UInt8])] {
        fixed.flatMap { entry in entry.routes.filter { $0.route != .jwks }.map { ($0.method, entry.path) } }
            + patterns.flatMap { pattern in pattern.routes.map { ($0.method, pattern.text) } }
    }

    /// One of `served` in words, such as `GET /v1/tickets/{id}`, or `others`: so that paths are counted by their routes.
    static func name(_ method: [UInt8], _ path: [UInt8]) -> String {
        guard !lookUp(path[...]).routes.isEmpty else { return "others" }
        let text = patterns.first { $0.identifier(in: path[...]) != nil }?.text ?? path
        return String(decoding: method + [UInt8(ascii: " ")] + text, as: UTF8.self)
    }

    private static let devToken = Array("/dev/token".utf8)
    private static let patterns = [
        Pattern("/v1/tickets/", "", [(.get, .ticketsRead), (.patch, .ticketsUpdate)]),
        Pattern("/v1/tickets/", "/notes", [(.post, .notesCreate)]),
        Pattern("/v1/sessions/", "", [(.get, .sessionsRead), (.delete, .sessionsDelete)]),
        Pattern("/v1/sessions/", "/messages", [(.post, .messagesCreate), (.get, .messagesRead)]),
        Pattern("/v1/sessions/", "/summary", [(.post, .summariesCreate)]),
        Pattern("/v1/sessions/", "/escalations", [(.post, .escalationsCreate)]),
        Pattern("/v1/admin/sessions/", "/transcript", [(.get, .transcriptsRead)]),
        Pattern("/v1/documents/", "", [(.get, .documentsRead)]),
        Pattern("/v1/documents/", "/archive", [(.post, .documentsArchive)]),
    ]
    private static let fixed: [(path: [UInt8], routes: [(method: HTTPMethod, route: Route)])] = [
        (Array("/v1/ask".utf8), [(.post, .ask)]),
        (Array("/v1/tickets".utf8), [(.post, .ticketsCreate), (.get, .ticketsList)]),
        (Array("/v1/documents".utf8), [(.post, .documentsCreate), (.get, .documentsList), (.delete, .documentsErase)]),
        (Array("/v1/faq".utf8), [(.get, .faq)]),
        (Array("/v1/faq/suggestions".utf8), [(.get, .faqSuggestions)]),
        (Array("/v1/knowledge".utf8), [(.post, .knowledge)]),
        (Array("/v1/tokens".utf8), [(.post, .tokens)]),
        (Array("/v1/revocations".utf8), [(.post, .revocationsCreate), (.get, .revocationsRead)]),
        (Array("/v1/verification".utf8), [(.post, .verificationCreate), (.get, .verificationRead)]),
        (Array("/v1/chat/completions".utf8), [(.post, .chatCompletions)]),
        (Array("/v1/models".utf8), [(.get, .modelsList)]),
        (Array("/v1/audit/head".utf8), [(.get, .auditHead)]),
        (Array("/v1/audit/checkpoint".utf8), [(.get, .auditCheckpoint)]),
        (Array("/v1/audit/proof".utf8), [(.get, .auditProof)]),
        (Array("/v1/audit/erasures".utf8), [(.post, .auditErasures)]),
        (Array("/v1/redact".utf8), [(.post, .redact)]),
        (Array("/v1/sessions".utf8), [(.post, .sessionsCreate)]),
        (Array("/v1/admin/sessions".utf8), [(.get, .sessionsList)]),
        (Array("/v1/usage".utf8), [(.get, .usage)]),
        (Array("/openapi.json".utf8), [(.get, .openapi)]),
        (Array("/.well-known/jwks.json".utf8), [(.get, .jwks)]),
    ]
}

/// The requests that need neither identity nor record.
enum HealthCheck: Sendable {
    case healthy, live, ready

    /// The check at `path`, or nil where there is none.
    init?(_ path: ArraySlice<UInt8>) {
        switch path.count {
        case 8 where path.elementsEqual("/healthz".utf8): self = .healthy
        case 6 where path.elementsEqual("/livez".utf8): self = .live
        case 7 where path.elementsEqual("/readyz".utf8): self = .ready
        default: return nil
        }
    }
}
