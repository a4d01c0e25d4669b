internal import Agent
internal import Audit
internal import Edge
internal import JSON

// The decoding of what a request carries, apart from how its bytes came: tests and fuzz targets feed it bytes.
extension Content {
    /// Decodes the JSON text of a request to `route`, which is one that takes JSON.
    /// - Parameter identifier: what stands in the path, where something does.
    /// - Throws: `Refusal`: `400` with the place.
    static func decoding(
        _ text: [UInt8], for route: Route, identifier: [UInt8] = []
    ) throws(Refusal) -> Content {
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(text, depthMax: depthMax)
        } catch {
            throw Refusal(error)
        }
        do throws(JSONShapeError) {
            return try decoding(root, for: route, identifier)
        } catch {
            throw Refusal(error, in: text)
        }
    }

    private static func decoding(
        _ root: JSONNode, for route: Route, _ identifier: [UInt8]
    ) throws(JSONShapeError) -> Content {
        switch route {
        case .ask:
            let object = try JSONObject(root, allowing: ["message", "session_id", "customer_id", "confirm"])
            let said = try object.said()
            let session = try object.optionalBytes("session_id", countRange: 1...64)
            guard session != nil || said.confirmation == nil else {
                throw object.error(
                    "confirm", found: "no session_id", wanted: "the session_id of the conversation whose change waits")
            }
            return .question(
                message: said.message, sessionID: session,
                customerID: try object.optionalBytes("customer_id", countRange: 1...64),
                confirmation: said.confirmation)
        case .ticketsCreate:
            let object = try JSONObject(root, allowing: ["message", "category"])
            return .newTicket(
                message: try object.bytes("message", countRange: 1...Int.max),
                category: try object.optionalBytes("category", countRange: 1...64))
        case .tokens:
            let object = try JSONObject(root, allowing: tokenMembers)
            return .tokenRequest(
                TokenRequestContent(
                    subject: try object.string("subject", countRange: 1...256),
                    roles: try object.strings("roles"),
                    audience: try object.optionalString("audience", countRange: 1...256),
                    ttlSeconds: try object.optionalInteger("ttl_s", in: 1...31_536_000),
                    certificatePEM: try object.optionalBytes("certificate", countRange: 1...certificateBytesMax),
                    scope: try object.optionalString("scope", countRange: 1...256),
                    sessionID: try object.optionalString("session_id", countRange: 1...256)))
        case .revocationsCreate: return .revocation(try RevocationContent(root))
        case .verificationCreate: return try verification(root)
        case .auditErasures:
            let object = try JSONObject(root, allowing: ["subject", "ticket"])
            return .erasure(
                subject: try object.bytes("subject", countRange: 1...1024),
                ticket: try object.bytes("ticket", countRange: 1...128))
        case .redact:
            let object = try JSONObject(root, allowing: ["text", "explain"])
            return .redaction(
                text: try object.bytes("text", countRange: 1...Int.max),
                isExplained: try object.optionalBool("explain") ?? false)
        case .sessionsCreate, .messagesCreate, .escalationsCreate, .ticketsUpdate, .notesCreate:
            return .conversation(try ConversationContent(root, for: route, identifier))
        case .sessionsRead, .sessionsDelete, .messagesRead, .summariesCreate, .ticketsList, .sessionsList,
            .transcriptsRead, .usage, .chatCompletions, .modelsList, .ticketsRead, .faq, .faqSuggestions, .knowledge,
            .revocationsRead, .verificationRead, .auditHead, .auditCheckpoint, .auditProof, .documentsCreate,
            .documentsList, .documentsRead, .documentsArchive, .documentsErase, .openapi, .jwks, .devToken, .unknown:
            preconditionFailure("the caller names a route that takes JSON")
        }
    }

    /// Decodes the query of a search.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func search(_ items: QueryItems) throws(Refusal) -> Content {
        let (query, limit) = try textAndLimit(items, text: "query", limitMax: AgentLimits.searchResultsMax)
        guard let query, !query.isEmpty else { throw badQuery("query: wanted a text") }
        return .search(query: query, limit: limit ?? searchLimitDefault)
    }

    /// A query of a text, called `text`, and how many answers are wanted, each once or left out.
    static func textAndLimit(
        _ items: QueryItems, text name: StaticString, limitMax: Int
    ) throws(Refusal) -> (text: [UInt8]?, limit: Int?) {
        var text: [UInt8]?
        var limit: Int?
        for item in items {
            switch String(decoding: item.name, as: UTF8.self) {
            case "\(name)" where text == nil: text = item.value
            case "limit" where limit == nil:
                limit = Int(String(decoding: item.value, as: UTF8.self))
                guard let limit, (1...limitMax).contains(limit) else {
                    throw badQuery("limit: wanted an integer from 1 to \(limitMax)")
                }
            default: throw badQuery("only \(name) and limit, each once")
            }
        }
        guard UTF8Validation.firstInvalid(in: text ?? []) == nil else { throw badQuery("\(name): wanted UTF-8") }
        return (text, limit)
    }

    /// Decodes the query of a proof: `seq=N`.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func proof(_ items: QueryItems) throws(Refusal) -> Content {
        var seq: UInt64?
        for item in items {
            guard item.name.elementsEqual("seq".utf8), seq == nil, let value = UInt64(plainDecimal: item.value[...])
            else {
                throw badQuery("seq: wanted the number of a record, once, and nothing else")
            }
            seq = value
        }
        guard let seq else { throw badQuery("seq: wanted the number of a record") }
        return .proof(seq: seq)
    }

    static func badQuery(_ detail: String) -> Refusal {
        var refusal = Refusal(problem: .invalidBody, reason: "query")
        refusal.detail = detail
        return refusal
    }

    private static let tokenMembers: [String] = [
        "subject", "roles", "audience", "ttl_s", "certificate", "scope", "session_id",
    ]
    /// Bytes of a certificate in PEM: real ones take 700 to 4,000.
    private static let certificateBytesMax = 16_384
    /// No request has a reason to nest deeper.
    private static let depthMax = 8
    private static let searchLimitDefault = 5
}
