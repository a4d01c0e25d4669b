import Foundation
import JSON
import Testing

@Suite struct `A log whose personal members are sealed` {
    private struct Served {
        let deployment: Deployment
        let gateway: GatewayProcess
        /// Somebody with a certificate of the customer's and a token of a person.
        let person: Caller
        static let subject = "emp-00042"
    }

    private func serve() async throws -> Served {
        let deployment = try await Deployment.make()
        try await deployment.sealMembers()
        let gateway = try await GatewayProcess.start(deployment)
        let issued = try await gateway.post(
            "/v1/tokens", #"{"subject": "\#(Served.subject)", "roles": ["customer"]}"#,
            by: .role(.admin, of: deployment))
        #expect(issued.status == 201, "\(issued.text)")
        let token = try issued.json["token"]?.text
        return Served(
            deployment: deployment, gateway: gateway,
            person: Caller(identity: deployment.identity(.customer), token: token))
    }

    private func faq(_ served: Served) async throws -> Acknowledged {
        let reply = try await served.gateway.get("/v1/faq?query=card", by: served.person)
        #expect(reply.status == 200, "\(reply.text)")
        return try #require(reply.receipt)
    }

    private func unsealed(_ seq: Int, _ served: Served) async throws -> String {
        let deployment = served.deployment
        let shown = try await deployment.audit("show", "\(seq)", deployment.logDirectory, "--unseal")
        #expect(shown.status == 0, "\(shown.errors)")
        return shown.text
    }

    private func erase(
        _ served: Served, _ subject: String = Served.subject, by role: Role = .admin
    ) async throws -> Reply {
        try await served.gateway.post(
            "/v1/audit/erasures", #"{"subject": "\#(subject)", "ticket": "DSR-118"}"#,
            by: .role(role, of: served.deployment))
    }

    @Test func `shows neither person nor address but to who has the keys`() async throws {
        let served = try await serve()
        let deployment = served.deployment
        let receipt = try await faq(served)
        let record = try #require(try LogFiles(deployment.logDirectory).record(receipt.sequence))
        for member in [record.json["principal"]?["token"]?["sub"], record.json["req"]?["peer"]] {
            #expect(member?["enc"]?.text == "A256GCM" && member?["kid"]?.text?.count == 32)
        }
        let shown = try await unsealed(receipt.sequence, served)
        #expect(shown.contains("unsealed /req/peer  \"127.0.0.1:"), "\(shown)")
        #expect(shown.contains("unsealed /principal/token/sub  \"\(Served.subject)\"\n"), "\(shown)")
        #expect(try await served.gateway.stop() == .exited(0))
        // Not in the record that says who issued the token, not in the lines, not in the key store, by name or content.
        #expect(!occurs(Served.subject, in: try LogFiles(deployment.logDirectory).bytes))
        #expect(!served.gateway.child.errors.contains(Served.subject))
        for folder in ["keys", "subjects"].map({ deployment.keyStore + "/" + $0 }) {
            #expect(try mode(of: folder) == 0o700)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(!names.isEmpty)
            for name in names {
                #expect(try mode(of: "\(folder)/\(name)") == 0o600)
                #expect(!occurs(Served.subject, in: Array(name.utf8) + contents(of: "\(folder)/\(name)")))
            }
        }
        _ = try await deployment.verifyLog()
        // Without the keys it is a record like any other.
        let plain = try await portcullis(
            "audit", "show", "\(receipt.sequence)", deployment.logDirectory, scratch: deployment.scratch)
        #expect(plain.status == 0 && plain.text.contains("sealed (kid ") && !plain.text.contains(Served.subject))
    }

    @Test func `is erased while it is written, by who may`() async throws {
        let served = try await serve()
        let deployment = served.deployment
        let receipt = try await faq(served)
        for role in [Role.customer, .agent, .auditor, .service] {
            try expectProblem(try await erase(served, by: role), 403)
        }
        #expect(try await unsealed(receipt.sequence, served).contains(Served.subject))
        try expectProblem(try await erase(served, "nobody"), 404)
        let personal = try await served.gateway.post(
            "/v1/audit/erasures", #"{"subject": "x", "ticket": "ali.khan@example.com"}"#,
            by: .role(.admin, of: deployment))
        try expectProblem(personal, 400)
        let reply = try await erase(served)
        #expect(reply.status == 200, "\(reply.text)")
        let key = try #require(try reply.json["keys"]?.elements?.first?.text)
        let shown = try await unsealed(receipt.sequence, served)
        #expect(!shown.contains(Served.subject) && shown.contains("erased: the key \(key)"), "\(shown)")
        let id = try #require(reply.field("x-request-id"))
        let records = try LogFiles(deployment.logDirectory).records
        let erasure = try #require(records.first { $0.type == "privacy.erase" })
        #expect(erasure.json["kid"]?.text == key && erasure.json["ticket"]?.text == "DSR-118")
        #expect(erasure.json["operator"]?.text == "request:\(id)")
        let begun = try #require(records.first { $0.type == "request.begin" && $0.json["req"]?["id"]?.text == id })
        #expect(begun.sequence < erasure.sequence && erasure.sequence < (reply.receipt?.sequence ?? 0))
        // The person comes back under another key, of which the old records show nothing.
        let next = try await faq(served)
        #expect(try await unsealed(next.sequence, served).contains(Served.subject))
        #expect(try await !unsealed(receipt.sequence, served).contains(Served.subject))
        #expect(try await erase(served).status == 200)
        try expectProblem(try await erase(served), 404)
        _ = try await deployment.verifyLog()
        #expect(try await served.gateway.stop() == .exited(0))
        _ = try await deployment.verifyLog()
    }

