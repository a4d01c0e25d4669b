internal import JSON
internal import OpenSSL

/// Reads a policy file and refuses whatever it does not know: a misspelt permission must not become a silent gap.
struct PolicyParser {
    private let source: PolicySource
    private var roleNames: [RoleName] = []

    static func parse(_ bytes: [UInt8], file: String) throws(PolicyError) -> PolicyDocument {
        var parser = PolicyParser(source: PolicySource(file: file, bytes: bytes))
        return try parser.parse(bytes)
    }

    private init(source: PolicySource) { self.source = source }

    private mutating func parse(_ bytes: [UInt8]) throws(PolicyError) -> PolicyDocument {
        guard bytes.count <= AuthLimits.policyBytesMax else {
            throw source.error(
                at: 0, "", found: "\(bytes.count) bytes", wanted: "at most \(AuthLimits.policyBytesMax)")
        }
        let node: JSONNode
        do throws(JSONSyntaxError) { node = try JSONParser.parse(bytes, dialect: .json5) } catch {
            throw source.error(error)
        }
        do throws(JSONShapeError) {
            let names = ["version", "requireCertificate", "roles", "routes", "bindings", "deny"]
            let root = try JSONObject(node, allowing: names)
            let version = try root.bytes("version", countRange: 1...64)
            let roleObject = try root.object("roles", allowing: nil)
            roleNames = try parseRoleNames(roleObject, of: root)
            let roles = try parseRoles(roleObject)
            return PolicyDocument(
                version: version, requiresCertificate: try root.optionalBool("requireCertificate") ?? true,
                roles: roles, routes: try parseRoutes(root), bindings: try parseBindings(root),
                denials: try parseDenials(root, tools: try Self.tools(of: roles, root)),
                sha256: SHA256Digest(of: bytes))
        } catch { throw source.error(error) }
    }

    private func parseRoleNames(_ object: JSONObject, of root: JSONObject) throws(JSONShapeError) -> [RoleName] {
        guard (1...AuthLimits.rolesMax).contains(object.members.count) else {
            throw root.error(
                "roles", found: "\(object.members.count) roles", wanted: "1 to \(AuthLimits.rolesMax) roles")
        }
        var names: [RoleName] = []
        for member in object.members {
            guard let name = RoleName(member.name) else {
                throw JSONShapeError(
                    pointer: object.path(String(decoding: member.name, as: UTF8.self)), offset: member.nameOffset,
                    found: "a name that is none",
                    wanted: "1 to \(AuthLimits.roleNameBytesMax) letters, digits, _ . : or -")
            }
            names.append(name)
        }
        return names
    }

    private func parseRoles(_ object: JSONObject) throws(JSONShapeError) -> [PolicyDocument.Role] {
        var roles: [PolicyDocument.Role] = []
        var objects: [JSONObject] = []
        for (name, member) in zip(roleNames, object.members) {
            let role = try JSONObject(
                member.node, at: object.path(name.description),
                allowing: ["inherits", "permissions", "tools", "issues", "approvals"])
            let inherits = try parseSome(role, "inherits", what: "role") {
                (node, pointer) throws(JSONShapeError) in try self.role(node, at: pointer)
            }
            let grants = try parseGrants(
                role, "permissions", key: "permission", ownable: [.ticketsRead], Self.permission)
            let tools =
                role.optional("tools") == nil
                ? [] : try parseGrants(role, "tools", key: "tool", ownable: [], Self.tool)
            roles.append(
                .init(
                    name: name, inherits: inherits ?? [], grants: grants, tools: tools, issues: try parseIssues(role),
                    approvals: try parseApprovals(role)))
            objects.append(role)
        }
        try checkInheritance(roles, objects)
        try checkApprovals(roles, objects)
        return roles
    }

    private func parseApprovals(_ role: JSONObject) throws(JSONShapeError) -> PolicyDocument.Approvals? {
        guard let object = try role.optionalObject("approvals", allowing: ["count", "ttl_max_s"]) else { return nil }
        return PolicyDocument.Approvals(
            count: try object.optionalInteger("count", in: 2...AuthLimits.approvalsMax) ?? 2,
            lifetimeSecondsMax: try object.optionalInteger("ttl_max_s", in: 1...AuthLimits.approvedSecondsMax) ?? 900)
    }

