internal import Audit
internal import Auth
internal import Edge
internal import JSON

/// A customer who is to be asked for proof.
struct ChallengeContent: Sendable {
    let account: [UInt8], name: [UInt8]
    let method: ProofMethod
    let sessionID: [UInt8]?
}

extension Content {
    /// Who somebody says they are, or, with `answer`, the proof of it.
    static func verification(_ root: JSONNode) throws(JSONShapeError) -> Content {
        let object = try JSONObject(root, allowing: ["session_id", "account", "name", "method", "answer"])
        guard object.optional("answer") != nil else {
            let method = try object.optionalString("method", countRange: 1...16) ?? "question"
            guard let proof = ProofMethod(rawValue: method) else {
                throw object.error("method", found: "\"\(method)\"", wanted: "\"question\" or \"code\"")
            }
            return .challenge(
                ChallengeContent(
                    account: try object.bytes("account", countRange: 1...CustomerClaim.accountBytesMax),
                    name: try object.bytes("name", countRange: 1...CustomerClaim.nameBytesMax), method: proof,
                    sessionID: try object.optionalBytes("session_id", countRange: 1...64)))
        }
        for name in ["account", "name", "method"] where object.optional(name) != nil {
            throw object.error(name, found: "it and answer", wanted: "answer with session_id alone")
        }
        return .customerProof(
            answer: try object.bytes("answer", countRange: 1...SecretAnswer.bytesMax),
            sessionID: try object.bytes("session_id", countRange: 1...64))
    }

    /// Decodes the query of where a conversation is: `session_id=NAME`.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func standing(_ items: QueryItems) throws(Refusal) -> Content {
        var session: [UInt8]?
        for item in items {
            guard item.name.elementsEqual("session_id".utf8), session == nil, (1...64).contains(item.value.count) else {
                throw badQuery("only session_id, once, of 1 to 64 bytes")
            }
            session = item.value
        }
        guard let session else { throw badQuery("session_id: wanted the conversation's") }
        return .standing(sessionID: session)
    }

    /// The conversation that is named; nil where none is.
    var sessionID: [UInt8]? {
        switch self {
        case .question(_, let session, _, _): session
        case .challenge(let challenge): challenge.sessionID
        case .customerProof(_, let session): session
        case .standing(let session): session
        case .upload(let upload): upload.query.sessionID
        case .documents(let query, _): query.sessionID
        case .conversation(let content): content.sessionID
        case .newTicket, .ticket, .search, .suggestions, .knowledge, .tokenRequest, .revocation, .revocations, .proof,
            .erasure, .redaction, .completion, .nothing:
            nil
        }
    }
}
