import Agent
import Edge
import Foundation
import LinuxIO
import Synchronization
import Testing
import Threading

@testable import Gateway

/// A server of one test that does with each connection what its script says, on a thread of the connection's own.
private final class ScriptedServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let counter = Counter()

    /// - Parameter script: gets the connection, which is closed when it returns, and the number of requests answered on it.
    init(_ script: @escaping @Sendable (ScriptedConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                unsafe bind(listener, raw, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, raw, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [listener, counter] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                counter.count.add(1, ordering: .relaxed)
                Thread.detachNewThread {
                    script(ScriptedConnection(descriptor))
                    close(descriptor)
                }
            }
        }
    }

    /// The thread must not keep its server alive.
    private final class Counter: Sendable {
        let count = Atomic<Int>(0)
    }

    /// Connections accepted.
    var accepted: Int { counter.count.load(ordering: .relaxed) }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var url: String { "http://127.0.0.1:\(port)/v1/x" }
}

private struct ScriptedConnection: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Reads one request with its body; nil at the end.
    func request() -> String? {
        var text = ""
        while true {
            if let head = text.range(of: "\r\n\r\n") {
                let length = text.range(of: "Content-Length: ").map {
                    Int(text[$0.upperBound...].prefix { $0.isNumber }) ?? 0
                }
                if text[head.upperBound...].utf8.count >= length ?? 0 { return text }
            }
            var room = [UInt8](repeating: 0, count: 65_536)
            let count = unsafe recv(descriptor, &room, room.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: room.prefix(count), as: UTF8.self)
        }
    }

    /// Whether the other side still takes bytes.
    @discardableResult func send(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Closing resets the connection.
    func resetWhenClosed() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
}

private func chunk(_ text: String) -> String { String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n" }

/// Runs `work` on a loop of its own and gives what it came to.
private func onLoop<Value: Sendable>(
    _ edge: EdgeServer, _ work: @escaping @Sendable () async -> Value
) async -> Value {
    await withCheckedContinuation { continuation in
        edge.perform { continuation.resume(returning: await work()) }
    }
}

private final class Loop: Sendable {
    let edge: EdgeServer
    init() throws { edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1)) { _ in } }
    deinit { edge.drain() }
}

private enum Outcome: Equatable, Sendable {
    case answer(Int, String)
    case failed(TransportError)
}

/// The whole answer, or why there is none.
private func fetch(_ transport: LoopTransport, _ request: TransportRequest) async -> Outcome {
    do throws(TransportError) {
        let response = try await transport.open(request)
        var body: [UInt8] = []
        while let piece = try await response.next() { body += piece }
        return .answer(response.status, String(decoding: body, as: UTF8.self))
    } catch {
        return .failed(error)
    }
}

private let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

@Suite struct `Transport on a loop` {
    private let transport = LoopTransport()

    @Test func `sends what it is given and brings the answer, on a connection that is kept`() async throws {
        let server = try ScriptedServer { connection in
            while let request = connection.request() {
                let isRight =
                    request.hasPrefix("POST /v1/x HTTP/1.1\r\n") && request.contains("X-Key: secret\r\n")
                    && request.hasSuffix("\r\n\r\n{\"a\":1}") && !request.lowercased().contains("expect:")
                connection.send(head + chunk(isRight ? "good " : request) + chunk("day") + "0\r\n\r\n")
            }
        }
        let loop = try Loop()
        let request = TransportRequest(url: server.url, fields: [("X-Key", "secret")], body: Array("{\"a\":1}".utf8))
        for _ in 0..<3 {
            let outcome = await onLoop(loop.edge) { [transport] in await fetch(transport, request) }
            #expect(outcome == .answer(200, "good day"))
        }
        #expect(server.accepted == 1)
    }

    /// A stream whose last event has come is of no more interest, and its connection of much.
    @Test func `keeps the connection of an answer of which nothing more was wanted, if it ends soon`() async throws {
        let server = try ScriptedServer { connection in
            while connection.request() != nil {
                connection.send(head + chunk("data: [DONE]\n\n"))
                usleep(20_000)
                connection.send("0\r\n\r\n")
            }
        }
        let loop = try Loop()
        let url = server.url
        for _ in 0..<3 {
            let piece = await onLoop(loop.edge) { [transport] () -> [UInt8]? in
                guard let response = try? await transport.open(TransportRequest(url: url)) else { return nil }
                let piece = try? await response.next()
                response.finish()
                await rest(milliseconds: 60)
                return piece ?? nil
            }
            #expect(piece == Array("data: [DONE]\n\n".utf8))
        }
        #expect(server.accepted == 1)
    }

