import Foundation
import JSON
import Testing

@Suite struct `A gateway for development` {
    private static let order = #"{"subject": "u-1", "roles": ["customer"], "ttl_s": 60}"#

    @Test func `hands out tokens to whoever is on the machine, and has it on record`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment, options: ["--dev"])
        let stranger = Caller(identity: deployment.identity(.customer), token: nil)
        let reply = try await gateway.post("/dev/token", Self.order, by: stranger)
        #expect(reply.status == 201)
        let token = try #require(try reply.json["token"]?.text)
        #expect(try reply.json["expires_in"]?.integer == 60)
        let caller = Caller(identity: deployment.identity(.customer), token: token)
        #expect(try await gateway.get("/v1/faq?query=card", by: caller).status == 200)
        for (body, status) in [("{}", 400), (#"{"subject": "u", "roles": ["nobody"]}"#, 400)] {
            #expect(try await gateway.post("/dev/token", body, by: stranger).status == status, "\(body)")
        }
        #expect(try await gateway.get("/dev/token", by: caller).status == 405)
        try await gateway.stop()
        let records = try LogFiles(deployment.logDirectory).records
        let actions = records.compactMap { $0.json["admin"] }
        #expect(actions.contains { $0["action"]?.text == "process.dev" && $0["target"]?.text == "dev=on" })
        let issued = actions.filter { $0["action"]?.text == "token.issue_dev" }
        #expect(try issued.map { $0["target"]?.text } == [reply.json["jti"]?.text])
        #expect(issued.first?["token"]?["roles"]?.elements?.compactMap(\.text) == ["customer"])
    }

    @Test func `is none without --dev`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let stranger = Caller(identity: deployment.identity(.customer), token: nil)
        #expect(try await gateway.post("/dev/token", Self.order, by: stranger).status == 401)
        #expect(try await gateway.post("/dev/token", Self.order, by: gateway.customer).status == 404)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1"])
    func `listens on loopback alone`(address: String) async throws {
        let deployment = try await Deployment.make()
        try deployment.changeListenerAddress(address)
        let child = try GatewayProcess.launch(deployment, options: ["--dev"])
        #expect(try await child.wait() == .exited(78))
        #expect(child.errors.contains("--dev: listener.address is \(address)"), "\(child.errors)")
    }
}
