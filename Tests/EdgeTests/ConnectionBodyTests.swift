import Edge
import Foundation
import Testing
import WireClient

@Suite(.ownThread) struct `A request's body` {
    private static func chunked(_ path: String, _ chunks: [String]) -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
    }

    @Test func `comes whole however large`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let body = String(repeating: "0123456789abcdef", count: 50_000)
        async let isSent = client.send(WireClient.post("/echo", body))
        let reply = try await client.reply()
        #expect(await isSent)
        #expect(reply.text == body)
        #expect(try await client.exchange(WireClient.get("/next")).text == "/next")
    }

    @Test(arguments: [false, true])
    func `is taken at its bound and refused one byte past it`(isChunked: Bool) async throws {
        let server = try TestServer(bodyBytesMax: 10)
        func request(_ body: String) -> String {
            isChunked ? Self.chunked("/echo", [body]) : WireClient.post("/echo", body)
        }
        let client = try server.client()
        #expect(try await client.exchange(request("0123456789")).text == "0123456789")
        // Half of it is still to come, so the connection cannot live.
        await client.send(String(request("0123456789a").dropLast(8)))
        let reply = try await client.reply()
        #expect(reply.status == 413)
        #expect(reply.fields["connection"] == "close")
        #expect(server.notes.now.bodyErrors == [.http(.bodyTooLarge)])
        #expect(await client.rest().end == .finished)
    }

    @Test(arguments: [false, true])
    func `that nobody reads is skipped where it is here already`(isChunked: Bool) async throws {
        let server = try TestServer()
        let client = try server.client()
        let request = isChunked ? Self.chunked("/unread", ["abc", "de"]) : WireClient.post("/unread", "abcde")
        await client.send(request + WireClient.get("/next"))
        let reply = try await client.reply()
        #expect(reply.text == "/unread" && reply.fields["connection"] == nil)
        #expect(try await client.reply().text == "/next")
    }

    @Test func `that nobody reads ends the connection where it is still to come`() async throws {
        let server = try TestServer()
        let client = try server.client()
        await client.send("POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345")
        let reply = try await client.reply()
        #expect(reply.status == 200 && reply.fields["connection"] == "close")
        await client.send("67890" + WireClient.get("/smuggled"))
        #expect(await client.rest().bytes.isEmpty)
        #expect(server.notes.now.paths == ["/unread"])
    }

    @Test func `waits for 100 Continue that is sent when it is read`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        #expect(try await client.exchange(head).status == 100)
        #expect(try await client.exchange("hello").text == "hello")
        #expect(try await client.exchange(WireClient.get("/next")).text == "/next")
    }

    @Test func `gets no 100 Continue where nobody reads it`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let head = "POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        let reply = try await client.exchange(head)
        #expect(reply.status == 200 && reply.fields["connection"] == "close")
    }

    @Test func `gets no 100 Continue where it is too large`() async throws {
        let server = try TestServer(bodyBytesMax: 4)
        let client = try server.client()
        let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        #expect(try await client.exchange(head).status == 413)
    }

    @Test func `gets no 100 Continue where it is here already`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let reply = try await client.exchange(WireClient.post("/echo", "hello", "Expect: 100-continue\r\n"))
        #expect(reply.status == 200 && reply.text == "hello")
    }

    @Test func `with bad chunks is a fault`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let reply = try await client.exchange(
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n")
        #expect(reply.status == 400 && reply.text == "http_bad_chunk_end")
        #expect(await client.rest().end == .finished)
    }

    @Test func `whose sender leaves is told to the handler at once`() async throws {
        let server = try TestServer(
            timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: patient))
        let client = try server.client()
        await client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345")
        client.finishSending()
        #expect(try await client.reply().text == "disconnected")
        #expect(server.notes.now.bodyErrors == [.disconnected])
        #expect(await client.rest().end == .finished)
    }
}
