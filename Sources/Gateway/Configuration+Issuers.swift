internal import Auth
internal import JSON

extension Configuration.Issuer {
    init(_ node: JSONNode, at pointer: String) throws(JSONShapeError) {
        let object = try JSONObject(
            node, at: pointer,
            allowing: [
                "issuer", "audience", "audiences", "keys", "key_set", "jwks", "discovery", "algorithms", "ca",
                "refresh_s",
                "outage_s", "unknown_key_s", "timeout_ms", "roles_at", "roles", "jwks_ports",
            ])
        issuer = try object.string("issuer", countRange: 1...AuthLimits.claimBytesMax)
        audiences = try Self.audiences(object)
        mapping = try Self.mapping(object)
        fetching = try Self.fetching(object)
        keySet = try object.optionalString("key_set", countRange: 1...4096)
        let kinds = [fetching != nil, keySet != nil, object.optional("keys") != nil].filter { $0 }.count
        guard kinds == 1 else {
            throw object.error(
                "keys", found: kinds == 0 ? "no keys" : "keys in several ways",
                wanted: "one of keys (files), key_set (a file), jwks (a URL) and discovery: true")
        }
        keys = object.optional("keys") == nil ? [] : try Self.keys(object)
        if fetching == nil { try Self.expectNoFetching(object) }
    }

    private static func audiences(_ object: JSONObject) throws(JSONShapeError) -> [String] {
        guard object.optional("audiences") != nil else {
            return [try object.string("audience", countRange: 1...AuthLimits.claimBytesMax)]
        }
        guard object.optional("audience") == nil else {
            throw object.error("audience", found: "audience beside audiences", wanted: "one of the two")
        }
        let audiences = try object.strings("audiences")
        guard (1...AuthLimits.audiencesMax).contains(audiences.count),
            audiences.allSatisfy({ (1...AuthLimits.claimBytesMax).contains($0.utf8.count) })
        else {
            throw object.error(
                "audiences", found: "\(audiences.count) names",
                wanted: "1 to \(AuthLimits.audiencesMax), each of 1 to \(AuthLimits.claimBytesMax) bytes")
        }
        return audiences
    }

    private static func keys(_ object: JSONObject) throws(JSONShapeError) -> [Key] {
        var keys: [Key] = []
        for (index, node) in try object.array("keys").enumerated() {
            let key = try JSONObject(
                node, at: "\(object.path("keys"))/\(index)", allowing: ["file", "algorithm", "kid"])
            keys.append(
                Key(
                    file: try key.string("file", countRange: 1...4096),
                    algorithm: try key.string("algorithm", countRange: 1...16),
                    keyID: try key.optionalString("kid", countRange: 1...256)))
        }
        if keys.isEmpty { throw object.error("keys", found: "an empty array", wanted: "at least one key") }
        return keys
    }

    /// A setting that would do nothing is a misunderstanding.
    private static func expectNoFetching(_ object: JSONObject) throws(JSONShapeError) {
        for name in ["algorithms", "ca", "jwks_ports", "refresh_s", "outage_s", "unknown_key_s", "timeout_ms"]
        where object.optional(name) != nil {
            throw object.error(name, found: "\(name) without jwks or discovery", wanted: "it with one of them")
        }
    }

    private static func fetching(_ object: JSONObject) throws(JSONShapeError) -> Fetching? {
        let keySet = try object.optionalString("jwks", countRange: 1...2048)
        let isDiscovered = try object.optionalBool("discovery") ?? false
        guard keySet != nil || isDiscovered else { return nil }
        guard keySet == nil || !isDiscovered else {
            throw object.error("jwks", found: "jwks and discovery: true", wanted: "one of them")
        }
        let refresh = try object.optionalInteger("refresh_s", in: 10...86_400) ?? 300
        return Fetching(
            keySet: keySet,
            algorithms: try object.optional("algorithms") == nil ? ["RS256"] : object.strings("algorithms"),
            clientCA: try object.optionalString("ca", countRange: 0...4096) ?? "",
            keySetPorts: try keySetPorts(object, isDiscovered: isDiscovered), refreshSeconds: refresh,
            outageSeconds: try object.optionalInteger("outage_s", in: refresh...604_800) ?? max(refresh, 86_400),
            unknownKeySeconds: try object.optionalInteger("unknown_key_s", in: 1...3600) ?? 10,
            timeoutMilliseconds: try object.optionalInteger("timeout_ms", in: 100...10_000) ?? 2000)
    }

    /// Where the keys may be that a discovery document names; with a URL of their own its port says it.
    private static func keySetPorts(_ object: JSONObject, isDiscovered: Bool) throws(JSONShapeError) -> [UInt16] {
        guard let nodes = try object.optionalArray("jwks_ports") else { return [] }
        let ports = nodes.compactMap { $0.integer.flatMap { UInt16(exactly: $0) } }
        guard isDiscovered, ports.count == nodes.count, ports.count <= AuthLimits.keySetPortsMax, !ports.contains(0)
        else {
            throw object.error(
                "jwks_ports", found: isDiscovered ? "\(nodes.count) values" : "jwks_ports without discovery",
                wanted: "with discovery: true, at most \(AuthLimits.keySetPortsMax) ports of 1 to 65535")
        }
        return ports
    }

    private static func mapping(_ object: JSONObject) throws(JSONShapeError) -> Mapping? {
        guard let pointer = try object.optionalString("roles_at", countRange: 2...AuthLimits.pointerBytesMax) else {
            guard object.optional("roles") == nil else {
                throw object.error("roles", found: "roles without roles_at", wanted: "roles_at, such as \"/groups\"")
            }
            return nil
        }
        guard let names = try object.optionalObject("roles", allowing: nil) else {
            return Mapping(pointer: pointer, roles: nil)
        }
        var roles: [String: [String]] = [:]
        for member in names.members {
            let name = String(decoding: member.name, as: UTF8.self)
            roles[name] = try names.strings(name)
        }
        return Mapping(pointer: pointer, roles: roles)
    }
}
