import Edge
import Foundation
import LinuxIO
import Synchronization
import Testing
import WireClient

/// A handler with one path for each thing that becomes of a streamed response.
private struct StreamHandler: RequestHandler {
    final class Notes: Sendable {
        let sent = Atomic<Int>(0)
        let isGone = Atomic<Bool>(false)
        let isCancelled = Atomic<Bool>(false)
        let isWaiting = Atomic<Bool>(false)

        /// Whether `note` is set before ten seconds are over.
        func isSoon(_ note: KeyPath<Notes, Bool>) async -> Bool {
            let end = ContinuousClock.now + .seconds(10)
            while !self[keyPath: note], ContinuousClock.now < end { await pause(.milliseconds(2)) }
            return self[keyPath: note]
        }

        var hasGone: Bool { isGone.load(ordering: .relaxed) }
        var hasWaited: Bool { isWaiting.load(ordering: .relaxed) }
        var wasCancelled: Bool { isCancelled.load(ordering: .relaxed) }
    }

    let notes: Notes

    func open(_ peer: Peer) {}
    func importance(of request: Request) -> Importance? { .normal }
    var backlog: Int { 0 }
    func turnAway(_ request: Request, because overload: Overload, for context: Void) async -> Response {
        Response(.serviceUnavailable)
    }
    func respond(to fault: RequestFault, for context: Void) async -> Response { Response(.badRequest) }
    func refused(_ refusal: ConnectionRefusal) {}

    func respond(to request: Request, body: RequestBody, for context: Void) async -> Response {
        let stream = body.response
        switch String(decoding: request.path, as: UTF8.self) {
        case "/pieces":
            guard await stream.begin(Response(.ok, body: Array("one ".utf8))), stream.hasBegun else { return broken }
            for piece in ["two ", "", "three "] {
                await pause(.milliseconds(5))
                guard await stream.send(Array(piece.utf8)) else { return broken }
            }
            return last("four")
        case "/broken":
            _ = await stream.begin(Response(.ok, body: Array("half".utf8)))
            return broken
        case "/whole-behind":
            _ = await stream.begin(Response(.ok, body: Array("half".utf8)))
            return Response(.ok, body: Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
        case "/never-begun": return last("four")
        case "/endless":
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
            var goesOn = await stream.begin(Response(.ok))
            while goesOn {
                goesOn = await stream.send(piece)
                notes.sent.add(1, ordering: .relaxed)
            }
            notes.isGone.store(true, ordering: .relaxed)
            return broken
        case "/silent":
            stream.watchPeer()
            _ = await stream.begin(Response(.ok, body: Array("wait".utf8)))
            notes.isWaiting.store(true, ordering: .relaxed)
            while !Task.isCancelled { await pause(.milliseconds(2)) }
            notes.isCancelled.store(true, ordering: .relaxed)
            return broken
        default: return Response(.ok, body: Array("whole".utf8))
        }
    }

    private func last(_ piece: String) -> Response {
        var response = Response(.ok, body: Array(piece.utf8))
        response.part = .lastPiece
        return response
    }

    private var broken: Response {
        var response = Response(.ok)
        response.part = .brokenOff
        return response
    }
}

private final class StreamServer: Sendable {
    let edge: EdgeServer
    let port: UInt16
    let notes = StreamHandler.Notes()

    init(_ configuration: EdgeConfiguration = EdgeConfiguration(loopCount: 1)) throws {
        edge = try EdgeServer.start(configuration, onFailure: unexpected)
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        port = try edge.listen(
            ListenerConfiguration(address: address, transport: .plain), handler: StreamHandler(notes: notes))
    }

    deinit {
        edge.drain()
        edge.abandon()
    }
}

@Suite(.ownThread) struct `A response sent while it is made` {
    private static let chunks = "4\r\none \r\n4\r\ntwo \r\n6\r\nthree \r\n4\r\nfour\r\n0\r\n\r\n"

    @Test func `comes in pieces, and the connection carries the next request`() async throws {
        let server = try StreamServer()
        let client = try WireClient(port: server.port)
        for _ in 0..<2 {
            await client.send(WireClient.get("/pieces"))
            let (bytes, end) = await client.receive { $0.suffix(5).elementsEqual("0\r\n\r\n".utf8) }
            #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\r\n\r\n" + Self.chunks) && end == .open)
        }
        #expect(try await client.exchange(WireClient.get("/")).text == "whole")
        #expect(server.edge.statistics.acceptedConnections == 1)
        #expect(server.edge.statistics.requestsInFlight == 0)
    }

    @Test func `gives each piece at once`() async throws {
        let server = try StreamServer()
        let client = try WireClient(port: server.port)
        await client.send(WireClient.get("/silent"))
        let (bytes, _) = await client.receive { $0.suffix(6).elementsEqual("wait\r\n".utf8) }
        #expect(bytes.suffix(6).elementsEqual("wait\r\n".utf8))
    }

    @Test func `ends with the connection for a client of HTTP/1.0`() async throws {
        let server = try StreamServer()
        let client = try WireClient(port: server.port)
        await client.send("GET /pieces HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
        let (bytes, end) = await client.receive { _ in false }
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\r\n\r\none two three four") && end == .finished)
    }

    @Test(arguments: ["/broken", "/whole-behind", "/never-begun"])
    func `that cannot be finished is reset, so that nobody takes it for whole`(_ path: String) async throws {
        let server = try StreamServer()
        let client = try WireClient(port: server.port)
        await client.send(WireClient.get(path))
        let (bytes, end) = await client.receive { _ in false }
        #expect(end == .reset && !bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8))
    }

    @Test func `waits for a reader who takes nothing, and gives him up in the end`() async throws {
        let server = try StreamServer(
            EdgeConfiguration(loopCount: 1, rate: MinimumRate(readBytesPerSecond: 100_000, grace: .milliseconds(300))))
        let client = try WireClient(port: server.port, receiveBufferBytes: 4096)
        await client.send(WireClient.get("/endless"))
        #expect(await server.notes.isSoon(\.hasGone))
        // What the kernel took, and no more: 64 MiB would be a buffer of ours.
        #expect(server.notes.sent.load(ordering: .relaxed) < 1000)
        _ = client
    }

    @Test func `is cancelled when its reader leaves`() async throws {
        let server = try StreamServer()
        var client: WireClient? = try WireClient(port: server.port)
        await client?.send(WireClient.get("/silent"))
        #expect(await server.notes.isSoon(\.hasWaited))
        #expect(!server.notes.wasCancelled)
        client = nil
        #expect(await server.notes.isSoon(\.wasCancelled))
    }
}