    /// What two admins must agree on is not to be had by another way.
    private func checkApprovals(
        _ roles: [PolicyDocument.Role], _ objects: [JSONObject]
    ) throws(JSONShapeError) {
        let approved = Set(roles.filter { $0.approvals != nil }.map(\.name))
        for (role, object) in zip(roles, objects) {
            if let name = role.inherits.first(where: approved.contains) {
                throw object.error(
                    "inherits", found: "\"\(name)\", which needs approvals",
                    wanted: "roles without approvals: nobody inherits what needs them")
            }
            if let name = role.issues?.roles.first(where: approved.contains) {
                throw object.error(
                    "issues", found: "\"\(name)\", which needs approvals",
                    wanted: "roles without approvals: a token of that one is issued with portcullis token approve")
            }
        }
    }

    private func checkInheritance(
        _ roles: [PolicyDocument.Role], _ objects: [JSONObject]
    ) throws(JSONShapeError) {
        let parents = roles.map { $0.inherits.compactMap(roleNames.firstIndex) }
        if let cycle = RoleInheritance.cycle(in: parents), let step = parents[cycle[0]].firstIndex(of: cycle[1]) {
            let object = objects[cycle[0]]
            throw JSONShapeError(
                pointer: object.path("inherits") + "/\(step)",
                offset: try object.array("inherits")[step].offset,
                found: "a cycle, " + cycle.map { "\"\(roleNames[$0])\"" }.joined(separator: " from "),
                wanted: "no role that inherits from itself")
        }
        let inheritance = RoleInheritance(parents: parents)
        for (index, role) in roles.enumerated() where role.issues != nil {
            guard inheritance.sources[index].contains(where: { roles[$0].permissions.contains(.tokensIssue) }) else {
                throw objects[index].error(
                    "issues", found: "a role without tokens:issue", wanted: "that permission, or no member")
            }
        }
    }

    private static func tools(
        of roles: [PolicyDocument.Role], _ root: JSONObject
    ) throws(JSONShapeError) -> Set<ToolName> {
        let tools = Set(roles.flatMap { $0.tools.map(\.target) })
        guard tools.count <= AuthLimits.toolsMax else {
            throw root.error("roles", found: "\(tools.count) tools", wanted: "at most \(AuthLimits.toolsMax) in all")
        }
        return tools
    }

    private func parseIssues(_ object: JSONObject) throws(JSONShapeError) -> PolicyDocument.Issues? {
        guard let issues = try object.optionalObject("issues", allowing: ["roles", "ttl_max_s"]) else { return nil }
        let roles = try parseList(issues, "roles", what: "role") {
            (node, pointer) throws(JSONShapeError) in try role(node, at: pointer)
        }
        guard !roles.isEmpty else {
            throw issues.error("roles", found: "no role", wanted: "at least one; leave issues out to deny")
        }
        return .init(
            roles: roles,
            lifetimeSecondsMax: try issues.optionalInteger("ttl_max_s", in: 1...AuthLimits.issuedSecondsMax))
    }

    private func parseRoutes(_ root: JSONObject) throws(JSONShapeError) -> [PolicyDocument.Route] {
        let nodes = try root.array("routes")
        guard nodes.count <= AuthLimits.routesMax else {
            throw root.error("routes", found: "\(nodes.count) routes", wanted: "at most \(AuthLimits.routesMax)")
        }
        var routes: [PolicyDocument.Route] = []
        var seen: [RouteShape: Int] = [:]
        for (index, node) in nodes.enumerated() {
            let object = try JSONObject(node, at: "/routes/\(index)", allowing: ["method", "path", "permission"])
            let route = try parseRoute(object)
            let shape = RouteShape(method: route.method, segments: route.pattern.segments)
            if let first = seen.updateValue(index, forKey: shape) {
                throw object.error(
                    "path", found: "the same method and path as /routes/\(first)", wanted: "each route once")
            }
            routes.append(route)
        }
        return routes
    }

    /// Routes that differ in their parameters' names alone are the same.
    private struct RouteShape: Hashable {
        let method: RouteMethod
        let segments: [RoutePattern.Segment]
    }

    private func parseRoute(_ object: JSONObject) throws(JSONShapeError) -> PolicyDocument.Route {
        let methodName = try object.bytes("method")
        guard let method = RouteMethod(name: methodName), methodName.isEqual(to: method.name) else {
            throw object.error(
                "method", found: Self.quote(methodName),
                wanted: "one of " + RouteMethod.allCases.map { "\($0.name)" }.joined(separator: ", ")
                    + " (GET covers HEAD)")
        }
        let path = try object.bytes("path")
        guard let pattern = RoutePattern(path) else {
            throw object.error(
                "path", found: Self.quote(path),
                wanted: "a path like /v1/tickets/{id} of at most \(AuthLimits.routeSegmentsMax) segments")
        }
        let permission = try Self.permission(object.required("permission"), at: object.path("permission"))
        return .init(method: method, pattern: pattern, permission: permission)
    }

