import Foundation
import JSON
import Testing

@Suite(.sharedGateway) struct `The gateway` {
    @Test func `a known question is answered with its source`() async throws {
        let reply = try await SharedGateway.current.ask("How do I order a physical card?")
        #expect(reply.status == 200, "\(reply.text)")
        #expect(reply.field("content-type")?.hasPrefix("application/json") == true)
        let answer = try reply.json
        #expect(answer["answer"]?.text?.isEmpty == false)
        #expect(
            try #require(answer["citations"]?.elements).contains { citation in
                occurs("order_physical_card", in: Array("\(citation)".utf8))
                    || citation["id"]?.text == "order_physical_card"
            }, "\(reply.text)")
        #expect(answer["confidence"] != nil && answer["escalate"] != nil && answer["suggested_actions"] != nil)
        #expect(answer["request_id"]?.text == reply.field("x-request-id"))
        #expect(answer["decision"] != nil)
    }

    @Test func `a question without an answer is handed to a person honestly`() async throws {
        let reply = try await SharedGateway.current.ask("zxqv wubble frobnicate glorp")
        #expect(reply.status == 200)
        #expect(try reply.json["escalate"]?.value.isTrue == true, "\(reply.text)")
    }

    @Test func `an answered request is in the log under its receipt with its whole path`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.ask()
        let receipt = try #require(reply.receipt)
        let log = try LogFiles(gateway.deployment.logDirectory)
        let record = try #require(log.record(receipt.sequence))
        #expect(record.hash == receipt.hash)
        #expect(record.type == "request.end")
        #expect(record.json["req"]?["id"]?.text == reply.field("x-request-id"))
        #expect(record.json["req"]?["path"]?.text == "/v1/ask")
        #expect(record.json["decision"]?["result"]?.text == "allow")
        let stages = record.json["path"]?.elements?.compactMap { $0["stage"]?.text }
        #expect(stages == ["edge", "identify", "authenticate", "authorise", "admit", "redact", "answer", "restore"])
        #expect(record.json["principal"]?["cert"]?["sha256"] != nil)
        #expect(record.json["policy"]?["sha256"] != nil)
        #expect(record.json["response"]?["status"]?.integer == 200)
    }

    @Test(arguments: [
        "jane.doe@example.org", "4111 1111 1111 1111", "GB82 WEST 1234 5698 7654 32", "+44 20 7946 0958",
        "42101-1234567-1",
        "123-45-6789", "203.0.113.77",
    ])
    func `personal data reaches neither log nor ticket nor standard error`(datum: String) async throws {
        let gateway = try SharedGateway.current
        let ticket = try await gateway.post(
            "/v1/tickets", #"{"message": "Please call me about \#(datum) today"}"#, by: gateway.customer)
        #expect([200, 201].contains(ticket.status), "\(ticket.text)")
        let asked = try await gateway.ask("complaint: my data is \(datum), I want a human agent")
        #expect([200, 422].contains(asked.status), "\(asked.text)")
        let log = try LogFiles(gateway.deployment.logDirectory)
        #expect(!occurs(datum, in: log.bytes))
        #expect(!gateway.child.errors.contains(datum))
        for suffix in ["", "-wal"] { #expect(!occurs(datum, in: contents(of: gateway.deployment.database + suffix))) }
        let counted = try #require(log.record(ofRequest: ticket.field("x-request-id") ?? ""))
        #expect(counted.json["redaction"]?["in"]?.members?.isEmpty == false)
    }

    @Test func `a ticket is opened and read back by those who may`() async throws {
        let gateway = try SharedGateway.current
        let opened = try await gateway.post(
            "/v1/tickets", #"{"message": "My card was eaten by the machine", "category": "cards"}"#,
            by: gateway.customer)
        #expect([200, 201].contains(opened.status), "\(opened.text)")
        let id = try #require(try opened.json["id"]?.text ?? opened.json["ticket_id"]?.text)
        let read = try await gateway.get("/v1/tickets/\(id)", by: .role(.agent, of: gateway.deployment))
        #expect(read.status == 200)
        #expect(read.text.contains("eaten by the machine"))
        try expectProblem(
            try await gateway.get("/v1/tickets/none-such", by: .role(.agent, of: gateway.deployment)), 404)
    }

    @Test(arguments: [
        "", "?query=", "?limit=3", "?query=card&limit=0", "?query=card&limit=x", "?query=card&unknown=1", "?query=%ff",
    ])
    func `a query that does not fit is refused`(query: String) async throws {
        let gateway = try SharedGateway.current
        try expectProblem(try await gateway.get("/v1/faq\(query)", by: gateway.customer), 400)
    }

    @Test func `the knowledge base is searched within the limit`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.get("/v1/faq?query=lost%20card&limit=2", by: gateway.customer)
        #expect(reply.status == 200)
        #expect(occurs("card", in: reply.body))
    }

    @Test func `a token is issued to those who may and works`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.post(
            "/v1/tokens", #"{"subject": "u-77", "roles": ["customer"]}"#, by: .role(.admin, of: gateway.deployment))
        #expect([200, 201].contains(reply.status), "\(reply.text)")
        let token = try #require(try reply.json["token"]?.text ?? reply.json["access_token"]?.text)
        #expect(!occurs(token, in: try LogFiles(gateway.deployment.logDirectory).bytes))
        let caller = Caller(identity: gateway.deployment.identity(.customer), token: token)
        #expect(try await gateway.get("/v1/faq?query=card", by: caller).status == 200)
    }

    @Test func `the head of the log is told`() async throws {
        let gateway = try SharedGateway.current
        let before = try #require(try await gateway.ask().receipt)
        let reply = try await gateway.get("/v1/audit/head", by: .role(.auditor, of: gateway.deployment))
        #expect(reply.status == 200)
        let head = try reply.json
        let sequence = try #require(head["seq"]?.integer)
        #expect(sequence >= before.sequence)
        #expect(head["hash"]?.text?.count == 64)
    }

    @Test func `a record is proved to be under a signed checkpoint`() async throws {
        let gateway = try SharedGateway.current
        let auditor = Caller.role(.auditor, of: gateway.deployment)
        let checkpoint = try await gateway.get("/v1/audit/checkpoint", by: auditor)
        #expect(checkpoint.status == 200 && checkpoint.field("content-type") == "text/plain; charset=utf-8")
        #expect(checkpoint.text.hasPrefix("portcullis.dev/gateway\n"))
        let proof = try await gateway.get("/v1/audit/proof?seq=0", by: auditor)
        #expect(proof.status == 200)
        let json = try proof.json
        #expect(json["seq"]?.integer == 0 && json["proof"]?.elements?.isEmpty == false)
        #expect(json["checkpoint"]?.text?.hasPrefix("portcullis.dev/gateway\n") == true)
        #expect(try await gateway.get("/v1/audit/proof?seq=9007199254740991", by: auditor).status == 404)
        for query in ["", "?seq=", "?seq=-1", "?seq=01", "?seq=0&seq=0", "?seq=0&x=1", "?seq=9007199254740992"] {
            #expect(try await gateway.get("/v1/audit/proof\(query)", by: auditor).status == 400, "\(query)")
        }
        for path in ["/v1/audit/proof?seq=0", "/v1/audit/checkpoint"] {
            #expect(try await gateway.get(path, by: gateway.customer).status == 403)
        }
    }

    @Test(arguments: ["/healthz", "/livez", "/readyz"]) func `health needs no token and leaves no record`(path: String)
        async throws
    {
        let gateway = try SharedGateway.current
        let caller = Caller(identity: gateway.deployment.identity(.service))
        let reply = try await gateway.get(path, by: caller)
        #expect(reply.status == 200)
        #expect(reply.receipt == nil)
        #expect(
            try !LogFiles(gateway.deployment.logDirectory).records.contains { $0.json["req"]?["path"]?.text == path })
    }

    @Test func `metrics have their own listener and count what happens`() async throws {
        let gateway = try SharedGateway.current
        _ = try await gateway.ask()
        let page = try await gateway.metrics()
        for subject in ["requests", "duration", "handshake", "rate", "redact", "audit", "connections"] {
            #expect(page.split(separator: "\n").contains { !$0.hasPrefix("#") && $0.contains(subject) }, "\(subject)")
        }
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
        }
        try expectProblem(try await gateway.get("/metrics", by: gateway.customer), 404)
    }

    @Test func `the interface describes itself`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.get("/openapi.json", by: gateway.customer)
        #expect(reply.status == 200, "\(reply.text)")
        let paths = try #require(try reply.json["paths"]?.members).map { String(decoding: $0.name, as: UTF8.self) }
        for path in [
            "/v1/ask", "/v1/tickets", "/v1/tickets/{id}", "/v1/faq", "/v1/knowledge", "/v1/tokens", "/v1/audit/head",
            "/v1/audit/checkpoint", "/v1/audit/proof", "/v1/audit/erasures", "/v1/redact", "/v1/revocations",
        ] {
            #expect(paths.contains(path))
        }
    }

    @Test func `no answer tells what it was made by`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.get("/v1/nothing", by: gateway.customer)
        #expect(reply.field("server") == nil && reply.field("x-powered-by") == nil)
    }

    @Test func `the curl line that serve prints can be pasted`() async throws {
        let gateway = try SharedGateway.current
        let line = try #require(
            String(decoding: gateway.child.output, as: UTF8.self).split(separator: "\n").first { $0.contains("curl ") })
        let finished = try await run("bash", ["-c", String(line)], scratch: gateway.deployment.scratch)
        #expect(finished.status == 0, "\(line): \(finished.errors)")
        #expect(finished.text.contains("\"answer\""), "\(finished.text)")
    }
}

extension JSONNode.Value {
    /// Whether this is `true`.
    var isTrue: Bool {
        if case .bool(true) = self { return true }
        return false
    }
}
