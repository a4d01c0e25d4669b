import Audit
import Edge
import Foundation
import JSON
import Testing
import Threading
import WireClient

@testable import Gateway

@Suite struct `The pipeline` {
    @Test func `answers a question and leaves each stage in the record`() async throws {
        let gateway = try await TestGateway()
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let reply = try await gateway.send(
            "POST", "/v1/ask", token: gateway.token("customer"),
            body: #"{"message": "How do I order a physical card?", "session_id": "session-1", "customer_id": "c-1"}"#,
            fields: "traceparent: 00-\(trace)-00f067aa0ba902b7-01\r\n")
        #expect(reply.status == 200 && reply.fields["content-type"] == "application/json")
        #expect(reply.fields["cache-control"] == "no-store" && reply.fields["x-content-type-options"] == "nosniff")
        #expect(reply.fields["ratelimit-limit"] != nil && reply.fields["ratelimit-remaining"] != nil)
        let root = try JSONParser.parse(reply.body)
        #expect(root["answer"]?.text?.contains("Order card") == true && root["escalate"] != nil)
        #expect(root["request_id"]?.text == reply.fields["x-request-id"])
        let record = try gateway.record(of: reply)
        #expect(record["req"]?["id"]?.text == reply.fields["x-request-id"])
        #expect(record["req"]?["trace"]?.text == trace)
        #expect(
            record.steps == [
                "edge:pass", "identify:pass", "authenticate:pass", "authorise:pass", "admit:pass", "redact:pass",
                "answer:pass", "restore:skip",
            ])
        #expect(record["response"]?["status"]?.integer == 200)
        #expect(record["principal"]?["token"]?["sub"]?.text == "customer")
    }

    @Test func `keeps personal data out of the log and gives it back only to whom it may`() async throws {
        let gateway = try await TestGateway()
        let message = "Please send my statement to jane.roe@example.com"
        let reply = try await gateway.ask(message, token: gateway.token("customer"))
        #expect(reply.status == 200)
        let record = try gateway.record(of: reply)
        #expect(record.steps.contains("redact:modify:pii_redacted"))
        #expect(!(try gateway.records().joined().contains("jane.roe")))
        for name in ["knowledge.db", "tickets.db", "tickets.db-wal"] {
            let file = URL(filePath: gateway.folder + "/var/" + name)
            guard let bytes = try? Data(contentsOf: file) else { continue }
            #expect(bytes.firstRange(of: Data("jane.roe".utf8)) == nil, "\(name)")
        }
        let blocked = try await gateway.ask("My card is 4111 1111 1111 1111", token: gateway.token("customer"))
        #expect(!(try gateway.records().joined().contains("4111 1111 1111 1111")))
        #expect([200, 422].contains(blocked.status))
    }

    @Test func `answers every bad token alike`() async throws {
        let gateway = try await TestGateway()
        let other = try await TestGateway()
        let good = try gateway.token("customer")
        let parts = good.split(separator: ".").map(String.init)
        let authorisations: [(String, String)] = [
            ("", "token_absent"), ("Authorization: Basic eDp5\r\n", "token_scheme_unknown"),
            ("Authorization: Bearer \(parts[0]).\(parts[1])\r\n", "token_part_count"),
            ("Authorization: Bearer \(parts[0]).\(parts[1]).\(String(parts[2].reversed()))\r\n", "token_"),
            ("Authorization: Bearer \(try gateway.token("customer", audience: "x"))\r\n", "token_aud_wrong"),
            ("Authorization: Bearer \(try gateway.token("customer", issuer: "x"))\r\n", "token_iss_unknown"),
            (
                "Authorization: Bearer "
                    + "\(try gateway.token("customer", key: other.folder + "/certs/token-keys/signing.key"))\r\n",
                "token_"
            ),
        ]
        var seen: Set<String> = []
        for (field, reason) in authorisations {
            let reply = try await gateway.send("POST", "/v1/ask", body: #"{"message": "x"}"#, fields: field)
            #expect(reply.status == 401 && reply.fields["www-authenticate"] == "Bearer realm=\"portcullis\"")
            let id = try #require(reply.fields["x-request-id"])
            var fields = reply.fields
            for name in ["x-request-id", "audit-receipt", "date"] { fields[name] = nil }
            seen.insert("\(fields.sorted { $0.key < $1.key }) \(reply.text.replacing(id, with: "ID"))")
            let steps = try gateway.record(of: reply).steps
            #expect(steps.count == 3 && steps[2].hasPrefix("authenticate:deny:\(reason)"), "\(steps)")
        }
        #expect(seen.count == 1, "\(seen)")
    }

    static let refusals:
        [(method: String, path: String, role: String?, body: String?, type: String, status: Int, reason: String)] = [
            (
                "POST", "/v1/ask", "auditor", #"{"message": "x"}"#, "application/json", 403,
                "authorise:deny:role_missing"
            ),
            ("GET", "/v1/ask", "customer", nil, "", 405, "authorise:deny:method_not_allowed"),
            ("GET", "/v1/nowhere", "customer", nil, "", 404, "authorise:deny:route_unknown"),
            ("GET", "/v1/nowhere", nil, nil, "", 401, "authenticate:deny:token_absent"),
            ("OPTIONS", "/v1/nowhere", nil, nil, "", 401, "authenticate:deny:token_absent"),
            ("BREW", "/v1/ask", "customer", nil, "", 501, "edge:deny:http_unknown_method"),
            ("POST", "/v1/ask", "customer", nil, "", 415, "admit:deny:media_type"),
            ("POST", "/v1/ask", "customer", "{}", "text/plain", 415, "admit:deny:media_type"),
            ("POST", "/v1/ask", "customer", "{", "application/json", 400, "admit:deny:json_syntax"),
            ("POST", "/v1/ask", "customer", "{}", "application/json", 400, "admit:deny:json_shape"),
            ("POST", "/v1/ask", "customer", #"{"message": 5}"#, "application/json", 400, "admit:deny:json_shape"),
            (
                "POST", "/v1/ask", "customer", #"{"message": "x", "model": "y"}"#, "application/json", 400,
                "admit:deny:json_shape"
            ),
            ("POST", "/v1/ask", "customer", #"{"message": ""}"#, "application/json", 400, "admit:deny:json_shape"),
            (
                "POST", "/v1/ask", "customer", #"{"message": "\#(String(repeating: "x", count: 4097))"}"#,
                "application/json", 413, "redact:deny:text_too_long"
            ),
            (
                "POST", "/v1/ask", "customer", String(repeating: " ", count: 65_537), "application/json", 413,
                "admit:deny:http_body_too_large"
            ),
            (
                "POST", "/v1/ask", "customer", #"{"message": "x", "session_id": "a b"}"#, "application/json", 400,
                "redact:deny:bad_identifier"
            ),
            ("GET", "/v1/faq", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/faq?query=card&limit=0", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/faq?query=card&limit=51", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/faq?query=card&query=x", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/faq/suggestions?q=card&limit=21", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/faq/suggestions?query=card", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/faq/suggestions?q=%FF", "customer", nil, "", 400, "admit:deny:query"),
            ("GET", "/v1/tickets/T-none", "customer", nil, "", 404, "answer:deny:ticket_unknown"),
            ("POST", "/v1/knowledge", "customer", "id\n", "text/csv", 403, "authorise:deny:role_missing"),
            ("POST", "/v1/knowledge", "admin", "id\n", "text/csv", 400, "answer:deny:knowledge_header"),
            ("GET", "/v1/audit/head", "customer", nil, "", 403, "authorise:deny:role_missing"),
            (
                "POST", "/v1/tokens", "admin", #"{"subject": "x", "roles": ["king"]}"#, "application/json", 400,
                "answer:deny:role_unknown"
            ),
        ]

    @Test func `refuses in the stage that is concerned, and records it`() async throws {
        let gateway = try await TestGateway()
        for row in Self.refusals {
            let token = try row.role.map { try gateway.token($0) }
            let reply = try await gateway.send(row.method, row.path, token: token, body: row.body, type: row.type)
            #expect(reply.status == row.status, "\(row): \(reply.text)")
            #expect(reply.fields["content-type"] == "application/problem+json", "\(row)")
            let root = try JSONParser.parse(reply.body)
            #expect(root["status"]?.integer == Int64(row.status), "\(row)")
            #expect(root["request_id"]?.text == reply.fields["x-request-id"], "\(row)")
            let record = try gateway.record(of: reply)
            #expect(record.steps.last == row.reason, "\(row)")
            #expect(record["response"]?["status"]?.integer == Int64(row.status), "\(row)")
        }
    }

    @Test(arguments: [
        ("/v1/ask", "POST, OPTIONS"), ("/v1/faq", "GET, HEAD, OPTIONS"), ("/v1/tickets/x", "GET, PATCH, HEAD, OPTIONS"),
        ("*", "GET, HEAD, POST, PATCH, DELETE, OPTIONS"),
    ])
    func `tells the methods of a resource without a token`(path: String, allow: String) async throws {
        let gateway = try await TestGateway()
        let reply = try await gateway.send("OPTIONS", path)
        #expect(reply.status == 204 && reply.fields["allow"] == allow && reply.body.isEmpty)
        #expect(try gateway.record(of: reply).steps == ["edge:pass"])
        if path == "/v1/faq" {
            let wrong = try await gateway.send("POST", path, token: gateway.token("customer"), body: "{}")
            #expect(wrong.status == 405 && wrong.fields["allow"] == allow)
        }
    }

    @Test func `answers HEAD as GET without the content`() async throws {
        let gateway = try await TestGateway()
        let token = try gateway.token("customer")
        for path in ["/v1/faq?query=card", "/openapi.json"] {
            let get = try await gateway.send("GET", path, token: token)
            let head = try await gateway.send("HEAD", path, token: token)
            #expect(get.status == 200 && head.status == 200 && head.body.isEmpty)
            #expect(head.fields["content-length"] == "\(get.body.count)", "\(path)")
        }
    }

    @Test func `keeps a ticket for its owner and for those who may read all`() async throws {
        let gateway = try await TestGateway()
        let owner = try gateway.token("customer", subject: "owner")
        let made = try await gateway.send("POST", "/v1/tickets", token: owner, body: #"{"message": "Call me."}"#)
        #expect(made.status == 201)
        let path = try #require(made.fields["location"])
        let id = try #require(try JSONParser.parse(made.body)["id"]?.text)
        #expect(path == "/v1/tickets/" + id)
        #expect(try await gateway.send("GET", path, token: owner).status == 200)
        #expect(try await gateway.send("GET", path, token: gateway.token("agent")).status == 200)
        let stranger = try await gateway.send("GET", path, token: gateway.token("customer", subject: "stranger"))
        let unknown = try await gateway.send(
            "GET", path + "0", token: gateway.token("customer", subject: "stranger"))
        #expect(stranger.status == 404 && unknown.status == 404)
        let same = { (reply: WireReply) in
            reply.text.replacing(reply.fields["x-request-id"] ?? "?", with: "ID")
        }
        #expect(same(stranger) == same(unknown))
        #expect(try gateway.record(of: stranger).steps.last == "answer:deny:ticket_of_another")
        // What changes the world is announced first.
        let begin = try #require(try gateway.record(of: made)["begin"]?.integer)
        #expect(try gateway.records().contains { $0.contains("\"seq\":\(begin),") && $0.contains("request.begin") })
    }

    @Test func `issues a token that works`() async throws {
        let gateway = try await TestGateway()
        let order = #"{"subject": "new", "roles": ["customer"], "ttl_s": 60}"#
        let issued = try await gateway.send("POST", "/v1/tokens", token: gateway.token("admin"), body: order)
        #expect(issued.status == 201, "\(issued.text)")
        let token = try #require(try JSONParser.parse(issued.body)["token"]?.text)
        #expect(try await gateway.ask("How do I order a physical card?", token: token).status == 200)
        #expect(!(try gateway.records().joined().contains(token)))
    }

    @Test func `refuses what comes too often, before and after it knows who asks`() async throws {
        let byPrincipal = try await TestGateway(ask: 2)
        let (one, other) = (
            try byPrincipal.token("customer", subject: "a"), try byPrincipal.token("customer", subject: "b")
        )
        for _ in 0..<2 { #expect(try await byPrincipal.ask("card", token: one).status == 200) }
        let refused = try await byPrincipal.ask("card", token: one)
        #expect(refused.status == 429 && Int(refused.fields["retry-after"] ?? "") ?? 0 > 0)
        #expect(refused.fields["ratelimit-remaining"] == "0")
        #expect(try byPrincipal.record(of: refused).steps.last == "admit:deny:rate_limited")
        #expect(try await byPrincipal.ask("card", token: other).status == 200)
        let byFailure = try await TestGateway(failures: 2)
        let good = try byFailure.token("customer")
        for _ in 0..<2 { #expect(try await byFailure.ask("card", token: "x.y.z").status == 401) }
        for token in ["x.y.z", good] {
            let reply = try await byFailure.ask("card", token: token)
            #expect(reply.status == 429)
            #expect(try byFailure.record(of: reply).steps.last == "authenticate:deny:rate_limited_failures")
        }
        let byAddress = try await TestGateway(address: 1)
        #expect(try await byAddress.ask("card", token: byAddress.token("customer")).status == 200)
        let last = try await byAddress.ask("card", token: byAddress.token("customer"))
        #expect(last.status == 429)
        #expect(try byAddress.record(of: last).steps == ["edge:deny:rate_limited_address"])
    }

    @Test func `records what was no request`() async throws {
        let gateway = try await TestGateway()
        let reply = try await gateway.connect().exchange("GET / HTTP/1.1\r\n\r\n")
        #expect(reply.status == 400 && reply.fields["content-type"] == "application/problem+json")
        #expect(try gateway.record(of: reply).steps == ["edge:deny:http_missing_host"])
    }

    @Test func `answers nothing that cannot be recorded`() async throws {
        let gateway = try await TestGateway()
        let token = try gateway.token("customer")
        #expect(try await gateway.send("GET", "/readyz").status == 200)
        gateway.services.log.close(requestsServed: 0)
        let requests: [(String, String, String?)] = [
            ("POST", "/v1/ask", #"{"message": "How do I order a physical card?"}"#), ("GET", "/v1/faq?query=card", nil),
            ("GET", "/openapi.json", nil), ("GET", "/nowhere", nil), ("OPTIONS", "/v1/ask", nil),
        ]
        for (method, path, body) in requests {
            let reply = try await gateway.send(method, path, token: token, body: body)
            #expect(reply.status == 503 && reply.fields["audit-receipt"] == nil, "\(method) \(path)")
            #expect(reply.fields["retry-after"] != nil && reply.fields["x-request-id"] != nil)
            #expect(!reply.text.contains("card") && reply.text.contains("audit-unavailable"), "\(reply.text)")
        }
        #expect(try await gateway.connect().exchange("nonsense\r\n\r\n").status == 503)
        #expect(try await gateway.send("GET", "/readyz").status == 503)
        #expect(try await gateway.send("GET", "/livez").status == 200)
    }

    @Test func `checks health without a record`() async throws {
        let gateway = try await TestGateway()
        let before = gateway.services.log.head.seq
        for path in ["/healthz", "/livez", "/readyz"] {
            #expect(try await gateway.send("GET", path).text == "ok\n")
            #expect(try await gateway.send("HEAD", path).status == 200)
            let wrong = try await gateway.send("POST", path, body: "{}")
            #expect(wrong.status == 405 && wrong.fields["allow"] == "GET, HEAD")
        }
        gateway.services.health.drain()
        #expect(try await gateway.send("GET", "/readyz").status == 503)
        #expect(try await gateway.send("GET", "/healthz").status == 200)
        #expect(gateway.services.log.head.seq == before)
    }

    @Test func `counts what it did`() async throws {
        let gateway = try await TestGateway()
        for _ in 0..<3 { _ = try await gateway.ask("card", token: gateway.token("customer")) }
        _ = try await gateway.send("GET", "/v1/faq?query=card")
        let metrics = gateway.services.metrics
        #expect(metrics.answers(of: .ask).map(\.status) == [200] && metrics.answers(of: .ask).map(\.count) == [3])
        #expect(metrics.answers(of: .faq).map(\.status) == [401] && metrics.answers(of: .faq).map(\.count) == [1])
        #expect(metrics.latency(of: .ask).count == 3)
        #expect(metrics.decisions(of: .principal(.ask), isAllowed: true) == 3)
        #expect(metrics.answersByRoute.map(\.count).reduce(0, +) == 3)
        let stages = Dictionary(uniqueKeysWithValues: metrics.stageTimes.map { ($0.stage, $0.times.count) })
        #expect(stages["edge"] == 4 && stages["answer"] == 3 && stages["authenticate"] == 4 && stages["record"] == 4)
    }

    @Test func `leaves a log that verifies and fails with one byte changed`() async throws {
        let gateway = try await TestGateway()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                let token = try gateway.token("customer", subject: "c\(number)")
                group.addTask {
                    let reply = try await gateway.ask("card", token: token)
                    #expect(reply.status == 200)
                }
            }
            try await group.waitForAll()
        }
        gateway.services.log.close(requestsServed: 20)
        let directory = gateway.folder + "/var/audit"
        var options = VerifyOptions()
        options.isUnpinned = true
        guard case .ok = Verifier.verify(directory: directory, options: options).verdict else {
            Issue.record("\(Verifier.verify(directory: directory, options: options).verdict)")
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        let segment = try #require(names.first { $0.hasPrefix("seg-") })
        var bytes = try Data(contentsOf: URL(filePath: directory + "/" + segment))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: directory + "/" + segment))
        guard case .tampered = Verifier.verify(directory: directory, options: options).verdict else {
            Issue.record("not found")
            return
        }
    }
}
