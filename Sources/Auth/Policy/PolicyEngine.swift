public import OpenSSL

/// Decides who may do what, by one policy.
///
/// Everything is denied but what a route, a role and a binding allow together, and what a denial strikes even then. All
/// names are turned into numbers and bits when the policy is read; a decision allocates nothing and compares no `String`.
/// A value of this type is immutable and shared by reference: a reload makes another.
public struct PolicyEngine: Sendable {
    /// The policy as it was written.
    public let document: PolicyDocument
    /// The roles' numbers, for `TokenVerifier`.
    public let roles: RoleTable
    private let compiled: CompiledPolicy

    /// Reads a policy.
    /// - Parameter file: its name, for errors.
    /// - Throws: `PolicyError` at the first thing that is wrong or unknown.
    public static func parse(_ bytes: [UInt8], file: String) throws(PolicyError) -> PolicyEngine {
        PolicyEngine(try PolicyParser.parse(bytes, file: file))
    }

    init(_ document: PolicyDocument) {
        self.document = document
        roles = RoleTable(document.roles.map(\.name))
        compiled = CompiledPolicy(document, roles)
    }

    /// The author's word for this policy.
    public var version: [UInt8] { document.version }
    /// Digest of the policy file.
    public var sha256: SHA256Digest { document.sha256 }

    /// A route of one policy, found once at start and not at each request.
    public struct RouteID: Sendable {
        fileprivate let index: Int
        fileprivate let policy: SHA256Digest
    }

    /// The route with this method and pattern (`/v1/tickets/{id}`, parameters by any name), or nil: it will be denied.
    public func route(method: RouteMethod, pattern: String) -> RouteID? {
        guard let wanted = RoutePattern(Array(pattern.utf8)) else { return nil }
        let index = document.routes.firstIndex { $0.method == method && $0.pattern.segments == wanted.segments }
        return index.map { RouteID(index: $0, policy: sha256) }
    }

    /// What a request takes, by its method and its path without query; nil where no route fits.
    public func permission(method: [UInt8], path: [UInt8]) -> Permission? {
        guard let method = RouteMethod(name: method), let index = route(method: method, path: path) else { return nil }
        return document.routes[index].permission
    }

    /// The number of the route that a request goes by.
    func route(method: RouteMethod, path: [UInt8]) -> Int? { compiled.tree.route(method, path) }

    /// Decides a request for a route found before. A route of another policy, and none, are denied.
    public func decide(
        _ route: RouteID?, token: VerifiedToken, certificate: CertificateIdentity?, in circumstances: Circumstances
    ) throws(PolicyRefusal) -> Permit {
        guard let route, route.policy == sha256 else { throw .routeUnlisted }
        return try decide(routeIndex: route.index, token, certificate, circumstances)
    }

    /// Decides a request by its method and its path without query.
    public func decide(
        method: [UInt8], path: [UInt8], token: VerifiedToken, certificate: CertificateIdentity?,
        in circumstances: Circumstances
    ) throws(PolicyRefusal) -> Permit {
        guard let method = RouteMethod(name: method), let index = route(method: method, path: path) else {
            throw .routeUnlisted
        }
        return try decide(routeIndex: index, token, certificate, circumstances)
    }

    /// Decides whether a caller holds `permission`, apart from any route: for what happens inside a request.
    public func decide(
        _ permission: Permission, token: VerifiedToken, certificate: CertificateIdentity?,
        in circumstances: Circumstances
    ) throws(PolicyRefusal) -> Permit {
        try permit(
            permission, rule: compiled.permissionRules[Int(permission.rawValue)], path: [], token, certificate,
            circumstances)
    }

    /// Decides whether a caller may make the assistant call `tool`.
    public func decide(
        _ tool: ToolName, token: VerifiedToken, certificate: CertificateIdentity?, in circumstances: Circumstances
    ) throws(PolicyRefusal) -> ToolPermit {
        let granted = try compiled.grant(tool, to: try asker(token, certificate, circumstances))
        return ToolPermit(tool: tool, role: roles.names[granted.role])
    }

    /// Which tokens a caller may issue: one entry for each of its roles that grants `tokens:issue` and says which. A token
    /// may be issued if one of them covers it whole.
    public func issuing(
        token: VerifiedToken, certificate: CertificateIdentity?, in circumstances: Circumstances
    ) throws(PolicyRefusal) -> [PolicyDocument.Issues] {
        let issuers = compiled.roles(granting: .tokensIssue, to: try asker(token, certificate, circumstances))
        return document.roles.indices.compactMap { issuers.contains($0) ? document.roles[$0].issues : nil }
    }

    private func decide(
        routeIndex: Int, _ token: VerifiedToken, _ certificate: CertificateIdentity?, _ circumstances: Circumstances
    ) throws(PolicyRefusal) -> Permit {
        try permit(
            document.routes[routeIndex].permission, rule: compiled.routeRules[routeIndex],
            path: document.routes[routeIndex].pattern.text, token, certificate, circumstances)
    }

    private func permit(
        _ permission: Permission, rule: [UInt8], path: [UInt8], _ token: VerifiedToken,
        _ certificate: CertificateIdentity?, _ circumstances: Circumstances
    ) throws(PolicyRefusal) -> Permit {
        let asker = try asker(token, certificate, circumstances)
        let granted = try compiled.grant(permission, to: asker)
        return Permit(
            permission: permission, role: roles.names[granted.role], rule: rule, path: path, roles: asker.usable,
            isOwnOnly: granted.isOwnOnly)
    }

    private func asker(
        _ token: VerifiedToken, _ certificate: CertificateIdentity?, _ circumstances: Circumstances
    ) throws(PolicyRefusal) -> CompiledPolicy.Asker {
        let carried = token.roleSet(in: roles)
        guard !carried.isEmpty else { throw .roleUnknown }
        return CompiledPolicy.Asker(
            carried: carried,
            usable: try compiled.approved(
                compiled.bound(carried, subject: token.subject, certificate), for: token), isBound: token.isBound,
            certificate: certificate, circumstances: circumstances)
    }
}
