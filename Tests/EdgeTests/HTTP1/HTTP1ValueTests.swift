import Bytes
import Edge
import EdgeTracing
import Testing

@Suite struct `HTTP/1.1 messages are read and written by value` {
    private func request(_ text: String) throws -> Request {
        var parser = RequestParser(limits: HTTPLimits())
        guard case .request(let request) = parser.parse(Array(text.utf8).span).outcome else {
            throw Unparsed(text: text)
        }
        return request
    }

    private struct Unparsed: Error { let text: String }

    private func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `fields are found by known and by other names, first line first`() throws {
        let request = try request(
            "GET / HTTP/1.1\r\nhost: a\r\nAUTHORIZATION: Bearer x\r\nX-Two: 1\r\nx-two: 2\r\nAccept: a/b\r\nAccept: c/d\r\n\r\n"
        )
        #expect(request[.authorization].map(text) == "Bearer x")
        #expect(request.fields[named: "x-two"].map(text) == "1")
        #expect(request.fields.values(of: .accept).map(text) == ["a/b", "c/d"])
        #expect(request.fields.count(of: .accept) == 2)
        #expect(request.fields.count == 6)
        #expect(request[.cookie] == nil)
        #expect(request.fields[named: "x-three"] == nil)
        #expect(text(request.fields[1].name) == "AUTHORIZATION")
    }

    @Test(arguments: [("a", "a"), (" \t a\tb \t", "a\tb"), ("", ""), (" \t ", ""), ("a ", "a"), ("\ta", "a")])
    func `a value is what lies between the white space around it`(sent: String, value: String) throws {
        let request = try request("GET / HTTP/1.1\r\nHost: a\r\nX-One:\(sent)\r\nX-Two: b\r\n\r\n")
        #expect(request.fields[named: "x-one"].map(text) == value)
        #expect(request.fields[named: "x-two"].map(text) == "b")
    }

    @Test(arguments: FieldName.allCases.filter { $0 != .other })
    func `each known name is known by its bytes`(name: FieldName) throws {
        let value = [.contentLength: "0", .transferEncoding: "chunked", .expect: "100-continue"][name] ?? "a"
        let extra = name == .host ? "" : "Host: b\r\n"
        let request = try request("GET / HTTP/1.1\r\n\(extra)\(name.text.uppercased()): \(value)\r\n\r\n")
        #expect(request[name].map(text) == value)
    }

    @Test func `query items are split and decoded`() throws {
        let request = try request("GET /faq?query=lost+card%21&limit=3&&flag&a=b=c&%C3%A9= HTTP/1.1\r\nHost: a\r\n\r\n")
        let items = request.target.queryItems.map { "\(text($0.name))→\(text($0.value))" }
        #expect(items == ["query→lost card!", "limit→3", "flag→", "a→b=c", "é→"])
        #expect(text(request.path) == "/faq")
    }

    @Test(arguments: [
        ("GET", HTTPMethod.get), ("HEAD", .head), ("POST", .post), ("PUT", .put), ("DELETE", .delete),
        ("OPTIONS", .options), ("PATCH", .patch), ("TRACE", .trace), ("get", .other), ("GETS", .other),
        ("XOST", .other),
    ])
    func `methods are known by their exact bytes`(name: String, method: HTTPMethod) throws {
        let request = try request("\(name) / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(request.method == method)
        #expect(text(request.methodBytes) == name)
    }

    @Test func `an expectation counts only where a body follows`() throws {
        #expect(
            try request("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
                .expectsContinue)
        #expect(try !request("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n").expectsContinue)
        #expect(try !request("PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n").expectsContinue)
    }

    @Test func `buffers handed back do not show through in the next request`() throws {
        var parser = RequestParser(limits: HTTPLimits())
        let first = Array("GET /first HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n".utf8)
        guard case .request(let request) = parser.parse(first.span).outcome else { throw Unparsed(text: "first") }
        let copy = request
        parser.reuse(request)
        let second = Array("GET /2 HTTP/1.1\r\nHost: b\r\n\r\n".utf8)
        guard case .request(let next) = parser.parse(second.span).outcome else { throw Unparsed(text: "second") }
        #expect(text(copy.path) == "/first" && copy.fields.count == 2)
        #expect(text(next.path) == "/2" && next.fields.count == 1)
    }

    @Test func `a parser is idle between messages only`() {
        var parser = RequestParser(limits: HTTPLimits())
        #expect(!parser.isMidHead)
        _ = parser.parse(Array("\r\n".utf8).span)
        #expect(parser.isMidHead)
        _ = parser.parse(Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8).span)
        #expect(parser.isMidHead)
        _ = parser.parse(Array("\r\n".utf8).span)
        #expect(!parser.isMidHead)
    }
}

@Suite struct `HTTP/1.1 responses` {
    private let date = HTTPDate.bytes(secondsSince1970: 784_111_777)
    private let response = Response(
        .ok, fields: [ResponseField("Content-Type", "text/plain")], body: Array("hello".utf8))

    private func written(
        _ response: Response, isHead: Bool = false, _ version: HTTPVersion = .http11, keepsAlive: Bool = true
    ) -> String {
        var output = ByteBuffer(capacity: 0)
        ResponseWriter.append(
            response, .init(isHead: isHead, version: version, keepsAlive: keepsAlive), date: date, to: &output)
        return String(decoding: output.array(), as: UTF8.self)
    }

    private let head = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\n"

    @Test func `a response has a date, its fields, a length and its body`() {
        #expect(written(response) == head + "Content-Length: 5\r\n\r\nhello")
    }

    @Test func `HEAD gets the length without the body`() {
        #expect(written(response, isHead: true) == head + "Content-Length: 5\r\n\r\n")
    }

    @Test func `the connection's end is announced, and its life to HTTP/1.0`() {
        #expect(written(response, keepsAlive: false).contains("\r\nConnection: close\r\n"))
        #expect(written(response, .http10).contains("\r\nConnection: keep-alive\r\n"))
        #expect(!written(response).contains("Connection"))
    }

    @Test(arguments: [Status.noContent, .notModified])
    func `a status without a body has neither body nor length`(status: Status) {
        let text = written(Response(status, body: Array("hello".utf8)))
        #expect(!text.contains("Content-Length") && text.hasSuffix("\r\n\r\n"))
    }

    @Test func `a value cannot begin a line`() {
        let field = ResponseField("X-Echo", Array("a\r\nSet-Cookie: b\0\u{7F}".utf8))
        let text = written(Response(.ok, fields: [field]))
        #expect(text.contains("\r\nX-Echo: a  Set-Cookie: b  \r\n"))
        #expect(!text.contains("\r\nSet-Cookie"))
    }

    @Test func `a name that is no token stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = ResponseField("X: a\r\nY", "b") }
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"), (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (253_402_300_800, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ])
    func `dates are written as RFC 9110 wants them`(seconds: Int64, text: String) {
        #expect(String(decoding: HTTPDate.bytes(secondsSince1970: seconds), as: UTF8.self) == text)
    }
}
