internal import Audit
internal import Edge
internal import JSON

/// A revocation that is asked for.
struct RevocationContent: Sendable {
    /// What it names: a token, a subject, a role, or none of these for all tokens of the issuer.
    enum Target: Sendable { case token([UInt8]), subject([UInt8]), role([UInt8]), issuer }

    let target: Target
    let issuer: [UInt8]?
    /// Seconds since 1970.
    let issuedBefore: Int64?

    init(_ root: JSONNode) throws(JSONShapeError) {
        let object = try JSONObject(root, allowing: ["jti", "subject", "role", "issuer", "issued_before"])
        // The bounds of what is named are `Revocation`'s, the same for the command.
        var targets: [Target] = []
        if let id = try object.optionalBytes("jti", countRange: 1...textBytesMax) { targets.append(.token(id)) }
        if let subject = try object.optionalBytes("subject", countRange: 1...textBytesMax) {
            targets.append(.subject(subject))
        }
        if let role = try object.optionalBytes("role", countRange: 1...textBytesMax) { targets.append(.role(role)) }
        guard targets.count <= 1 else {
            throw object.error("jti", found: "\(targets.count) of jti, subject and role", wanted: "one")
        }
        target = targets.first ?? .issuer
        issuer = try object.optionalBytes("issuer", countRange: 1...textBytesMax)
        issuedBefore = try object.optionalInteger("issued_before", in: 1...secondsMax).map(Int64.init)
    }
}

extension Content {
    /// Decodes the query of a list of revocations: `after=NUMBER`, `limit=COUNT`.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func revocations(_ items: QueryItems) throws(Refusal) -> Content {
        var (after, limit): (Int64?, Int?)
        for item in items {
            switch String(decoding: item.name, as: UTF8.self) {
            case "after" where after == nil:
                after = UInt64(plainDecimal: item.value[...]).flatMap(Int64.init(exactly:))
                guard after != nil else { throw badQuery("after: wanted a revocation's number") }
            case "limit" where limit == nil:
                limit = UInt64(plainDecimal: item.value[...]).flatMap(Int.init(exactly:))
                guard let limit, (1...revocationsPerPageMax).contains(limit) else {
                    throw badQuery("limit: wanted an integer from 1 to \(revocationsPerPageMax)")
                }
            default: throw badQuery("only after and limit, each once")
            }
        }
        return .revocations(after: after ?? 0, limit: limit ?? 100)
    }

    /// Revocations of one answer, at most: about 300 KB of JSON.
    static let revocationsPerPageMax = 1000
}

private let textBytesMax = 1024
private let secondsMax = 253_402_300_799