    @Test func `brings each piece as it comes, and fields and any status`() async throws {
        let open = DispatchSemaphore(value: 0)
        let server = try ScriptedServer { connection in
            _ = connection.request()
            connection.send(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk("a"))
            open.wait()
            connection.send(chunk("b") + "0\r\nX-Trailer: t\r\n\r\n")
        }
        let loop = try Loop()
        let url = server.url
        let pieces = await onLoop(loop.edge) { [transport] () -> [String] in
            guard let response = try? await transport.open(TransportRequest(url: url)) else { return [] }
            var pieces = [
                "\(response.status)", response.field("retry-after") ?? "", response.field("x-trailer") ?? "none",
            ]
            while let piece = try? await response.next() {
                pieces.append(String(decoding: piece, as: UTF8.self))
                open.signal()
            }
            return pieces
        }
        #expect(pieces == ["429", "7", "none", "a", "b"])
    }

    @Test func `tells a silent server, half an answer, a reset and what is no HTTP apart`() async throws {
        let silent = try ScriptedServer { connection in
            _ = connection.request()
            connection.send(head + chunk("half"))
            _ = connection.request()
        }
        let dumb = try ScriptedServer { connection in
            _ = connection.request(); _ = connection.request()
        }
        let short = try ScriptedServer { connection in
            _ = connection.request()
            connection.send(head + chunk("half"))
        }
        let reset = try ScriptedServer { connection in
            _ = connection.request()
            connection.send(head + chunk("half"))
            usleep(20_000)
            connection.resetWhenClosed()
        }
        let nonsense = try ScriptedServer { connection in
            _ = connection.request()
            connection.send("SSH-2.0-OpenSSH_9.2\r\n")
        }
        let loop = try Loop()
        func outcome(_ server: ScriptedServer) async -> Outcome {
            let request = TransportRequest(url: server.url, idleTimeout: .milliseconds(150))
            return await onLoop(loop.edge) { [transport] in await fetch(transport, request) }
        }
        #expect(await outcome(silent) == .failed(.timedOut))
        #expect(await outcome(dumb) == .failed(.timedOut))
        #expect(await outcome(short) == .failed(.badAnswer))
        #expect(await outcome(reset) == .failed(.badAnswer))
        #expect(await outcome(nonsense) == .failed(.badAnswer))
    }

