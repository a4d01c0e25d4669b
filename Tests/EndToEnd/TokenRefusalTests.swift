import Foundation
import JSON
import Testing

/// A token that must be refused, made from a good one.
struct BadToken: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable (_ good: String, _ deployment: Deployment) async throws -> String
    var testDescription: String { name }

    /// A good header with claims that `change` made from the good ones.
    static func claims(_ name: String, _ change: @escaping @Sendable (String) -> String) -> BadToken {
        BadToken(name: name) { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            let changed = change(claims)
            #expect(changed != claims, "the test changes nothing: \(claims)")
            return try await deployment.forge.es256(header: header, claims: changed)
        }
    }

    /// Good claims under a header that `change` made from the good one.
    static func header(_ name: String, _ change: @escaping @Sendable (String) -> String) -> BadToken {
        BadToken(name: name) { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            let changed = change(header)
            #expect(changed != header, "the test changes nothing: \(header)")
            return try await deployment.forge.es256(header: changed, claims: claims)
        }
    }
}

/// `text` with the member `name` given the JSON `value`; nil removes it.
private func setting(_ text: String, _ name: String, _ value: String?) -> String {
    guard let members = try? JSONParser.parse(Array(text.utf8)).members else { return text }
    var parts = members.filter { !$0.name.elementsEqual(name.utf8) }.map { member in
        let key = String(decoding: member.name, as: UTF8.self)
        return "\"\(key)\":\(raw(member.node))"
    }
    if let value { parts.append("\"\(name)\":\(value)") }
    return "{" + parts.joined(separator: ",") + "}"
}

private func raw(_ node: JSONNode) -> String {
    switch node.value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .double(let double): "\(double)"
    case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    case .array(let nodes): "[" + nodes.map(raw).joined(separator: ",") + "]"
    case .object(let members):
        "{" + members.map { "\"\(String(decoding: $0.name, as: UTF8.self))\":\(raw($0.node))" }.joined(separator: ",")
            + "}"
    }
}

private let now = Int(Date().timeIntervalSince1970)

private let badTokens: [BadToken] = [
    BadToken(name: "empty") { _, _ in "" },
    BadToken(name: "not a token") { _, _ in "nonsense" },
    BadToken(name: "four parts") { good, _ in good + ".x" },
    BadToken(name: "no signature") { good, _ in
        good.split(separator: ".").prefix(2).joined(separator: ".") + "."
    },
    BadToken(name: "a flipped signature") { good, _ in
        let last = try #require(good.split(separator: ".").last)
        let flipped = (last.first == "A" ? "B" : "A") + last.dropFirst()
        return good.dropLast(last.count) + flipped
    },
    BadToken(name: "padding") { good, _ in good + "=" },
    BadToken(name: "claims of another under this signature") { good, _ in
        let parts = good.split(separator: ".").map(String.init)
        let claims = setting(try TokenForge.parts(of: good).claims, "sub", "\"somebody-else\"")
        return [parts[0], TokenForge.base64(Array(claims.utf8)), parts[2]].joined(separator: ".")
    },
    BadToken(name: "HS256 with the public key for a secret") { good, deployment in
        let (header, claims) = try TokenForge.parts(of: good)
        return try await deployment.forge.hs256(
            header: setting(header, "alg", "\"HS256\""), claims: claims,
            secretFile: deployment.certificates + "/token-keys/signing.pub")
    },
    BadToken(name: "alg none") { good, _ in
        let (header, claims) = try TokenForge.parts(of: good)
        return TokenForge.base64(Array(setting(header, "alg", "\"none\"").utf8)) + "."
            + TokenForge.base64(Array(claims.utf8)) + "."
    },
    .header("another algorithm of the same family") { setting($0, "alg", "\"ES384\"") },
    .header("an RSA algorithm for an EC key") { setting($0, "alg", "\"RS256\"") },
    .header("an unknown key") { setting($0, "kid", "\"nobody\"") },
    .header("a critical extension") { setting($0, "crit", "[\"b64\"]") },
    .header("a repeated alg") { String($0.dropLast()) + ",\"alg\":\"ES256\"}" },
    .claims("no issuer") { setting($0, "iss", nil) },
    .claims("another issuer") { setting($0, "iss", "\"https://other.example\"") },
    .claims("no audience") { setting($0, "aud", nil) },
    .claims("another audience") { setting($0, "aud", "\"other\"") },
    .claims("no expiry") { setting($0, "exp", nil) },
    .claims("expired") { setting($0, "exp", "\(now - 3600)") },
    .claims("an expiry that is no number") { setting($0, "exp", "\"tomorrow\"") },
    .claims("no iat") { setting($0, "iat", nil) },
    .claims("a life of more than a year") { setting($0, "exp", "\(now + 31_537_000)") },
    .claims("no subject") { setting($0, "sub", nil) },
    .claims("an empty subject") { setting($0, "sub", "\"\"") },
    .claims("not valid yet") { setting($0, "nbf", "\(now + 3600)") },
    .claims("a repeated subject") { String($0.dropLast()) + ",\"sub\":\"admin\"}" },
    .claims("claims that are no object") { _ in "[1]" },
    .claims("claims that are no JSON") { $0 + "}" },
    .claims("longer than a token may be") { setting($0, "x", "\"" + String(repeating: "x", count: 20_000) + "\"") },
]