    @Test func `is erased by the command once it is stopped`() async throws {
        let served = try await serve()
        let deployment = served.deployment
        let receipt = try await faq(served)
        let words = ["--subject", Served.subject, "--ticket", "DSR-118", "--operator", "a.khan"]
        func command() async throws -> Finished {
            try await run(
                Place.binary,
                ["audit", "erase"] + words + ["--config", deployment.configuration, "--state", deployment.state],
                scratch: deployment.scratch)
        }
        let busy = try await command()
        #expect(busy.status == 75 && busy.errors.contains("a gateway is writing this log"), "\(busy.errors)")
        #expect(try await unsealed(receipt.sequence, served).contains(Served.subject))
        #expect(try await served.gateway.stop() == .exited(0))
        _ = try await deployment.verifyLog()
        let done = try await command()
        #expect(done.status == 0 && done.text.hasPrefix("destroyed key "), "\(done.errors)")
        #expect(try await unsealed(receipt.sequence, served).contains("erased: "))
        let erasure = try #require(try LogFiles(deployment.logDirectory).records.first { $0.type == "privacy.erase" })
        #expect(done.text == "destroyed key \(erasure.json["kid"]?.text ?? "")\n")
        #expect(erasure.json["operator"]?.text == "a.khan")
        _ = try await deployment.verifyLog()
        #expect(try await command().status == 69)
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.get("/v1/faq?query=card", by: served.person).status == 200)
        #expect(try await gateway.stop() == .exited(0))
        _ = try await deployment.verifyLog()
    }

    @Test func `is sealed by the certificate where there is no token`() async throws {
        let served = try await serve()
        let deployment = served.deployment
        let reply = try await served.gateway.get(
            "/v1/faq?query=card", by: Caller(identity: deployment.identity(.customer), token: "x.y.z"))
        try expectProblem(reply, 401)
        let seq = try #require(reply.receipt).sequence
        #expect(try await unsealed(seq, served).contains("127.0.0.1:"))
        // The certificate says who it was.
        let certificate = try #require(
            LogFiles(deployment.logDirectory).record(seq)?.json["principal"]?["cert"]?["subject"]?.text)
        #expect(try await erase(served, certificate).status == 200)
        #expect(try await unsealed(seq, served).contains("erased: "))
        try expectProblem(try await erase(served, "unidentified:2020-01-01"), 404)
        #expect(try await served.gateway.stop() == .exited(0))
    }

    @Test func `cannot be written with another key, or a file that others can read`() async throws {
        let served = try await serve()
        let deployment = served.deployment
        #expect(try await served.gateway.stop() == .exited(0))
        let file = deployment.certificates + "/audit.kek"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        let open = try GatewayProcess.launch(deployment)
        #expect(try await open.wait() == .exited(78))
        try await deployment.sealAgain()
        let foreign = try GatewayProcess.launch(deployment)
        #expect(try await foreign.wait() == .exited(78))
        #expect(foreign.errors.contains("which this key does not open"), "\(foreign.errors)")
    }
}

extension Deployment {
    /// Another key-encryption key in the place of the first.
    fileprivate func sealAgain() async throws {
        let file = certificates + "/audit.kek"
        try write(try await succeed("openssl", ["rand", "-base64", "32"], scratch: scratch).output, to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }
}

@Suite(.sharedGateway) struct `A log whose members are not sealed` {
    @Test func `has nothing to erase`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.post(
            "/v1/audit/erasures", #"{"subject": "x", "ticket": "T-1"}"#, by: .role(.admin, of: gateway.deployment))
        try expectProblem(reply, 404)
        #expect(try record(of: reply)?.json["decision"]?["reason"]?.text == "nothing_sealed")
        for body in ["{}", #"{"subject": "x"}"#, #"{"subject": "", "ticket": "t"}"#, #"{"subject": 1, "ticket": "t"}"#]
        {
            try expectProblem(
                try await gateway.post("/v1/audit/erasures", body, by: .role(.admin, of: gateway.deployment)), 400)
        }
        try expectProblem(try await gateway.get("/v1/audit/erasures", by: .role(.admin, of: gateway.deployment)), 405)
    }
}
