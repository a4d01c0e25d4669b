import Foundation
import JSON
import Patience
import Testing

@Suite struct `A gateway that is killed` {
    /// Clients that ask as fast as they are answered; each line of their output is a status and a receipt.
    private func clients(_ count: Int, of gateway: GatewayProcess) throws -> [Child] {
        let deployment = gateway.deployment
        let identity = deployment.identity(.customer)
        return try (0..<count).map { _ in
            try Child(
                "curl",
                [
                    "-s", "--fail-early", "--http1.1", "--max-time", "\(60 * patienceFactor)", "--cacert",
                    deployment.authority.certificate, "--cert",
                    identity.certificate, "--key", identity.key, "-H",
                    "Authorization: Bearer \(deployment.token(.customer))", "-H", "Content-Type: application/json",
                    "-d", #"{"message": "How do I order a physical card?"}"#, "-o", "/dev/null", "-w",
                    "%{http_code} %header{audit-receipt}\n", gateway.url + "/v1/ask#[1-20000]",
                ], scratch: deployment.scratch)
        }
    }

    private func acknowledged(_ clients: [Child]) -> [Acknowledged] {
        clients.flatMap { client in
            String(decoding: client.output, as: UTF8.self).split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                return words.count == 2 && words[0] == "200" ? Acknowledged(String(words[1])) : nil
            }
        }
    }

    @Test func `no acknowledged record is missing after a kill under load`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        var all: [Acknowledged] = []
        for round in 1...2 {
            let gateway = try await GatewayProcess.start(deployment)
            let load = try clients(8, of: gateway)
            _ = await eventually(within: .seconds(60)) {
                ((try? await gateway.metric("portcullis_audit_records")) ?? 0) > Double(400 * round)
                    || (try? LogFiles(deployment.logDirectory).records.count).map { $0 > 400 * round } == true
            }
            try await gateway.crash()
            for client in load { try await client.wait(within: .seconds(60)) }
            let receipts = acknowledged(load)
            #expect(receipts.count > 100, "round \(round)")
            all += receipts
        }
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
        #expect(Set(all.map(\.sequence)).count == all.count, "two answers have one receipt")
        let log = try LogFiles(deployment.logDirectory)
        let hashes = Dictionary(log.records.map { ($0.sequence, $0.hash) }) { first, _ in first }
        let missing = all.filter { hashes[$0.sequence] != $0.hash }
        #expect(missing.isEmpty, "\(missing.prefix(3)) of \(all.count)")
        // Midnight may come in between, and a segment may fill.
        let within: Set = ["day", "size"]
        let openings = log.records.filter {
            $0.type == "segment.open" && !within.contains($0.json["segment"]?["reason"]?.text ?? "")
        }
        #expect(openings.map { $0.json["segment"]?["reason"]?.text } == ["recovery", "recovery"])
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }

    @Test func `no answered request is without its record after fifty kills at any moment`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        var all: [Acknowledged] = []
        // As many as a minute has room for where everything is slower.
        let kills = max(3, 50 / patienceFactor)
        for _ in 0..<kills {
            let gateway = try await GatewayProcess.start(deployment)
            let load = try clients(2, of: gateway)
            // From the first handshake on, so that some kills come before anything was answered.
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...400)) * patienceFactor)
            try await gateway.crash()
            for client in load { try await client.wait(within: .seconds(60)) }
            all += acknowledged(load)
        }
        #expect(all.count > 10 * kills, "\(all.count) receipts")
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
        #expect(Set(all.map(\.sequence)).count == all.count, "two answers have one receipt")
        let log = try LogFiles(deployment.logDirectory)
        let hashes = Dictionary(log.records.map { ($0.sequence, $0.hash) }) { first, _ in first }
        let missing = all.filter { hashes[$0.sequence] != $0.hash }
        #expect(missing.isEmpty, "\(missing.prefix(3)) of \(all.count)")
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }

    @Test func `a torn tail is reported and sealed where it is`() async throws {
        let deployment = try await Deployment.make()
        let first = try await GatewayProcess.start(deployment)
        let receipt = try #require(try await first.ask().receipt)
        try await first.crash()
        let log = try LogFiles(deployment.logDirectory)
        let path = deployment.logDirectory + "/" + (try #require(log.segments.last))
        let whole = contents(of: path)
        let torn = Array(#"{"v":1,"seq":99,"time":"2026-"#.utf8)
        try write(whole + torn, to: path)

        let second = try await GatewayProcess.start(deployment)
        #expect(second.child.errors.contains("torn"), "\(second.child.errors)")
        #expect(try await second.ask().status == 200)
        #expect(try await second.stop() == .exited(0))
        #expect(contents(of: path) == whole + torn, "what was written must stay")
        let after = try LogFiles(deployment.logDirectory)
        #expect(after.record(receipt.sequence)?.hash == receipt.hash)
        let seal = try #require(after.records.first { $0.json["segment"]?["torn"] != nil }?.json["segment"]?["torn"])
        #expect(seal["offset"]?.integer == Int64(whole.count))
        #expect(seal["bytes"]?.integer == Int64(torn.count))
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }

    @Test func `a stop on request lets requests in flight finish`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        try deployment.stretchTimeouts()
        let gateway = try await GatewayProcess.start(deployment)
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        let body = #"{"message": "How do I order a physical card?"}"#
        client.send(
            "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer \(deployment.token(.customer))\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(10))
        #expect(await eventually { (try? await gateway.metric("portcullis_requests_in_flight")) ?? 0 >= 1 })
        gateway.child.signal(SIGTERM)
        #expect(await eventually { (try? await gateway.get("/healthz", by: gateway.customer).status) == 0 })
        #expect(gateway.child.ending == nil, "it must wait for the request in flight")
        client.send(String(body.dropFirst(10)))
        let answer = await client.receive()
        #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
        #expect(answer.lowercased().contains("connection: close"))
        #expect(try await gateway.child.wait(within: .seconds(30)) == .exited(0), "\(gateway.child.errors)")
        #expect(try LogFiles(deployment.logDirectory).records.last?.type == "gateway.stop")
    }

    @Test func `a stop under load loses no acknowledged record`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let load = try clients(4, of: gateway)
        _ = await eventually { (try? LogFiles(deployment.logDirectory).records.count).map { $0 > 200 } == true }
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        for client in load { try await client.wait() }
        let log = try LogFiles(deployment.logDirectory)
        let hashes = Dictionary(log.records.map { ($0.sequence, $0.hash) }) { first, _ in first }
        let receipts = acknowledged(load)
        #expect(receipts.count > 100)
        #expect(receipts.allSatisfy { hashes[$0.sequence] == $0.hash })
        #expect(log.records.last?.type == "gateway.stop")
    }
}
