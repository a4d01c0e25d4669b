import JSON
import Testing

@Suite(.sharedGateway) struct `A request's body` {
    @Test(arguments: [
        (#"{"message": "hi""#, "column"), (#"{"message": 'hi'}"#, "column"), ("", "column"), ("{} {}", "column"),
        (#"{"message": "a", "message": "b"}"#, "repeated"), ("{\n\"message\": tru}", "line 2"),
        ("\u{FEFF}{}", "byte order mark"),
    ])
    func `malformed JSON is refused with its position`(body: String, hint: String) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.post("/v1/ask", body, by: gateway.customer)
        try expectProblem(reply, 400)
        #expect(try reply.json["detail"]?.text?.contains(hint) == true, "\(reply.text)")
    }

    @Test(arguments: [
        (#"{"message": 5}"#, "/message"), (#"{"message": null}"#, "/message"), (#"{"message": ["a"]}"#, "/message"),
        (#"{"message": "a", "session_id": 7}"#, "/session_id"),
        (#"{"message": "a", "customer_id": {}}"#, "/customer_id"),
        (#"{}"#, "message"), (#"[]"#, "object"), (#""hello""#, "object"),
        (#"{"message": "a", "surplus": 1}"#, "/surplus"),
        (#"{"Message": "a"}"#, "/Message"), (#"{"message": ""}"#, "/message"),
    ])
    func `wrong types, unknown members and an empty message are refused by name`(
        body: String, name: String
    ) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.post("/v1/ask", body, by: gateway.customer)
        try expectProblem(reply, 400)
        #expect(try reply.json["detail"]?.text?.contains(name) == true, "\(reply.text)")
    }

    @Test(
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func `invalid UTF-8 is refused`(bytes: [UInt8]) async throws {
        let gateway = try SharedGateway.current
        let body = Array(#"{"message": "a"#.utf8) + bytes + Array(#""}"#.utf8)
        let reply = try await gateway.request("POST", "/v1/ask", by: gateway.customer, body: body)
        try expectProblem(reply, 400)
    }

    @Test func `a message that is too long is refused`() async throws {
        let gateway = try SharedGateway.current
        let long = String(repeating: "word ", count: 10_000)
        let reply = try await gateway.post("/v1/ask", #"{"message": "\#(long)"}"#, by: gateway.customer)
        #expect([400, 413].contains(reply.status), "\(reply.status)")
        try expectProblem(reply, reply.status)
    }

    @Test func `a body that is too large is refused`() async throws {
        let gateway = try SharedGateway.current
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 20 << 20)
        let reply = try await gateway.request("POST", "/v1/ask", by: gateway.customer, body: body)
        #expect(reply.status == 413, "\(reply.errors)")
    }

    @Test func `a chunked body that grows too large is refused`() async throws {
        let gateway = try SharedGateway.current
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 20 << 20)
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: body, options: ["-H", "Transfer-Encoding: chunked"])
        #expect(reply.status == 413, "\(reply.errors)")
    }

    @Test(arguments: ["text/plain", "application/xml", "application/json; charset=latin-1", nil])
    func `another media type is refused`(type: String?) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: Array(#"{"message": "hi"}"#.utf8), type: type)
        try expectProblem(reply, 415)
    }

    @Test(arguments: ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""])
    func `JSON is taken however it is spelled`(type: String) async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: Array(#"{"message": "hi"}"#.utf8), type: type)
        #expect(reply.status == 200, "\(reply.text)")
    }

    @Test func `a nesting too deep is refused`() async throws {
        let gateway = try SharedGateway.current
        let deep = String(repeating: "[", count: 10_000)
        try expectProblem(try await gateway.post("/v1/ask", deep, by: gateway.customer), 400)
    }
}
