import OpenSSL
import Testing

@testable import Auth

/// A small random world, in which names meet often.
struct World {
    let policy: String

    private static let roles = ["a", "b", "c", "d"]
    private static let segments = ["x", "y", "{p}", "{q}"]
    private static let names = ["uri:s://n/1/x", "dns:n1.b.c", "cn:n1", "dns:n2.b.c"]
    private static let patterns = ["uri:s://n/*/x", "dns:*.b.c", "dns:n1.b.c", "cn:n1", "uri:s://n/*"]
    private static let ranges = ["10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32", "::/0", "0.0.0.0/0", "10.1.2.3"]
    private static let addresses: [[UInt8]] = [
        [10, 1, 2, 3], [10, 2, 0, 1], [192, 0, 2, 1], [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 1, count: 12),
        [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 10, 1, 2, 3], [0x20] + [UInt8](repeating: 0, count: 15),
    ]
    private static let subjects = ["s1", "s2", "s3"]
    private static let tools = ["t1", "t2", "t3"]

    init(_ random: inout SeededGenerator) {
        let roles = Self.roles.prefix(Int.random(in: 1...4, using: &random)).shuffled(using: &random)
        var granted: Set<String> = []
        var roleTexts: [String] = []
        var approved: Set<String> = []
        for (index, role) in roles.enumerated() {
            // A role inherits from those before it, so that there is no cycle.
            let parents = roles.prefix(index).filter {
                !approved.contains($0) && Int.random(in: 0..<3, using: &random) == 0
            }
            var grants: [String] = []
            for permission in Permission.allCases where Int.random(in: 0..<5, using: &random) < 2 {
                grants.append(Self.grant("permission", "\(permission.name)", &random))
            }
            var calls: [String] = []
            for tool in Self.tools where Bool.random(using: &random) {
                granted.insert(tool)
                calls.append(Self.grant("tool", tool, &random))
            }
            let inherits = parents.isEmpty ? "" : "inherits:\(Self.list(parents)),"
            var approvals = ""
            if Int.random(in: 0..<4, using: &random) == 0 {
                approved.insert(role)
                approvals = "approvals:{count:\(Int.random(in: 2...3, using: &random)),ttl_max_s:900},"
            }
            roleTexts.append(
                "\(role):{\(inherits)\(approvals)permissions:[\(grants.joined(separator: ","))],tools:[\(calls.joined(separator: ","))]}"
            )
        }
        policy =
            "{version:'w',requireCertificate:\(Bool.random(using: &random)),roles:{\(roleTexts.joined(separator: ","))},"
            + "routes:[\(Self.routes(&random))],deny:[\(Self.denials(&random, roles, granted))],"
            + "bindings:[\(Self.bindings(&random, roles))]}"
    }

    private static func routes(_ random: inout SeededGenerator) -> String {
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
        return routes.joined(separator: ",")
    }

    private static func bindings(_ random: inout SeededGenerator, _ roles: [String]) -> String {
        var bound: Set<String> = []
        var bindings: [String] = []
        for _ in 0..<8 {
            let name = Self.names.randomElement(using: &random) ?? ""
            let mine = roles.filter { _ in Bool.random(using: &random) }.filter { bound.insert(name + $0).inserted }
            guard !mine.isEmpty else { continue }
            let subjects = Self.some(Self.subjects, &random)
            let narrowed = subjects.isEmpty || Bool.random(using: &random) ? "" : ",subjects:\(Self.list(subjects))"
            bindings.append("{certificate:'\(name)',roles:\(Self.list(mine))\(narrowed)}")
        }
        return bindings.joined(separator: ",")
    }

