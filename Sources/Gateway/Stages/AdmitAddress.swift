internal import Audit
internal import Edge

extension Pipeline {
    /// Stage `edge`, after the parser: the address's rate, before anybody's token costs us work, and the destination.
    /// - Throws: `Refusal` when the address asks too often, or for a method that no resource has.
    func admitAddress(
        _ request: Request, _ exchange: Exchange, _ path: inout DecisionPath
    ) throws(Refusal) -> Destination {
        let destination = destination(of: request)
        path.facts.route = destination.route
        try countAddress(exchange, &path)
        switch request.method {
        case .other, .connect, .trace: throw Refusal(.unknownMethod)
        default: return destination
        }
    }

    func destination(of request: Request) -> Destination {
        Destination(request.method, request.path, isDevelopment: services.isDevelopment)
    }

    /// Takes one request from the address's rate: what is no request counts as one, or it would be the way round the limit.
    /// - Throws: `Refusal` when the address asks too often.
    func countAddress(_ exchange: Exchange, _ path: inout DecisionPath) throws(Refusal) {
        let key = exchange.connection.addressKey
        let verdict = services.rateLimiter.admit(key, rule: services.rateRules.address, now: exchange.start)
        services.metrics.countRateDecision(.address, isAllowed: verdict.isAllowed)
        guard verdict.isAllowed else {
            path.facts.rateLimit = AuditRateLimit(.address, verdict, services.rateRules.address)
            throw Refusal(verdict, reason: "rate_limited_address")
        }
    }

    /// `OPTIONS` says which methods a resource has and nothing else (RFC 9110 §9.3.7), so it needs no token.
    static func answerOptions(_ request: Request, _ destination: Destination) -> Reply? {
        guard request.method == .options else { return nil }
        if request.target.form == .asterisk {
            return Reply(
                status: .noContent, fields: [ResponseField("Allow", "GET, HEAD, POST, PATCH, DELETE, OPTIONS")])
        }
        guard !destination.allowed.isEmpty else { return nil }
        return Reply(status: .noContent, fields: [ResponseField("Allow", destination.allowField)])
    }
}
