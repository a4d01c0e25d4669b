import Testing

@testable import Auth

@Suite struct `The scope of issuing` {
    private static let text = """
        { version: "t", roles: {
            plain: { permissions: ["tokens:issue"] }, other: { permissions: [] },
            short: { permissions: ["tokens:issue"], issues: { roles: ["other", "plain"], ttl_max_s: 31536000 } },
            wide: { permissions: ["tokens:issue"], issues: { roles: ["other", "short"] } } },
          routes: [], bindings: [
            { certificate: "dns:client", roles: ["plain", "short", "wide"] },
            { certificate: "dns:narrow", roles: ["short"] } ] }
        """

    private func scopes(_ roles: [String], _ certificate: String = "dns:client") throws -> [[String]] {
        let engine = try Callers.parse(Self.text)
        let token =
            switch roles.count {
            case 1: try Callers.token(roles[0])
            default: try Callers.token(roles[0], roles[1])
            }
        return try engine.issuing(token: token, certificate: try Callers.certificate(certificate), in: Callers.evening)
            .map { $0.roles.map(\.description) }
    }

    @Test func `a role that does not say what it issues issues nothing`() throws {
        #expect(try scopes(["plain"]).isEmpty)
    }

    @Test func `each usable role has its own scope`() throws {
        #expect(try scopes(["short"]) == [["other", "plain"]])
        #expect(try scopes(["wide", "short"]) == [["other", "plain"], ["other", "short"]])
        #expect(try scopes(["wide", "short"], "dns:narrow") == [["other", "plain"]])
    }

    @Test func `a caller without a usable role is refused`() throws {
        #expect(throws: PolicyRefusal.roleNotForCertificate) { try scopes(["wide"], "dns:narrow") }
        #expect(throws: PolicyRefusal.roleUnknown) { try scopes(["nobody"]) }
    }

    @Test func `one scope must cover a token whole`() throws {
        let engine = try Callers.parse(Self.text)
        let scope = try #require(engine.document.roles[3].issues)
        #expect(try scope.covers(Forge.roles("other")))
        #expect(try scope.covers(Forge.roles("other", "short")))
        #expect(try !scope.covers(Forge.roles("other", "plain")))
        #expect(scope.lifetimeSecondsMax == nil)
        #expect(engine.document.roles[2].issues?.lifetimeSecondsMax == 31_536_000)
    }

    @Test func `as shipped, administrators issue every role but their own`() throws {
        let engine = try Callers.shipped()
        for role in ["customer", "agent", "admin", "auditor", "service"] {
            let scopes = try engine.issuing(
                token: try Callers.token(role), certificate: try Callers.client(role), in: Callers.evening)
            #expect(
                scopes.map { $0.roles.map(\.description) }
                    == (role == "admin" ? [["customer", "agent", "auditor", "service"]] : []))
        }
    }
}
