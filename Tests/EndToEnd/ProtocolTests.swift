import Foundation
import JSON
import Testing

private let host = "Host: localhost\r\n"

@Suite(.sharedGateway) struct `HTTP` {

    @Test func `a header of 10 MB is refused`() async throws {
        let gateway = try SharedGateway.current
        let line = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Large: "
        let answer = try await gateway.exchange(line + String(repeating: "a", count: 10 << 20) + "\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 431 ") || answer.isEmpty, "\(answer.prefix(200))")
        #expect(try await gateway.get("/healthz", by: gateway.customer).status == 200)
    }

    @Test func `a header over its limit is refused in words`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "GET", "/v1/faq?query=card", by: gateway.customer,
            options: ["-H", "X-Large: " + String(repeating: "a", count: 100_000)])
        #expect(reply.status == 431, "\(reply.errors)")
    }

    @Test func `a target over its limit is refused`() async throws {
        let gateway = try SharedGateway.current
        let target = "/v1/faq?query=" + String(repeating: "a", count: 20_000)
        #expect(try await gateway.get(target, by: gateway.customer).status == 414)
    }

    @Test(arguments: [
        (
            "both lengths",
            "POST /v1/ask HTTP/1.1\r\n\(host)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        ("a repeated length", "POST /v1/ask HTTP/1.1\r\n\(host)Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
        ("a signed length", "POST /v1/ask HTTP/1.1\r\n\(host)Content-Length: +5\r\n\r\nhello"),
        ("a list of lengths", "POST /v1/ask HTTP/1.1\r\n\(host)Content-Length: 5, 5\r\n\r\nhello"),
        ("a bare LF", "GET /healthz HTTP/1.1\nHost: localhost\n\n"),
        ("a bare CR", "GET /healthz HTTP/1.1\r\(host)\r\n"),
        ("a folded field", "GET /healthz HTTP/1.1\r\n\(host)X: a\r\n b\r\n\r\n"),
        ("a blank before the colon", "GET /healthz HTTP/1.1\r\n\(host)X : a\r\n\r\n"),
        ("a control byte", "GET /healthz HTTP/1.1\r\n\(host)X: a\u{1}b\r\n\r\n"),
        ("a NUL", "GET /healthz HTTP/1.1\r\n\(host)X: a\0b\r\n\r\n"),
        (
            "a bad chunk size",
            "POST /v1/ask HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"
        ),
        (
            "another last coding",
            "POST /v1/ask HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
        ),
        ("no Host", "GET /healthz HTTP/1.1\r\n\r\n"),
        ("two Hosts", "GET /healthz HTTP/1.1\r\n\(host)\(host)\r\n"),
        ("no target", "GET HTTP/1.1\r\n\(host)\r\n"),
        ("two blanks", "GET  /healthz HTTP/1.1\r\n\(host)\r\n"),
        ("no protocol", "GET /healthz\r\n\(host)\r\n"),
        ("nonsense", "\u{1}\u{2}\u{3}\r\n\r\n"),
    ])
    func `ambiguous framing is refused and the connection closed`(name: String, text: String) async throws {
        let gateway = try SharedGateway.current
        let second = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
        // A body is looked at only for a caller who may send one.
        let good = "Authorization: Bearer \(gateway.deployment.token(.customer))\r\nContent-Type: application/json\r\n"
        let answer = try await gateway.exchange(
            text.replacing("POST /v1/ask HTTP/1.1\r\n", with: "POST /v1/ask HTTP/1.1\r\n" + good) + second)
        #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(name): \(answer.prefix(300))")
        #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(name): \(answer)")
        #expect(answer.lowercased().contains("connection: close"), "\(name)")
    }

    @Test(arguments: ["HTTP/2.0", "HTTP/0.9", "HTTP/9.9"])
    func `another version is refused`(version: String) async throws {
        let answer = try await SharedGateway.current.exchange("GET /healthz \(version)\r\nHost: localhost\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 505 ") || answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(100))")
        if version == "HTTP/2.0" { #expect(answer.hasPrefix("HTTP/1.1 505 ")) }
    }

    @Test func `an unknown method is not implemented and a known one not allowed`() async throws {
        let gateway = try SharedGateway.current
        #expect(try await gateway.request("BREW", "/v1/ask", by: gateway.customer).status == 501)
        let reply = try await gateway.request("DELETE", "/v1/ask", by: gateway.customer)
        #expect(reply.status == 405)
        #expect(reply.field("allow")?.contains("POST") == true)
    }

    @Test func `an unknown expectation is refused`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: Array("{}".utf8), options: ["-H", "Expect: a-miracle"])
        #expect(reply.status == 417)
    }

    @Test func `a body without a length is refused`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, options: ["-H", "Content-Type: application/json"])
        #expect([400, 411].contains(reply.status), "\(reply.status) \(reply.text)")
    }

    @Test func `100-continue comes before the body and a refusal instead of it`() async throws {
        let gateway = try SharedGateway.current
        let head = "POST /v1/ask HTTP/1.1\r\n\(host)Content-Type: application/json\r\nExpect: 100-continue\r\n"
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        let good = head + "Authorization: Bearer \(gateway.deployment.token(.customer))\r\n"
        client.send(good + "Content-Length: 17\r\n\r\n")
        #expect(await client.receive { $0.contains("100 Continue") }.hasPrefix("HTTP/1.1 100 "))
        client.send(#"{"message": "hi"}"#)
        #expect(await client.receive { $0.contains("HTTP/1.1 200 ") }.contains("HTTP/1.1 200 "))
        let large = try TLSClient(gateway, identity: gateway.customer.identity)
        large.send(good + "Content-Length: 999999999\r\n\r\n")
        #expect(await large.receive { $0.contains("\r\n\r\n") }.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `HEAD has the fields of GET and no body`() async throws {
        let gateway = try SharedGateway.current
        let whole = try await gateway.get("/v1/faq?query=card", by: gateway.customer)
        let head = try await gateway.request("HEAD", "/v1/faq?query=card", by: gateway.customer)
        #expect(head.status == 200)
        #expect(head.field("content-type") == whole.field("content-type"))
        #expect(head.exit == 0)
    }

    @Test func `OPTIONS tells the methods`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request("OPTIONS", "/v1/ask", by: gateway.customer)
        #expect([200, 204].contains(reply.status))
        #expect(reply.field("allow")?.contains("POST") == true)
    }

    @Test func `requests sent at once are answered in order`() async throws {
        let gateway = try SharedGateway.current
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        let paths = ["/healthz", "/nowhere", "/livez", "/readyz"]
        client.send(paths.map { "GET \($0) HTTP/1.1\r\n\(host)\r\n" }.joined())
        let answer = await client.receive { $0.components(separatedBy: "HTTP/1.1 ").count == paths.count + 1 }
        let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
        #expect(statuses == ["200", "401", "200", "200"] || statuses == ["200", "404", "200", "200"])
    }

    @Test func `a connection is kept and closed when asked`() async throws {
        let gateway = try SharedGateway.current
        let client = try TLSClient(gateway, identity: gateway.customer.identity)
        client.send("GET /healthz HTTP/1.1\r\n\(host)\r\n")
        #expect(await client.receive { $0.contains("\r\n\r\n") }.contains("200 "))
        client.send("GET /healthz HTTP/1.1\r\n\(host)Connection: close\r\n\r\n")
        #expect(await client.isClosed())
    }

    @Test func `a chunked body is read`() async throws {
        let gateway = try SharedGateway.current
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: Array(#"{"message": "How do I order a card?"}"#.utf8),
            options: ["-H", "Transfer-Encoding: chunked"])
        #expect(reply.status == 200, "\(reply.text)")
    }

    @Test func `a client that vanishes in the middle of a request disturbs nobody`() async throws {
        let gateway = try SharedGateway.current
        let token = gateway.deployment.token(.customer)
        for cut in ["GET /he", "POST /v1/ask HTTP/1.1\r\n\(host)Content-Length: 100\r\n\r\n{\"mess"] {
            let client = try TLSClient(gateway, identity: gateway.customer.identity)
            client.send(cut.replacing("\r\nContent", with: "\r\nAuthorization: Bearer \(token)\r\nContent"))
            try await Task.sleep(for: .milliseconds(100))
            client.child.signal(SIGKILL)
        }
        #expect(try await gateway.ask().status == 200)
    }
}
