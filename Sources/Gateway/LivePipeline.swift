internal import Auth
internal import Edge
internal import Synchronization

/// The services under the policies in force, which a reload exchanges as a whole and for all loops at once.
final class LiveServices: Sendable {
    private let services: Mutex<Services>

    init(_ services: Services) { self.services = Mutex(services) }

    /// Those of a request that comes now. The lock is held for a copy of the reference.
    var current: Services { services.withLock { $0 } }

    /// The version of the RBAC policy in force.
    var policyVersion: String { String(decoding: current.policy.version, as: UTF8.self) }

    /// From here on requests are decided by `services`; those that came before, by what they began with.
    func replace(by services: Services) { self.services.withLock { $0 = services } }
}

/// Has each request decided by the policies that were in force when it came, from its first stage to its record.
struct LivePipeline: RequestHandler {
    let live: LiveServices
    /// For what no policy decides.
    private let first: Pipeline

    init(_ live: LiveServices) {
        self.live = live
        first = Pipeline(services: live.current)
    }

    private var pipeline: Pipeline { Pipeline(services: live.current) }

    func open(_ peer: Peer) -> ConnectionContext { pipeline.open(peer) }

    func importance(of request: Request) -> Importance? { first.importance(of: request) }

    var backlog: Int { first.backlog }

    func respond(to request: Request, body: RequestBody, for connection: ConnectionContext) async -> Response {
        await pipeline.respond(to: request, body: body, for: connection)
    }

    func turnAway(_ request: Request, because overload: Overload, for connection: ConnectionContext) async -> Response {
        await pipeline.turnAway(request, because: overload, for: connection)
    }

    func respond(to fault: RequestFault, for connection: ConnectionContext) async -> Response {
        await pipeline.respond(to: fault, for: connection)
    }

    func refused(_ refusal: ConnectionRefusal) { pipeline.refused(refusal) }

    func closed(_ summary: ConnectionSummary, for connection: ConnectionContext) {
        first.closed(summary, for: connection)
    }
}
