internal import JSON

/// Grants, denials and their conditions.
extension PolicyParser {
    /// The list `name` of `object`: of each target its name alone, or an object of the name under `key` and its conditions.
    func parseGrants<Target: Hashable & Sendable>(
        _ object: JSONObject, _ name: String, key: String, ownable: Set<Target>,
        _ element: (JSONNode, String) throws(JSONShapeError) -> Target
    ) throws(JSONShapeError) -> [PolicyDocument.Grant<Target>] {
        var grants: [PolicyDocument.Grant<Target>] = []
        var seen: Set<Target> = []
        for (index, node) in try object.array(name).enumerated() {
            let pointer = object.path(name) + "/\(index)"
            let grant = try parseGrant(node, at: pointer, key: key, ownable: ownable, element)
            guard seen.insert(grant.target).inserted else {
                throw JSONShapeError(
                    pointer: pointer, offset: node.offset, found: "a repeated \(key)", wanted: "each \(key) once")
            }
            grants.append(grant)
        }
        return grants
    }

    private func parseGrant<Target: Hashable & Sendable>(
        _ node: JSONNode, at pointer: String, key: String, ownable: Set<Target>,
        _ element: (JSONNode, String) throws(JSONShapeError) -> Target
    ) throws(JSONShapeError) -> PolicyDocument.Grant<Target> {
        guard case .object = node.value else {
            return .init(target: try element(node, pointer), isOwnOnly: false, condition: nil)
        }
        let names = ownable.isEmpty ? [key, "when"] : [key, "own", "when"]
        let object = try JSONObject(node, at: pointer, allowing: names)
        let target = try element(try object.required(key), object.path(key))
        let isOwn = try parseTrue(object, "own")
        guard !isOwn || ownable.contains(target) else {
            throw object.error(
                "own", found: "a permission without anything of one's own",
                wanted: "it with tickets:read alone, or no member; sessions are each caller's own without it")
        }
        return .init(
            target: target, isOwnOnly: isOwn, condition: try parseCondition(object, "when", ofTool: key == "tool"))
    }

    func parseDenials(
        _ root: JSONObject, tools: Set<ToolName>
    ) throws(JSONShapeError) -> [PolicyDocument.Denial] {
        guard let nodes = try root.optionalArray("deny") else { return [] }
        guard nodes.count <= AuthLimits.denialsMax else {
            throw root.error("deny", found: "\(nodes.count) rules", wanted: "at most \(AuthLimits.denialsMax)")
        }
        var denials: [PolicyDocument.Denial] = []
        for (index, node) in nodes.enumerated() {
            let names = ["permissions", "tools", "roles", "when", "unless"]
            let object = try JSONObject(node, at: "/deny/\(index)", allowing: names)
            let permissions = try parseSome(object, "permissions", what: "permission", Self.permission)
            let deniedTools = try parseSome(object, "tools", what: "tool") {
                (node, pointer) throws(JSONShapeError) in
                let tool = try Self.tool(node, at: pointer)
                // A denial of what nobody has is a slip of the pen that leaves open what it was to close.
                guard tools.contains(tool) else {
                    throw JSONShapeError(
                        pointer: pointer, offset: node.offset, found: "\"\(tool)\", which no role has",
                        wanted: "a tool of a role above")
                }
                return tool
            }
            guard permissions != nil || deniedTools != nil else {
                throw JSONShapeError(
                    pointer: object.pointer, offset: object.offset, found: "neither permissions nor tools",
                    wanted: "one of them, or both")
            }
            let roles = try parseSome(object, "roles", what: "role") {
                (node, pointer) throws(JSONShapeError) in try role(node, at: pointer)
            }
            denials.append(
                .init(
                    permissions: permissions ?? [], tools: deniedTools ?? [], roles: roles,
                    when: try parseCondition(object, "when"), unless: try parseCondition(object, "unless")))
        }
        return denials
    }

    /// The optional list `name`, which must not be empty where it is there.
    func parseSome<Element: Hashable>(
        _ object: JSONObject, _ name: String, what: String,
        _ element: (JSONNode, String) throws(JSONShapeError) -> Element
    ) throws(JSONShapeError) -> [Element]? {
        guard object.optional(name) != nil else { return nil }
        let list = try parseList(object, name, what: what, element)
        guard !list.isEmpty else {
            throw object.error(name, found: "no \(what)", wanted: "at least one, or no member")
        }
        return list
    }