    @Test func `refuses what it must not call, and says what it cannot reach`() async throws {
        let plain = try ScriptedServer { connection in _ = connection.request() }
        let unencrypted = try ScriptedServer { connection in connection.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
        let gone = try ScriptedServer { _ in }.url
        let loop = try Loop()
        func outcome(_ request: TransportRequest) async -> Outcome {
            await onLoop(loop.edge) { [transport] in await fetch(transport, request) }
        }
        #expect(await outcome(TransportRequest(url: "http://192.0.2.1/")) == .failed(.badRequest))
        #expect(await outcome(TransportRequest(url: "file:///etc/passwd")) == .failed(.badRequest))
        #expect(await outcome(TransportRequest(url: plain.url, fields: [("X", "a\r\nY: b")])) == .failed(.badRequest))
        let fields = (0...TransportLimits.fieldsMax).map { (name: "X-\($0)", value: "") }
        #expect(await outcome(TransportRequest(url: plain.url, fields: fields)) == .failed(.badRequest))
        #expect(await outcome(TransportRequest(url: gone)) == .failed(.unreachable))
        #expect(await outcome(TransportRequest(url: "https://127.0.0.1:\(unencrypted.port)/")) == .failed(.tls))
        let none = try await transport.openedHere()
        #expect(none == .unreachable)
    }

    @Test func `goes to no redirect`() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
        }
        let loop = try Loop()
        let request = TransportRequest(url: server.url)
        let outcome = await onLoop(loop.edge) { [transport] in await fetch(transport, request) }
        #expect(outcome == .answer(302, ""))
    }

    /// Nobody reads: what the server sends stays in its own and the kernel's buffers.
    @Test func `reads no more of an endless body than fits, and ends when it is cancelled`() async throws {
        let sent = Counter()
        let server = try ScriptedServer { connection in
            _ = connection.request()
            connection.send(head)
            let piece = chunk(String(repeating: "x", count: 65_536))
            while connection.send(piece) { sent.count.add(1, ordering: .relaxed) }
            sent.isOver.store(true, ordering: .relaxed)
        }
        let loop = try Loop()
        let url = server.url
        let taken = await onLoop(loop.edge) { [transport] () -> Int in
            guard let response = try? await transport.open(TransportRequest(url: url)) else { return -1 }
            var taken = 0
            while taken < 1_000_000, let piece = try? await response.next() {
                #expect(piece.count <= 2 * 16_384)
                taken += piece.count
            }
            var last = -1
            while last != sent.count.load(ordering: .relaxed) {
                last = sent.count.load(ordering: .relaxed)
                await rest(milliseconds: 100)
            }
            response.cancel()
            return taken
        }
        #expect(taken >= 1_000_000 && taken < 1_100_000)
        // Loopback takes some megabytes by itself.
        #expect(sent.count.load(ordering: .relaxed) < 300)
        let end = ContinuousClock.now + .seconds(5)
        while !sent.isOver.load(ordering: .relaxed), ContinuousClock.now < end { usleep(2000) }
        let isOver = sent.isOver.load(ordering: .relaxed)
        #expect(isOver)
    }

    private final class Counter: Sendable {
        let count = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
    }

    @Test func `has no more requests under way than it may`() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.request()
            connection.send(head)
            _ = connection.request()
        }
        let loop = try Loop()
        let bounded = LoopTransport(transfersMax: 2)
        let url = server.url
        let errors = await onLoop(loop.edge) { () -> [TransportError?] in
            var errors: [TransportError?] = []
            var open: [any TransportResponse] = []
            for _ in 0..<3 {
                do throws(TransportError) {
                    open.append(try await bounded.open(TransportRequest(url: url)))
                    errors.append(nil)
                } catch {
                    errors.append(error)
                }
            }
            open.removeAll()
            do throws(TransportError) { _ = try await bounded.open(TransportRequest(url: url)) } catch {
                errors.append(error)
            }
            return errors
        }
        #expect(errors == [nil, nil, .busy])
    }

    @Test func `lets a cancelled task go on at once`() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.request()
            _ = connection.request()
        }
        let loop = try Loop()
        let request = TransportRequest(url: server.url)
        let start = ContinuousClock.now
        let outcome = await onLoop(loop.edge) { [transport] () -> Outcome in
            await withTaskGroup(of: Outcome.self) { group in
                group.addTask { await fetch(transport, request) }
                await rest(milliseconds: 30)
                group.cancelAll()
                return await group.next() ?? .answer(0, "")
            }
        }
        #expect(outcome == .failed(.cancelled) && ContinuousClock.now - start < .seconds(5))
    }

    /// What a stream brings must be whole, however many others there are on its loop.
    @Test func `carries a thousand streams at once`() async throws {
        try #require((DescriptorLimit.raise() ?? 0) >= 4096)
        let upstream = try EdgeServer.start(EdgeConfiguration(loopCount: 1)) { _ in }
        defer {
            upstream.drain()
            upstream.abandon()
        }
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let port = try upstream.listen(
            ListenerConfiguration(address: address, transport: .plain, connectionsMax: 4096, backlog: 2048),
            handler: PieceHandler())
        let loop = try Loop()
        let request = TransportRequest(url: "http://127.0.0.1:\(port)/")
        let outcomes = await onLoop(loop.edge) { [transport] () -> [Outcome] in
            await withTaskGroup(of: Outcome.self) { group in
                for _ in 0..<1000 { group.addTask { await fetch(transport, request) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes.count == 1000 && outcomes.allSatisfy { $0 == .answer(200, PieceHandler.text) })
    }

    @Test func `ends with its loop`() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.request()
            _ = connection.request()
        }
        let edge = try EdgeServer.start(EdgeConfiguration(loopCount: 1)) { _ in }
        let request = TransportRequest(url: server.url)
        async let outcome = onLoop(edge) { [transport] in await fetch(transport, request) }
        while server.accepted == 0 { usleep(1000) }
        edge.drain()
        #expect(await outcome == .failed(.unreachable))
    }
}

/// A rest of a task on a loop, by a thread.
private func rest(milliseconds: UInt32) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        Thread.detachNewThread {
            usleep(milliseconds * 1000)
            continuation.resume()
        }
    }
}

extension LoopTransport {
    /// Why there is no answer where this is no loop's thread.
    fileprivate func openedHere() async throws -> TransportError? {
        do throws(TransportError) {
            _ = try await open(TransportRequest(url: "http://127.0.0.1:1/"))
            return nil
        } catch {
            return error
        }
    }
}

/// Answers in ten pieces.
private struct PieceHandler: RequestHandler {
    static let text = (0..<10).map { "piece \($0) " }.joined()

    func open(_ peer: Peer) {}
    func importance(of request: Request) -> Importance? { nil }
    var backlog: Int { 0 }
    func turnAway(_ request: Request, because overload: Overload, for context: Void) async -> Response {
        Response(.serviceUnavailable)
    }
    func respond(to fault: RequestFault, for context: Void) async -> Response { Response(.badRequest) }
    func refused(_ refusal: ConnectionRefusal) {}

    func respond(to request: Request, body: RequestBody, for context: Void) async -> Response {
        var end = Response(.ok)
        end.part = .lastPiece
        guard await body.response.begin(Response(.ok)) else { return end }
        for index in 0..<10 where await body.response.send(Array("piece \(index) ".utf8)) {}
        return end
    }
}
