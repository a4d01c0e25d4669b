import Edge
import Foundation
import Testing
import WireClient

@Suite(.ownThread) struct `The end of a connection` {
    /// Without a lingering close the kernel resets the connection, and the answer is lost with it.
    @Test(arguments: [true, false])
    func `lets a client that is still sending read the answer`(isRead: Bool) async throws {
        let server = try TestServer(bodyBytesMax: 1000)
        let client = try server.client()
        let count = 10_000_000
        let path = isRead ? "/echo" : "/unread"
        let head = "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(count)\r\n\r\n"
        async let isSent = client.send(Array(head.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: count))
        #expect(await isSent)
        let reply = try await client.reply()
        #expect(reply.status == (isRead ? 413 : 200) && reply.fields["connection"] == "close")
        client.finishSending()
        #expect(await client.rest().end == .finished)
    }

    @Test func `does not wait for ever for a client that keeps it open`() async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(idle: patient, linger: .milliseconds(150)))
        let client = try server.client()
        #expect(try await client.exchange("nonsense\r\n\r\n").status == 400)
        #expect(await client.rest().end == .finished)
        #expect(await eventually(within: .seconds(5)) { server.edge.statistics.openConnections == 0 })
    }

    @Test func `does not wait at all where nothing can be on its way`() async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(idle: patient, linger: patient))
        let client = try server.client()
        #expect(try await client.exchange(WireClient.get("/", "Connection: close\r\n")).status == 200)
        #expect(await eventually(within: .seconds(5)) { server.edge.statistics.openConnections == 0 })
    }

    @Test func `comes with the client's, in the middle of anything`() async throws {
        let server = try TestServer(
            timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: patient, linger: patient))
        let beginnings = [
            "", "GET / HT", "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n123",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
            WireClient.get("/large"),
        ]
        for beginning in beginnings {
            do {
                let client = try server.client(receiveBufferBytes: 4096)
                await client.send(beginning)
                #expect(await eventually { server.edge.statistics.openConnections == 1 })
            }
            #expect(await eventually { server.edge.statistics.openConnections == 0 }, "\(beginning)")
        }
        #expect(server.edge.statistics.requestsInFlight == 0)
    }

    /// RFC 9112 §9.6 lets a client close its half as soon as it has asked.
    @Test(arguments: ["/one", "/hold"])
    func `comes after the answer where a client has only finished sending`(path: String) async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(idle: patient, linger: patient))
        let client = try server.client()
        await client.send(WireClient.get(path))
        client.finishSending()
        if path == "/hold" {
            #expect(await eventually { server.notes.now.held == 1 })
            await pause(.milliseconds(50))
            server.notes.release()
        }
        #expect(try await client.reply().status == 200)
        #expect(await client.rest().end == .finished)
    }

    @Test(arguments: [true, false])
    func `comes at once where an idle client has finished sending`(isFirst: Bool) async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(idle: patient, linger: patient))
        let client = try server.client()
        if !isFirst { #expect(try await client.exchange(WireClient.get("/one")).status == 200) }
        client.finishSending()
        let (bytes, end) = await client.rest()
        #expect(bytes.isEmpty && end == .finished)
    }
}
