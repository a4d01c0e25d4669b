import OpenSSL
import Testing

@testable import Auth

@Suite struct `Explanations` {
    @Test func `an allowed request is told step by step`() throws {
        let engine = try Callers.shipped()
        let told = engine.explain(
            method: Array("GET".utf8), path: Array("/v1/tickets/T-1".utf8), token: try Callers.token("agent"),
            certificate: try Callers.client("agent"), in: Callers.evening)
        #expect(told.steps.map(\.check) == ["route", "roles", "certificate", "subject", "permission"])
        #expect(told.refusal == nil)
        #expect(told.allowed?.name == "tickets:read")
        #expect(told.steps[0].detail.contains("GET /v1/tickets/{id}"))
        #expect(told.steps[4].detail == "agent grants tickets:read")
    }

    @Test func `a refused one ends with the step that refuses`() throws {
        let engine = try Callers.shipped()
        let told = engine.explain(
            method: Array("POST".utf8), path: Array("/v1/ask".utf8), token: try Callers.token("admin"),
            certificate: try Callers.client("customer"), in: Callers.evening)
        #expect(told.steps.last?.check == "certificate")
        #expect(told.refusal == .roleNotForCertificate)
        #expect(told.allowed == nil)
    }

    @Test func `rules that are not about the request, and grants that do not hold, are told too`() throws {
        let engine = try Callers.parse(
            """
            { version: "t", roles: { low: { permissions: ["tickets:read"] },
                high: { inherits: ["low"], tools: ["look_up"], permissions: [
                  { permission: "audit:read", when: { tls: "1.3", times: [{ from: "08:00", to: "18:00" }] } }] } },
              routes: [{ method: "GET", path: "/a", permission: "audit:read" },
                { method: "GET", path: "/t", permission: "tickets:read" }],
              deny: [
                { permissions: ["audit:read"], when: { addresses: ["10.0.0.0/8"] } },
                { permissions: ["audit:read"], unless: { bound: true }, roles: ["low"] },
                { tools: ["look_up"], unless: { tls: "1.3" } }],
              bindings: [{ certificate: "dns:client", roles: ["low", "high"] }] }
            """)
        let client = try Callers.certificate("dns:client")
        let tell = { (path: String, role: String, bound: Bool) in
            engine.explain(
                method: Array("GET".utf8), path: Array(path.utf8), token: try Callers.token(role, isBound: bound),
                certificate: client, in: Callers.evening)
        }
        let inherited = try tell("/t", "high", false)
        #expect(inherited.steps.map(\.check).suffix(2) == ["grant", "permission"])
        #expect(inherited.steps.suffix(2).first?.detail.contains("inherited from low") == true)
        let denied = try tell("/a", "high", false)
        #expect(denied.refusal == .denied(by: 1))
        #expect(denied.refusal?.rule == "/deny/1")
        #expect(
            denied.steps.last?.detail
                == "/deny/1 denies audit:read to high, since the token is not bound to its certificate")
        #expect(
            denied.steps.suffix(2).first?.detail.contains("/deny/0 does not strike: the client is elsewhere") == true)
        let late = try tell("/a", "high", true)
        #expect(late.refusal == .outsideTimes)
        #expect(
            late.steps.contains { $0.detail.contains("it is mon 20:10 UTC, outside of 08:00 to 18:00") })
        let tool = try #require(ToolName(Array("look_up".utf8)))
        let told = engine.explain(
            tool, token: try Callers.token("high"), certificate: client, in: Callers.evening)
        #expect(told.allowed == .init(name: "look_up", role: try #require(RoleName("high")), isOwnOnly: false))
        #expect(told.steps.last?.check == "tool")
    }

    /// 10,000 requests to 200 policies: routes, permissions apart from routes, and tools.
    @Test func `they agree with the decision on random policies and requests`() throws {
        var random = SeededGenerator("explain agrees")
        var seen: Set<String> = []
        for _ in 0..<200 {
            let world = World(&random)
            let engine = try Callers.parse(world.policy)
            for _ in 0..<50 {
                let question = try world.question(&random, engine.roles)
                let told = question.explain(by: engine)
                let decided = question.decide(by: engine)
                let explained =
                    told.allowed.map { "\($0.name) as \($0.role)" + ($0.isOwnOnly ? ", own" : "") }
                    ?? told.refusal.map { "\($0.reason) \($0.rule ?? "")" }
                #expect(decided == explained, "seed \(random.seed): \(world.policy) \(question)")
                seen.insert(
                    told.refusal.map { "\($0.reason)" } ?? (told.allowed?.isOwnOnly == true ? "own" : "allowed"))
            }
        }
        // Every outcome must have come up, or the agreement shows little.
        #expect(seen.count == PolicyRefusal.allCases.count + 2, "\(seen)")
    }
}
