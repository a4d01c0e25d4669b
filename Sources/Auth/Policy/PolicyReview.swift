/// What a policy says and cannot mean: found by reading it, not by a request.
public struct PolicyFinding: Equatable, Sendable {
    /// The kinds of findings, by the name that scripts see.
    public enum Kind: String, Sendable, CaseIterable {
        /// The gateway serves nothing at this method and path.
        case routeNotServed = "route_not_served"
        /// All that the gateway serves there goes to a route that is more exact.
        case routeShadowed = "route_shadowed"
        /// The gateway serves it and no route lets anybody there.
        case routeMissing = "route_missing"
        /// No role that a certificate may carry grants it.
        case permissionOfNobody = "permission_of_nobody"
        /// Denials strike everybody who has it at any time.
        case permissionDenied = "permission_denied_to_all"
        /// No binding names the role, and no role that one names inherits from it.
        case roleUnbound = "role_unbound"
    }

    /// What kind.
    public let kind: Kind
    /// Where in the policy: a JSON Pointer (RFC 6901).
    public let pointer: String
    /// The finding, in a sentence.
    public let detail: String
}

extension PolicyEngine {
    /// Finds routes, permissions and roles that come to nothing.
    /// - Parameter served: a method and a path for each route of the gateway.
    public func review(served: [(method: RouteMethod, path: [UInt8])]) -> [PolicyFinding] {
        let review = PolicyReview(document: document, roles: roles)
        return review.routes(served) { route(method: $0, path: $1) } + review.permissions()
            + review.rolesWithoutBinding()
    }
}

private struct PolicyReview {
    private let document: PolicyDocument
    private let roles: RoleTable
    private let inheritance: RoleInheritance
    /// The roles that some certificate may carry. Without a demand for certificates that is every role.
    private let carried: RoleSet

    init(document: PolicyDocument, roles: RoleTable) {
        self.document = document
        self.roles = roles
        inheritance = RoleInheritance(document.roles, roles)
        carried = document.requiresCertificate ? roles.set(of: document.bindings.flatMap(\.roles)) : .all
    }

    // MARK: Routes

    func routes(
        _ served: [(method: RouteMethod, path: [UInt8])], _ find: (RouteMethod, [UInt8]) -> Int?
    ) -> [PolicyFinding] {
        var reached: Set<Int> = []
        var findings: [PolicyFinding] = []
        for (method, path) in served {
            if let index = find(method, path) {
                reached.insert(index)
            } else {
                let name = "\(method.name) " + String(decoding: path, as: UTF8.self)
                findings.append(
                    PolicyFinding(
                        kind: .routeMissing, pointer: "/routes",
                        detail: "the gateway serves \(name), and no route lets anybody there"))
            }
        }
        for (index, route) in document.routes.enumerated() where !reached.contains(index) {
            let winner = served.first { $0.method == route.method && route.pattern.fits($0.path) }
                .flatMap { find($0.method, $0.path) }
            findings.append(unreached(index, winner))
        }
        return findings
    }

    private func unreached(_ index: Int, _ winner: Int?) -> PolicyFinding {
        let reason =
            winner.map { "/routes/\($0) is more exact for what the gateway serves" }
            ?? "the gateway serves nothing there"
        return PolicyFinding(
            kind: winner == nil ? .routeNotServed : .routeShadowed, pointer: "/routes/\(index)",
            detail: "\(document.routes[index].name) is never reached: \(reason)")
    }

    // MARK: Permissions and roles

    func permissions() -> [PolicyFinding] {
        Permission.allCases.compactMap { permission in
            let routes = document.routes.filter { $0.permission == permission }.map(\.name).joined(separator: ", ")
            let end = routes.isEmpty ? "" : ", so that nobody may use \(routes)"
            return lack(of: permission).map { kind, pointer, reason in
                PolicyFinding(kind: kind, pointer: pointer, detail: "\(permission.name): \(reason)\(end)")
            }
        }
    }

    private func lack(of permission: Permission) -> (kind: PolicyFinding.Kind, pointer: String, reason: String)? {
        let granting = document.roles.indices.filter { role in
            inheritance.sources[role].contains { document.roles[$0].permissions.contains(permission) }
        }
        if granting.isEmpty { return (.permissionOfNobody, "/roles", "no role grants it") }
        let holding = granting.filter(carried.contains)
        if holding.isEmpty {
            return (.permissionOfNobody, "/bindings", "no certificate may carry a role that grants it")
        }
        let rules = document.denials.indices.filter { index in
            document.denials[index].permissions.contains(permission) && document.denials[index].isUnconditional
        }
        let isDenied = holding.allSatisfy { role in
            rules.contains { document.denials[$0].strikes(role, roles, inheritance) }
        }
        guard isDenied, let first = rules.first else { return nil }
        return (.permissionDenied, "/deny/\(first)", "it is denied to everybody who has it, at any time")
    }

    func rolesWithoutBinding() -> [PolicyFinding] {
        document.roles.indices.filter { inheritance.heirs[$0].intersection(carried).isEmpty }.map { index in
            let name = document.roles[index].name
            return PolicyFinding(
                kind: .roleUnbound, pointer: "/roles/\(name)",
                detail: "\(name): no binding lets a certificate carry it, or a role that inherits from it")
        }
    }
}

extension PolicyDocument.Denial {
    /// Whether it strikes whatever the circumstances.
    var isUnconditional: Bool { when == nil && unless == nil }

    /// Whether it is about callers in the role with the number `role`.
    func strikes(_ role: Int, _ table: RoleTable, _ inheritance: RoleInheritance) -> Bool {
        roles.map { $0.compactMap(table.index).contains { inheritance.heirs[$0].contains(role) } } ?? true
    }
}

extension PolicyDocument.Route {
    /// `GET /v1/tickets/{id}`.
    var name: String { "\(method.name) " + String(decoding: pattern.text, as: UTF8.self) }
}

extension RoutePattern {
    /// Whether `path` is one that this stands for, whichever other pattern would win.
    fileprivate func fits(_ path: [UInt8]) -> Bool {
        let parts = path.count == 1 ? [] : path.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
        return parts.count == segments.count
            && zip(segments, parts).allSatisfy { segment, part in
                switch segment {
                case .literal(let bytes): bytes.elementsEqual(part)
                case .parameter: Self.fitsParameter(part)
                }
            }
    }
}
