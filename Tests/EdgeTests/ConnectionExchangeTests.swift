import Edge
import Foundation
import Testing
import WireClient

@Suite(.ownThread) struct `A connection carries requests` {
    private static let requests = [
        WireClient.get("/one"), WireClient.post("/echo", "two"),
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nthr\r\n2\r\nee\r\n0\r\n\r\n",
        WireClient.post("/four", "nobody reads this"), WireClient.get("/five"),
    ]
    private static let answers = ["/one", "two", "three", "/four", "/five"]

    @Test func `one after the other`() async throws {
        let server = try TestServer()
        let client = try server.client()
        for (request, answer) in zip(Self.requests, Self.answers) {
            let reply = try await client.exchange(request)
            #expect(reply.status == 200 && reply.text == answer)
            #expect(reply.fields["connection"] == nil)
            #expect(reply.fields["date"] != nil)
        }
        #expect(server.edge.statistics.acceptedConnections == 1)
        #expect(server.notes.now.peers.count == 1)
    }

    @Test func `all in one write`() async throws {
        let server = try TestServer()
        let client = try server.client()
        await client.send(Self.requests.joined())
        for answer in Self.answers { #expect(try await client.reply().text == answer) }
        #expect(server.notes.now.paths == ["/one", "/echo", "/echo", "/four", "/five"])
    }

    @Test func `byte by byte`() async throws {
        let server = try TestServer()
        let client = try server.client()
        // The fourth's body, which nobody reads, is not here when it is answered; that is a test of its own.
        let kept = [0, 1, 2, 4]
        for byte in kept.map({ Self.requests[$0] }).joined().utf8 { await client.send([byte]) }
        for index in kept { #expect(try await client.reply().text == Self.answers[index]) }
    }

    @Test func `cut anywhere`() async throws {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        let server = try TestServer()
        let kept = [0, 1, 2, 4]
        let bytes = Array(kept.map { Self.requests[$0] }.joined().utf8)
        for _ in 0..<20 {
            let client = try server.client()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &random)
                await client.send(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
                if Bool.random(using: &random) { await Task.yield() }
            }
            for index in kept {
                #expect(try await client.reply().text == Self.answers[index], "seed \(random.seed)")
            }
        }
    }

    @Test func `many clients at once on several loops`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 3))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask {
                    let client = try server.client()
                    for round in 0..<20 {
                        let path = "/\(number)/\(round)"
                        #expect(try await client.exchange(WireClient.get(path)).text == path)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(server.notes.now.paths.count == 480)
        #expect(Set(server.notes.now.peers.map(\.connectionNumber)).count == 24)
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
        #expect(server.edge.statistics.requestsInFlight == 0)
    }

    @Test func `HEAD is answered with the length and no content`() async throws {
        let server = try TestServer()
        let client = try server.client()
        let head = try await client.exchange("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", isHead: true)
        #expect(head.status == 200 && head.fields["content-length"] == "6")
        #expect(try await client.exchange(WireClient.get("/next")).text == "/next")
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", true),
        ("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", true),
        ("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n", false),
        ("GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", false),
    ])
    func `it ends after a response when either side says so`(request: String, ends: Bool) async throws {
        let server = try TestServer()
        let client = try server.client()
        let reply = try await client.exchange(request)
        #expect(reply.status == 200)
        if ends {
            #expect(reply.fields["connection"] == "close")
            let (bytes, end) = await client.rest()
            #expect(bytes.isEmpty && end == .finished)
        } else {
            #expect(reply.fields["connection"] != "close")
            #expect(try await client.exchange(WireClient.get("/next")).text == "/next")
        }
    }

    @Test func `what follows the last request is not answered`() async throws {
        let server = try TestServer()
        let client = try server.client()
        await client.send(WireClient.get("/one", "Connection: close\r\n") + WireClient.get("/two"))
        #expect(try await client.reply().text == "/one")
        #expect(await client.rest().bytes.isEmpty)
        #expect(server.notes.now.paths == ["/one"])
    }

    @Test func `a broken rule is answered once and ends it`() async throws {
        let server = try TestServer()
        let client = try server.client()
        await client.send(WireClient.get("/one") + "GET / HTTP/1.1\r\n\r\n" + WireClient.get("/two"))
        #expect(try await client.reply().text == "/one")
        let fault = try await client.reply()
        #expect(fault.status == 400 && fault.text == "http_missing_host")
        #expect(fault.fields["connection"] == "close")
        let (bytes, end) = await client.rest()
        #expect(bytes.isEmpty && end == .finished)
        #expect(server.notes.now.faults == [.http(.missingHost)])
        #expect(server.notes.now.paths == ["/one"])
    }

    @Test func `a client that finishes sending still reads its answers`() async throws {
        let server = try TestServer()
        let client = try server.client()
        await client.send(WireClient.get("/one") + WireClient.get("/two"))
        client.finishSending()
        #expect(try await client.reply().text == "/one")
        #expect(try await client.reply().text == "/two")
        #expect(await client.rest().end == .finished)
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
    }
}
