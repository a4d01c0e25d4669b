internal import JSON

extension RedactionPolicy {
    static func read(
        _ document: JSONNode, _ names: RedactionScope.Names?
    ) throws(JSONShapeError) -> RedactionPolicy {
        let root = try JSONObject(
            document, allowing: ["version", "confidence_min_ppm", "otherwise", "custom", "types", "allowed", "rules"])
        _ = try root.integer("version", in: 1...1)
        let confidencePPMMin = try root.integer("confidence_min_ppm", in: 1...1_000_000)
        let otherwise = try action("otherwise", of: root, among: Action.allCases.filter { $0 != .allow })
        let custom = try CustomType.readAll(of: root)
        let types = DetectorType.all + custom.map(\.custom.type)
        var named = try actions(of: root, types)
        for type in custom {
            guard let action = type.action else { continue }
            guard named.updateValue(action, forKey: type.custom.type.index) == nil else {
                throw type.object.error(
                    "action", found: "an action, and another in /types", wanted: "one of the two")
            }
        }
        let policy = RedactionPolicy(
            confidencePPMMin: confidencePPMMin, custom: custom.map(\.custom),
            actions: types.map { named[$0.index] ?? otherwise }, allowed: try allowedValues(of: root, types),
            rules: try rules(of: root, types, names))
        try CustomExamples.check(custom, by: policy)
        return policy
    }

    /// The member `types` of the policy or of a rule.
    private static func actions(
        of object: JSONObject, _ types: [DetectorType]
    ) throws(JSONShapeError) -> [UInt8: Action] {
        let named = try object.object("types", allowing: types.map(\.name))
        var actions: [UInt8: Action] = [:]
        for type in types where named.optional(type.name) != nil {
            actions[type.index] = try action(type.name, of: named, among: Action.allCases)
        }
        return actions
    }

    private static func action(
        _ name: String, of object: JSONObject, among allowed: [Action]
    ) throws(JSONShapeError) -> Action {
        let word = try object.string(name)
        guard let action = allowed.first(where: { "\($0)" == word }) else {
            let wanted = allowed.map { "\"\($0)\"" }.joined(separator: ", ")
            throw object.error(name, found: "\"\(word)\"", wanted: "one of \(wanted)")
        }
        return action
    }

    private static func allowedValues(
        of root: JSONObject, _ types: [DetectorType]
    ) throws(JSONShapeError) -> AllowedValues {
        var allowed = AllowedValues()
        guard let named = try root.optionalObject("allowed", allowing: types.map(\.name)) else { return allowed }
        var count = 0
        for type in types where named.optional(type.name) != nil {
            for value in try named.strings(type.name) {
                count += 1
                guard count <= AllowedValues.valuesMax else {
                    throw named.error(
                        type.name, found: "more than \(AllowedValues.valuesMax) values in all",
                        wanted: "at most \(AllowedValues.valuesMax)")
                }
                guard value.utf8.count <= AllowedValues.valueBytesMax, allowed.insert(Array(value.utf8), for: type)
                else {
                    throw named.error(
                        type.name,
                        found: "a value of \(value.utf8.count) bytes that is too long or has nothing to compare",
                        wanted: "1 to \(AllowedValues.valueBytesMax) bytes with a letter or digit among them")
                }
            }
        }
        return allowed
    }

    private static func rules(
        of root: JSONObject, _ types: [DetectorType], _ known: RedactionScope.Names?
    ) throws(JSONShapeError) -> [RedactionRule] {
        var rules: [RedactionRule] = []
        for (index, node) in (try root.optionalArray("rules") ?? []).enumerated() {
            guard index < rulesMax else {
                throw root.error("rules", found: "more than \(rulesMax) rules", wanted: "at most \(rulesMax)")
            }
            let rule = try JSONObject(
                node, at: "\(root.path("rules"))/\(index)", allowing: ["roles", "routes", "direction", "types"])
            let roles = try names("roles", of: rule, among: known?.roles)
            let routes = try names("routes", of: rule, among: known?.routes)
            let direction = try direction(of: rule)
            guard roles != nil || routes != nil || direction != nil else {
                throw JSONShapeError(
                    pointer: rule.pointer, offset: rule.offset, found: "a rule for everybody, everywhere",
                    wanted: "\"roles\", \"routes\" or \"direction\"; what holds for all stands in /types")
            }
            let actions = try actions(of: rule, types)
            guard !actions.isEmpty else { throw rule.error("types", found: "no type", wanted: "at least one type") }
            rules.append(RedactionRule(roles: roles, routes: routes, direction: direction, actions: actions))
        }
        return rules
    }

    /// A list of names that must have something in it: an empty one would be a rule that never holds, and so would one of
    /// names that nobody has.
    private static func names(
        _ name: String, of rule: JSONObject, among known: [[UInt8]]?
    ) throws(JSONShapeError) -> Set<[UInt8]>? {
        guard rule.optional(name) != nil else { return nil }
        let names = try rule.strings(name).map { Array($0.utf8) }
        guard !names.isEmpty, !names.contains([]) else {
            throw rule.error(
                name, found: "an empty list or name", wanted: "at least one name, or no \"\(name)\" at all")
        }
        if let known, let stranger = names.first(where: { !known.contains($0) }) {
            let wanted = known.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
            throw rule.error(
                name, found: "\"\(String(decoding: stranger, as: UTF8.self))\", which the RBAC policy does not have",
                wanted: "some of \(wanted)")
        }
        return Set(names)
    }

    private static func direction(of rule: JSONObject) throws(JSONShapeError) -> RedactionScope.Direction? {
        guard let word = try rule.optionalString("direction") else { return nil }
        guard let direction = RedactionScope.Direction(rawValue: word) else {
            throw rule.error("direction", found: "\"\(word)\"", wanted: "one of \"input\", \"output\"")
        }
        return direction
    }
}
