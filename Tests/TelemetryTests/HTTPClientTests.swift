import Curl
import Patience
import Testing
import Threading

@Suite struct `The HTTP client` {
    private func configuration(_ bytesMax: Int = 1000, total: Duration = .seconds(10).stretched)
        -> HTTPClientConfiguration
    {
        HTTPClientConfiguration(totalTimeout: total, responseBytesMax: bytesMax, allowsPlain: true)
    }

    private func failure(
        _ request: HTTPClientRequest, _ configuration: HTTPClientConfiguration
    ) -> HTTPClientError? {
        do throws(HTTPClientError) {
            var client = try HTTPClient.make(configuration)
            _ = try client.perform(request)
            return nil
        } catch {
            return error
        }
    }

    @Test func `sends what it is given and gives back what came`() throws {
        let server = try ScriptedServer { number, _ in
            .status(200 + number, fields: "X-Thing:  a b \r\nX-Thing: c\r\n", body: Array("body \(number)".utf8))
        }
        var client = try HTTPClient.make(configuration())
        let post = try client.perform(
            HTTPClientRequest(
                "POST", server.url + "/a?b=c", fields: [HTTPClientField("Content-Type", "x/y")], body: [0, 1, 255]))
        #expect(post.status == 200 && post.body == Array("body 0".utf8))
        #expect(post.field("x-thing") == "a b" && post.fields.count { $0.name == "x-thing" } == 2)
        let get = try client.perform(HTTPClientRequest("GET", server.url + "/"))
        #expect(get.status == 201 && get.body == Array("body 1".utf8))
        let empty = try client.perform(HTTPClientRequest("PUT", server.url + "/e", body: []))
        #expect(empty.status == 202)
        let requests = server.requests
        #expect(requests[0].head.hasPrefix("POST /a?b=c HTTP/1.1\r\n") && requests[0].body == [0, 1, 255])
        #expect(requests[0].head.contains("Content-Type: x/y") && !requests[0].head.contains("Expect"))
        #expect(requests[1].head.hasPrefix("GET / HTTP/1.1\r\n") && requests[1].body.isEmpty)
        #expect(!requests[1].head.contains("Content-"))
        #expect(requests[2].head.hasPrefix("PUT /e HTTP/1.1\r\n") && requests[2].head.contains("Content-Length: 0"))
        server.stop()
    }

    @Test func `takes an answer at its bound and none past it`() throws {
        let server = try ScriptedServer { number, _ in .status(200, body: [UInt8](repeating: 65, count: 1000 + number))
        }
        var client = try HTTPClient.make(configuration(1000))
        #expect(try client.perform(HTTPClientRequest("GET", server.url)).body.count == 1000)
        #expect(failure(HTTPClientRequest("GET", server.url), configuration(1000)) == .answerTooLarge)
        server.stop()
    }

    @Test func `takes no endless head`() throws {
        let server = try ScriptedServer { _, _ in
            .status(200, fields: String(repeating: "X: " + String(repeating: "y", count: 997) + "\r\n", count: 70))
        }
        #expect(failure(HTTPClientRequest("GET", server.url), configuration()) == .answerTooLarge)
        server.stop()
    }

    @Test func `follows no redirect`() throws {
        let server = try ScriptedServer { _, _ in .status(302, fields: "Location: http://127.0.0.1:1/\r\n") }
        var client = try HTTPClient.make(configuration())
        #expect(try client.perform(HTTPClientRequest("GET", server.url)).status == 302)
        #expect(server.requests.count == 1)
        server.stop()
    }

    @Test func `waits no longer than it should`() throws {
        let server = try ScriptedServer { _, _ in
            var answer = ScriptedServer.Answer.status(200)
            answer.delay = .seconds(3).stretched
            return answer
        }
        let start = MonotonicInstant.now
        #expect(
            failure(HTTPClientRequest("GET", server.url), configuration(total: .milliseconds(200))) == .timedOut)
        #expect(MonotonicInstant.now.microseconds(since: start) < 2_500_000 * patienceFactor)
        server.stop()
    }

    @Test func `says why nobody answered`() throws {
        guard case .unreachable? = failure(HTTPClientRequest("GET", "http://127.0.0.1:1/"), configuration()) else {
            Issue.record("a closed port")
            return
        }
        let server = try ScriptedServer { number, _ in number == 0 ? nil : .init("garbage\r\n\r\n") }
        guard case .badAnswer? = failure(HTTPClientRequest("GET", server.url), configuration()) else {
            Issue.record("closed without an answer")
            return
        }
        guard case .badAnswer? = failure(HTTPClientRequest("GET", server.url), configuration()) else {
            Issue.record("an answer of HTTP/0.9")
            return
        }
        server.stop()
    }

    @Test func `speaks TLS where it may not speak plainly, and with nobody unknown`() throws {
        let server = try ScriptedServer { _, _ in .status(200) }
        var strict = configuration()
        strict.allowsPlain = false
        guard case .badRequest? = failure(HTTPClientRequest("GET", server.url), strict) else {
            Issue.record("plain HTTP was allowed")
            return
        }
        let url = server.url.replacing("http:", with: "https:")
        guard case .tls? = failure(HTTPClientRequest("GET", url, body: Array("\r\n\r\n".utf8)), strict) else {
            Issue.record("TLS with a server that has none")
            return
        }
        server.stop()
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "dict://127.0.0.1/", "http://a b/",
        "http://a\r\nX: y/", "",
    ])
    func `knows no protocol but HTTP`(url: String) {
        guard case .badRequest? = failure(HTTPClientRequest("GET", url), configuration()) else {
            Issue.record("\(url) was taken")
            return
        }
    }

    @Test func `lets nobody write a field into another`() {
        for field in [("A", "b\r\nC: d"), ("A\r\nB", "c"), ("A:", "b"), ("", "b"), ("A", "b\u{0}")] {
            let request = HTTPClientRequest(
                "GET", "http://127.0.0.1:1/", fields: [HTTPClientField(field.0, field.1)])
            guard case .badRequest? = failure(request, configuration()) else {
                Issue.record("\(field) was taken")
                return
            }
        }
        for method in ["", "get", "GET /", "G\r\n"] {
            guard case .badRequest? = failure(HTTPClientRequest(method, "http://127.0.0.1:1/"), configuration()) else {
                Issue.record("\(method) was taken")
                return
            }
        }
    }
}
