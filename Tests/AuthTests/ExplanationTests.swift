import OpenSSL
import Testing

@testable import Auth

@Suite struct `Explanations` {
    @Test func `an allowed request is told step by step`() throws {
        let engine = try Callers.shipped()
        let told = engine.explain(
            method: Array("GET".utf8), path: Array("/v1/tickets/T-1".utf8), token: try Callers.token("agent"),
            certificate: try Callers.client("agent"))
        #expect(told.steps.map(\.check) == ["route", "roles", "certificate", "subject", "permission"])
        #expect(told.refusal == nil)
        #expect(told.allowed?.permission == .ticketsRead)
        #expect(told.steps[0].detail.contains("GET /v1/tickets/{id}"))
        #expect(told.steps[4].detail == "agent grants tickets:read")
    }

    @Test func `a refused one ends with the step that refuses`() throws {
        let engine = try Callers.shipped()
        let told = engine.explain(
            method: Array("POST".utf8), path: Array("/v1/ask".utf8), token: try Callers.token("admin"),
            certificate: try Callers.client("customer"))
        #expect(told.steps.last?.check == "certificate")
        #expect(told.refusal == .roleNotForCertificate)
        #expect(told.allowed == nil)
    }

    @Test func `they agree with the decision on random policies and requests`() throws {
        var random = SeededGenerator("explain agrees")
        var seen: Set<String> = []
        for _ in 0..<60 {
            let world = World(&random)
            let engine = try Callers.parse(world.policy)
            for _ in 0..<40 {
                let (method, path) = world.request(&random)
                let token = try world.token(&random, engine.roles)
                let certificate = try world.certificate(&random)
                let told = engine.explain(method: method, path: path, token: token, certificate: certificate)
                let decided: String
                do throws(PolicyRefusal) {
                    let permit = try engine.decide(method: method, path: path, token: token, certificate: certificate)
                    decided = "\(permit.permission.name) as \(permit.role)"
                    seen.insert("allowed")
                } catch {
                    decided = "\(error.reason)"
                    seen.insert(decided)
                }
                let explained =
                    told.allowed.map { "\($0.permission.name) as \($0.role)" } ?? told.refusal.map { "\($0.reason)" }
                #expect(decided == explained, "seed \(random.seed): \(world.policy)")
            }
        }
        // Every outcome must have come up, or the agreement shows little.
        #expect(seen.count == PolicyRefusal.allCases.count + 1, "\(seen)")
    }
}

/// A small random world, in which names meet often.
private struct World {
    let policy: String

    private static let roles = ["a", "b", "c", "d"]
    private static let segments = ["x", "y", "{p}", "{q}"]
    private static let names = ["uri:n:1", "dns:n1", "cn:n1", "dns:n2"]
    private static let subjects = ["s1", "s2", "s3"]

    init(_ random: inout SeededGenerator) {
        let roles = Self.roles.prefix(Int.random(in: 1...4, using: &random)).shuffled(using: &random)
        let roleTexts = roles.map { role in
            let permissions = Permission.allCases.filter { _ in Bool.random(using: &random) }.map { "'\($0.name)'" }
            return "\(role):{permissions:[\(permissions.joined(separator: ","))]}"
        }
        var shapes: Set<String> = []
        var routes: [String] = []
        for _ in 0..<8 {
            let method = ["GET", "POST"].randomElement(using: &random) ?? "GET"
            let path = Self.path(&random, Self.segments)
            let shape = method + path.replacing("{q}", with: "{p}")
            guard shapes.insert(shape).inserted else { continue }
            let permission = Permission.allCases.randomElement(using: &random) ?? .auditRead
            routes.append("{method:'\(method)',path:'\(path)',permission:'\(permission.name)'}")
        }
        var bound: Set<String> = []
        var bindings: [String] = []
        for _ in 0..<5 {
            let name = Self.names.randomElement(using: &random) ?? ""
            let mine = roles.filter { _ in Bool.random(using: &random) }.filter { bound.insert(name + $0).inserted }
            guard !mine.isEmpty else { continue }
            let subjects = Self.subjects.filter { _ in Bool.random(using: &random) }.map { "'\($0)'" }
            let narrowed = subjects.isEmpty ? "" : ",subjects:[\(subjects.joined(separator: ","))]"
            let list = mine.map { "'\($0)'" }.joined(separator: ",")
            bindings.append("{certificate:'\(name)',roles:[\(list)]\(narrowed)}")
        }
        policy =
            "{version:'w',requireCertificate:\(Bool.random(using: &random)),roles:{\(roleTexts.joined(separator: ","))},"
            + "routes:[\(routes.joined(separator: ","))],bindings:[\(bindings.joined(separator: ","))]}"
    }

    private static func path(_ random: inout SeededGenerator, _ segments: [String]) -> String {
        let count = Int.random(in: 0...3, using: &random)
        return count == 0
            ? "/" : (0..<count).map { _ in "/" + (segments.randomElement(using: &random) ?? "x") }.joined()
    }

    func request(_ random: inout SeededGenerator) -> (method: [UInt8], path: [UInt8]) {
        let method = ["GET", "GET", "POST", "HEAD", "PUT"].randomElement(using: &random) ?? "GET"
        let path = Self.path(&random, ["x", "y", "z", "x", "y", "..", ""])
        return (Array(method.utf8), Array(path.utf8))
    }

    func token(_ random: inout SeededGenerator, _ table: RoleTable) throws -> VerifiedToken {
        let count = Int.random(in: 1...3, using: &random)
        let names = (0..<count).compactMap { _ in RoleName((Self.roles + ["e"]).randomElement(using: &random) ?? "a") }
        let subject = Self.subjects.randomElement(using: &random) ?? "s1"
        return VerifiedToken(
            .init(
                issuer: Array("i".utf8), subject: Array(subject.utf8), tokenID: nil, keyID: nil, roles: names,
                lifetime: TokenLifetime(expires: 1, notBefore: nil, issuedAt: nil), table: table))
    }

    func certificate(_ random: inout SeededGenerator) throws -> CertificateIdentity? {
        guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
        return try Callers.certificate((Self.names + ["dns:n3"]).randomElement(using: &random) ?? "dns:n1")
    }
}
