internal import Edge
internal import LinuxIO

/// Serves `GET /metrics` on its own loopback listener: no identity, no record.
struct MetricsHandler: RequestHandler {
    let page: MetricsPage

    func open(_ peer: Peer) {}

    func importance(of request: Request) -> Importance? { nil }

    var backlog: Int { 0 }

    func turnAway(_ request: Request, because overload: Overload, for context: Void) async -> Response {
        Self.plain(.serviceUnavailable, "busy\n")
    }

    func respond(to request: Request, body: RequestBody, for context: Void) async -> Response {
        guard request.path.elementsEqual("/metrics".utf8) else {
            return Self.plain(.notFound, "only /metrics is here\n")
        }
        guard request.method == .get || request.method == .head else {
            var response = Self.plain(.methodNotAllowed, "GET and HEAD only\n")
            response.fields.append(ResponseField("Allow", "GET, HEAD"))
            return response
        }
        return Response(
            .ok, fields: [ResponseField("Content-Type", "text/plain; version=0.0.4; charset=utf-8")], body: page.text)
    }

    func respond(to fault: RequestFault, for context: Void) async -> Response {
        switch fault {
        case .http(let fault): Self.plain(fault.status, "\(fault.reason)\n")
        }
    }

    func refused(_ refusal: ConnectionRefusal) {}

    private static func plain(_ status: Status, _ text: String) -> Response {
        Response(status, fields: [ResponseField("Content-Type", "text/plain")], body: Array(text.utf8))
    }
}
