/// A policy as bits and tables, shared by reference.
final class CompiledPolicy: Sendable {
    /// A grant of one role, its own or one that it inherits.
    private struct Grant: Sendable {
        let isOwnOnly: Bool
        let condition: CompiledCondition?
    }

    private struct Denial: Sendable {
        /// Its number in the policy.
        let index: Int
        let roles: RoleSet
        let when: CompiledCondition?
        let unless: CompiledCondition?
    }

    private struct Bound: Sendable {
        let roles: RoleSet
        let subjects: Set<[UInt8]>?
    }

    /// What one permission or tool takes.
    private struct Target: Sendable {
        /// The roles with any grant of it.
        var granting = RoleSet()
        /// By role: its grants, own ones first and inherited ones from near to far. One without any condition stands alone.
        var grants: [[Grant]] = []
        var denials: [Denial] = []
    }

    /// Everything that a decision looks at, so that it is handed on as one.
    struct Asker {
        /// All roles of the token that the policy knows: who carries a role that is denied something is denied it, whatever
        /// else that token or its certificate is for.
        let carried: RoleSet
        /// Those that its certificate may carry and that have their approvals: what is granted is granted to these.
        let usable: RoleSet
        let isBound: Bool
        let certificate: CertificateIdentity?
        let circumstances: Circumstances
    }

    /// What is granted, and to which role.
    struct Granted {
        let role: Int
        let isOwnOnly: Bool
    }

    let tree: RouteTree
    let routeRules: [[UInt8]]
    let permissionRules: [[UInt8]]
    private let permissions: [Target]
    private let tools: [ToolName: Target]
    private let bindings: [PrincipalName: [Bound]]
    private let requiresCertificate: Bool
    /// What roles for emergencies need, and which those are.
    private let approvals: [(role: Int, needs: PolicyDocument.Approvals)]
    private let approved: RoleSet

    init(_ document: PolicyDocument, _ table: RoleTable) {
        let inheritance = RoleInheritance(document.roles, table)
        tree = RouteTree(document.routes)
        routeRules = document.routes.map { Array("\($0.method.name) ".utf8) + $0.pattern.text }
        permissionRules = Permission.allCases.map { Array("\($0.name)".utf8) }
        permissions = Permission.allCases.map { permission in
            Self.target(permission, document, table, inheritance, \.grants) { $0.permissions.contains(permission) }
        }
        let names = Set(document.roles.flatMap { $0.tools.map(\.target) })
        tools = Dictionary(
            uniqueKeysWithValues: names.map { tool in
                (tool, Self.target(tool, document, table, inheritance, \.tools) { $0.tools.contains(tool) })
            })
        var bindings: [PrincipalName: [Bound]] = [:]
        for binding in document.bindings {
            bindings[binding.certificate, default: []].append(
                Bound(roles: table.set(of: binding.roles), subjects: binding.subjects.map { Set($0) }))
        }
        self.bindings = bindings
        requiresCertificate = document.requiresCertificate
        approvals = document.roles.enumerated().compactMap { index, role in role.approvals.map { (index, $0) } }
        approved = approvals.reduce(into: RoleSet()) { $0.insert($1.role) }
    }

    private static func target<Name: Hashable>(
        _ name: Name, _ document: PolicyDocument, _ table: RoleTable, _ inheritance: RoleInheritance,
        _ list: KeyPath<PolicyDocument.Role, [PolicyDocument.Grant<Name>]>,
        isDenied: (PolicyDocument.Denial) -> Bool
    ) -> Target {
        var target = Target()
        for sources in inheritance.sources {
            var seen: Set<PolicyDocument.Grant<Name>> = []
            var grants = sources.flatMap { document.roles[$0][keyPath: list] }
                .filter { $0.target == name && seen.insert($0).inserted }
            if let plain = grants.first(where: { !$0.isOwnOnly && $0.condition == nil }) { grants = [plain] }
            if !grants.isEmpty { target.granting.insert(target.grants.count) }
            target.grants.append(
                grants.map { Grant(isOwnOnly: $0.isOwnOnly, condition: $0.condition.map(CompiledCondition.init)) })
        }
        for (index, denial) in document.denials.enumerated() where isDenied(denial) {
            let struck = denial.roles.map { roles in
                roles.compactMap(table.index).reduce(RoleSet()) { $0.union(inheritance.heirs[$1]) }
            }
            target.denials.append(
                Denial(
                    index: index, roles: struck ?? .all, when: denial.when.map(CompiledCondition.init),
                    unless: denial.unless.map(CompiledCondition.init)))
        }
        return target
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

    /// `usable` without the roles that the token would need approvals for and does not have.
    func approved(_ usable: RoleSet, for token: VerifiedToken) throws(PolicyRefusal) -> RoleSet {
        guard !usable.intersection(approved).isEmpty else { return usable }
        var left = usable
        for (role, needs) in approvals where !needs.areGiven(for: token) { left.remove(role) }
        guard !left.isEmpty else { throw .approvalsMissing }
        return left
    }

    /// What grants `permission` to `asker`, unless a denial strikes.
    func grant(_ permission: Permission, to asker: Asker) throws(PolicyRefusal) -> Granted {
        try Self.grant(permissions[Int(permission.rawValue)], to: asker)
    }

    /// What grants the call of `tool` to `asker`, unless a denial strikes.
    func grant(_ tool: ToolName, to asker: Asker) throws(PolicyRefusal) -> Granted {
        guard let target = tools[tool] else { throw .roleMissing }
        return try Self.grant(target, to: asker)
    }

    /// Those of the asker's roles that grant `permission`; empty where a denial strikes.
    func roles(granting permission: Permission, to asker: Asker) -> RoleSet {
        let target = permissions[Int(permission.rawValue)]
        guard Self.denial(target, to: asker) == nil else { return RoleSet() }
        var found = RoleSet()
        for role in 0..<target.grants.count where asker.usable.contains(role) {
            for grant in target.grants[role] where Self.failure(grant.condition, asker) == nil { found.insert(role) }
        }
        return found
    }

    /// The order of the checks decides which reason is recorded; `Narrator` goes the same way.
    private static func grant(_ target: borrowing Target, to asker: Asker) throws(PolicyRefusal) -> Granted {
        if let index = denial(target, to: asker) { throw .denied(by: index) }
        var rest = target.granting.intersection(asker.usable)
        var own: Int?
        var failure: PolicyRefusal?
        while let role = rest.first {
            rest.remove(role)
            for grant in target.grants[role] {
                if let unmet = Self.failure(grant.condition, asker) {
                    failure = failure ?? unmet
                } else if grant.isOwnOnly {
                    own = own ?? role
                } else {
                    return Granted(role: role, isOwnOnly: false)
                }
            }
        }
        if let own { return Granted(role: own, isOwnOnly: true) }
        throw failure ?? .roleMissing
    }

    private static func denial(_ target: borrowing Target, to asker: Asker) -> Int? {
        for denial in target.denials where !denial.roles.intersection(asker.carried).isEmpty {
            if let when = judgement(denial.when, asker), !when.isDenying { continue }
            if denial.unless != nil, failure(denial.unless, asker) == nil { continue }
            return denial.index
        }
        return nil
    }

    private static func failure(_ condition: CompiledCondition?, _ asker: Asker) -> PolicyRefusal? {
        judgement(condition, asker)?.failure
    }

    private static func judgement(_ condition: CompiledCondition?, _ asker: Asker) -> Judgement? {
        condition?.judge(isBound: asker.isBound, asker.certificate, asker.circumstances)
    }
}