    private static func denials(
        _ random: inout SeededGenerator, _ roles: [String], _ granted: Set<String>
    ) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
            let some = Permission.allCases.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
            let names = (some.isEmpty ? [.assistantAsk] : some).map { "\($0.name)" }
            var members = ["permissions:\(list(names))"]
            let tools = Self.some(granted.sorted(), &random)
            if !tools.isEmpty { members.append("tools:\(list(tools))") }
            let struck = Self.some(roles, &random)
            if !struck.isEmpty { members.append("roles:\(list(struck))") }
            if Bool.random(using: &random) { members.append("when:\(condition(&random))") }
            if Bool.random(using: &random) { members.append("unless:\(condition(&random))") }
            return "{\(members.joined(separator: ","))}"
        }.joined(separator: ",")
    }

    private static func grant(_ key: String, _ name: String, _ random: inout SeededGenerator) -> String {
        let own = name == "tickets:read" && Bool.random(using: &random) ? ",own:true" : ""
        var when = Int.random(in: 0..<3, using: &random) == 0 ? ",when:\(condition(&random))" : ""
        if key == "tool", !when.isEmpty, Bool.random(using: &random) {
            when = when.dropLast() + ",customer:'\(Bool.random(using: &random) ? "knowledge" : "possession")'}"
        }
        return own.isEmpty && when.isEmpty ? "'\(name)'" : "{\(key):'\(name)'\(own)\(when)}"
    }

    private static func condition(_ random: inout SeededGenerator) -> String {
        var members: [String] = []
        if Int.random(in: 0..<3, using: &random) == 0 { members.append("times:[\(window(&random))]") }
        if Int.random(in: 0..<3, using: &random) == 0 { members.append("addresses:\(list(one(ranges, &random)))") }
        if Int.random(in: 0..<3, using: &random) == 0 { members.append("certificates:\(list(one(patterns, &random)))") }
        if Int.random(in: 0..<3, using: &random) == 0 { members.append("bound:true") }
        let version = Bool.random(using: &random) ? "1.2" : "1.3"
        if members.isEmpty || Bool.random(using: &random) { members.append("tls:'\(version)'") }
        return "{\(members.joined(separator: ","))}"
    }

    private static func window(_ random: inout SeededGenerator) -> String {
        let days = one(TimeWindow.dayNames, &random) + ["tue"]
        let from = Int.random(in: 0...22, using: &random)
        let to = Int.random(in: (from + 1)...24, using: &random)
        return "{days:\(list(Array(Set(days)))),from:'\(TimeWindow.text(from * 60))',to:'\(TimeWindow.text(to * 60))'}"
    }

    private static func some(_ all: [String], _ random: inout SeededGenerator) -> [String] {
        all.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
    }

    private static func one(_ all: [String], _ random: inout SeededGenerator) -> [String] {
        let found = some(all, &random)
        return found.isEmpty ? [all[0]] : found
    }

    private static func list(_ names: [String]) -> String {
        "[\(names.map { "'\($0)'" }.joined(separator: ","))]"
    }

    private static func path(_ random: inout SeededGenerator, _ segments: [String]) -> String {
        let count = Int.random(in: 0...3, using: &random)
        return count == 0
            ? "/" : (0..<count).map { _ in "/" + (segments.randomElement(using: &random) ?? "x") }.joined()
    }

    func question(_ random: inout SeededGenerator, _ table: RoleTable) throws -> Question {
        let subject: Question.Subject =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .permission(Permission.allCases.randomElement(using: &random) ?? .auditRead)
            case 1:
                .tool(try #require(ToolName(Array(((Self.tools + ["t4"]).randomElement(using: &random) ?? "").utf8))))
            default: request(&random)
            }
        let circumstances = Circumstances(
            now: Int64.random(in: -400_000_000..<4_000_000_000, using: &random),
            address: (Self.addresses + [[]]).randomElement(using: &random).flatMap { ClientAddress(bytes: $0) },
            tls: [TLSVersion.v12, .v13, .v13, nil].randomElement(using: &random) ?? nil,
            customer: [VerificationSession.Level.none, .knowledge, .possession, nil].randomElement(using: &random)
                ?? nil)
        return Question(
            subject: subject, token: try token(&random, table), certificate: try certificate(&random),
            circumstances: circumstances)
    }

    private func request(_ random: inout SeededGenerator) -> Question.Subject {
        let method = ["GET", "GET", "POST", "HEAD", "PUT"].randomElement(using: &random) ?? "GET"
        let path = Self.path(&random, ["x", "y", "z", "x", "y", "..", ""])
        return .request(method: Array(method.utf8), path: Array(path.utf8))
    }

    private func token(_ random: inout SeededGenerator, _ table: RoleTable) throws -> VerifiedToken {
        let count = Int.random(in: 1...3, using: &random)
        let names = (0..<count).compactMap { _ in RoleName((Self.roles + ["e"]).randomElement(using: &random) ?? "a") }
        let subject = Self.subjects.randomElement(using: &random) ?? "s1"
        let bound: SHA256Digest? = Bool.random(using: &random) ? SHA256Digest(of: Array(subject.utf8)) : nil
        let approvers = (0..<Int.random(in: 0...3, using: &random)).map { Array("p\($0)".utf8) }
        let life = [900, 901].randomElement(using: &random) ?? 900
        return VerifiedToken(
            .init(
                issuer: Array("i".utf8), subject: Array(subject.utf8), tokenID: nil, keyID: nil, roles: names,
                lifetime: TokenLifetime(expires: Int64(life), notBefore: nil, issuedAt: 0), confirmation: bound,
                approvers: approvers, table: table))
    }

    private func certificate(_ random: inout SeededGenerator) throws -> CertificateIdentity? {
        guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
        return try Callers.certificate((Self.names + ["dns:n3"]).randomElement(using: &random) ?? "cn:n1")
    }
}

/// Something to decide, and who asks.
struct Question {
    enum Subject {
        case request(method: [UInt8], path: [UInt8])
        case permission(Permission)
        case tool(ToolName)
    }

    let subject: Subject
    let token: VerifiedToken
    let certificate: CertificateIdentity?
    let circumstances: Circumstances

    func explain(by engine: PolicyEngine) -> Explanation {
        switch subject {
        case .request(let method, let path):
            engine.explain(method: method, path: path, token: token, certificate: certificate, in: circumstances)
        case .permission(let permission):
            engine.explain(permission, token: token, certificate: certificate, in: circumstances)
        case .tool(let tool): engine.explain(tool, token: token, certificate: certificate, in: circumstances)
        }
    }

    /// What is allowed to which role, or the reason and the rule.
    func decide(by engine: PolicyEngine) -> String {
        do throws(PolicyRefusal) {
            switch subject {
            case .request(let method, let path):
                return Self.text(
                    try engine.decide(
                        method: method, path: path, token: token, certificate: certificate, in: circumstances))
            case .permission(let permission):
                return Self.text(
                    try engine.decide(permission, token: token, certificate: certificate, in: circumstances))
            case .tool(let tool):
                let permit = try engine.decide(tool, token: token, certificate: certificate, in: circumstances)
                return "\(permit.tool) as \(permit.role)"
            }
        } catch {
            return "\(error.reason) \(error.rule ?? "")"
        }
    }

    private static func text(_ permit: Permit) -> String {
        "\(permit.permission.name) as \(permit.role)" + (permit.isOwnOnly ? ", own" : "")
    }
}
