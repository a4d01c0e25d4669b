internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import Threading

extension Pipeline {
    /// `GET /v1/admin/sessions`: which conversations there are, without a word of what was said.
    @inline(never)
    func listSessions(_ filter: SessionFilter, _ exchange: Exchange) async throws(Refusal) -> Reply {
        let store = try sessionDesk().store
        let page = try await agent { () async throws(AgentError) in try await store.sessions(filter) }
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.name("sessions")
            json.array { json in
                for session in page.sessions {
                    json.object { json in
                        Self.write(session, to: &json)
                        json.member("issuer", session.owner.issuer)
                        json.member("subject", session.owner.subject)
                    }
                }
            }
            if let next = page.next { json.member("next", next) }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    /// `GET /v1/admin/sessions/{id}/transcript`: what was said in anybody's conversation. Whoever reads it is on record before
    /// a word of it leaves the store.
    @inline(never)
    func showTranscript(
        _ id: SessionID, _ after: Int, _ limit: Int, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> TextsDraft {
        let store = try sessionDesk().store
        let found = try await agent { () async throws(AgentError) in try await store.anybodysSession(id) }
        guard let found else { throw Refusal.sessionUnknown }
        try await begin(permit, exchange, &path)
        try await append(by: token, exchange) { principal, seal in
            .adminAction(
                operator: principal, action: "session.transcript", target: id.bytes, request: exchange.id,
                sealedBy: seal)
        }
        return try await showMessages(of: found.session, after, limit, isOwn: false, exchange)
    }

    /// `GET /v1/usage?days=`.
    @inline(never)
    func showUsage(_ days: Int, _ exchange: Exchange) async throws(Refusal) -> Reply {
        let desk = try sessionDesk()
        let counts = try await agent { () async throws(AgentError) in
            // What was counted up to this request is in it.
            try await desk.store.add(desk.usage)
            return try await desk.store.usage(days: days)
        }
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("days", days)
            json.name("total")
            UsageFigures(counts).write(to: &json)
            json.name("by_day")
            json.array { json in
                for day in Set(counts.map(\.day)).sorted() {
                    json.object { json in
                        json.member("day", String(Timestamp.text(microseconds: day * 86_400_000_000).prefix(10)))
                        json.name("figures")
                        UsageFigures(counts.filter { $0.day == day }).write(to: &json)
                    }
                }
            }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }
}
