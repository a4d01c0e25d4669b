internal import JSON

/// How an issuer's claims become roles: where its tokens name groups or roles, and what each is here.
///
/// Example: `/realm_access/roles`, with `{"bank-admins": ["admin"]}`.
public struct RoleMapping: Equatable, Sendable {
    private let path: [[UInt8]]
    private let roles: [[UInt8]: [RoleName]]?

    /// A mapping.
    /// - Parameters:
    ///   - pointer: a JSON pointer (RFC 6901) into the claims, to a string or an array of strings.
    ///   - roles: the roles for each value; a value that is not here gives none. Nil takes each value for a role's name.
    /// - Throws: `AuthError.setting` for no pointer, and past a bound.
    public init(pointer: String, roles: [String: [RoleName]]?) throws(AuthError) {
        guard let path = Self.path(pointer) else {
            throw .setting(
                name: "role mapping", found: "\"\(pointer.prefix(64))\"",
                wanted: "a JSON pointer such as /groups, of at most \(AuthLimits.pointerDepthMax) levels")
        }
        if let roles, !(1...AuthLimits.mappingsMax).contains(roles.count) {
            throw .setting(
                name: "role mapping", found: "\(roles.count) values", wanted: "1 to \(AuthLimits.mappingsMax)")
        }
        self.path = path
        self.roles = roles.map { Dictionary(uniqueKeysWithValues: $0.map { (Array($0.key.utf8), $0.value) }) }
    }

    /// RFC 6901 §3 and §4: each part after a slash, with `~1` for a slash and `~0` for a tilde.
    private static func path(_ pointer: String) -> [[UInt8]]? {
        let parts = pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard pointer.utf8.count <= AuthLimits.pointerBytesMax, parts.first?.isEmpty == true,
            (2...(AuthLimits.pointerDepthMax + 1)).contains(parts.count)
        else { return nil }
        var path: [[UInt8]] = []
        for part in parts.dropFirst() {
            var name: [UInt8] = []
            var isEscaped = false
            for byte in part {
                switch (isEscaped, byte) {
                case (false, UInt8(ascii: "~")): isEscaped = true
                case (false, _): name.append(byte)
                case (true, UInt8(ascii: "0")): (isEscaped, name) = (false, name + [UInt8(ascii: "~")])
                case (true, UInt8(ascii: "1")): (isEscaped, name) = (false, name + [UInt8(ascii: "/")])
                case (true, _): return nil
                }
            }
            if isEscaped { return nil }
            path.append(name)
        }
        return path
    }

    /// The roles of a token with these claims, each once.
    func roles(in claims: JSONNode) throws(TokenRefusal) -> [RoleName] {
        var node = claims
        for name in path {
            guard let next = node.members?.first(where: { $0.name == name })?.node else { throw .rolesMissing }
            node = next
        }
        let values = node.elements ?? [node]
        guard values.count <= AuthLimits.mappedValuesMax else { throw .rolesTooMany }
        var found: [RoleName] = []
        for value in values {
            guard let text = value.bytes else { throw .rolesMalformed }
            // A name that no role can have gives nobody anything: groups of a directory may well have spaces.
            for role in roles.map({ $0[text] ?? [] }) ?? RoleName(text).map({ [$0] }) ?? []
            where !found.contains(role) { found.append(role) }
        }
        guard !found.isEmpty else { throw .rolesMissing }
        guard found.count <= AuthLimits.tokenRolesMax else { throw .rolesTooMany }
        return found
    }
}
