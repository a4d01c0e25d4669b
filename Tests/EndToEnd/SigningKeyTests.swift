import Foundation
import JSON
import Testing

@Suite struct `The keys of our own tokens` {
    private static let path = "/v1/faq?query=card"

    private func folder(_ gateway: GatewayProcess) -> [String] {
        ["--keys", gateway.deployment.certificates + "/token-keys"]
    }

    private func ask(_ gateway: GatewayProcess, _ token: String) async throws -> Int {
        try await gateway.get(
            Self.path, by: Caller(identity: gateway.deployment.identity(.customer), token: token)
        ).status
    }

    /// A token that the gateway issues.
    private func issue(_ gateway: GatewayProcess) async throws -> String {
        let reply = try await gateway.post(
            "/v1/tokens", #"{"subject": "u-1", "roles": ["customer"]}"#, by: .role(.admin, of: gateway.deployment))
        return try #require(try reply.json["token"]?.text, "\(reply.text)")
    }

    private func keyID(_ token: String) throws -> String {
        try #require(try JSONParser.parse(Array(TokenForge.parts(of: token).header.utf8))["kid"]?.text)
    }

    private func published(_ gateway: GatewayProcess) async throws -> [JSONNode] {
        let certificate = Caller(identity: gateway.deployment.identity(.customer), token: nil)
        let reply = try await gateway.get("/.well-known/jwks.json", by: certificate)
        #expect(reply.status == 200 && reply.field("content-type") == "application/jwk-set+json")
        return try #require(try reply.json["keys"]?.elements)
    }

    @Test func `rotate under a running gateway, with overlap, and can be taken out at once`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let old = try await issue(gateway)
        let before = try await published(gateway).compactMap { $0["kid"]?.text }
        #expect(try before.contains(keyID(old)))
        try await succeed(Place.binary, ["token", "keys", "rotate"] + folder(gateway), scratch: deployment.scratch)
        var new = old
        let isRotated = await eventually(within: .seconds(5)) {
            new = (try? await issue(gateway)) ?? old
            return (try? keyID(new) != keyID(old)) == true
        }
        #expect(isRotated)
        for token in [old, new] { #expect(try await ask(gateway, token) == 200) }
        let keys = try await published(gateway)
        #expect(keys.count == 3 && keys.allSatisfy { $0["d"] == nil })
        #expect(try keys.filter { $0["exp"] != nil }.compactMap { $0["kid"]?.text } == [keyID(old)])

        try await succeed(
            Place.binary, ["token", "keys", "retire"] + folder(gateway) + ["--", try keyID(old)],
            scratch: deployment.scratch)
        #expect(await eventually(within: .seconds(5)) { (try? await ask(gateway, old)) == 401 })
        #expect(try await ask(gateway, new) == 200)
        #expect(try await published(gateway).count == 2)
        let listed = try await succeed(
            Place.binary, ["token", "keys", "list", "--json"] + folder(gateway), scratch: deployment.scratch)
        let rows = try JSONParser.parse(listed.output).elements ?? []
        #expect(rows.compactMap { $0["state"]?.text } == ["next", "signing"])
        #expect(try rows.last?["kid"]?.text == keyID(new))

        try await gateway.stop()
        let changes = try LogFiles(deployment.logDirectory).records.compactMap { $0.json["admin"] }.filter {
            $0["action"]?.text == "token.keys"
        }
        #expect(changes.last?["keys"]?["kids"]?.elements?.count == 2)
        #expect(try changes.last?["keys"]?["kids"]?.elements?.contains { try $0.text == keyID(old) } == false)
        let again = try await GatewayProcess.start(deployment)
        #expect(try await ask(again, old) == 401)
        #expect(try await ask(again, new) == 200)
    }

    @Test func `stay as they are while their files make no sense`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let token = try await issue(gateway)
        try write("{}".utf8, to: deployment.certificates + "/token-keys/jwks.json")
        #expect(await eventually { gateway.child.errors.contains("token_keys_unfit") })
        #expect(try await ask(gateway, token) == 200)
        #expect(try await ask(gateway, issue(gateway)) == 200)
        #expect(try await published(gateway).count == 2)
        try await gateway.stop()
        let refused = try await GatewayProcess.launch(deployment).wait()
        #expect(refused == .exited(78))
    }

    @Test func `are shown without a token, to who has a certificate, and on record`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let caller = Caller(identity: deployment.identity(.auditor), token: nil)
        let reply = try await gateway.get("/.well-known/jwks.json", by: caller)
        #expect(reply.status == 200)
        let id = try #require(reply.field("x-request-id"))
        #expect(
            try LogFiles(deployment.logDirectory).record(ofRequest: id)?.json["decision"]?["result"]?.text == "allow")
        #expect(try await gateway.post("/.well-known/jwks.json", "{}", by: caller).status == 401)
        #expect(try await gateway.get("/.well-known/openid-configuration", by: caller).status == 401)
    }
}
