internal import Audit
internal import Auth
internal import Edge

extension Pipeline {
    /// Stage `authorise`: may this token, with this certificate, do this.
    ///
    /// That a resource does not exist, or not with this method, is told only to callers whose token is good.
    /// - Throws: `Refusal`: `403`, `404` or `405`.
    func authorise(
        _ request: Request, _ destination: Destination, _ caller: Caller, _ token: VerifiedToken,
        _ connection: ConnectionContext, _ path: inout DecisionPath
    ) throws(Refusal) -> Permit {
        guard destination.route != .unknown else { throw Refusal(unknown: destination) }
        let method = request.method == .head ? Self.get : Array(request.methodBytes)
        do throws(PolicyRefusal) {
            let permit = try services.policy.decide(
                method: method, path: Array(request.path), token: token, certificate: caller.certificate,
                in: connection.circumstances)
            path.decide(by: permit.rule)
            return permit
        } catch {
            throw Refusal(error)
        }
    }

    /// A policy speaks of `GET`; `HEAD` is the same without the content (RFC 9110 §9.3.2).
    private static let get = Array("GET".utf8)
}

extension Refusal {
    init(unknown destination: Destination) {
        if destination.allowed.isEmpty {
            self.init(problem: .notFound, reason: "route_unknown")
        } else {
            self.init(problem: .methodNotAllowed, reason: "method_not_allowed")
            fields = [ResponseField("Allow", destination.allowField)]
        }
    }
}
