internal import Agent
internal import Audit
internal import Edge
internal import JSON

/// What a request carries, decoded and bounded, personal data and all: only `redact` may look inside.
enum Content: Sendable {
    case question(message: [UInt8], sessionID: [UInt8]?, customerID: [UInt8]?)
    case newTicket(message: [UInt8], category: [UInt8]?)
    case ticket(identifier: [UInt8])
    case search(query: [UInt8], limit: Int)
    case knowledge(csv: [UInt8])
    case tokenRequest(TokenRequestContent)
    case nothing(Route)
}

/// A token that is asked for.
struct TokenRequestContent: Sendable {
    let subject: String
    let roles: [String]
    let audience: String?
    let ttlSeconds: Int?
}

extension Pipeline {
    /// Still stage `admit`: takes the body, now that it is known whose it is, and decodes it.
    /// - Throws: `Refusal`: `400` with the place, `408`, `411`, `413`, `415`.
    func read(
        _ request: Request, _ body: RequestBody, _ admission: Admission, _ destination: Destination,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Content {
        switch destination.route {
        case .ask:
            let (object, text) = try await readJSON(request, body, ["message", "session_id", "customer_id"], &path)
            return try decode(text) { () throws(JSONShapeError) in
                .question(
                    message: try object.bytes("message", countRange: 1...Int.max),
                    sessionID: try object.optionalBytes("session_id", countRange: 1...64),
                    customerID: try object.optionalBytes("customer_id", countRange: 1...64))
            }
        case .ticketsCreate:
            let (object, text) = try await readJSON(request, body, ["message", "category"], &path)
            return try decode(text) { () throws(JSONShapeError) in
                .newTicket(
                    message: try object.bytes("message", countRange: 1...Int.max),
                    category: try object.optionalBytes("category", countRange: 1...64))
            }
        case .tokens:
            let (object, text) = try await readJSON(request, body, ["subject", "roles", "audience", "ttl_s"], &path)
            return try decode(text) { () throws(JSONShapeError) in
                .tokenRequest(
                    TokenRequestContent(
                        subject: try object.string("subject", countRange: 1...256),
                        roles: try object.strings("roles"),
                        audience: try object.optionalString("audience", countRange: 1...256),
                        ttlSeconds: try object.optionalInteger("ttl_s", in: 1...31_536_000)))
            }
        case .ticketsRead: return .ticket(identifier: Array(destination.identifier ?? []))
        case .faq: return try readSearch(request)
        case .knowledge:
            try demand(request, "text/csv")
            return .knowledge(csv: try await collect(body, services.bounds.knowledge, request, &path))
        case .auditHead, .openapi, .unknown: return .nothing(destination.route)
        }
    }

    private func readJSON(
        _ request: Request, _ body: RequestBody, _ names: [String], _ path: inout DecisionPath
    ) async throws(Refusal) -> (JSONObject, [UInt8]) {
        try demand(request, "application/json")
        let text = try await collect(body, services.bounds.body, request, &path)
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(text, depthMax: Self.depthMax)
        } catch {
            throw Refusal(error)
        }
        return try decode(text) { () throws(JSONShapeError) in (try JSONObject(root, allowing: names), text) }
    }

    private func decode<Value>(
        _ text: [UInt8], _ body: () throws(JSONShapeError) -> Value
    ) throws(Refusal) -> Value {
        do throws(JSONShapeError) { return try body() } catch { throw Refusal(error, in: text) }
    }

    private func collect(
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
    private func demand(_ request: Request, _ type: StaticString) throws(Refusal) {
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

    private func readSearch(_ request: Request) throws(Refusal) -> Content {
        var query: [UInt8]?
        var limit: Int?
        for item in request.target.queryItems {
            switch String(decoding: item.name, as: UTF8.self) {
            case "query" where query == nil: query = item.value
            case "limit" where limit == nil:
                limit = Int(String(decoding: item.value, as: UTF8.self))
                guard let limit, (1...AgentLimits.searchResultsMax).contains(limit) else {
                    throw Self.badQuery("limit: wanted an integer from 1 to \(AgentLimits.searchResultsMax)")
                }
            default: throw Self.badQuery("only query and limit, each once")
            }
        }
        guard let query, !query.isEmpty else { throw Self.badQuery("query: wanted a text") }
        guard UTF8Validation.firstInvalid(in: query) == nil else { throw Self.badQuery("query: wanted UTF-8") }
        return .search(query: query, limit: limit ?? Self.searchLimitDefault)
    }

    private static func badQuery(_ detail: String) -> Refusal {
        var refusal = Refusal(problem: .invalidBody, reason: "query")
        refusal.detail = detail
        return refusal
    }

    /// No request has a reason to nest deeper.
    private static let depthMax = 8
    private static let searchLimitDefault = 5
}
