import Edge
import Foundation
import Patience
import Testing
import WireClient

@Suite(.ownThread) struct `Patience with a client ends` {
    private let brief = Duration.milliseconds(150)

    /// The server keeps its time-outs to a tenth of a second, never early; the rest is for a busy machine.
    private func expectAround(_ wanted: Duration, _ took: Duration) {
        #expect(took >= wanted && took < .seconds(30).stretched)
    }

    /// Sends `first` and then a little for ever, until it is cancelled. A child task: it keeps to the test's own thread.
    private func drip(_ client: WireClient, _ first: String, then little: String) async {
        await client.send(first)
        while !Task.isCancelled, await client.send(little) { await pause(.milliseconds(20)) }
    }

    @Test func `while a head drips, however steadily`() async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(header: brief, body: patient, idle: patient))
        let client = try server.client()
        let start = ContinuousClock.now
        async let _: Void = drip(client, "GET / HTTP/1.1\r\n", then: "A: b\r\n")
        let reply = try await client.reply()
        expectAround(brief, .now - start)
        #expect(reply.status == 408 && reply.text == "http_headers_timed_out")
        #expect(reply.fields["connection"] == "close")
        #expect(server.notes.now.faults == [.http(.headersTimedOut)])
    }

    @Test func `while a second head is left in the middle`() async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(header: brief, body: patient, idle: patient))
        let client = try server.client()
        await client.send(WireClient.get("/one") + "GET /two HT")
        #expect(try await client.reply().text == "/one")
        #expect(try await client.reply().status == 408)
        #expect(await client.rest().end == .finished)
    }

    @Test func `while a body drips`() async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(header: patient, body: brief, idle: patient))
        let client = try server.client()
        let start = ContinuousClock.now
        let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
        async let _: Void = drip(client, head, then: "x")
        let reply = try await client.reply()
        expectAround(brief, .now - start)
        #expect(reply.status == 408 && reply.fields["connection"] == "close")
        #expect(server.notes.now.bodyErrors == [.http(.bodyTimedOut)])
    }

    @Test(arguments: [true, false])
    func `without a word where nothing was asked`(isFirst: Bool) async throws {
        let server = try TestServer(timeouts: EdgeTimeouts(header: patient, body: patient, idle: brief))
        let client = try server.client()
        if !isFirst { #expect(try await client.exchange(WireClient.get("/one")).text == "/one") }
        let start = ContinuousClock.now
        let (bytes, end) = await client.rest()
        #expect(bytes.isEmpty && end == .finished)
        #expect(.now - start < .seconds(30).stretched)
        #expect(server.notes.now.faults.isEmpty)
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
    }

    @Test func `only from the last request on`() async throws {
        let server = try TestServer(
            timeouts: EdgeTimeouts(header: patient, body: patient, idle: .milliseconds(400).stretched))
        let client = try server.client()
        for _ in 0..<6 {
            #expect(try await client.exchange(WireClient.get("/one")).text == "/one")
            await pause(.milliseconds(100).stretched)
        }
    }

    @Test func `when it takes nothing of the response`() async throws {
        let server = try TestServer(
            timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: brief, linger: brief))
        let client = try server.client(receiveBufferBytes: 4096)
        await client.send(WireClient.get("/large"))
        #expect(await eventually { !server.notes.now.paths.isEmpty })
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
        #expect(server.edge.statistics.requestsInFlight == 0)
        #expect(await client.rest().bytes.count < 8_000_000)
    }

    @Test func `not while it takes the response slowly`() async throws {
        let server = try TestServer(
            timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: .seconds(1).stretched))
        let client = try server.client(receiveBufferBytes: 65_536)
        await client.send(WireClient.get("/large", "Connection: close\r\n"))
        var count = 0
        let start = ContinuousClock.now
        while true {
            let (bytes, end) = await client.receive(chunk: 200_000) { !$0.isEmpty }
            count += bytes.count
            if end != .open { break }
            if .now - start < .milliseconds(1500).stretched { await pause(.milliseconds(30).stretched) }
        }
        #expect(count > 8_000_000)
    }

    // MARK: Rates

    /// A server that is patient but for the rate.
    private func paced(_ rate: MinimumRate) throws -> TestServer {
        try TestServer(
            EdgeConfiguration(
                loopCount: 1,
                timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, write: patient, linger: brief),
                rate: rate))
    }

    @Test func `when a body drips below its rate`() async throws {
        let server = try paced(MinimumRate(bodyBytesPerSecond: 1000, grace: .milliseconds(300)))
        let client = try server.client()
        let start = ContinuousClock.now
        let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
        async let _: Void = drip(client, head, then: "x")
        let reply = try await client.reply(within: .seconds(20))
        expectAround(.milliseconds(300), .now - start)
        #expect(reply.status == 408 && reply.fields["connection"] == "close")
        #expect(server.notes.now.bodyErrors == [.http(.bodyTimedOut)])
        #expect(server.edge.statistics.slowRequestBodies == 1)
    }

    @Test func `not while a body drips above its rate`() async throws {
        let server = try paced(MinimumRate(bodyBytesPerSecond: 1, grace: .milliseconds(600).stretched))
        let client = try server.client()
        await client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n")
        for _ in 0..<10 {
            await pause(.milliseconds(100).stretched)
            await client.send("x")
        }
        #expect(try await client.reply().text == "xxxxxxxxxx")
        #expect(server.edge.statistics.slowRequestBodies == 0)
    }

    /// What is between the body's bytes does not make it faster.
    @Test func `when only extensions of chunks come`() async throws {
        let server = try paced(MinimumRate(bodyBytesPerSecond: 10, grace: .milliseconds(300)))
        let client = try server.client()
        let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;a="
        async let _: Void = drip(client, head, then: "xxxx")
        #expect(try await client.reply(within: .seconds(20)).status == 408)
    }

    @Test func `when it takes the response below its rate`() async throws {
        let server = try paced(MinimumRate(readBytesPerSecond: 10_000_000, grace: .milliseconds(300)))
        let client = try server.client(receiveBufferBytes: 4096)
        await client.send(WireClient.get("/large"))
        var end = WireEnd.open
        var count = 0
        let start = ContinuousClock.now
        while end == .open, .now - start < .seconds(20).stretched {
            let (bytes, next) = await client.receive(within: .seconds(1), chunk: 4096) { !$0.isEmpty }
            (count, end) = (count + bytes.count, next)
            await pause(.milliseconds(20))
        }
        #expect(end == .reset && count < 8_000_000)
        #expect(server.edge.statistics.slowAnswerReaders == 1)
        #expect(await eventually { server.edge.statistics.openConnections == 0 })
    }
}
