import Testing

@testable import Auth

@Suite struct `The review of a policy` {
    private static let text = """
        { version: "t", roles: {
            base: { permissions: ["interface:read"] },
            clerk: { inherits: ["base"], permissions: ["tickets:read"] },
            ghost: { permissions: ["audit:read"] } },
          routes: [
            { method: "GET", path: "/t/{id}", permission: "tickets:read" },
            { method: "GET", path: "/{any}/{id}", permission: "tickets:read" },
            { method: "GET", path: "/a", permission: "audit:read" },
            { method: "POST", path: "/a", permission: "audit:read" } ],
          deny: [
            { permissions: ["interface:read"], roles: ["clerk"], when: { bound: true } },
            { permissions: ["tickets:read"], roles: ["clerk"] } ],
          bindings: [{ certificate: "dns:c", roles: ["clerk"] }] }
        """

    private static func findings(_ text: String) throws -> [PolicyFinding] {
        let served: [(RouteMethod, String)] = [(.get, "/t/x"), (.get, "/a"), (.delete, "/a")]
        return try Callers.parse(text).review(served: served.map { ($0, Array($1.utf8)) })
    }

    @Test func `finds routes that are shadowed, not served or not there`() throws {
        let found = try Self.findings(Self.text).filter { $0.pointer.hasPrefix("/routes") }
        #expect(found.map(\.kind) == [.routeMissing, .routeShadowed, .routeNotServed])
        #expect(found.map(\.pointer) == ["/routes", "/routes/1", "/routes/3"])
        #expect(found[0].detail.contains("DELETE /a") && found[1].detail.contains("/routes/0 is more exact"))
    }

    @Test func `finds permissions that nobody has, or that are denied to everybody`() throws {
        let found = try Self.findings(Self.text).filter {
            [.permissionOfNobody, .permissionDenied].contains($0.kind)
        }
        let denied = found.filter { $0.kind == .permissionDenied }
        #expect(denied.map(\.pointer) == ["/deny/1"])
        #expect(
            denied.first?.detail
                == "tickets:read: it is denied to everybody who has it, at any time, so that nobody may use GET /t/{id}, "
                + "GET /{any}/{id}")
        #expect(found.contains { $0.pointer == "/bindings" && $0.detail.hasPrefix("audit:read") })
        #expect(found.contains { $0.pointer == "/roles" && $0.detail.hasPrefix("pii:restore") })
        let fine = ["interface:read", "tickets:read:"]
        #expect(
            !found.contains { finding in
                finding.kind == .permissionOfNobody && fine.contains { finding.detail.hasPrefix($0) }
            })
        #expect(found.count == Permission.allCases.count - 1)
    }

    @Test func `does not take what one role keeps for denied to all`() throws {
        let spared = #"{ certificate: "dns:c", roles: ["clerk", "other"] }"#
        let text = Self.text.replacing(#"{ certificate: "dns:c", roles: ["clerk"] }"#, with: spared)
            .replacing("ghost: {", with: #"other: { permissions: ["tickets:read"] }, ghost: {"#)
        #expect(try !Self.findings(text).contains { $0.kind == .permissionDenied })
    }

    @Test func `finds nothing in the shipped policy`() throws {
        let engine = try Callers.shipped()
        let served = engine.document.routes.map { (method: $0.method, path: $0.pattern.text) }
        #expect(engine.review(served: served) == [])
    }

    @Test func `finds roles that no certificate may carry, but for those that others inherit from`() throws {
        let found = try Self.findings(Self.text).filter { $0.kind == .roleUnbound }
        #expect(found.map(\.pointer) == ["/roles/ghost"])
        let open = Self.text.replacing(#"version: "t""#, with: #"version: "t", requireCertificate: false"#)
        #expect(try !Self.findings(open).contains { $0.kind == .roleUnbound })
    }
}
