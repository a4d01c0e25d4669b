import Foundation
import JSON
import Patience
import Testing

@Suite struct `Conversations that are kept` {
    private func begin(_ gateway: GatewayProcess) async throws -> String {
        let reply = try await gateway.post("/v1/sessions", "{}", by: gateway.customer)
        try #require(reply.status == 201, "\(reply.text) \(gateway.child.errors)")
        return try #require(try reply.json["session_id"]?.text)
    }

    /// All bytes of the databases of conversations and their keys.
    private func bytesOnDisk(_ deployment: Deployment) throws -> Data {
        let folder = deployment.state + "/var"
        var all = Data()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasPrefix("sessions.db") || name.hasPrefix("content-keys.db") {
            all += Data(contents(of: folder + "/" + name))
        }
        return all
    }

    @Test func `outlive a kill, and are gone for good once they are erased, while the log verifies`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
        let id = try await begin(gateway)
        let question = "Where is the nearest branch to the harbour?"
        let answer = try await gateway.post(
            "/v1/sessions/\(id)/messages", #"{"message": "\#(question)"}"#, by: gateway.customer)
        #expect(answer.status == 200, "\(answer.text)")
        try await gateway.crash()
        let next = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
        let messages = try await next.get("/v1/sessions/\(id)/messages", by: next.customer)
        #expect(try messages.json["messages"]?.elements?.first?["text"]?.text == question)
        #expect(try bytesOnDisk(deployment).firstRange(of: Data("harbour".utf8)) == nil, "it lies sealed")
        #expect(try bytesOnDisk(deployment).firstRange(of: Data(id.utf8)) != nil, "the files are looked at")
        let gone = try await next.request("DELETE", "/v1/sessions/\(id)", by: next.customer)
        #expect(gone.status == 204 && gone.body.isEmpty)
        #expect(try await next.get("/v1/sessions/\(id)", by: next.customer).status == 404)
        #expect(try await next.stop() == .exited(0), "\(next.child.errors)")
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }

    @Test func `know who the customer is, and keep nothing that proves it`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let id = try await begin(gateway)
        func say(_ text: String) async throws -> Reply {
            try await gateway.post("/v1/sessions/\(id)/messages", #"{"message": "\#(text)"}"#, by: gateway.customer)
        }
        _ = try await say("What's my balance?")
        _ = try await say("My account number is 1001 and my name is Ada Lindqvist")
        let balance = try await say("The answer is Rex")
        #expect(balance.text.contains("EUR"), "\(balance.text)")
        let messages = try await gateway.get("/v1/sessions/\(id)/messages", by: gateway.customer)
        #expect(messages.text.contains("proves who the customer is"), "\(messages.text)")
        #expect(messages.text.contains("EUR") && !messages.text.contains("Rex"), "\(messages.text)")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `are summed up behind the requests, and counted`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let id = try await begin(gateway)
        let long = String(repeating: "nearest branch ", count: 200)
        for _ in 0..<4 {
            let reply = try await gateway.post(
                "/v1/sessions/\(id)/messages", #"{"message": "Where is the \#(long)"}"#, by: gateway.customer)
            #expect(reply.status == 200, "\(reply.text)")
        }
        #expect(
            await eventually {
                let shown = try? await gateway.get("/v1/sessions/\(id)", by: gateway.customer)
                return (try? shown?.json["summary"]?.text?.contains("The customer wrote: Where is the nearest")) == true
            }, "\(gateway.child.errors)")
        let usage = try await gateway.get("/v1/usage?days=1", by: .role(.admin, of: deployment))
        #expect(try usage.json["total"]?["answers"]?.integer == 4, "\(usage.text)")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }
}

@Suite struct `The webhook of new tickets` {
    private struct Receiver {
        let child: Child
        let port: Int

        init(_ deployment: Deployment, _ options: [String] = []) async throws {
            let child = try Child(
                "python3",
                [
                    Place.root.path + "/Tests/EndToEnd/Support/webhook_receiver.py",
                    deployment.certificates + "/hook.key",
                ]
                    + options, scratch: deployment.scratch)
            var found: Int?
            _ = await eventually(within: .seconds(60)) {
                let first = String(decoding: child.output, as: UTF8.self).split(separator: "\n").first
                found = first.flatMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
                return found != nil || child.ending != nil
            }
            port = try #require(found, "\(child.errors)")
            self.child = child
        }

