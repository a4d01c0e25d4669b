import Testing

@testable import Auth

/// What nobody can tell grants nothing and spares nobody.
@Suite struct `A condition of which nobody can tell whether it is met` {
    private static let unknown = Circumstances(now: -1, address: nil, tls: nil)
    private static let conditions = [
        ("times: [{ from: '00:00', to: '24:00' }]", PolicyRefusal.outsideTimes),
        ("addresses: ['0.0.0.0/0', '::/0']", .addressNotAllowed),
        ("certificates: ['dns:*.b.c', 'cn:n']", .certificateNotAllowed), ("tls: '1.2'", .tlsTooOld),
    ]

    /// `audit:read` under `grant` and `rule`, for a caller without certificate whose token is not bound.
    private func outcome(
        grant: String = "'audit:read'", rule: String = "", in circumstances: Circumstances = unknown,
        client: String? = nil
    ) throws -> Result<String, PolicyRefusal> {
        let engine = try Callers.parse(
            """
            { version: "t", requireCertificate: false, roles: { r: { permissions: [\(grant)] } },
              routes: [{ method: "GET", path: "/x", permission: "audit:read" }],
              deny: [\(rule)], bindings: [{ certificate: "dns:a.b.c", roles: ["r"] }] }
            """)
        let token = try Callers.token("r")
        let certificate = try client.map { try Callers.certificate($0) }
        let told = engine.explain(
            method: Array("GET".utf8), path: Array("/x".utf8), token: token, certificate: certificate,
            in: circumstances)
        let outcome = Callers.outcome(engine, "GET /x", token, certificate, in: circumstances)
        switch outcome {
        case .success: #expect(told.refusal == nil)
        case .failure(let refusal): #expect(told.refusal == refusal)
        }
        return outcome
    }

    private func rule(_ members: String) -> String { "{ permissions: ['audit:read'], \(members) }" }

    @Test(arguments: conditions) func `does not grant`(condition: String, refusal: PolicyRefusal) throws {
        let found = try outcome(grant: "{ permission: 'audit:read', when: { \(condition) } }")
        #expect(found == .failure(refusal))
    }

    @Test(arguments: conditions) func `lets a denial strike`(condition: String, refusal: PolicyRefusal) throws {
        #expect(try outcome(rule: rule("when: { \(condition) }")) == .failure(.denied(by: 0)))
    }

    @Test(arguments: conditions) func `does not spare from one`(condition: String, refusal: PolicyRefusal) throws {
        #expect(try outcome(rule: rule("unless: { \(condition) }")) == .failure(.denied(by: 0)))
    }

    @Test(arguments: conditions.dropFirst())
    func `is settled by another member that is known not to be so`(condition: String, refusal: PolicyRefusal) throws {
        let allowed = Result<String, PolicyRefusal>.success("audit:read as r")
        #expect(try outcome(rule: rule("when: { \(condition), bound: true }")) == allowed)
        var late = Self.unknown
        late.now = 0
        let never = "times: [{ days: ['mon'], from: '08:00', to: '09:00' }]"
        #expect(try outcome(rule: rule("when: { \(condition), \(never) }"), in: late) == allowed)
    }

    @Test func `is no other once it is known`() throws {
        let away = Circumstances(now: 0, address: ClientAddress(bytes: [192, 0, 2, 1]), tls: .v12)
        for condition in ["addresses: ['10.0.0.0/8']", "tls: '1.3'", "certificates: ['cn:n']", "bound: true"] {
            let found = try outcome(rule: rule("when: { \(condition) }"), in: away, client: "dns:a.b.c")
            #expect(found == .success("audit:read as r"), "\(condition)")
        }
    }
}
