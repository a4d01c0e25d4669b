import Foundation
import JSON
import Testing

/// A token that must be refused, made from a good one.
struct BadToken: Sendable, CustomTestStringConvertible {
    let name: String
    /// The reason in the record, which nobody else sees.
    let reason: String
    let make: @Sendable (_ good: String, _ deployment: Deployment) async throws -> String
    var testDescription: String { name }

    /// A good header with claims that `change` made from the good ones.
    static func claims(
        _ name: String, _ reason: String, _ change: @escaping @Sendable (String) -> String
    ) -> BadToken {
        BadToken(name: name, reason: reason) { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            let changed = change(claims)
            #expect(changed != claims, "the test changes nothing: \(claims)")
            return try await deployment.forge.es256(header: header, claims: changed)
        }
    }

    /// Good claims under a header that `change` made from the good one.
    static func header(
        _ name: String, _ reason: String, _ change: @escaping @Sendable (String) -> String
    ) -> BadToken {
        BadToken(name: name, reason: reason) { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            let changed = change(header)
            #expect(changed != header, "the test changes nothing: \(header)")
            return try await deployment.forge.es256(header: changed, claims: claims)
        }
    }
}

extension BadToken {
    /// A good header and good claims under a signature that `change` made.
    static func signature(
        _ name: String, _ reason: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> BadToken {
        BadToken(name: name, reason: reason) { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            return try await deployment.forge.es256(header: header, claims: claims, signature: change)
        }
    }

    /// A good token whose text `change` spoilt.
    static func text(
        _ name: String, _ reason: String, _ change: @escaping @Sendable (String) -> String
    ) -> BadToken { BadToken(name: name, reason: reason) { good, _ in change(good) } }
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

private let compactForms: [BadToken] = [
    // curl leaves the blank at the end out, and with it the credential.
    .text("empty", "token_scheme_unknown") { _ in "" },
    .text("not a token", "token_part_count") { _ in "nonsense" },
    .text("four parts", "token_part_count") { $0 + ".x" },
    .text("five parts, as of a JWE", "token_encrypted") { $0 + ".x.y" },
    .text("no signature", "token_signature_empty") { $0.split(separator: ".").prefix(2).joined(separator: ".") + "." },
    .text("padding", "token_not_base64url") { $0 + "=" },
    .text("white space in it", "token_credential_malformed") { $0.prefix(20) + " " + $0.dropFirst(20) },
    .text("a byte outside the alphabet", "token_not_base64url") { $0.dropLast(2) + "+/" },
    // 64 bytes are 86 characters, of which the last has four bits to spare.
    .text("bits to spare that are not zero", "token_not_base64url") { good in
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = good.last.flatMap { alphabet.firstIndex(of: $0) } ?? 0
        return good.dropLast() + String(alphabet[last | 1])
    },
]

private let signatures: [BadToken] =
    [
        .text("a flipped signature", "token_signature_invalid") { good in
            let last = good.split(separator: ".").last ?? ""
            return good.dropLast(last.count) + (last.first == "A" ? "B" : "A") + last.dropFirst()
        },
        .signature("a truncated signature", "token_signature_length") { der in
            Array(((try? TokenForge.rawSignature(der)) ?? []).dropLast())
        },
        .signature("DER in place of two numbers", "token_signature_length") { $0 },
        .signature("zeros", "token_signature_zero") { _ in [UInt8](repeating: 0, count: 64) },
        .signature("r is zero", "token_signature_zero") { _ in [UInt8](repeating: 0, count: 63) + [1] },
        .signature("s is zero", "token_signature_zero") { _ in [1] + [UInt8](repeating: 0, count: 63) },
        BadToken(name: "claims of another under this signature", reason: "token_signature_invalid") { good, _ in
            let parts = good.split(separator: ".").map(String.init)
            let claims = setting(try TokenForge.parts(of: good).claims, "sub", "\"somebody-else\"")
            return [parts[0], TokenForge.base64(Array(claims.utf8)), parts[2]].joined(separator: ".")
        },
        BadToken(name: "HS256 with the public key for a secret", reason: "token_alg_mismatch") { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            return try await deployment.forge.hs256(
                header: setting(header, "alg", "\"HS256\""), claims: claims,
                secretFile: deployment.certificates + "/token-keys/signing.pub")
        },
        BadToken(name: "signed by a key that it brings along", reason: "token_signature_invalid") { good, deployment in
            let (header, claims) = try TokenForge.parts(of: good)
            let stranger = TokenForge(signingKey: deployment.identity(.customer).key, scratch: deployment.scratch)
            let brought = ["jku", "x5u"].reduce(header) { setting($0, $1, "\"https://127.0.0.1:1/\"") }
            return try await stranger.es256(
                header: setting(setting(brought, "jwk", #"{"kty":"EC","crv":"P-256"}"#), "x5c", #"["AAAA"]"#),
                claims: claims)
        },
    ]
    + ["none", "None", "NONE", "nOnE"].map { name in
        BadToken(name: "alg \(name)", reason: "token_alg_none") { good, _ in
            let (header, claims) = try TokenForge.parts(of: good)
            return TokenForge.base64(Array(setting(header, "alg", "\"\(name)\"").utf8)) + "."
                + TokenForge.base64(Array(claims.utf8)) + "."
        }
    }

private let headers: [BadToken] = [
    .header("another algorithm of the same family", "token_alg_mismatch") { setting($0, "alg", "\"ES384\"") },
    .header("an RSA algorithm for an EC key", "token_alg_mismatch") { setting($0, "alg", "\"RS256\"") },
    .header("an algorithm in small letters", "token_alg_unknown") { setting($0, "alg", "\"es256\"") },
    .header("no algorithm", "token_alg_missing") { setting($0, "alg", nil) },
    .header("an unknown key", "token_kid_unknown") { setting($0, "kid", "\"nobody\"") },
    .header("a path for a key", "token_kid_malformed") { setting($0, "kid", "\"../../../../dev/null\"") },
    .header("a query for a key", "token_kid_malformed") { setting($0, "kid", "\"' UNION SELECT 'k'; --\"") },
    .header("a zero byte in a key", "token_kid_malformed") { setting($0, "kid", "\"a\\u0000b\"") },
    .header("a number for a key", "token_kid_malformed") { setting($0, "kid", "1") },
    .header("a critical extension", "token_crit") { setting($0, "crit", "[\"b64\"]") },
    .header("no critical extension", "token_crit") { setting($0, "crit", "[]") },
    .header("claims that are not encoded", "token_b64") { setting($0, "b64", "false") },
    .header("a token in a token", "token_nested") { setting($0, "cty", "\"JWT\"") },
    .header("content that is compressed", "token_encrypted") { setting($0, "zip", "\"DEF\"") },
    .header("another type", "token_typ_unknown") { setting($0, "typ", "\"dpop+jwt\"") },
    .header("a repeated alg", "token_header_repeated_member") { String($0.dropLast()) + ",\"alg\":\"ES256\"}" },
    .header("no object", "token_header_not_object") { _ in "[]" },
    .header("no JSON", "token_header_not_json") { $0 + "}" },
    .header("nine levels", "token_header_too_deep") {
        setting($0, "x", String(repeating: "[", count: 8) + String(repeating: "]", count: 8))
    },
]

private let claims: [BadToken] = [
    .claims("no issuer", "token_iss_missing") { setting($0, "iss", nil) },
    .claims("another issuer", "token_iss_unknown") { setting($0, "iss", "\"https://other.example\"") },
    .claims("a list of issuers", "token_iss_malformed") { setting($0, "iss", "[\"https://portcullis.dev\"]") },
    .claims("no audience", "token_aud_missing") { setting($0, "aud", nil) },
    .claims("another audience", "token_aud_wrong") { setting($0, "aud", "\"other\"") },
    .claims("other audiences", "token_aud_wrong") { setting($0, "aud", "[\"other\", \"portcullis2\"]") },
    .claims("no audience in the list", "token_aud_malformed") { setting($0, "aud", "[]") },
    .claims("a number for an audience", "token_aud_malformed") { setting($0, "aud", "[\"portcullis\", 1]") },
    .claims("no expiry", "token_exp_missing") { setting($0, "exp", nil) },
    .claims("expired", "token_expired") { setting($0, "exp", "\(now - 3600)") },
    .claims("an expiry that is no number", "token_time_not_integer") { setting($0, "exp", "\"\(now + 60)\"") },
    .claims("a fraction for an expiry", "token_time_not_integer") { setting($0, "exp", "\(now + 60).5") },
    .claims("a power for an expiry", "token_time_not_integer") { setting($0, "exp", "2e9") },
    .claims("a huge expiry", "token_time_not_integer") { setting($0, "exp", "99999999999999999999") },
    .claims("an expiry after the year 9999", "token_time_out_of_range") { setting($0, "exp", "253402300800") },
    .claims("an expiry below zero", "token_time_out_of_range") { setting($0, "exp", "-1") },
    .claims("issued tomorrow", "token_iat_in_future") { setting($0, "iat", "\(now + 86_400)") },
    .claims("issued nobody knows when", "token_iat_missing") { setting($0, "iat", nil) },
    .claims("not valid yet", "token_not_yet_valid") { setting($0, "nbf", "\(now + 3600)") },
    .claims("no subject", "token_sub_missing") { setting($0, "sub", nil) },
    .claims("an empty subject", "token_sub_malformed") { setting($0, "sub", "\"\"") },
    .claims("a line end in the subject", "token_sub_malformed") { setting($0, "sub", "\"a\\nb\"") },
    .claims("a repeated subject", "token_claims_repeated_member") {
        String($0.dropLast()) + ",\"sub\":\"admin\"}"
    },
    .claims("a repeated subject, escaped", "token_claims_repeated_member") {
        String($0.dropLast()) + ",\"s\\u0075b\":\"admin\"}"
    },
    .claims("role and roles", "token_roles_ambiguous") { setting($0, "role", "\"admin\"") },
    .claims("no roles", "token_roles_missing") { setting($0, "roles", "[]") },
    .claims("a role in a role's place", "token_roles_malformed") { setting($0, "roles", "[[\"admin\"]]") },
    .claims("claims that are no object", "token_claims_not_object") { _ in "[1]" },
    .claims("claims that are no JSON", "token_claims_not_json") { $0 + "}" },
    .claims("claims of nine levels", "token_claims_too_deep") {
        setting($0, "x", String(repeating: "[", count: 8) + String(repeating: "]", count: 8))
    },
    .claims("claims of a thousand levels", "token_claims_too_deep") {
        setting($0, "x", nil).dropLast() + ",\"x\":" + String(repeating: "[", count: 1000)
    },
    .claims("longer than a token may be", "token_too_long") {
        setting($0, "x", "\"" + String(repeating: "x", count: 6200) + "\"")
    },
]

private let badTokens = compactForms + signatures + headers + claims

@Suite(.sharedGateway) struct `A token` {
    @Test(arguments: badTokens) func `a bad token is refused without a hint and the reason is recorded`(
        bad: BadToken
    ) async throws {
        let gateway = try SharedGateway.current
        let token = try await bad.make(gateway.deployment.token(.customer), gateway.deployment)
        let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
        let reply = try await gateway.post("/v1/ask", #"{"message": "hello"}"#, by: caller)
        try expectProblem(reply, 401)
        #expect(reply.field("www-authenticate")?.hasPrefix("Bearer") == true)
        let record = try #require(try record(of: reply))
        #expect(record.json["decision"]?["stage"]?.text == "authenticate")
        #expect(record.json["decision"]?["reason"]?.text == bad.reason)
        #expect(!reply.text.contains(bad.reason), "the answer tells the reason")
        // Every refusal has the shape of that for no token at all, but for the request's id.
        let plain = try await gateway.post(
            "/v1/ask", "{}", by: Caller(identity: gateway.deployment.identity(.customer)))
        func shape(_ reply: Reply) -> String {
            reply.text.replacing(reply.field("x-request-id") ?? "-", with: "")
                + reply.fields.map(\.name).sorted().joined()
        }
        #expect(shape(reply) == shape(plain))
    }

    @Test func `that names keys elsewhere is judged by the keys that are known`() async throws {
        let gateway = try SharedGateway.current
        let (header, claims) = try TokenForge.parts(of: gateway.deployment.token(.customer))
        let named = ["jku", "x5u"].reduce(header) { setting($0, $1, "\"https://127.0.0.1:1/\"") }
        let token = try await gateway.deployment.forge.es256(header: named, claims: claims)
        let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
        #expect(try await gateway.get("/v1/faq?query=card", by: caller).status == 200)
    }

    @Test func `is taken under a scheme in any letters, and for one audience of several`() async throws {
        let gateway = try SharedGateway.current
        let (header, claims) = try TokenForge.parts(of: gateway.deployment.token(.customer))
        let token = try await gateway.deployment.forge.es256(
            header: header, claims: setting(claims, "aud", "[\"other\", \"portcullis\"]"))
        let caller = Caller(identity: gateway.deployment.identity(.customer))
        for scheme in ["Bearer", "bearer", "BEARER"] {
            let reply = try await gateway.request(
                "GET", "/v1/faq?query=card", by: caller, options: ["-H", "Authorization: \(scheme) \(token)"])
            #expect(reply.status == 200, "\(scheme)")
        }
    }

    @Test func `of a megabyte is refused as a head that is too large`() async throws {
        let gateway = try SharedGateway.current
        let field = gateway.deployment.scratch.file("megabyte")
        try write(("Authorization: Bearer " + String(repeating: "A", count: 1_000_000)).utf8, to: field)
        let reply = try await gateway.request(
            "GET", "/v1/faq?query=card", by: Caller(identity: gateway.deployment.identity(.customer)),
            options: ["-H", "@\(field)"])
        // A client that still writes when it is refused may find the connection gone.
        #expect(reply.status == 431 || reply.status == 0, "\(reply.status)")
        #expect(try await gateway.ask().status == 200)
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
