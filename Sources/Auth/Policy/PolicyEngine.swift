public import OpenSSL

/// Decides who may do what, by one policy.
///
/// Everything is denied but what a route, a role and a binding allow together. All names are turned into numbers and bits
/// when the policy is read; a decision allocates nothing and compares no `String`. A value of this type is immutable and
/// shared by reference: a reload makes another.
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

    /// Decides a request for a route found before. A route of another policy, and none, are denied.
    public func decide(
        _ route: RouteID?, token: VerifiedToken, certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> Permit {
        guard let route, route.policy == sha256 else { throw .routeUnlisted }
        return try decide(routeIndex: route.index, token, certificate)
    }

    /// Decides a request by its method and its path without query.
    public func decide(
        method: [UInt8], path: [UInt8], token: VerifiedToken, certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> Permit {
        guard let method = RouteMethod(name: method), let index = compiled.tree.route(method, path) else {
            throw .routeUnlisted
        }
        return try decide(routeIndex: index, token, certificate)
    }

    /// Decides whether a caller holds `permission`, apart from any route: for what happens inside a request.
    public func decide(
        _ permission: Permission, token: VerifiedToken, certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> Permit {
        try permit(
            permission, rule: compiled.permissionRules[Int(permission.rawValue)], path: [], token, certificate)
    }

    /// Which tokens a caller may issue: one entry for each of its roles that grants `tokens:issue` and says which. A token
    /// may be issued if one of them covers it whole.
    public func issuing(
        token: VerifiedToken, certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> [PolicyDocument.Issues] {
        let issuers = try usable(token, certificate)
            .intersection(compiled.granting[Int(Permission.tokensIssue.rawValue)])
        return document.roles.indices.compactMap { issuers.contains($0) ? document.roles[$0].issues : nil }
    }

    private func decide(
        routeIndex: Int, _ token: VerifiedToken, _ certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> Permit {
        try permit(
            document.routes[routeIndex].permission, rule: compiled.routeRules[routeIndex],
            path: document.routes[routeIndex].pattern.text, token, certificate)
    }

    /// The order of the checks decides which reason is recorded; `explain` goes the same way.
    private func permit(
        _ permission: Permission, rule: [UInt8], path: [UInt8], _ token: VerifiedToken,
        _ certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> Permit {
        let usable = try usable(token, certificate)
        guard let role = usable.intersection(compiled.granting[Int(permission.rawValue)]).first else {
            throw .roleMissing
        }
        return Permit(permission: permission, role: roles.names[role], rule: rule, path: path, roles: usable)
    }

    private func usable(_ token: VerifiedToken, _ certificate: CertificateIdentity?) throws(PolicyRefusal) -> RoleSet {
        let carried = token.roleSet(in: roles)
        guard !carried.isEmpty else { throw .roleUnknown }
        return try compiled.bound(carried, subject: token.subject, certificate)
    }
}

/// The policy as bits and tables.
private final class CompiledPolicy: Sendable {
    let tree: RouteTree
    /// By permission: the roles that grant it.
    let granting: [RoleSet]
    let routeRules: [[UInt8]]
    let permissionRules: [[UInt8]]
    private let bindings: [PrincipalName: [Bound]]
    private let requiresCertificate: Bool

    struct Bound: Sendable {
        let roles: RoleSet
        let subjects: Set<[UInt8]>?
    }

    init(_ document: PolicyDocument, _ table: RoleTable) {
        tree = RouteTree(document.routes)
        granting = Permission.allCases.map { permission in
            table.set(of: document.roles.filter { $0.permissions.contains(permission) }.map(\.name))
        }
        routeRules = document.routes.map { Array("\($0.method.name) ".utf8) + $0.pattern.text }
        permissionRules = Permission.allCases.map { Array("\($0.name)".utf8) }
        var bindings: [PrincipalName: [Bound]] = [:]
        for binding in document.bindings {
            bindings[binding.certificate, default: []].append(
                Bound(roles: table.set(of: binding.roles), subjects: binding.subjects.map { Set($0) }))
        }
        self.bindings = bindings
        requiresCertificate = document.requiresCertificate
    }

    /// Those of the token's roles that its certificate may carry.
    func bound(
        _ carried: RoleSet, subject: [UInt8], _ certificate: CertificateIdentity?
    ) throws(PolicyRefusal) -> RoleSet {
        guard let certificate else {
            if requiresCertificate { throw .certificateRequired }
            return carried
        }
        guard let bounds = bindings[certificate.name] else { throw .certificateUnbound }
        var forCertificate = RoleSet()
        var forSubject = RoleSet()
        for bound in bounds {
            forCertificate = forCertificate.union(bound.roles)
            if bound.subjects?.contains(subject) ?? true { forSubject = forSubject.union(bound.roles) }
        }
        guard !carried.intersection(forCertificate).isEmpty else { throw .roleNotForCertificate }
        let usable = carried.intersection(forSubject)
        guard !usable.isEmpty else { throw .subjectNotForCertificate }
        return usable
    }
}
