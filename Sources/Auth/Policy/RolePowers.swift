/// All that a role comes to in one policy, in words that can be compared.
struct RolePowers {
    /// One thing that the role may.
    struct Power {
        /// Equal for the same thing in two policies, whatever a route's parameters are called.
        let key: String
        /// `permission tickets:read`.
        let name: String
        /// In which ways it is granted, such as `when bound`; the empty one asks for nothing and then stands alone.
        let ways: [String]

        /// Whether it is something to do, and not a certificate to do it with.
        var isUsed: Bool { key.hasPrefix("permission ") || key.hasPrefix("tool ") }
    }

    /// A denial that strikes under circumstances.
    struct Denial: Hashable {
        /// The name of what is denied.
        let target: String
        /// ` when bound`.
        let circumstances: String
    }

    private(set) var powers: [Power] = []
    private(set) var denials: [Denial] = []
    private var places: [String: Int] = [:]

    /// The powers of the role called `name`; none where there is no such role.
    init(of name: RoleName, in engine: PolicyEngine) {
        guard let index = engine.roles.index(of: name) else { return }
        let document = engine.document
        let inheritance = RoleInheritance(document.roles, engine.roles)
        let rules = document.denials.filter { $0.strikes(index, engine.roles, inheritance) }
        let sources = inheritance.sources[index].map { document.roles[$0] }
        addPermissions(of: sources, document.routes, deniedBy: rules.filter(\.isUnconditional))
        addTools(of: sources, deniedBy: rules.filter(\.isUnconditional))
        for role in document.roles[index].issues?.roles ?? [] {
            let life = document.roles[index].issues?.lifetimeSecondsMax.map { "for at most \($0) s" }
            add("issuing tokens of \(role)", [life ?? ""])
        }
        for binding in document.bindings where binding.roles.contains(name) {
            let subjects = binding.subjects?.map { "for " + String(decoding: $0, as: UTF8.self) }
            add("certificate \(binding.certificate)", subjects ?? [""])
        }
        if let needs = document.roles[index].approvals {
            let circumstances = " without \(needs.count) approvals, or for longer than \(needs.lifetimeSecondsMax) s"
            denials += powers.filter(\.isUsed).map { Denial(target: $0.key, circumstances: circumstances) }
        }
        for rule in rules where !rule.isUnconditional {
            let targets = rule.permissions.map { "permission \($0.name)" } + rule.tools.map { "tool \($0)" }
            denials += targets.map { Denial(target: $0, circumstances: rule.circumstances) }
        }
    }

    func ways(of key: String) -> [String] { places[key].map { powers[$0].ways } ?? [] }
    func isGranted(_ target: String) -> Bool { places[target] != nil }
    func has(_ denial: Denial) -> Bool { denials.contains(denial) }

    private mutating func addPermissions(
        of sources: [PolicyDocument.Role], _ routes: [PolicyDocument.Route], deniedBy rules: [PolicyDocument.Denial]
    ) {
        for permission in Permission.allCases where !rules.contains(where: { $0.permissions.contains(permission) }) {
            let ways = Self.ways(sources.flatMap(\.grants).filter { $0.target == permission })
            guard !ways.isEmpty else { continue }
            add("permission \(permission.name)", ways)
            for route in routes where route.permission == permission {
                add("route \(route.name)", ways, key: "route \(route.method.name) \(route.pattern.shape)")
            }
        }
    }

    private mutating func addTools(of sources: [PolicyDocument.Role], deniedBy rules: [PolicyDocument.Denial]) {
        let grants = sources.flatMap(\.tools)
        for grant in grants where !rules.contains(where: { $0.tools.contains(grant.target) }) {
            guard places["tool \(grant.target)"] == nil else { continue }
            add("tool \(grant.target)", Self.ways(grants.filter { $0.target == grant.target }))
        }
    }

    private mutating func add(_ name: String, _ ways: [String], key: String? = nil) {
        places[key ?? name] = powers.count
        powers.append(Power(key: key ?? name, name: name, ways: ways))
    }

    private static func ways<Target>(_ grants: [PolicyDocument.Grant<Target>]) -> [String] {
        var ways: [String] = []
        for grant in grants {
            let words = [grant.isOwnOnly ? "for its own" : nil, grant.condition.map { "when \($0)" }]
            let way = words.compactMap(\.self).joined(separator: " ")
            if way.isEmpty { return [""] }
            if !ways.contains(way) { ways.append(way) }
        }
        return ways
    }
}

extension RoutePattern {
    /// The pattern without its parameters' names.
    fileprivate var shape: String {
        segments.map { segment in
            switch segment {
            case .literal(let bytes): "/" + String(decoding: bytes, as: UTF8.self)
            case .parameter: "/{}"
            }
        }.joined()
    }
}

extension PolicyDocument.Denial {
    fileprivate var circumstances: String {
        (when.map { " when \($0)" } ?? "") + (unless.map { " unless \($0)" } ?? "")
    }
}

extension Condition: CustomStringConvertible {
    /// What must be so, in words; the same for lists in any order.
    public var description: String {
        var parts: [String] = []
        if let times { parts.append("it is " + Self.list(times)) }
        if let addresses { parts.append("at " + Self.list(addresses)) }
        if let certificates { parts.append("as " + Self.list(certificates)) }
        if demandsBinding { parts.append("bound") }
        if let tlsMin { parts.append("over TLS \(tlsMin.name)") }
        if let customerMin { parts.append("for a customer verified by \(customerMin.name)") }
        return parts.joined(separator: ", ")
    }

    private static func list<Element: CustomStringConvertible>(_ elements: [Element]) -> String {
        elements.map(\.description).sorted().joined(separator: " or ")
    }
}