    private func parseCondition(
        _ parent: JSONObject, _ name: String, ofTool: Bool = false
    ) throws(JSONShapeError) -> Condition? {
        let names = ["times", "addresses", "certificates", "bound", "tls"] + (ofTool ? ["customer"] : [])
        guard let object = try parent.optionalObject(name, allowing: names) else { return nil }
        guard !object.members.isEmpty else {
            throw parent.error(
                name, found: "no condition", wanted: "at least one of \(names.joined(separator: ", ")), or no member")
        }
        return Condition(
            times: try parseBounded(object, "times", what: "window", Self.window),
            addresses: try parseBounded(object, "addresses", what: "range", Self.range),
            certificates: try parseBounded(object, "certificates", what: "pattern", Self.pattern),
            demandsBinding: try parseTrue(object, "bound"), tlsMin: try parseTLS(object),
            customerMin: ofTool ? try parseLevel(object) : nil)
    }

    private func parseBounded<Element: Hashable>(
        _ object: JSONObject, _ name: String, what: String,
        _ element: (JSONNode, String) throws(JSONShapeError) -> Element
    ) throws(JSONShapeError) -> [Element]? {
        let list = try parseSome(object, name, what: what, element)
        if let list, list.count > AuthLimits.conditionElementsMax {
            throw object.error(
                name, found: "\(list.count) elements", wanted: "at most \(AuthLimits.conditionElementsMax)")
        }
        return list
    }

    /// A member that says something only by being true.
    private func parseTrue(_ object: JSONObject, _ name: String) throws(JSONShapeError) -> Bool {
        guard let value = try object.optionalBool(name) else { return false }
        guard value else { throw object.error(name, found: "false", wanted: "true, or no member") }
        return true
    }

    private func parseLevel(_ object: JSONObject) throws(JSONShapeError) -> VerificationSession.Level? {
        guard let text = try object.optionalBytes("customer") else { return nil }
        let levels = VerificationSession.Level.allCases.filter { $0 > .none }
        guard let level = levels.first(where: { text.isEqual(to: $0.name) }) else {
            throw object.error(
                "customer", found: Self.quote(text), wanted: "\"knowledge\" or \"possession\", how sure at least")
        }
        return level
    }

    private func parseTLS(_ object: JSONObject) throws(JSONShapeError) -> TLSVersion? {
        guard let text = try object.optionalBytes("tls") else { return nil }
        guard let version = TLSVersion.allCases.first(where: { text.isEqual(to: $0.name) }) else {
            throw object.error("tls", found: Self.quote(text), wanted: "\"1.2\" or \"1.3\", the oldest version")
        }
        return version
    }

    // MARK: Elements

    static func tool(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> ToolName {
        if let bytes = node.bytes, let name = ToolName(bytes) { return name }
        throw JSONShapeError(
            pointer: pointer, offset: node.offset, found: show(node),
            wanted: "1 to \(AuthLimits.toolNameBytesMax) of a to z, 0 to 9 and _, a letter first")
    }

    private static func window(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> TimeWindow {
        let object = try JSONObject(node, at: pointer, allowing: ["days", "from", "to"])
        var days: [Int] = []
        for (index, node) in (try object.optionalArray("days") ?? []).enumerated() {
            let place = object.path("days") + "/\(index)"
            guard let text = node.text, let day = TimeWindow.dayNames.firstIndex(of: text), !days.contains(day) else {
                throw JSONShapeError(
                    pointer: place, offset: node.offset, found: show(node),
                    wanted: "each once of " + TimeWindow.dayNames.joined(separator: ", "))
            }
            days.append(day)
        }
        if days.isEmpty {
            guard object.optional("days") == nil else {
                throw object.error("days", found: "no day", wanted: "at least one, or no member for all")
            }
            days = Array(TimeWindow.dayNames.indices)
        }
        let from = try minutes(object, "from")
        let to = try minutes(object, "to")
        guard from < to else {
            throw object.error(
                "to", found: "a time that is not after from", wanted: "a later one; over midnight write two windows")
        }
        return TimeWindow(days: days, from: from, to: to)
    }

    private static func minutes(_ object: JSONObject, _ name: String) throws(JSONShapeError) -> Int {
        let text = try object.bytes(name)
        guard let minutes = TimeWindow.minutes(text) else {
            throw object.error(name, found: quote(text), wanted: "a time in UTC from 00:00 to 24:00")
        }
        return minutes
    }

    private static func range(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> AddressRange {
        if let bytes = node.bytes, let range = AddressRange(parsing: bytes) { return range }
        throw JSONShapeError(
            pointer: pointer, offset: node.offset, found: show(node),
            wanted: "an address or range like 10.20.0.0/16 or 2001:db8::/32, with no bit set behind its prefix")
    }

    private static func pattern(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> CertificatePattern {
        if let bytes = node.bytes, let pattern = CertificatePattern(parsing: bytes) { return pattern }
        throw JSONShapeError(
            pointer: pointer, offset: node.offset, found: show(node),
            wanted:
                "uri:…, dns:… or cn:…, with * for a whole segment of a URI's path or a label before a DNS name's last two"
        )
    }
}