@Suite(.sharedGateway) struct `A token` {
    @Test(arguments: badTokens) func `a bad token is refused without a hint and the reason is recorded`(
        bad: BadToken
    ) async throws {
        let gateway = try SharedGateway.current
        let token = try await bad.make(gateway.deployment.token(.customer), gateway.deployment)
        let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
        let reply = try await gateway.post("/v1/ask", #"{"message": "hello"}"#, by: caller)
        if bad.name == "longer than a token may be" && reply.status == 431 { return }
        try expectProblem(reply, 401)
        #expect(reply.field("www-authenticate")?.hasPrefix("Bearer") == true)
        let record = try #require(try record(of: reply))
        #expect(record.json["decision"]?["stage"]?.text == "authenticate")
        let reason = try #require(record.json["decision"]?["reason"]?.text)
        #expect(!reply.text.contains(reason), "the answer tells the reason")
    }

    @Test func `all refusals look the same`() async throws {
        let gateway = try SharedGateway.current
        var texts: Set<String> = []
        for bad in badTokens where ["expired", "another issuer", "a flipped signature"].contains(bad.name) {
            let token = try await bad.make(gateway.deployment.token(.customer), gateway.deployment)
            let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
            let reply = try await gateway.get("/v1/faq?query=card", by: caller)
            texts.insert(reply.text.replacing(reply.field("x-request-id") ?? "-", with: ""))
        }
        #expect(texts.count == 1, "\(texts)")
    }

    @Test func `no token is refused`() async throws {
        let gateway = try SharedGateway.current
        let caller = Caller(identity: gateway.deployment.identity(.customer))
        let reply = try await gateway.get("/v1/faq?query=card", by: caller)
        try expectProblem(reply, 401)
        #expect(reply.field("www-authenticate")?.hasPrefix("Bearer") == true)
    }

    @Test func `two Authorization fields are refused`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "GET", "/v1/faq?query=card", by: gateway.customer, options: ["-H", "Authorization: Bearer other"])
        #expect([400, 401].contains(reply.status))
    }

    @Test func `another scheme than Bearer is refused`() async throws {
        let gateway = try SharedGateway.current
        let caller = Caller(identity: gateway.deployment.identity(.customer))
        let reply = try await gateway.request(
            "GET", "/v1/faq?query=card", by: caller, options: ["-u", "user:password"])
        try expectProblem(reply, 401)
    }

    @Test func `a token in the path or the query is not looked at and does not reach the log`() async throws {
        let gateway = try SharedGateway.current
        let token = gateway.deployment.token(.customer)
        let caller = Caller(identity: gateway.deployment.identity(.customer))
        let reply = try await gateway.get("/v1/faq?query=card&access_token=\(token)", by: caller)
        #expect([400, 401].contains(reply.status))
        #expect(!occurs(token, in: try LogFiles(gateway.deployment.logDirectory).bytes))
    }

    @Test func `a good token of another key's gateway is refused`() async throws {
        let gateway = try SharedGateway.current
        let other = gateway.deployment.scratch.file("other.key")
        try await succeed(
            "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", other],
            scratch: gateway.deployment.scratch)
        let (header, claims) = try TokenForge.parts(of: gateway.deployment.token(.customer))
        let token = try await TokenForge(signingKey: other, scratch: gateway.deployment.scratch)
            .es256(header: header, claims: claims)
        let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
        try expectProblem(try await gateway.get("/v1/faq?query=card", by: caller), 401)
    }

    @Test func `the forge makes good tokens when told the truth`() async throws {
        let gateway = try SharedGateway.current
        let (header, claims) = try TokenForge.parts(of: gateway.deployment.token(.customer))
        let token = try await gateway.deployment.forge.es256(header: header, claims: claims)
        let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
        #expect(try await gateway.get("/v1/faq?query=card", by: caller).status == 200)
    }
}

/// The record of a reply's request.
func record(of reply: Reply) throws -> LogFiles.Record? {
    guard let id = reply.field("x-request-id") else { return nil }
    return try LogFiles(SharedGateway.current.deployment.logDirectory).record(ofRequest: id)
}
