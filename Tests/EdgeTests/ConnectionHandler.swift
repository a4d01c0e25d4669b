import Edge
import Foundation
import LinuxIO
import OpenSSL
import Patience
import Synchronization
import Testing
import WireClient

/// What a server told its handler.
final class HandlerNotes: Sendable {
    struct Values {
        var peers: [Peer] = []
        var paths: [String] = []
        var faults: [RequestFault] = []
        var bodyErrors: [RequestBodyError] = []
        var refusals: [ConnectionRefusal] = []
        var overloads: [Overload] = []
        var backlog = 0
        var isReleased = false
        var held = 0
        var onDrain: @Sendable () -> Void = {}
    }

    private let values = Mutex(Values())

    var now: Values { values.withLock { $0 } }
    func note(_ change: (inout Values) -> Void) { values.withLock { change(&$0) } }
    /// Lets the requests to `/hold` go.
    func release() { note { $0.isReleased = true } }
}

/// A handler with one path for each thing that handlers do.
struct TestHandler: RequestHandler {
    let notes: HandlerNotes
    var bodyBytesMax = 1_000_000

    /// More than the kernel takes at once.
    static let large = [UInt8](repeating: UInt8(ascii: "x"), count: 8_000_000)

    func open(_ peer: Peer) { notes.note { $0.peers.append(peer) } }

    func importance(of request: Request) -> Importance? {
        switch String(decoding: request.path, as: UTF8.self) {
        case "/free": nil
        case "/low": .low
        case "/normal": .normal
        case "/high": .high
        default: .vital
        }
    }

    var backlog: Int { notes.now.backlog }

    func turnAway(_ request: Request, because overload: Overload, for context: Void) async -> Response {
        notes.note { $0.overloads.append(overload) }
        return text(.serviceUnavailable, overload.rawValue)
    }

    func respond(to request: Request, body: RequestBody, for context: Void) async -> Response {
        let path = String(decoding: request.path, as: UTF8.self)
        notes.note { $0.paths.append(path) }
        switch path {
        case "/echo": return await echo(body)
        case "/hold": return await hold()
        case "/large": return Response(.ok, body: Self.large)
        case "/last":
            var response = text(.ok, "last")
            response.closesConnection = true
            return response
        case "/drain":
            notes.now.onDrain()
            return text(.ok, "drained")
        case "/block":
            usleep(300_000)
            return text(.ok, "blocked")
        default: return text(.ok, path)
        }
    }

    func respond(to fault: RequestFault, for context: Void) async -> Response {
        notes.note { $0.faults.append(fault) }
        switch fault {
        case .http(let fault): return text(fault.status, fault.reason)
        }
    }

    func refused(_ refusal: ConnectionRefusal) { notes.note { $0.refusals.append(refusal) } }

    private func echo(_ body: RequestBody) async -> Response {
        do throws(RequestBodyError) {
            return Response(.ok, body: try await body.collect(bytesMax: bodyBytesMax))
        } catch {
            notes.note { $0.bodyErrors.append(error) }
            switch error {
            case .http(let fault): return text(fault.status, fault.reason)
            case .disconnected: return text(.badRequest, "disconnected")
            }
        }
    }

    private func hold() async -> Response {
        notes.note { $0.held += 1 }
        while !notes.now.isReleased { await pause(.milliseconds(2)) }
        return text(.ok, "held")
    }

    private func text(_ status: Status, _ text: String) -> Response { Response(status, body: Array(text.utf8)) }
}

/// A server of one test on a port of its own; its threads end with it.
final class TestServer: Sendable {
    let edge: EdgeServer
    let port: UInt16
    let notes: HandlerNotes

    init(
        _ configuration: EdgeConfiguration = EdgeConfiguration(loopCount: 1),
        transport: ListenerConfiguration.Transport = .plain, bodyBytesMax: Int = 1_000_000,
        connectionsMax: Int? = nil
    ) throws {
        let notes = HandlerNotes()
        edge = try EdgeServer.start(configuration, onFailure: unexpected)
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        port = try edge.listen(
            ListenerConfiguration(address: address, transport: transport, connectionsMax: connectionsMax),
            handler: TestHandler(notes: notes, bodyBytesMax: bodyBytesMax))
        self.notes = notes
    }

    convenience init(timeouts: EdgeTimeouts, transport: ListenerConfiguration.Transport = .plain) throws {
        try self.init(EdgeConfiguration(loopCount: 1, timeouts: timeouts), transport: transport)
    }

    deinit {
        notes.release()
        edge.drain()
        edge.abandon()
    }

    func client(receiveBufferBytes: Int32? = nil, source: UInt32? = nil) throws -> WireClient {
        try WireClient(port: port, receiveBufferBytes: receiveBufferBytes, source: source)
    }
}

/// Time-outs so long that a test which waits for one by mistake is seen to hang.
let patient = Duration.seconds(60).stretched

/// A loop that ends by itself is a failure of whatever test runs.
@Sendable func unexpected(_ failure: EdgeError) { Issue.record("a loop failed: \(failure)") }
