import Foundation
import JSON
import Testing

@Suite(.sharedGateway) struct `A token that is bound to a certificate` {
    private static let path = "/v1/faq?query=card"

    private func certificate(_ role: Role) throws -> String {
        String(decoding: contents(of: try SharedGateway.current.deployment.identity(role).certificate), as: UTF8.self)
    }

    private func caller(_ role: Role, _ token: String) throws -> Caller {
        Caller(identity: try SharedGateway.current.deployment.identity(role), token: token)
    }

    private func expectBound(_ token: String) async throws {
        let gateway = try SharedGateway.current
        #expect(try await gateway.get(Self.path, by: caller(.customer, token)).status == 200)
        for thief in [Role.agent, .admin] {
            let reply = try await gateway.get(Self.path, by: caller(thief, token))
            try expectProblem(reply, 401)
            #expect(try record(of: reply)?.json["decision"]?["reason"]?.text == "token_cnf_mismatch")
        }
        #expect(try await gateway.get(Self.path, by: caller(.customer, token)).status == 200)
    }

    @Test func `is issued over HTTP, and is of no use to who took it`() async throws {
        let gateway = try SharedGateway.current
        let pem = try certificate(.customer).replacing("\n", with: "\\n")
        let body = #"{"subject": "u-1", "roles": ["customer"], "scope": "read", "certificate": "\#(pem)"}"#
        let reply = try await gateway.post("/v1/tokens", body, by: .role(.admin, of: gateway.deployment))
        #expect(reply.status == 201, "\(reply.text)")
        let token = try #require(try reply.json["token"]?.text)
        #expect(try TokenForge.parts(of: token).claims.contains(#""scope":"read""#))
        try await expectBound(token)
        let id = try #require(reply.field("x-request-id"))
        let action = try LogFiles(gateway.deployment.logDirectory).records.first {
            $0.json["admin"]?["request"]?.text == id
        }
        #expect(action?.json["admin"]?["token"]?["cert"]?.text?.count == 64)
    }

    @Test func `is issued by the command, and inspected with a certificate`() async throws {
        let deployment = try SharedGateway.current.deployment
        let issued = try await portcullis(
            "token", "issue", "--unrecorded", "--key", deployment.certificates + "/token-keys/signing.key", "--role",
            "customer",
            "--bind-cert", deployment.identity(.customer).certificate, scratch: deployment.scratch)
        #expect(issued.status == 0, "\(issued.errors)")
        try await expectBound(issued.text.trimmingCharacters(in: .whitespacesAndNewlines))
        let key = deployment.certificates + "/token-keys/signing.pub"
        for (options, status) in [([], 0), (["--cert", deployment.identity(.agent).certificate], Int32(77))] {
            let judged = try await run(
                Place.binary, ["token", "inspect", "--key", key] + options + ["-"], scratch: deployment.scratch,
                input: issued.output)
            #expect(judged.status == status, "\(judged.text) \(judged.errors)")
        }
    }

    @Test(arguments: [
        (#"{"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}"#, "token_cnf_unknown"),
        (#"{"x5t#S256": "AAAA"}"#, "token_cnf_malformed"), ("{}", "token_cnf_malformed"),
    ])
    func `is refused where nobody can tell to which`(confirmation: String, reason: String) async throws {
        let gateway = try SharedGateway.current
        let (header, claims) = try TokenForge.parts(of: gateway.deployment.token(.customer))
        let token = try await gateway.deployment.forge.es256(
            header: header, claims: claims.dropLast() + ",\"cnf\":\(confirmation)}")
        let reply = try await gateway.get(Self.path, by: caller(.customer, token))
        try expectProblem(reply, 401)
        #expect(try record(of: reply)?.json["decision"]?["reason"]?.text == reason)
    }

    @Test func `is not issued for what is no certificate`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.post(
            "/v1/tokens", #"{"subject": "u-1", "roles": ["customer"], "certificate": "none"}"#,
            by: .role(.admin, of: gateway.deployment))
        try expectProblem(reply, 400)
    }
}