    private func parseBindings(_ root: JSONObject) throws(JSONShapeError) -> [PolicyDocument.Binding] {
        let nodes = try root.array("bindings")
        guard nodes.count <= AuthLimits.bindingsMax else {
            throw root.error("bindings", found: "\(nodes.count)", wanted: "at most \(AuthLimits.bindingsMax)")
        }
        var bindings: [PolicyDocument.Binding] = []
        var seen: [BoundRole: Int] = [:]
        for (index, node) in nodes.enumerated() {
            let object = try JSONObject(
                node, at: "/bindings/\(index)", allowing: ["certificate", "roles", "subjects"])
            let binding = try parseBinding(object)
            for role in binding.roles {
                let bound = BoundRole(certificate: binding.certificate, role: role)
                if let first = seen.updateValue(index, forKey: bound) {
                    throw object.error(
                        "roles", found: "role \"\(role)\", which /bindings/\(first) gives the same certificate",
                        wanted: "each role of a certificate in one binding; put the subjects together there")
                }
            }
            bindings.append(binding)
        }
        return bindings
    }

    private struct BoundRole: Hashable {
        let certificate: PrincipalName
        let role: RoleName
    }

    private func parseBinding(_ object: JSONObject) throws(JSONShapeError) -> PolicyDocument.Binding {
        let text = try object.bytes("certificate")
        guard let certificate = PrincipalName(parsing: text) else {
            throw object.error(
                "certificate", found: Self.quote(text),
                wanted: "uri:…, dns:… or cn:… with the name as it stands in the certificate")
        }
        let roles = try parseList(object, "roles", what: "role") {
            (node, pointer) throws(JSONShapeError) in try role(node, at: pointer)
        }
        guard !roles.isEmpty else {
            throw object.error("roles", found: "no role", wanted: "at least one; leave the binding out to deny")
        }
        guard object.optional("subjects") != nil else {
            return .init(certificate: certificate, roles: roles, subjects: nil)
        }
        let subjects = try parseList(object, "subjects", what: "subject") {
            (node, pointer) throws(JSONShapeError) in
            try Self.subject(node, at: pointer)
        }
        guard !subjects.isEmpty else {
            throw object.error("subjects", found: "no subject", wanted: "at least one, or no member for any subject")
        }
        return .init(certificate: certificate, roles: roles, subjects: subjects)
    }

    // MARK: Elements

    func parseList<Element: Hashable>(
        _ object: JSONObject, _ name: String, what: String,
        _ element: (JSONNode, String) throws(JSONShapeError) -> Element
    ) throws(JSONShapeError) -> [Element] {
        var list: [Element] = []
        var seen: Set<Element> = []
        for (index, node) in try object.array(name).enumerated() {
            let pointer = object.path(name) + "/\(index)"
            let value = try element(node, pointer)
            guard seen.insert(value).inserted else {
                throw JSONShapeError(
                    pointer: pointer, offset: node.offset, found: "a repeated \(what)", wanted: "each \(what) once")
            }
            list.append(value)
        }
        return list
    }

    func role(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> RoleName {
        if let bytes = node.bytes, let name = RoleName(bytes), roleNames.contains(name) { return name }
        throw JSONShapeError(
            pointer: pointer, offset: node.offset, found: Self.show(node),
            wanted: "one of the roles above: " + roleNames.map(\.description).joined(separator: ", "))
    }

    static func permission(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> Permission {
        if let bytes = node.bytes, let permission = Permission(name: bytes) { return permission }
        throw JSONShapeError(
            pointer: pointer, offset: node.offset, found: show(node),
            wanted: "one of " + Permission.allCases.map { "\($0.name)" }.joined(separator: ", "))
    }

    private static func subject(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> [UInt8] {
        if let bytes = node.bytes, (1...AuthLimits.claimBytesMax).contains(bytes.count) { return bytes }
        throw JSONShapeError(
            pointer: pointer, offset: node.offset, found: show(node),
            wanted: "a string of 1 to \(AuthLimits.claimBytesMax) bytes, as in a token's sub")
    }

    static func show(_ node: JSONNode) -> String { node.bytes.map(quote) ?? node.kindName }

    static func quote(_ bytes: [UInt8]) -> String {
        "\"" + String(decoding: bytes.prefix(80), as: UTF8.self) + (bytes.count > 80 ? "…\"" : "\"")
    }
}
