import Redaction
import Testing

@testable import Auth
@testable import Gateway

@Suite struct `Redactors of scopes` {
    private let roles = RoleTable(["customer", "agent"].compactMap { RoleName($0) })

    private func redactors(_ rules: String) throws -> ScopedRedactors {
        let text = """
            {version: 1, confidence_min_ppm: 500000, otherwise: "mask", types: {EMAIL_ADDRESS: "tokenise"}\(rules)}
            """
        return ScopedRedactors(Redactor(policy: try RedactionPolicy.parse(Array(text.utf8))), roles: roles)
    }

    private func permit(_ path: String, _ names: [String] = ["agent"]) throws -> Permit {
        let set = roles.set(of: names.compactMap { RoleName($0) })
        return Permit(
            permission: .assistantAsk, role: try #require(roles.names(of: set).first), rule: [], path: Array(path.utf8),
            roles: set, isOwnOnly: false)
    }

    private static let rules = """
        , rules: [{roles: ["agent"], types: {EMAIL_ADDRESS: "allow"}},
                  {routes: ["/v1/ask"], direction: "output", types: {EMAIL_ADDRESS: "block"}}]
        """

    @Test func `are those of all roles of a caller, of the route and of the direction`() throws {
        let redactors = try redactors(Self.rules)
        let mail = try #require(DetectorType(named: "EMAIL_ADDRESS".utf8))
        func action(
            _ names: [String], _ path: String, _ direction: RedactionScope.Direction
        ) throws -> RedactionPolicy.Action {
            redactors.redactor(for: try permit(path, names), direction).policy.action(for: mail)
        }
        #expect(try action(["agent"], "/v1/ask", .output) == .allow)
        #expect(try action(["customer", "agent"], "/v1/ask", .input) == .allow)
        #expect(try action(["customer"], "/v1/ask", .output) == .block)
        #expect(try action(["customer"], "/v1/ask", .input) == .tokenise)
        #expect(try action(["customer"], "/v1/faq", .output) == .tokenise)
        #expect(redactors.general.policy.action(for: mail) == .tokenise && redactors.scopeCount == 5)
    }

    @Test func `are made once each, as many as are kept, and one more begins anew`() throws {
        let redactors = try redactors(Self.rules)
        for _ in 0..<2 {
            for number in 0..<ScopedRedactors.scopesMax {
                _ = redactors.redactor(for: try permit("/\(number)"), .input)
            }
        }
        #expect(redactors.scopeCount == 1024)
        _ = redactors.redactor(for: try permit("/more"), .input)
        #expect(redactors.scopeCount == 1)
    }

    @Test func `are one where the policy has no rules`() throws {
        let redactors = try redactors("")
        for number in 0..<10 { _ = redactors.redactor(for: try permit("/\(number)"), .output) }
        #expect(redactors.scopeCount == 0)
    }
}
