internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import Threading

extension Pipeline {
    /// `POST /v1/revocations`: takes tokens back. They are refused on every loop before this is answered.
    @inline(never)
    func revoke(
        _ content: RevocationContent, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let target = try target(content.target)
        let issuer = try issuer(content.issuer)
        let revocation: Revocation
        do throws(AuthError) {
            revocation = try Revocation(
                target, issuer: issuer, issuedBefore: content.issuedBefore, now: WallClock.seconds)
        } catch {
            throw Refusal(revocation: error)
        }
        try await begin(permit, exchange, &path)
        do throws(AuthError) { try await services.revocations.revoke(revocation) } catch { throw Refusal(error) }
        try await recordAction("token.revoke", on: revocation.recordTarget, AdminDetail(revocation), token, exchange)
        var json = JSONWriter(capacity: 256)
        json.object { json in
            revocation.write(to: &json)
            json.member("request_id", exchange.id)
        }
        return Reply(status: .created, fields: [Self.jsonType], body: json.bytes)
    }

    /// `GET /v1/revocations`: which tokens were taken back, oldest first.
    @inline(never)
    func revocations(after number: Int64, _ limit: Int) async throws(Refusal) -> Reply {
        let entries: [RevocationEntry]
        do throws(AuthError) {
            entries = try await services.revocations.entries(after: number, count: limit + 1)
        } catch {
            throw Refusal(error)
        }
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.name("revocations")
            json.array { json in
                for entry in entries.prefix(limit) {
                    json.object { json in
                        json.member("number", entry.number)
                        entry.revocation.write(to: &json)
                        json.member("revoked_at", entry.created)
                    }
                }
            }
            if entries.count > limit { json.member("next", entries[limit - 1].number) }
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    private func target(_ target: RevocationContent.Target) throws(Refusal) -> Revocation.Target {
        switch target {
        case .token(let id): return .token(id)
        case .subject(let subject): return .subject(subject)
        case .role(let name):
            // A role that is mistyped would leave its tokens as good as they are.
            guard let role = RoleName(name), services.policy.roles.names.contains(role) else {
                var refusal = Refusal(problem: .invalidBody, reason: "role_unknown")
                let known = services.policy.roles.names.map(\.description).joined(separator: ", ")
                refusal.detail = "role: wanted one of \(known)"
                throw refusal
            }
            return .role(role)
        case .issuer: return .issuer
        }
    }

    private func issuer(_ asked: [UInt8]?) throws(Refusal) -> [UInt8] {
        let known = services.tokens.issuerNames
        if let asked, known.contains(asked) { return asked }
        if asked == nil, known.count == 1 { return known[0] }
        var refusal = Refusal(problem: .invalidBody, reason: "issuer_unknown")
        let names = known.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
        refusal.detail = "issuer: wanted one whose tokens are accepted here: \(names)"
        throw refusal
    }
}

extension Refusal {
    /// What was asked for cannot be revoked; anything else is as with tokens.
    fileprivate init(revocation error: AuthError) {
        self.init(error)
        if case .request(let member, let found, let wanted) = error {
            self.init(problem: .invalidBody, reason: "revocation_request")
            detail = "\(member): found \(found), wanted \(wanted)"
        }
    }
}

extension Revocation {
    /// Its members: one of `jti`, `subject` and `role`, or none for all; `issuer`; `issued_before`, but with `jti`.
    fileprivate func write(to json: inout JSONWriter) {
        switch target {
        case .token(let id): json.member("jti", id)
        case .subject(let subject): json.member("subject", subject)
        case .role(let role): json.member("role", role.bytes)
        case .issuer: break
        }
        json.member("issuer", issuer)
        if let issuedBefore { json.member("issued_before", issuedBefore) }
    }
}
