internal import Agent
internal import Audit
internal import Edge

/// What a request carries, decoded and bounded, personal data and all: only `redact` may look inside.
enum Content: Sendable {
    case question(message: [UInt8], sessionID: [UInt8]?, customerID: [UInt8]?, confirmation: Bool? = nil)
    case newTicket(message: [UInt8], category: [UInt8]?)
    case ticket(identifier: [UInt8])
    case search(query: [UInt8], limit: Int)
    case suggestions(typed: [UInt8], limit: Int)
    case knowledge(csv: [UInt8])
    case tokenRequest(TokenRequestContent)
    case revocation(RevocationContent)
    case revocations(after: Int64, limit: Int)
    case challenge(ChallengeContent)
    case customerProof(answer: [UInt8], sessionID: [UInt8])
    case standing(sessionID: [UInt8])
    case proof(seq: UInt64)
    case erasure(subject: [UInt8], ticket: [UInt8])
    case redaction(text: [UInt8], isExplained: Bool)
    case conversation(ConversationContent)
    case completion(CompletionContent)
    case upload(UploadContent)
    case documents(DocumentQuery, Route)
    case nothing(Route)
}

/// A token that is asked for.
struct TokenRequestContent: Sendable {
    let subject: String
    let roles: [String]
    let audience: String?
    let ttlSeconds: Int?
    let certificatePEM: [UInt8]?
    let scope: String?
    let sessionID: String?
}

extension Pipeline {
    /// Still stage `admit`: takes the body, now that it is known whose it is, and decodes it.
    /// - Throws: `Refusal`: `400` with the place, `408`, `411`, `413`, `415`.
    @inline(never)
    func read(
        _ request: Request, _ body: RequestBody, _ admission: Admission, _ destination: Destination,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Content {
        switch destination.route {
        case .ask, .ticketsCreate, .tokens, .revocationsCreate, .verificationCreate, .auditErasures, .redact:
            try demand(request, "application/json")
            return try Content.decoding(
                try await collect(body, services.bounds.body, request, &path), for: destination.route)
        case .chatCompletions:
            try demand(request, "application/json")
            return .completion(
                try CompletionContent.decoding(try await collect(body, services.bounds.body, request, &path)))
        case .ticketsRead: return .ticket(identifier: Array(destination.identifier ?? []))
        case .faq: return try Content.search(request.target.queryItems)
        case .faqSuggestions: return try Content.suggestions(request.target.queryItems)
        case .knowledge:
            try demand(request, "text/csv")
            return .knowledge(csv: try await collect(body, services.bounds.knowledge, request, &path))
        case .revocationsRead: return try Content.revocations(request.target.queryItems)
        case .verificationRead: return try Content.standing(request.target.queryItems)
        case .documentsCreate: return try await readUpload(request, body, &path)
        case .documentsList, .documentsRead, .documentsArchive, .documentsErase:
            return try Content.documents(request.target.queryItems, destination)
        case .auditProof: return try Content.proof(request.target.queryItems)
        case .messagesCreate where Self.isForm(request):
            return try await readMessageForm(request, body, session: Array(destination.identifier ?? []), &path)
        case .sessionsCreate, .messagesCreate, .escalationsCreate, .ticketsUpdate, .notesCreate:
            try demand(request, "application/json")
            return try Content.decoding(
                try await collect(body, services.bounds.body, request, &path), for: destination.route,
                identifier: Array(destination.identifier ?? []))
        case .sessionsRead, .sessionsDelete, .messagesRead, .summariesCreate, .ticketsList, .sessionsList,
            .transcriptsRead, .usage:
            return .conversation(
                try ConversationContent(
                    destination.route, Array(destination.identifier ?? []), request.target.queryItems))
        case .auditHead, .auditCheckpoint, .modelsList, .openapi, .jwks, .devToken, .unknown:
            return .nothing(destination.route)
        }
    }

    @inline(never)
    func collect(
        _ body: RequestBody, _ bytesMax: Int, _ request: Request, _ path: inout DecisionPath
    ) async throws(Refusal) -> [UInt8] {
        // A POST that has content and does not say how much is not taken (RFC 9110 §15.5.12).
        guard request.framing != .none || request[.contentLength] != nil else { throw Refusal(.lengthRequired) }
        do throws(RequestBodyError) {
            let bytes = try await body.collect(bytesMax: bytesMax)
            path.facts.bodyBytes = bytes.count
            return bytes
        } catch {
            throw Refusal(error)
        }
    }

    /// The media type without its parameters must be `type`; a charset must be UTF-8 (RFC 9110 §8.3).
    func demand(_ request: Request, _ type: StaticString) throws(Refusal) {
        guard let field = request[.contentType], MediaType(field)?.isUTF8(type) ?? false else {
            var refusal = Refusal(problem: .unsupportedMediaType, reason: "media_type")
            refusal.detail = "send Content-Type: \(type)"
            throw refusal
        }
        guard request[.contentEncoding] == nil else {
            var refusal = Refusal(problem: .unsupportedMediaType, reason: "content_encoding")
            refusal.detail = "send the content without Content-Encoding"
            throw refusal
        }
    }
}
