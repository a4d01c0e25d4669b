import Foundation
import JSON
import Testing

@Suite(.sharedGateway) struct `Personal data outside the message` {
    @Test(arguments: [
        ("/v1/tickets/ali.khan@example.com", "ali.khan"), ("/v1/tickets/ali.khan%40example.com", "ali.khan"),
        ("/v1/tickets/%61li.khan%40example.com", "li.khan"), ("/nope/35202-1234567-1", "35202-1234567"),
        ("/nope/3%35202-1234567-1", "5202-1234567"), ("/v1/faq/4111111111111111?query=x", "411111"),
    ])
    func `a path is recorded without it`(path: String, datum: String) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.get(path, by: gateway.customer)
        try expectProblem(reply, 404)
        let record = try #require(try record(of: reply))
        #expect(!occurs(datum, in: record.body), "\(String(decoding: record.body, as: UTF8.self))")
        let recorded = try #require(record.json["req"]?["path"]?.text)
        #expect(recorded.hasPrefix(String(path.prefix(5))), "\(recorded)")
        #expect(!gateway.child.errors.contains(datum))
    }

    @Test func `a path without it is recorded as it is, decoded`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.get("/v1/tickets/T%2D17", by: gateway.customer)
        #expect(try record(of: reply)?.json["req"]?["path"]?.text == "/v1/tickets/T-17")
    }

    @Test func `a method is recorded without it`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request("35202-1234567-1", "/v1/faq", by: gateway.customer)
        try expectProblem(reply, 501)
        let record = try #require(try record(of: reply))
        #expect(!occurs("35202-1234567", in: record.body), "\(String(decoding: record.body, as: UTF8.self))")
    }

    @Test func `a server name is recorded without it, of requests as of refused connections`() async throws {
        let gateway = try SharedGateway.current
        let name = "35202-7654321-1.example"
        let client = try TLSClient(gateway, identity: gateway.customer.identity, options: ["-servername", name])
        client.send("GET /v1/faq?query=card HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(await client.receive().hasPrefix("HTTP/1.1 401 "))
        let stranger = try TLSClient(gateway, identity: nil, options: ["-servername", name])
        _ = await stranger.isClosed()
        let directory = gateway.deployment.logDirectory
        let recorded = await eventually {
            let records = (try? LogFiles(directory).records) ?? []
            let types = records.filter { $0.json["tls"]?["sni"]?.text?.hasSuffix("-1.example") ?? false }.map(\.type)
            return Set(types) == ["request.end", "connection.reject"]
        }
        #expect(recorded)
        #expect(try !occurs("35202-7654321", in: LogFiles(directory).bytes))
    }

    @Test(arguments: [
        ("customer_id", "35202-1234567-1"), ("session_id", "35202-1234567-1"), ("customer_id", "4111111111111111"),
        ("session_id", "PK36SCBL0000001123456702"),
    ])
    func `an identifier that is personal data is refused by name`(member: String, datum: String) async throws {
        let gateway = try SharedGateway.current
        let body = #"{"message": "I want a human agent", "\#(member)": "\#(datum)"}"#
        let reply = try await gateway.post("/v1/ask", body, by: gateway.customer)
        try expectProblem(reply, 400)
        #expect(!occurs(datum, in: reply.body))
        #expect(try reply.json["errors"]?.elements?.first?["pointer"]?.text == "/\(member)", "\(reply.text)")
        let record = try #require(try record(of: reply))
        #expect(record.json["decision"]?["reason"]?.text == "identifier_is_personal")
        #expect(!occurs(datum, in: record.body))
    }

    @Test(arguments: [
        "7b0a2f6e-1c9d-4e57-9a38-6f2b5d0c4e11", "session_2026_11_21", "cust-000123", "A1B2C3D4E5", "07700900123",
    ])
    func `an identifier that says nothing is taken and echoed`(identifier: String) async throws {
        let gateway = try SharedGateway.current
        let body = #"{"message": "card", "session_id": "\#(identifier)", "customer_id": "\#(identifier)"}"#
        let reply = try await gateway.post("/v1/ask", body, by: gateway.customer)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(try reply.json["session_id"]?.text == identifier)
    }
}