        var deliveries: [JSONNode] {
            String(decoding: child.output, as: UTF8.self).split(separator: "\n").dropFirst()
                .compactMap { try? JSONParser.parse(Array($0.utf8)) }
        }

        func took(_ ticket: String) -> Bool {
            deliveries.contains { $0["id"]?.text == ticket && $0["status"]?.integer == 200 }
        }
    }

    /// A deployment whose webhook is not set yet, since nobody knows the receiver's port.
    private func deploy() async throws -> Deployment {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let file = deployment.certificates + "/hook.key"
        try write((Data(repeating: 5, count: 32).base64EncodedString() + "\n").utf8, to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try deployment.set("secret", "\"certs/hook.key\"")
        return deployment
    }

    private func openTicket(_ gateway: GatewayProcess) async throws -> String {
        let reply = try await gateway.post(
            "/v1/tickets", #"{"message": "My card is lost, please help", "category": "fraud"}"#, by: gateway.customer)
        try #require(reply.status == 201, "\(reply.text)")
        return try #require(try reply.json["id"]?.text)
    }

    @Test func `is told once it listens, signed, and waits for no answer`() async throws {
        let deployment = try await deploy()
        let receiver = try await Receiver(deployment, ["--failures", "1", "--delay", "1"])
        defer { receiver.child.signal(SIGKILL) }
        try deployment.set("webhook.url", "\"http://127.0.0.1:\(receiver.port)/hook?from=test\"")
        let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
        let before = ContinuousClock.now
        let ticket = try await openTicket(gateway)
        let ask = try await gateway.ask()
        #expect(ask.status == 200)
        let elapsed = ContinuousClock.now - before
        #expect(await eventually { receiver.took(ticket) }, "\(gateway.child.errors)")
        #expect(elapsed < .seconds(1).stretched, "nobody waits for a delivery")
        let deliveries = receiver.deliveries
        #expect(deliveries.map { $0["status"]?.integer } == [503, 200])
        #expect(deliveries.map { $0["attempt"]?.integer } == [1, 2])
        for delivery in deliveries {
            guard case .bool(true)? = delivery["valid"]?.value else {
                Issue.record("the signature is wrong: \(delivery)")
                continue
            }
            #expect(delivery["body"]?["ticket"]?["id"]?.text == ticket)
            #expect(delivery["body"]?["ticket"]?["priority"]?.text == "urgent")
        }
        #expect(!String(decoding: receiver.child.output, as: UTF8.self).contains("card is lost"))
        #expect(gateway.child.errors.contains("job_failed"), "a failure is told of")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `is told of what was opened before a kill`() async throws {
        let deployment = try await deploy()
        let receiver = try await Receiver(deployment, ["--failures", "1"])
        defer { receiver.child.signal(SIGKILL) }
        try deployment.set("webhook.url", "\"http://127.0.0.1:\(receiver.port)\"")
        let gateway = try await GatewayProcess.start(deployment)
        let first = try await openTicket(gateway)
        #expect(await eventually { !receiver.deliveries.isEmpty })
        // This one may be found, queued, delivered or none of these when the process ends.
        let second = try await openTicket(gateway)
        try await gateway.crash()
        let next = try await GatewayProcess.start(deployment)
        #expect(await eventually { receiver.took(first) && receiver.took(second) }, "\(next.child.errors)")
        #expect(try await next.stop() == .exited(0), "\(next.child.errors)")
    }

    @Test func `is not told by who cannot prove that it is the receiver`() async throws {
        let deployment = try await deploy()
        let receiver = try await Receiver(
            deployment,
            [
                "--certificate", deployment.certificates + "/server.crt", "--key",
                deployment.certificates + "/server.key",
            ])
        defer { receiver.child.signal(SIGKILL) }
        try deployment.set("webhook.url", "\"https://127.0.0.1:\(receiver.port)\"")
        let gateway = try await GatewayProcess.start(deployment)
        _ = try await openTicket(gateway)
        #expect(await eventually { gateway.child.errors.contains("cannot be told") }, "\(gateway.child.errors)")
        #expect(receiver.deliveries.isEmpty)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        // With the receiver's own CA it is told.
        try deployment.set("receiver_ca", "\"certs/ca.crt\"")
        let trusting = try await GatewayProcess.start(deployment)
        #expect(await eventually { !receiver.deliveries.isEmpty }, "\(trusting.child.errors)")
        #expect(try await trusting.stop() == .exited(0), "\(trusting.child.errors)")
    }
}
